"""The last look at what a page has become: only elements, attributes and addresses that the renderer itself makes.

The rules judge a page as GitHub reads it; where the site's reader sees a link or a tag that they did not, it ends here.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from ..addresses import leads_astray
from .context import Context

_ELEMENTS = """
div p h1 h2 h3 h4 h5 h6 ul ol li a em strong del code pre img table thead tbody tr th td blockquote hr br span sup
section details summary form fieldset legend label input button progress select option output dl dt dd nav
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""What Markdown and `bank.render` make. A page can bring no other."""

_HANDLER = re.compile(r"on|style|srcdoc|formaction|xlink|http-equiv", re.IGNORECASE)
_STYLE = re.compile(r"text-align: (?:left|right|center);|--rows:\d+")
"""How the reader of tables writes the alignment of a column, and lists how long they are."""


def make_safe(root: Element, context: Context) -> list[str]:
    """Takes out of the tree what no page may bring, and returns what that was. Also fills in plain words where a
    formula stands in an attribute, such as the text of a picture."""
    refused = []
    for parent in root.iter():
        for child in parent:
            if child.tag not in ELEMENTS:
                refused.append(f"<{child.tag}>")
                child.tag = "span"
        for name, value in list(parent.attrib.items()):
            if "\x02" in value or "\x03" in value:
                parent.set(name, value := context.words(value))
            astray = name in ("href", "src", "action") and leads_astray(value)
            astray = astray or (name == "src" and "//" in value)  # a picture stands in the repository
            if astray or (_HANDLER.match(name) and not (name == "style" and _STYLE.fullmatch(value))):
                refused.append(f'{name}="{" ".join(value.split())[:60]}"')
                del parent.attrib[name]
                if parent.tag in ("a", "img"):  # without an address it is neither; generators count on one
                    parent.tag = "span"
    return refused
