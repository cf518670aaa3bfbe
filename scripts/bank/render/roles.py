"""The roles: what each weighs most, from the same list that mock interviews draw by. Judges no posting."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .context import INDEX, Context, element

MOST_NAMED = 4  # categories of a role, heaviest first


def render_roles(root: Element, context: Context) -> None:
    """Appends each role with what it does and the categories that weigh most in it."""
    bank = context.bank
    present = {page.category for page, _ in bank.questions}
    rows = element(root, "dl", class_="roles")
    for role in bank.roles.values():
        element(rows, "dt", role.title)
        row = element(rows, "dd", f"{role.does} Weighs most: ")
        for index, folder in enumerate(role.heaviest[:MOST_NAMED]):
            name = element(row, "a" if folder in present else "span", bank.category(folder).title)
            if folder in present:
                name.set("href", context.link_to(f"{INDEX}#{folder}"))
            name.tail = ", " if index < MOST_NAMED - 1 else "."
