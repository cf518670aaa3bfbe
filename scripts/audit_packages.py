#!/usr/bin/env python3
"""Asks pip-audit and npm for known holes in the locked packages and prints one line for each. Changes nothing."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from lock_requirements import lock_of, readable_files

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300  # seconds

Finding = tuple[str, int, str]
"""File, line, what is known."""


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 nothing is known, 1 holes are known, 2 wrong usage or no answer."""
    argparse.ArgumentParser(description=__doc__).parse_args(argv)
    try:
        found = sorted({*python_holes(ROOT), *npm_holes(ROOT)})
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        print(f"audit_packages: {error}", file=sys.stderr)
        return 2  # "could not ask" must not look like "nothing is known"
    for file, line, message in found:
        print(f"{file}:{line}: {message}")
    print(f"{len(found)} known holes", file=sys.stderr)
    return 1 if found else 0


def python_holes(root: Path) -> Iterator[Finding]:
    """What pip-audit knows about each file of pins. It installs nothing: the locks are complete."""
    for source in readable_files(root):
        how = ["--requirement", str(lock_of(source)), "--require-hashes", "--disable-pip", "--no-deps"]
        command = [sys.executable, "-m", "pip_audit", *how, "--format", "json", "--progress-spinner", "off"]
        report = _json(command, root)
        text = source.read_text(encoding="utf-8")
        for package in report["dependencies"]:
            if "skip_reason" in package:
                raise ValueError(f"pip-audit skipped {package['name']}: {package['skip_reason']}")
            for hole in package["vulns"]:
                fixed = f"fixed in {', '.join(hole['fix_versions'])}" if hole["fix_versions"] else "not fixed yet"
                names = " ".join([hole["id"], *hole.get("aliases", [])])
                line = _line(text, rf"(?mi)^{_spelled(package['name'])}==")
                yield source.name, line, f"{package['name']} {package['version']}: {names}, {fixed}"


def npm_holes(root: Path) -> Iterator[Finding]:
    """What npm knows about the lock file, tools of the build included."""
    report = _json(["npm", "audit", "--package-lock-only", "--json"], root)
    if "vulnerabilities" not in report:
        raise ValueError(f"npm audit gave no report: {report.get('message', 'no reason given')}")
    text = (root / "package-lock.json").read_text(encoding="utf-8")
    for name, package in report["vulnerabilities"].items():
        known = [via for via in package["via"] if isinstance(via, dict)]  # a string names a package listed by itself
        fixed = "a fix is there" if package.get("fixAvailable") else "not fixed yet"
        for via in known:
            line = _line(text, rf'"node_modules/(?:.+/)?{re.escape(name)}": ')
            yield "package-lock.json", line, f"{name}: {via['title']} ({via['severity']}) {via['url']}, {fixed}"


def _json(command: list[str], root: Path) -> dict[str, Any]:
    """What a tool prints. Both exit with 1 for a hole and for their own failure; only the first prints a report."""
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False)
    try:
        report = json.loads(result.stdout)
    except ValueError:
        raise ValueError(f"{' '.join(command[:3])}: {result.stderr.strip()[-500:] or 'no report'}") from None
    if not isinstance(report, dict):
        raise ValueError(f"{' '.join(command[:3])}: no report")
    return report


def _spelled(name: str) -> str:
    """A pattern for every spelling of a package's name."""
    return r"[-_.]+".join(re.escape(part) for part in re.split(r"[-_.]+", name))


def _line(text: str, pattern: str) -> int:
    match = re.search(pattern, text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


if __name__ == "__main__":
    raise SystemExit(main())
