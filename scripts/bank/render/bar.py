"""The bar above a page's questions: how many, how many the reader knows, and how much of the answers to show.

The page's script fills it in. It stands there from the start, so that nothing moves; without a script it is hidden.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .context import element, number

VIEWS = {"hide": "Hide", "short": "First paragraph", "full": "Full"}


def render_bar(root: Element, count: int) -> None:
    """Appends the bar of a page with so many questions."""
    bar = element(root, "div", class_="bar needs-script")
    element(bar, "progress", class_="bar-known", max=str(count), value="0", aria_label="Questions that you know")
    said = element(bar, "p", number(count, "question"), class_="bar-said")
    element(said, "span", class_="bar-marks")
    switch = element(bar, "div", class_="bar-views", role="group", aria_label="Answers on this page")
    for name, words in VIEWS.items():
        element(switch, "button", words, type="button", data_view=name, aria_pressed=str(name == "hide").lower())
