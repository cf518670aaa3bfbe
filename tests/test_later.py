"""Work put off while the site is served."""

from __future__ import annotations

import threading

import pytest
from publish.later import Later


def test_only_the_last_task_is_done() -> None:
    later, done, over = Later(0.05), [], threading.Event()
    for number in range(3):
        later.do(lambda number=number: (done.append(number), over.set()))
    assert over.wait(5)
    assert done == [2]


def test_a_task_that_fails_says_so_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    later, over = Later(0), threading.Event()

    def fail() -> None:
        raise OSError("no space left")

    later.do(fail)
    while not (said := capsys.readouterr().err):
        over.wait(0.01)
    assert said == "finish_site: no space left\n"
