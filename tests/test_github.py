"""What GitHub reads: forms that a link can fill in, updates that wait, workflows without holes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import keep_issue
import pytest
import yaml
from bank.library import ROOT
from lock_requirements import readable_files

GITHUB = ROOT / ".github"
FORMS = sorted(file for file in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if file.name != "config.yml")
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))

# What a link under an answer fills in. GitHub takes a form's fields by their ids.
LINK = "https://github.com/acme/study/issues/new?" + urlencode(
    {"template": "wrong-answer.yml", "question": "bayes-theorem", "title": "Wrong answer: Bayes"}
)


def read(file: Path) -> dict:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def test_zizmor_finds_nothing() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    command = [str(zizmor), "--offline", "--no-progress", "--pedantic", "--strict-collection", "--quiet", str(GITHUB)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("form", FORMS, ids=lambda file: file.stem)
def test_a_form_is_one_that_github_shows(form: Path) -> None:
    data = read(form)
    assert {"name", "description", "body"} <= data.keys() <= {"name", "description", "body", "title", "labels"}
    ids = []
    for field in data["body"]:
        assert field["type"] in ("input", "textarea")
        assert field["attributes"]["label"]
        assert field.keys() <= {"type", "id", "attributes", "validations"}
        ids.append(field["id"])
    assert all(re.fullmatch(r"[a-z-]+", name) for name in ids)
    assert len(set(ids)) == len(ids)
    assert not {"title", "body", "labels", "template", "assignees", "milestone", "projects"} & set(ids)
    required = [field for field in data["body"] if field.get("validations", {}).get("required")]
    assert 1 <= len(required) <= 2


def test_forms_have_names_of_their_own_and_there_is_no_blank_one() -> None:
    names = [read(form)["name"] for form in FORMS]
    assert len(set(names)) == len(names) == 4
    assert read(GITHUB / "ISSUE_TEMPLATE" / "config.yml")["blank_issues_enabled"] is False


def test_the_link_under_an_answer_fills_in_a_field_that_is_there() -> None:
    query = parse_qs(urlsplit(LINK).query)
    form = read(GITHUB / "ISSUE_TEMPLATE" / query.pop("template")[0])
    query.pop("title")
    assert query.keys() <= {field["id"] for field in form["body"]}
    assert [field["id"] for field in form["body"]] == ["question", "claim", "right", "proof"]


def test_a_pull_request_is_asked_three_things() -> None:
    assert len((GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8").splitlines()) == 3


def test_updates_are_weekly_grouped_and_wait() -> None:
    data = read(GITHUB / "dependabot.yml")
    assert data["version"] == 2
    assert [update["package-ecosystem"] for update in data["updates"]] == ["pip", "npm", "npm", "github-actions"]
    for update in data["updates"]:
        assert (ROOT / update["directory"].strip("/")).is_dir()
        assert update["schedule"]["interval"] == "weekly"
        assert update["cooldown"]["default-days"] >= 7
        assert [group["patterns"] for group in update["groups"].values()] == [["*"]]


def test_dependabot_sees_the_locks() -> None:
    """It reads .txt in the folder, and knows a file by "requirements" in its name."""
    for source in readable_files(ROOT):
        assert source.with_suffix(".lock.txt").name.startswith("requirements")


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_scripts_get_nothing_from_an_expression(file: Path) -> None:
    for job in read(file)["jobs"].values():
        assert [step["run"] for step in job["steps"] if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_scripts_and_targets_of_workflows_are_there(file: Path) -> None:
    runs = [step.get("run", "") for job in read(file)["jobs"].values() for step in job["steps"]]
    for name in re.findall(r"scripts/\w+\.py", " ".join(runs)):
        assert (ROOT / name).is_file()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make (\S+)", " ".join(runs)):
        assert f"\n{target}:" in makefile


@pytest.mark.parametrize("name", keep_issue.KINDS)
def test_only_the_job_that_tells_may_write_and_it_runs_one_script(name: str) -> None:
    flow = read(GITHUB / "workflows" / f"{name}.yml")
    look, tell = flow["jobs"]["look"], flow["jobs"]["tell"]
    assert look["permissions"] == {"contents": "read"}
    assert "GH_TOKEN" not in str(look)
    assert tell["permissions"] == {"contents": "read", "issues": "write"}
    assert tell["needs"] == "look" and "if" not in tell  # a look that failed says nothing, and closes nothing
    assert [step["run"] for step in tell["steps"] if "run" in step] == [
        f"python3 scripts/keep_issue.py {name} report.txt"
    ]
    assert flow[True].keys() == {"schedule", "workflow_dispatch"}  # YAML reads `on` as true


def test_the_script_that_may_write_needs_no_package() -> None:
    result = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "scripts" / "keep_issue.py"), "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr


def test_one_commit_stands_for_one_version_of_an_action() -> None:
    uses = [match for file in WORKFLOWS for match in re.findall(r"uses: (\S+)@(\w+) # (\S+)", file.read_text("utf-8"))]
    commits: dict[str, set[tuple[str, str]]] = {}
    for action, commit, version in uses:
        commits.setdefault(action, set()).add((commit, version))
    assert {action: found for action, found in commits.items() if len(found) > 1} == {}


def test_a_pull_request_runs_without_secrets_and_offers_the_site() -> None:
    flow = read(GITHUB / "workflows" / "site.yml")
    steps = flow["jobs"]["check"]["steps"]
    assert flow["jobs"]["check"]["permissions"] == {"contents": "read"}
    assert "secrets." not in (GITHUB / "workflows" / "site.yml").read_text(encoding="utf-8")
    preview = next(step for step in steps if step.get("with", {}).get("name") == "preview")
    assert preview["if"] == "github.event_name == 'pull_request'"
    assert any("summarize_changes.py --base HEAD^1" in step.get("run", "") for step in steps)
