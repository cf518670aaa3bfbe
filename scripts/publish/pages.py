"""Lean pages: each with its description, canonical address and social picture, and without what no reader needs."""

from __future__ import annotations

import html
from pathlib import Path

import minify_html
from bank.model import Page
from bank.text import plain

from .data import address

SOCIAL_PICTURE = "assets/social.png"
DESCRIPTION_LIMIT = 300  # characters; search engines show about half of it


def describe(text: str, source: Page | None, site_url: str) -> str:
    """A page's HTML with what search engines and link previews want in its head.

    `source` is None for a page that is made of no Markdown, such as the one for wrong addresses.
    """
    about = _description(source.blocks[1].text) if source and len(source.blocks) > 1 else ""
    tags = []
    if about:
        tags.append(f'<meta name="description" content="{about}">')
    if site_url and source:
        here = html.escape(site_url + address(source.path))
        picture = html.escape(site_url + SOCIAL_PICTURE)
        tags.append(f'<link rel="canonical" href="{here}">')
        tags += [
            f'<meta property="og:image" content="{picture}">',
            '<meta name="twitter:card" content="summary_large_image">',
        ]
    return text.replace("</title>", "</title>" + "".join(tags), 1)


def shrink(text: str) -> str:
    """The same page in fewer bytes: without comments, blanks, and tags and quotes that HTML does not need."""
    return minify_html.minify(text, keep_html_and_head_opening_tags=True)


def read_pages(site: Path) -> dict[str, str]:
    """The HTML of every page by its path below the site's folder."""
    files = sorted(site.rglob("*.html"))
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in files}


def _description(markdown: str) -> str:
    text = plain(markdown)
    if len(text) > DESCRIPTION_LIMIT:
        text = text[:DESCRIPTION_LIMIT].rsplit(" ", 1)[0] + " …"
    return html.escape(text)
