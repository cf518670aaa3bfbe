"""The summary of a pull request, in small repositories of git: what differs, and ids that are gone without an heir."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import summarize_changes

PAGE = "docs/questions/statistics/averages.md"


def question(name: str, answer: str = "It is so.", text: str = "What is it?") -> str:
    fields = f"id: {name}\nlevel: beginner\nshort: It\ntopics: evaluation"
    return f"### {text}\n\n<!--\n{fields}\n-->\n\n#### Answer\n\n{answer}\n\n#### Key points\n\n- A\n\n"


def page(*questions: str) -> str:
    return "# T\n\nD.\n\n## G\n\n" + "".join(questions)


class Repository:
    """A repository with one commit; the files change after it."""

    def __init__(self, root: Path, **files: str) -> None:
        self.root = root
        self.write(PAGE, page(question("one"), question("two"), question("three")))
        self.git("init", "-q")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "base")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def git(self, *arguments: str) -> None:
        who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        subprocess.run(["git", *arguments], cwd=self.root, check=True, env={**os.environ, **who, **alone})

    def summary(self, capsys: pytest.CaptureFixture, base: str = "HEAD") -> tuple[int, str]:
        status = summarize_changes.main(["--base", base, "--root", str(self.root)])
        return status, capsys.readouterr().out


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def rows(summary: str) -> list[list[str]]:
    lines = [line for line in summary.split("\n") if line.startswith("| ") and "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines][1:]


def test_nothing_is_said_of_what_is_the_same(repository: Repository, capsys: pytest.CaptureFixture) -> None:
    repository.write(PAGE, page(question("two"), question("one"), question("three")))
    assert repository.summary(capsys) == (0, "### Questions\n\nNo question differs.\n\n")


def test_a_changed_answer_tells_its_parts_and_words(repository: Repository, capsys: pytest.CaptureFixture) -> None:
    edited = question("two", "It is so for five words more.").replace("beginner", "advanced")
    repository.write(PAGE, page(question("one"), edited, question("three")))
    status, summary = repository.summary(capsys)
    assert status == 0 and summary.startswith("### Questions: 1 changed\n")
    assert rows(summary) == [
        ["changed", "two", "What is it?", "questions/statistics/averages.md", "level, Answer", "3 → 7"]
    ]


def test_new_and_moved_questions(repository: Repository, capsys: pytest.CaptureFixture) -> None:
    repository.write(PAGE, page(question("one"), question("two")))
    repository.write("docs/questions/statistics/other.md", page(question("three"), question("four")))
    status, summary = repository.summary(capsys)
    assert status == 0
    assert [row[0] for row in rows(summary)] == ["changed", "added"]
    assert rows(summary)[0][4] == "moved from questions/statistics/averages.md"
    assert rows(summary)[1][-1] == "– → 3"


def test_an_id_that_is_gone_needs_an_heir_that_is_there(repository: Repository, capsys: pytest.CaptureFixture) -> None:
    repository.write(PAGE, page(question("one"), question("two")))
    status, summary = repository.summary(capsys)
    assert status == 1
    assert "**Gone without an heir:** `three`. Add a line" in summary
    assert rows(summary)[0][0] == "**removed, no heir**"
    repository.write(summarize_changes.REDIRECTS, "three: nobody\n")
    assert repository.summary(capsys)[0] == 1
    repository.write(summarize_changes.REDIRECTS, "three: one\n")
    status, summary = repository.summary(capsys)
    assert (status, rows(summary)[0][0]) == (0, "removed")


def test_words_of_a_contributor_are_not_read_as_markdown(repository: Repository, capsys: pytest.CaptureFixture) -> None:
    text = "Is `a|b` <img src=x> @somebody [x](https://example.org)?"
    repository.write(PAGE, page(question("one", text=text), question("two"), question("three")))
    row = rows(repository.summary(capsys)[1])[0]
    assert len(row) == 6
    assert row[2] == r"Is \`a\|b\` \<img src=x\> \@somebody \[x\](https\://example.org)?"


def test_a_long_list_is_cut(
    monkeypatch: pytest.MonkeyPatch, repository: Repository, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(summarize_changes, "SHOWN", 2)
    repository.write(PAGE, page(*(question(name) for name in ("one", "two", "three", "a", "b", "c"))))
    summary = repository.summary(capsys)[1]
    assert len(rows(summary)) == 2 and summary.endswith("\n… and 1 more.\n\n")


@pytest.mark.parametrize("base", ["no-such-revision", "--output=x", ""])
def test_an_unknown_revision_is_wrong_usage(repository: Repository, base: str, capsys: pytest.CaptureFixture) -> None:
    assert summarize_changes.main([f"--base={base}", "--root", str(repository.root)]) == 2
    assert capsys.readouterr().out == ""
    assert sorted(file.name for file in repository.root.iterdir()) == [".git", "docs"]
