"""Q02x and Q03x: the `####` parts of a question: which, in what order, how long, and what their lists hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..library import Bank
from ..model import ANSWERED_PARTS, PARTS, Page, Part, Question
from .registry import Finding, did_you_mean, each_question, rule

FIRST_PARAGRAPH_WORDS = 60
ANSWER_WORDS = 500  # "about 450"
DESIGN_WORDS = 1200  # "up to 1,100", for system designs
KEY_POINTS = range(3, 7)


@rule("Q025", "a part is Hint, Answer, Key points, Common mistakes, Follow-ups, Quick check or Sources")
@each_question
def known(question: Question) -> Iterator[Finding]:
    """The parts are what the site folds, quizzes and exports, so each has one name."""
    for part in question.parts:
        if part.name not in PARTS:
            hint = did_you_mean(part.name, PARTS) or "; write a bold first sentence instead of a heading"
            yield part.line, f"unknown part '{part.name}'{hint}"


@rule("Q026", "parts stand in their order, each at most once")
@each_question
def order(question: Question) -> Iterator[Finding]:
    """Hint, Answer, Key points, Common mistakes, Follow-ups, Quick check, Sources: the same on every page."""
    seen: list[str] = []
    for part in question.parts:
        if part.name not in PARTS:
            continue
        if part.name in seen:
            yield part.line, f"'{part.name}' stands twice in this question; join the two"
        elif later := next((name for name in seen if PARTS.index(name) > PARTS.index(part.name)), None):
            yield part.line, f"'{part.name}' has to stand before '{later}'"
        seen.append(part.name)


@rule("Q027", "an answered question has Answer, Key points and Sources; an open one has no part but Hint and Sources")
@each_question
def complete(question: Question) -> Iterator[Finding]:
    """Key points are what a reader grades an attempt by, and sources are why a reader can trust the answer."""
    names = [part.name for part in question.parts]
    if any(name not in PARTS for name in names):
        return  # the part that seems to be missing may be the misspelled one
    if question.answered:
        for name in ANSWERED_PARTS:
            if name not in names:
                yield question.line, f"the question is answered but has no '#### {name}'"
    else:
        for part in question.parts:
            if part.name not in ("Hint", "Sources"):
                yield (
                    part.line,
                    f"'{part.name}' without an answer; write '#### Answer' first, or leave the question open",
                )


@rule("Q028", "a part is not empty")
@each_question
def filled(question: Question) -> Iterator[Finding]:
    """Leave out what has nothing to say: a question without an Answer is shown as open and invites one."""
    for part in question.parts:
        if not part.blocks:
            yield part.line, f"'{part.name}' is empty; fill it or take the heading away"


@rule("Q029", "an answer begins with a paragraph of at most 60 words")
@each_question
def first_paragraph(question: Question) -> Iterator[Finding]:
    """It is what somebody says first, complete on its own; the reasoning follows it."""
    answer = question.part("Answer")
    if answer and answer.blocks:
        first = answer.blocks[0]
        if first.kind != "paragraph":
            yield first.line, "begin the answer with a paragraph: what you would say first"
        elif (words := first.words) > FIRST_PARAGRAPH_WORDS:
            yield first.line, f"the first paragraph has {words} words; say it in {FIRST_PARAGRAPH_WORDS}"


@rule("Q030", "an answer has about 450 words at most, a system design about 1,100")
def length(page: Page, bank: Bank) -> Iterator[Finding]:
    """Counted without code and formulas; the rule speaks from 500 (1,200) on. Cut what does not earn its place."""
    limit = DESIGN_WORDS if page.category == "system-design" else ANSWER_WORDS
    for question in page.questions:
        answer = question.part("Answer")
        if answer and question.words > limit:
            yield answer.line, f"the answer has {question.words} words; cut it to about {limit * 9 // 10}"


@rule("Q031", "Key points is one list of 3 to 6 points")
@each_question
def key_points(question: Question) -> Iterator[Finding]:
    """They are the rubric that readers tick. One that only a senior owes ends in "(senior)"."""
    part = question.part("Key points")
    if part and part.blocks:
        yield from _one_list(part)
        if part.blocks[0].kind == "list" and (count := len(part.blocks[0].items())) not in KEY_POINTS:
            yield part.line, f"{count} key point{'s' * (count != 1)}; write 3 to 6"
        for line, text in _items(part):
            if re.search(r"\bsenior\b\W*$", text, re.IGNORECASE) and not text.endswith("(senior)"):
                yield line, "mark a point that only a senior owes with '(senior)' at its end"


@rule("Q032", "Common mistakes, Follow-ups and Sources are lists; a follow-up is `**Question?** answer`")
@each_question
def lists(question: Question) -> Iterator[Finding]:
    """Each follow-up is answered in a sentence or two, so that nobody is left with a question only."""
    for name in ("Common mistakes", "Sources", "Follow-ups"):
        part = question.part(name)
        if part and part.blocks:
            yield from _one_list(part)
            if name == "Follow-ups":
                for line, text in _items(part):
                    if not re.match(r"\*\*.+?[?.:!]\*\*\s+\S", text, re.DOTALL):
                        yield line, "write a follow-up as '**The question?** Its answer in one or two sentences.'"


def _one_list(part: Part) -> Iterator[Finding]:
    if len(part.blocks) != 1 or part.blocks[0].kind != "list":
        wrong = next((block for block in part.blocks if block.kind != "list"), part.blocks[-1])
        yield wrong.line, f"'{part.name}' is one list: write each entry as '- …'"


def _items(part: Part) -> Iterator[tuple[int, str]]:
    """The first paragraph of each item of the part's lists."""
    for block in part.blocks:
        if block.kind == "list":
            texts = {inline.line: inline.text.strip() for inline in block.inlines}
            for line, _ in block.items():
                yield line, texts.get(line, "")
