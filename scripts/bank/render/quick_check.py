"""A quick check as a form that reads without JavaScript: each option has its reason in a fold of its own.

The page's script turns it into choose-then-check; what is stored is named by the words of item and options.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from ..model import Question
from ..quiz import Option, Quiz
from .context import element

_BOX = re.compile(r"^\s*\[[ xX]\]\s*")


def render_quiz(parent: Element, blocks: list[Element], question: Question) -> None:
    """Appends the quiz of a question. `blocks` is what Markdown made of it; the model knows the key."""
    quiz = question.quiz
    first = next((i for i, block in enumerate(blocks) if block.tag == "ul"), len(blocks))
    items = _items(blocks[first:])
    if quiz is None or len(items) != len(quiz.options):  # only where rules are off: nothing is lost, nothing is folded
        parent.extend(blocks)
        return
    # A form of this method sends nothing anywhere; it gives the radio buttons a group of their own.
    box = element(parent, "form", class_="quiz", method="dialog", data_question=question.id, data_item=quiz.key)
    fieldset = element(box, "fieldset")
    legend = SubElement(fieldset, "legend")
    prompt = blocks[:first]
    if prompt and prompt[0].tag == "p":
        legend.text = prompt[0].text
        legend.extend(prompt[0])
        fieldset.extend(prompt[1:])
    else:
        fieldset.extend(prompt)
    if quiz.chooses_many:
        element(fieldset, "p", "Choose all that apply.", class_="quiz-many")
    for item, option in zip(items, quiz.options, strict=True):
        _option(fieldset, item, option, quiz)
    foot = element(box, "p", class_="quiz-foot")
    element(foot, "button", "Check answer", class_="quiz-check")
    element(foot, "span", class_="quiz-result", role="status")


def _items(blocks: list[Element]) -> list[Element]:
    """The list items of the options; a quote after a list belongs to the item before it."""
    items: list[Element] = []
    for block in blocks:
        if block.tag == "ul":
            items.extend(block)
        elif items:
            items[-1].append(block)
    return items


def _option(parent: Element, item: Element, option: Option, quiz: Quiz) -> None:
    row = element(parent, "div", class_="option", data_option=option.key)
    if option.right:
        row.set("data-right", "")
    label = SubElement(row, "label")
    element(label, "input", type="checkbox" if quiz.chooses_many else "radio", name="option")
    text = SubElement(label, "span")
    reasons = []
    words = item
    for child in list(item):
        if child.tag == "blockquote":
            item.remove(child)
            reasons.append(child)
    if not (item.text or "").strip() and len(item) and item[0].tag == "p":
        words = item[0]  # a list with blank lines between its items
    text.text = _BOX.sub("", words.text or "", count=1)
    text.extend(words)
    why = element(row, "details", class_="why")
    element(why, "summary", "Right or wrong?")
    body = element(why, "div", class_="why-body")
    element(body, "p", "Right" if option.right else "Wrong", class_="verdict")
    for reason in reasons:
        body.extend(reason)
