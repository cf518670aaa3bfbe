"""Addresses that last, and those for machines: `/q/<id>/` redirects, sitemap, robots and the web app's manifest."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from pathlib import Path

from bank.library import Bank
from bank.text import plain

from .data import address
from .policy import policy

REDIRECT = """<!doctype html><html lang="en"><meta charset="utf-8">{policy}<title>{title}</title>\
<meta name="robots" content="noindex"><link rel="icon" href="../../assets/icon.svg">\
<link rel="canonical" href="{canonical}">\
<script>{script}</script><meta http-equiv="refresh" content="0;url={target}">\
<p><a href="{target}">{title}</a></html>
"""


def write_redirects(site: Path, bank: Bank, site_url: str) -> None:
    """One page for each id, also the retired ones, that leads to where the question stands now."""
    heirs = {old: new for old, new in bank.redirects.items() if new in bank.places}
    for name, heir in [(name, name) for name in bank.places] + sorted(heirs.items()):
        page, question = bank.places[heir][0]
        target = f"{address(page.path)}#{heir}"
        script = f"location.replace({json.dumps(f'../../{target}')})".replace("<", "\\u003c")
        text = REDIRECT.format(
            policy=policy(script),
            script=script,
            title=html.escape(plain(question.text)),
            target=html.escape(f"../../{target}"),
            canonical=html.escape((site_url or "../../") + address(page.path)),
        )
        folder = site / "q" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(text, encoding="utf-8")


def write_sitemap(site: Path, pages: Iterable[str], site_url: str) -> None:
    """`sitemap.xml` and `robots.txt`. Without the site's address there can be no sitemap: its entries are absolute."""
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (site / name).unlink(missing_ok=True)
    robots = "User-agent: *\nAllow: /\n"
    if site_url:
        entries = "".join(f"<url><loc>{html.escape(site_url + page)}</loc></url>\n" for page in sorted(pages))
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        (site / "sitemap.xml").write_text(f"{head}{entries}</urlset>\n", encoding="utf-8")
        robots += f"Sitemap: {site_url}sitemap.xml\n"
    (site / "robots.txt").write_text(robots, encoding="utf-8")


def write_manifest(site: Path, name: str, description: str) -> None:
    """What a phone needs to put the site on its home screen."""
    manifest = {
        "name": name,
        "short_name": name,
        "description": description,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [
            {"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "assets/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
        ],
    }
    (site / "manifest.webmanifest").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
