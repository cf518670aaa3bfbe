"""One question of another page to try where you are: what to say first, the key points and the quick check."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from ..model import Page, Question
from .context import Context, element
from .quick_check import render_quiz
from .section import render_meta, render_summary


def render_sample(root: Element, page: Page, question: Question, context: Context) -> None:
    """Appends the question. Texts are Markdown, which is read after this step like all else on the page."""
    points = question.part("Key points")
    if not question.first_paragraph or points is None:
        return
    whole = context.link_to(f"{page.path}#{question.id}-a")
    section = element(root, "section", class_="q sample", data_question=question.id)
    if question.level:
        section.set("data-level", str(question.level.rank))
    element(section, "p", "Try one now", class_="q-label")
    SubElement(section, "h2", {"id": question.id}).text = question.text
    render_meta(section, question, context, page)
    details = element(section, "details", class_="q-a")
    render_summary(details, 1)
    body = element(details, "div", class_="q-body", id=f"{question.id}-a")
    short = element(body, "div", class_="q-short")
    SubElement(short, "p").text = question.first_paragraph
    part = element(body, "div", class_="q-part", data_part="key-points")
    element(part, "p", "Key points", class_="q-label")
    rows = SubElement(part, "ul")
    for inline in points.blocks[0].inlines:
        SubElement(rows, "li").text = inline.text
    if question.quiz:
        part = element(body, "div", class_="q-part", data_part="quick-check")
        element(part, "p", "Quick check", class_="q-label")
        render_quiz(part, _as_written(question), question)
    foot = element(body, "p", class_="q-foot")
    element(foot, "a", "Read the whole answer", href=whole)


def _as_written(question: Question) -> list[Element]:
    """The blocks of a quick check as Markdown would have made them of its part."""
    part = question.part("Quick check")
    blocks = []
    for block in part.blocks if part else ():
        if block.kind == "paragraph":
            prompt = Element("p")
            prompt.text = block.text
            blocks.append(prompt)
    options = Element("ul")
    for option in question.quiz.options if question.quiz else ():
        row = SubElement(options, "li")
        row.text = f"[{'x' if option.right else ' '}] {option.text}"
        SubElement(SubElement(row, "blockquote"), "p").text = re.sub(r"(?m)^\s*> ?", "", option.reason)
    return [*blocks, options]
