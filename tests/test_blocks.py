"""Markdown as GitHub reads it: kinds and lines of blocks, and of what stands inside them."""

from __future__ import annotations

from bank.blocks import is_closed, read_blocks

TEXT = """# Title

A paragraph
of two lines with `code`
and [a link](x.md).

- one
- two

    more of two

> quote

```python
x
```

| a | b |
| - | - |
| 1 | [c](d) |

<!-- comment -->
***
"""


def test_kinds_and_lines() -> None:
    blocks, _ = read_blocks(TEXT)
    assert [(block.kind, block.line, block.end) for block in blocks] == [
        ("heading", 1, 1),
        ("paragraph", 3, 5),
        ("list", 7, 10),
        ("quote", 12, 12),
        ("fence", 14, 16),
        ("table", 18, 20),
        ("html", 22, 22),
        ("rule", 23, 23),
    ]
    lines = TEXT.split("\n")
    assert all(block.text == "\n".join(lines[block.line - 1 : block.end]) for block in blocks)


def test_pieces_know_their_line() -> None:
    blocks, _ = read_blocks(TEXT)
    placed = [(line, piece.type) for block in blocks for inline in block.inlines for line, piece in inline.marked]
    assert (4, "code_inline") in placed
    assert (5, "link_open") in placed
    assert (20, "link_open") in placed


def test_link_definitions_are_collected() -> None:
    _, references = read_blocks("[a b]: https://example.org\n")
    assert references == {"A B"}


def test_a_link_that_could_carry_a_script_is_seen() -> None:
    blocks, _ = read_blocks("[a](javascript:alert(1)) [b](data:text/html,x)")
    hrefs = [
        piece.attrGet("href") for inline in blocks[0].inlines for piece in inline.pieces if piece.type == "link_open"
    ]
    assert hrefs == ["javascript:alert(1)", "data:text/html,x"]


def test_which_fences_are_closed() -> None:
    for text, closed in {
        "```\nx\n```": True,
        "```\nx\n````": False,
        "````\nx\n```": False,
        "```\nx": False,
        "```\nx\n~~~": False,
        "> ```\n> x\n> ```": True,
        "```": False,
    }.items():
        token = next(token for token in read_blocks(text)[0][0].tokens if token.type == "fence")
        assert is_closed(token, text.split("\n")) is closed, text
