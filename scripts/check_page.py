#!/usr/bin/env python3
"""Checks one page as CI does: its rules, figures, code and proofs, without the site and the browser."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.library import DOCS, ROOT, load_bank, proof_file


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 good; 1 problems; 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__, epilog="Exit status: 0 good, 1 problems, 2 wrong usage.")
    parser.add_argument("page", nargs="+", type=Path, help="a page below docs/, such as docs/questions/coding/sql.md")
    options = parser.parse_args(argv)
    bank = load_bank()
    for file in options.page:
        path = file.resolve()
        if not path.is_relative_to(DOCS) or path.relative_to(DOCS).as_posix() not in bank.pages:
            print(f"check_page: {file} is no page below docs/", file=sys.stderr)
            return 2
    return max(check(file.resolve()) for file in options.page)


def check(file: Path) -> int:
    """Runs every check of one page, and returns 0 or 1."""
    page = load_bank().pages[file.relative_to(DOCS).as_posix()]
    scripts = Path(__file__).resolve().parent
    commands = [[str(scripts / "lint.py"), str(file)]]
    if drawn := sorted(file.parent.glob("figures/*.py")):
        commands.append([str(scripts / "draw_figures.py"), "--check", *map(str, drawn)])
    proofs = [str(proof) for proof in [proof_file(page, load_bank().proofs)] if proof.is_file()]
    commands.append(["-m", "pytest", "-q", str(file), *proofs])
    statuses = [subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode for command in commands]
    return int(any(status not in (0, 5) for status in statuses))  # 5: a page without code has nothing to run


if __name__ == "__main__":
    raise SystemExit(main())
