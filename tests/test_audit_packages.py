"""What the two tools report becomes lines; what they cannot say becomes a failure and never a clean report."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import audit_packages
import pytest

CLEAN = {"dependencies": [{"name": "numpy", "version": "2.0", "vulns": []}]}
HOLE = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2.1"]}
NPM_CLEAN: dict = {"vulnerabilities": {}}
VIA = {"title": "Loops for ever", "severity": "high", "url": "https://example.org/1"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one file of pins and one package, with tools that print what stands in `python.json`, `npm.json`."""
    (tmp_path / "requirements.txt").write_text("# Reasons\nruamel.yaml==1.0  # reads\nNumPy==2.0\n", encoding="utf-8")
    (tmp_path / "package-lock.json").write_text('{\n  "node_modules/idb": {}\n}\n', encoding="utf-8")
    for name, file in (("npm", "npm"), ("python", "python")):
        script = f"#!/bin/sh\ncat '{tmp_path}/{file}.json'\nexit 1\n"
        (tmp_path / name).write_text(script, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(audit_packages, "ROOT", tmp_path)
    says(tmp_path, CLEAN, NPM_CLEAN)
    return tmp_path


def says(root: Path, python: dict, npm: dict) -> None:
    (root / "python.json").write_text(json.dumps(python), encoding="utf-8")
    (root / "npm.json").write_text(json.dumps(npm), encoding="utf-8")


def test_nothing_known_is_clean(root: Path, capsys: pytest.CaptureFixture) -> None:
    assert audit_packages.main([]) == 0
    assert capsys.readouterr().out == ""


def test_a_hole_is_told_with_the_line_of_its_pin(root: Path, capsys: pytest.CaptureFixture) -> None:
    holes = [
        {"name": "ruamel-yaml", "version": "1.0", "vulns": [{**HOLE, "fix_versions": []}]},
        {"name": "numpy", "version": "2.0", "vulns": [HOLE]},
    ]
    says(root, {"dependencies": holes}, {"vulnerabilities": {"idb": {"via": [VIA, "other"], "fixAvailable": True}}})
    assert audit_packages.main([]) == 1
    assert capsys.readouterr().out.split("\n") == [
        "package-lock.json:2: idb: Loops for ever (high) https://example.org/1, a fix is there",
        "requirements.txt:2: ruamel-yaml 1.0: PYSEC-1 CVE-1, not fixed yet",
        "requirements.txt:3: numpy 2.0: PYSEC-1 CVE-1, fixed in 2.1",
        "",
    ]


def test_a_package_that_was_not_asked_about_is_a_failure(root: Path, capsys: pytest.CaptureFixture) -> None:
    says(root, {"dependencies": [{"name": "numpy", "skip_reason": "not found"}]}, NPM_CLEAN)
    assert audit_packages.main([]) == 2
    assert "skipped numpy" in capsys.readouterr().err


def test_an_error_of_npm_is_a_failure(root: Path, capsys: pytest.CaptureFixture) -> None:
    says(root, CLEAN, {"message": "405 Method Not Allowed", "error": {}})
    assert audit_packages.main([]) == 2
    assert "405" in capsys.readouterr().err


@pytest.mark.parametrize("tool", ["python", "npm"])
@pytest.mark.parametrize("text", ["", "Traceback", "[]"])
def test_no_report_is_a_failure(root: Path, tool: str, text: str, capsys: pytest.CaptureFixture) -> None:
    (root / f"{tool}.json").write_text(text, encoding="utf-8")
    assert audit_packages.main([]) == 2
    assert capsys.readouterr().out == ""
