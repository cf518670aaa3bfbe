"""What a page may load and run: a Content-Security-Policy in each page, and what the browser may prepare ahead.

No page holds a script that runs: the frame's are files, and the rules for prerendering are allowed by their hash. So a
script that came in by a page's text would be refused, wherever it landed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import urlsplit

UNPREPARED = "practice/"
"""Below this address a page works as soon as its script runs, so it has to wait until somebody is there."""


def guard(text: str, site_url: str, *, wasm: bool = False) -> str:
    """A page's HTML with the policy before all it governs, and with the rules by which links are prerendered. `wasm`
    lets scripts run WebAssembly, which the search of a large site is."""
    ahead = prerendering(site_url)
    text = text.replace("</head>", f'<script type="speculationrules">{ahead}</script></head>', 1)
    return text.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{policy(ahead, wasm=wasm)}', 1)


def policy(inline: str, *, wasm: bool = False) -> str:
    """The `<meta>` element of a page that may run this one inline script and what the site itself serves.

    Style attributes are allowed because MathML and drawings carry them; they can run nothing. A recording of the
    reader's own voice is a blob. One script may name one other script: `practice/offline.js` the service worker.
    """
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' 'sha256-{_hash(inline)}'" + (" 'wasm-unsafe-eval'" if wasm else ""),
        "style-src-attr": "'unsafe-inline'",
        "media-src": "'self' blob:",
        "base-uri": "'none'",
        "form-action": "'self'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "offline",
    }
    content = ";".join(f"{name} {value}" for name, value in rules.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def prerendering(site_url: str) -> str:
    """The speculation rules: a page of this site is prerendered when a pointer rests on a link to it."""
    base = urlsplit(site_url).path or "/"
    inside = [{"href_matches": f"{base}*"}, {"not": {"href_matches": f"{base}{UNPREPARED}*"}}]
    return json.dumps({"prerender": [{"where": {"and": inside}, "eagerness": "moderate"}]}, separators=(",", ":"))


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
