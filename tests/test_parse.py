"""The parser: what it makes of a page, and that nothing stops it."""

from __future__ import annotations

import pytest
from bank.library import ROOT
from bank.model import Level
from bank.parse import parse
from bank.quiz import Quiz

GOOD = (ROOT / "tests" / "fixtures" / "good" / "page.md").read_text(encoding="utf-8")


def quiz(options: str) -> Quiz:
    text = f"# T\n\nD.\n\n## G\n\n### Q?\n\n<!--\nid: q\n-->\n\n#### Quick check\n\nWhich?\n\n{options}\n"
    found = parse(text, "questions/c/t.md").questions[0].quiz
    assert found
    return found


def test_a_question_has_its_metadata_parts_and_lines() -> None:
    page = parse(GOOD, "questions/games/coins.md")
    question = page.questions[0]
    lines = GOOD.split("\n")
    assert (page.category, len(page.groups), len(page.questions)) == ("games", 1, 3)
    assert (question.id, question.level, question.core, question.short) == (
        "fair-coin",
        Level.BEGINNER,
        True,
        "A fair coin",
    )
    assert question.values("aliases") == ("coin toss", "gambler's fallacy")
    assert lines[question.line - 1].startswith("### Why does a coin")
    assert [lines[part.line - 1] for part in question.parts] == [f"#### {part.name}" for part in question.parts]
    assert [fence.language for fence in question.fences] == ["math", "python", "text"]
    assert [lines[fence.line - 1][:3] for fence in question.fences] == ["```"] * 3
    assert [other.answered for other in page.questions] == [True, False, False]


def test_options_carry_text_key_and_reason() -> None:
    options = quiz('- [ ] A\n  > no\n- [X] B `df[["a"]]`\n  two\n  > yes\n  > and more').options
    assert [(option.text, option.right, option.reason) for option in options] == [
        ("A", False, "no"),
        ('B `df[["a"]]`\ntwo', True, "yes\nand more"),
    ]


@pytest.mark.parametrize(
    "reason",
    ["  > why", "\n  > why", "\n    > why", "> why", "\n> why"],
    ids=["two", "blank-two", "blank-four", "none", "blank"],
)
def test_the_spellings_of_a_reason(reason: str) -> None:
    options = quiz(f"- [ ] A\n{reason}\n- [x] B\n{reason}").options
    assert [(option.text, option.reason) for option in options] == [("A", "why"), ("B", "why")]


def test_keys_follow_words_not_places() -> None:
    one = quiz("- [ ] A\n  > no\n- [x] B\n  > yes")
    turned = quiz("- [x] B\n  > another reason\n- [ ]  A\n  > no")
    assert one.key == turned.key
    assert [option.key for option in one.options] == [option.key for option in reversed(turned.options)]
    assert one.key != quiz("- [x] A\n  > no\n- [ ] B\n  > yes").key, "another right answer is another item"


@pytest.mark.parametrize(
    ("slip", "line"),
    [(("-->\n\nA prompt", "\nA prompt"), 9), (("0.03125\n```\n\n|", "0.03125\n\n|"), 40)],
    ids=["comment", "fence"],
)
def test_what_is_never_closed_is_found_where_it_begins(slip: tuple[str, str], line: int) -> None:
    assert parse(GOOD, "questions/c/t.md").torn is None
    assert parse(GOOD.replace(*slip, 1), "questions/c/t.md").torn == line


def test_nothing_stops_the_parser() -> None:
    """Every page cut off anywhere, and odd characters everywhere."""
    for end in range(0, len(GOOD), 7):
        parse(GOOD[:end], "questions/c/t.md")
        parse(GOOD[end:], "t.md")
    for odd in ("\x00", "\x02", "\u2028", "\r", "\t", "<!--", "```", "$", "[", "\ud800", "- [ ] ", "> " * 50):
        parse(GOOD.replace("e", odd), "questions/c/t.md")
