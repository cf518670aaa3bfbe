"""Small style sheets: of each built one, what the pages and our scripts can use. Rewrites no rule."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import build_assets

PATIENCE = 120  # seconds
TAG = re.compile(r"""<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>""", re.IGNORECASE)
HIDDEN = re.compile(r"(<script\b[^>]*>).*?(?=</script)|<!--.*?-->", re.IGNORECASE | re.DOTALL)
"""What looks like tags and is none: the text of scripts, and comments."""


def purge_styles(site: Path, pages: Iterable[str]) -> None:
    """Replaces the style sheets in `site` by their used parts. Raises OSError or SubprocessError."""
    built = site / "assets" / "built"
    scripts = sorted(built.glob("*.js"))
    names = Names()
    for tag in {tag for page in pages for tag in TAG.findall(HIDDEN.sub(r"\1", page))}:  # most stand there many times
        names.feed(tag)
        names.reset()  # else all that follows a `<script>` would count as its text
    for script in scripts:
        names.found |= data_attributes(script.read_text(encoding="utf-8"))
    sheets = sorted(built.glob("*.css"))
    if not build_assets.INSTALLED.is_file():
        raise OSError("the front-end parts are not installed; run 'make build' or scripts/build_assets.py first")
    environment = build_assets.node_environment()
    tools = build_assets.ROOT / "node_modules" / ".bin"
    with tempfile.TemporaryDirectory() as folder:
        used = Path(folder, "names.txt")
        used.write_text("\n".join(sorted(names.found)), encoding="utf-8")
        sources = [str(used), *map(str, scripts)]
        settings = Path(folder, "purge.cjs")  # the command line knows no way to keep a variable
        settings.write_text(f"module.exports = {json.dumps({'safelist': {'variables': sorted(names.variables)}})}")
        options = ["--config", str(settings), "--variables", "--keyframes", "--output", folder]
        _run([str(tools / "purgecss"), "--css", *map(str, sheets), "--content", *sources, *options], environment)
        minify = [str(tools / "esbuild"), *(str(Path(folder, sheet.name)) for sheet in sheets), "--minify"]
        _run([*minify, "--target=es2022", f"--outdir={built}", "--allow-overwrite", "--log-level=error"], environment)


class Names(HTMLParser):
    """Collects the names that a selector can ask for: tags, attributes and their words. No word of the text is one.
    And the variables that drawings use in place: no sheet does, so they would be taken for unused."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.variables: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        for name, value in attributes:
            self.found.add(name)
            if name == "style":
                self.variables.update(re.findall(r"var\((--[\w-]+)", value or ""))
            if name in ("class", "id", "type", "dir", "role") or name.startswith(("data-md", "aria-", "data-")):
                self.found.update((value or "").split())


def data_attributes(script: str) -> set[str]:
    """The attributes that a script sets through `dataset`: `box.dataset.newName` is `data-new-name`.

    All other names stand in scripts as they do in selectors, so they must not be pieced together there.
    """
    found = re.findall(r"\.dataset\.(\w+)", script)
    return {"data-" + re.sub(r"[A-Z]", lambda letter: "-" + letter[0].lower(), name) for name in found}


def _run(command: list[str], environment: dict[str, str]) -> str:
    """What the command prints."""
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if result.returncode:
        raise OSError(f"{Path(command[0]).name} failed: {result.stderr or result.stdout}")
    return result.stdout
