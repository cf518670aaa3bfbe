"""The command that adds a question: what it proposes, refuses and writes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import new_question
import pytest
from bank.library import DOCS, load_bank
from bank.nearest import nearest
from bank.parse import parse
from bank.rules import check
from sites import cut_answers

FLAGS = ["--level", "intermediate", "--topics", "overfitting"]
PAGE = "questions/ml-fundamentals/learning-from-data.md"
NEW = "Why can early stopping act like weight decay?"


@pytest.fixture(scope="module")
def open_questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole bank without its answers: names and places are what counts here, and it is read many times."""
    docs = tmp_path_factory.mktemp("open") / "docs"
    shutil.copytree(DOCS, docs)
    cut_answers(docs)
    return docs


@pytest.fixture
def docs(open_questions: Path, tmp_path: Path) -> Path:
    shutil.copytree(open_questions, tmp_path / "docs")
    return tmp_path / "docs"


def run(docs: Path, *arguments: str) -> int:
    return new_question.main([*arguments, "--docs", str(docs)])


def files(docs: Path) -> dict[Path, str]:
    return {file: file.read_text(encoding="utf-8") for file in docs.rglob("*.md")}


def test_a_question_is_written_into_the_group_of_the_nearest_one(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(docs)
    assert run(docs, NEW, *FLAGS, "--aliases", "early stopping, l2 equivalence", "--page", "learning-from-data") == 0
    shown = capsys.readouterr()
    changed = [file for file, text in files(docs).items() if before[file] != text]
    assert [file.relative_to(docs).as_posix() for file in changed] == [PAGE]
    page = parse(changed[0].read_text(encoding="utf-8"), PAGE)
    question = next(question for question in page.questions if question.text == NEW)
    assert (question.id, question.short) == ("early-stopping-act-like", "Early stopping act like")
    assert question.values("aliases") == ("early stopping", "l2 equivalence")
    assert not question.answered
    assert f"docs/{PAGE}:{question.line};" in shown.err
    assert f"goes to docs/{PAGE}, group '" in shown.err
    assert check(page, load_bank(docs)) == [], "the page is as good as before"
    lost = set(before[changed[0]].split("\n")) - set(page.lines)
    assert lost == set(), "no line is lost"


def test_the_three_nearest_are_shown(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(docs, NEW, *FLAGS, "--dry-run")
    lines = [line for line in capsys.readouterr().err.split("\n") if " like docs/" in line]
    assert len(lines) == 3
    assert all(line.split("%")[0].strip().isdigit() for line in lines)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("What is the difference between covariance and correlation?", "covariance-vs-correlation"),
        ("lasso vs ridge", "regularization"),
        ("Explain Bayes' theorem", "bayes-theorem"),
        ("Describe the bias-variance tradeoff.", "bias-variance-tradeoff"),
    ],
)
def test_a_question_that_is_there_is_refused(
    text: str, same: str, docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(docs)
    assert run(docs, text, *FLAGS) == 1
    assert f"asks the same ('{same}')" in capsys.readouterr().err
    assert files(docs) == before


@pytest.mark.parametrize(
    "text",
    [
        "Why does mini-batch noise help?",
        "When does the bootstrap fail for the maximum?",
        "Does dropout help small models?",
    ],
)
def test_another_question_on_a_topic_is_no_repetition(text: str) -> None:
    assert nearest(text, load_bank())[0].likeness < 0.6


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (["--level", "hard", "--topics", "overfitting"], "unknown level 'hard'"),
        (["--level", "beginner", "--topics", "overfiting"], "did you mean 'overfitting'?"),
        ([*FLAGS, "--id", "Not_Kebab"], "is not kebab-case"),
        ([*FLAGS, "--id", "bayes-theorem"], "already used at docs/"),
        ([*FLAGS, "--short", "x" * 29], "shorten it to at most 28"),
        ([*FLAGS, "--category", "magic"], "unknown category 'magic'"),
        ([*FLAGS, "--group", "None"], "no group 'None'"),
    ],
)
def test_what_would_not_be_valid_is_not_written(
    flags: list[str], reason: str, docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(docs)
    assert run(docs, NEW, *flags) == 1
    shown = capsys.readouterr()
    assert reason in shown.err.split("\n")[-2]
    assert (shown.out, files(docs)) == ("", before)


def test_a_category_without_a_page_is_not_written_to(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(docs / "questions" / "mathematics")
    before = files(docs)
    assert run(docs, NEW, *FLAGS, "--category", "mathematics") == 1
    assert "no such page yet" in capsys.readouterr().err
    assert files(docs) == before


def test_a_question_near_to_none_is_placed_by_its_writer(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = "Which zebras yodel?"
    assert run(docs, odd, *FLAGS) == 1
    assert "say where it belongs with --category (" in capsys.readouterr().err
    assert run(docs, odd, *FLAGS, "--category", "coding") == 0


def test_a_full_group_is_refused(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    group = ["--page", "programming-basics", "--group", "Tools and languages"]
    for word in ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot"):
        assert run(docs, f"What makes {word} {word}graph fast?", *FLAGS, *group) == 0
    assert run(docs, "What makes zulu zulugraph fast?", *FLAGS, *group) == 1
    assert "is full" in capsys.readouterr().err


def test_it_asks_at_a_terminal_and_takes_its_proposals(
    docs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([NEW, "hard", "advanced", "", "overfiting", "overfitting", "", "weight decay and early stopping"])
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda prompt: asked.append(prompt) or next(answers))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert run(docs, "--page", "learning-from-data") == 0
    assert [prompt.split(" ")[0] for prompt in asked] == [
        "question:",
        "level",
        "level",
        "id",
        "topics,",
        "topics",
        "short",
        "aliases,",
    ]
    assert "level: advanced" in capsys.readouterr().out


def test_without_a_terminal_it_says_what_is_missing(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(docs, NEW) == 2
    assert "--level and --topics" in capsys.readouterr().err


def test_an_interrupted_dialogue_writes_nothing(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(prompt: str) -> str:
        raise EOFError

    before = files(docs)
    monkeypatch.setattr("builtins.input", stop)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert run(docs, NEW) == 1
    assert files(docs) == before
