"""Questions as elements, from whatever a contributor may write: what is text stays text, and what is lost is said."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from bank.library import load_bank
from bank.parse import parse
from exports.edition import Entry, parse_markup, read_edition
from exports.flat import quick_check
from exports.markup import inner_markup, markup, words

PAGE = """# A page

What it is about.

## A group

### Which `x`?

<!--
id: which-x
level: beginner
short: which x
topics: calculus
-->

#### Answer

{answer}

#### Key points

- One

#### Quick check

Which?

- [ ] This
  > {reason}
- [x] That
  > It is.

#### Sources

- A book
"""
PATH = "questions/mathematics/which.md"


def entry(answer: str = "Words.", reason: str = "No.") -> Entry:
    page = parse(PAGE.format(answer=answer, reason=reason), PATH)
    (found,) = read_edition(load_bank().with_page(page), [PATH])
    return found


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&LT;script&GT;alert(1)&LT;/script&GT;", "<script>alert(1)</script>"),
        ("AT&AMP;T &QUOT;x&QUOT;", 'AT&T "x"'),
        ("a&nbsp;b &copy; &hearts;", "a b © ♥"),
        ("&unknown; & &#11; &nvlt;", "&unknown; & "),
        ("1 < 2 &amp;&amp; 3 > 2", "1 < 2 && 3 > 2"),
    ],
)
def test_entities_are_text(written: str, shown: str) -> None:
    (paragraph,) = entry(written).short
    assert [child.tag for child in paragraph] == []
    assert shown.split() == words(paragraph).split()[: len(shown.split())]
    assert "<script" not in markup([paragraph])


def test_parts_of_a_question() -> None:
    found = entry("Words.\n\nMore **words**.")
    assert inner_markup(found.title) == "Which <code>x</code>?"
    assert markup(found.short) == "<p>Words.</p>"
    assert "More <strong>words</strong>." in markup(found.full)
    assert list(found.parts) == ["Key points", "Sources"]
    assert found.check and [choice.right for choice in found.check.options] == [False, True]


def test_a_reason_may_begin_with_a_list() -> None:
    check = entry(reason="- one\n  > - two").check
    assert check
    _, options, reasons = quick_check(check)
    assert [item.tag for item in reasons] == ["li", "li"]
    assert [child.tag for child in reasons[0]] == ["strong", "ul"]
    assert [words(item) for item in options] == ["This", "That"]
    assert words(reasons[1]) == "B is right. It is."


def test_what_cannot_be_read_names_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.edition.parse_markup", lambda text: ElementTree.fromstring("<"))
    with pytest.raises(OSError, match=r"docs/questions/mathematics/which\.md cannot be made into a book"):
        entry()


def test_markup_is_read_whole() -> None:
    assert words(parse_markup("<p>a &amp; b &eacute; <br /> c<em> d</em></p>")) == "a & b é c d"
