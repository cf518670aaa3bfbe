"""Which numbers of an answer want an explanation, and what explains them."""

from __future__ import annotations

from pathlib import Path

import pytest
from bank.library import Bank
from bank.numbers import unexplained
from bank.parse import parse

PAGE = """# T

D.

## G

### Given 12.5 % and 4,321 rows?

<!--
id: some-question
level: beginner
short: S
topics: t
-->

Of 870 rows, 12.5 % are positive.

#### Answer

{answer}

```python
share = 0.6321
print(1_234)
```

```text title="Output"
1234
```

```text
777
```

#### Key points

- a

#### Sources

- 98765 in a title
"""


def said(answer: str, tmp_path: Path, proof: str = "") -> list[str]:
    page = parse(PAGE.format(answer=answer), "questions/c/t.md")
    bank = Bank(tmp_path, {page.path: page}, {}, {}, proofs=tmp_path)
    (tmp_path / "c").mkdir(exist_ok=True)
    (tmp_path / "c" / "test_t.py").write_text(proof, encoding="utf-8")
    return [number.text for number in unexplained(page, page.questions[0], bank)]


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("It is 63.2 %, 63.21 % or 0.632.", []),
        ("It is 63.3 %.", ["63.3"]),
        ("A share of 37 % is left, 36 % is not.", ["36"]),
        ("There are 1,234 and 1,235.", ["1,235"]),
        ("The prompt says 12.5 % of 870.", []),
        ("What is only shown, as 777, explains nothing.", ["777"]),
        ("Small counts as 12, round ones as 5,000, 30 % and 0.1, customary ones as 95 % and 1.96.", []),
        ("In 1998, on 2026-11-20, (as of 2026-11).", []),
        ("`x = 345`, GPT-345, F345, x345 and 345th are names.", []),
        ("In a formula: $x = 3.45$, $`x_1 = 4.56`$.", ["3.45", "4.56"]),
        ("Cited: 3.45 in [a paper](https://example.org/345).", []),
        ("Cited: 3.45 (Somebody and Other, 2019), and 4.56 there.", []),
        ("Cited elsewhere (2019).\n\nBut here: 3.45.", ["3.45"]),
    ],
)
def test_what_wants_an_explanation(answer: str, left: list[str], tmp_path: Path) -> None:
    assert said(answer, tmp_path) == left


def test_a_proof_explains_only_the_question_of_its_name(tmp_path: Path) -> None:
    proof = (
        "def test_some_question() -> None:\n    assert round(x, 3) == 0.345\n\n\ndef test_other() -> None:\n    6.78\n"
    )
    assert said("34.5 % and 6.78.", tmp_path, proof) == ["6.78"]


def test_a_wrong_option_may_say_anything_and_its_reason_may_not(tmp_path: Path) -> None:
    check = "A.\n\n#### Quick check\n\nWhat?\n\n- [ ] 3.45\n  > 4.56\n- [x] 5.67\n  > b"
    assert said(check, tmp_path) == ["4.56", "5.67"]
