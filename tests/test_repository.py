"""What the repository promises of itself: the template lints, pins are exact, workflows have least rights."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bank.errata import PATH as ERRATA
from bank.errata import proof_file as errata_proof_file
from bank.errata import read_claims
from bank.library import ROOT, load_bank, proof_file, proof_name, read_functions
from bank.parse import parse
from bank.rules import check
from lock_requirements import readable_files

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = sorted(file for file in (ROOT / "scripts").glob("*.py") if file.name != "site_hooks.py")


def test_the_pages_have_no_problems() -> None:
    bank = load_bank()
    assert [problem for page in bank.pages.values() for problem in check(page, bank)] == []


def test_the_template_of_contributing_is_a_good_question() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    template = re.search(r"(?s)````markdown\n(.*?)````", text)
    assert template
    opens = "".join(
        f"\n### Q{n}?\n\n<!--\nid: q{n}\nlevel: beginner\nshort: Q\ntopics: evaluation\n-->\n" for n in (1, 2)
    )
    page = parse(f"# T\n\nD.\n\n## G\n\n{template[1]}{opens}", "questions/c/t.md")
    assert check(page, load_bank()) == []
    assert len(page.questions[0].parts) == 7


def test_every_proof_belongs_to_a_question() -> None:
    bank = load_bank()
    named: dict[Path, set[str]] = {}
    for page in bank.pages.values():
        if page.holds_questions:
            file = proof_file(page, bank.proofs)
            named.setdefault(file, set()).update(proof_name(question) for question in page.questions)
            unknown = {name for name in bank.proof_names(page) if name.startswith("test_")} - named[file]
            assert not unknown, f"{file}: named after no question of {page.path}"
    for claim in read_claims(bank.pages[ERRATA]):
        named.setdefault(errata_proof_file(claim, bank.proofs), set()).add(claim.proof)
    for file in (ROOT / "tests" / "proofs" / "errata").glob("test_*.py"):
        assert {name for name in read_functions(file) if name.startswith("test_")} <= named.get(file, set()), file
    assert set((ROOT / "tests" / "proofs").rglob("test_*.py")) <= set(named)


def test_retired_ids_lead_to_questions() -> None:
    bank = load_bank()
    assert [old for old, new in bank.redirects.items() if new not in bank.places or old in bank.places] == []


def test_topics_are_sorted_and_explained() -> None:
    topics = load_bank().topics
    assert list(topics) == sorted(topics)
    assert [name for name, meaning in topics.items() if not meaning] == []


@pytest.mark.parametrize("file", readable_files(ROOT), ids=lambda file: file.name)
def test_every_requirement_is_pinned(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    assert [
        line for line in lines if line and line[0] != "#" and not re.match(r"[\w.-]+==[\w.]+(\s+#.*)?$", line)
    ] == []


def test_front_end_parts_are_pinned() -> None:
    text = (ROOT / "package.json").read_text(encoding="utf-8")
    assert re.findall(r'": "[\^~*><]', text) == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflows_have_least_rights(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    flow = yaml.safe_load(text)
    assert flow["permissions"] == {}
    assert "pull_request_target" not in text
    assert all("permissions" in job and "timeout-minutes" in job for job in flow["jobs"].values())
    uses = re.findall(r"uses: (\S+)(.*)", text)
    assert uses
    assert [
        action for action, rest in uses if not re.search(r"@[0-9a-f]{40}$", action) or not re.match(r" # v\d", rest)
    ] == []
    for job in flow["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_scripts_explain_themselves_from_any_folder(script: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(script), "--help"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert "usage:" in result.stdout
    assert script.name in (ROOT / "scripts" / "README.md").read_text(encoding="utf-8")
    wrong = subprocess.run([*command[:-1], "--no-such-flag"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, "")


def test_the_ci_entry_calls_the_test_command_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line and not line.startswith("#")] == ["exec make test"]


def test_make_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^\.PHONY: (.*)$", text)[0].split())
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert targets == set(re.findall(r"(?m)^  make (\w+)", listed))


def test_readme_links_lead_to_files() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = re.sub(r"`+[^`]+`+", "", (ROOT / name).read_text(encoding="utf-8"))
        links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("https://")]
        assert [link for link in links if not (ROOT / link).exists()] == []
