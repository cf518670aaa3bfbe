#!/usr/bin/env python3
"""Checks pages against the rules and prints every problem with its place and the way out. Changes nothing."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.library import DOCS, ROOT, Bank, load_bank, read_text
from bank.model import Page, Problem
from bank.parse import parse
from bank.report import as_annotation, as_line, summary
from bank.rules import RULES, check


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 clean, 1 problems, 2 wrong usage."""
    options = _arguments(argv)
    if options.explain:
        return explain(options.explain)
    for path in options.paths:
        if not path.is_dir() and not (path.is_file() and path.suffix == ".md"):
            print(f"lint: {path} is no folder and no Markdown file", file=sys.stderr)
            return 2
    files = [file for path in options.paths or [DOCS] for file in _files(path)]
    pages, problems = lint(files)
    for problem in problems:
        print(as_line(problem))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for problem in problems:
            print(as_annotation(problem))
    print(summary(pages, problems), file=sys.stderr)
    return 1 if problems else 0


def lint(files: list[Path]) -> tuple[list[Page], list[Problem]]:
    """The pages of these files and their problems, sorted. A file outside `docs/` is judged as a page of questions."""
    bank = load_bank()
    pages, problems = [], []
    for file in files:
        page, surroundings = _page(file.resolve(), bank)
        pages.append(page)
        shown = _shown(file)
        problems += [replace(problem, path=shown) for problem in check(page, surroundings)]
    return pages, sorted(problems)


def explain(code: str) -> int:
    """Prints what a rule asks for, why, and what to write."""
    rule = RULES.get(code.upper())
    if rule is None:
        print(f"lint: no rule {code}; the rules are listed in CONTRIBUTING.md", file=sys.stderr)
        return 2
    print(f"{rule.code}: {rule.meaning}\n\n{rule.explanation}")
    return 0


def _page(file: Path, bank: Bank) -> tuple[Page, Bank]:
    if file.is_relative_to(bank.docs):
        return bank.pages[file.relative_to(bank.docs).as_posix()], bank
    page = parse(read_text(file), file.name, category=file.parent.name)
    return page, Bank(file.parent, {page.path: page}, bank.topics, bank.redirects)


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.md")) if path.is_dir() else [path]


def _shown(file: Path) -> str:
    file = file.resolve()
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else str(file)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, epilog="Exit status: 0 clean, 1 problems, 2 wrong usage.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders; docs/ when left out")
    parser.add_argument("--explain", metavar="CODE", help="print what a rule asks for, and why")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
