#!/usr/bin/env python3
"""Checks pages against the rules and prints each problem with its place and the way out. Mends only with --fix."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.crew import check_all
from bank.library import DOCS, ROOT, Bank, load_bank, read_text
from bank.mend import mend
from bank.model import Page
from bank.parse import parse
from bank.report import Verdict, as_annotation, as_line, as_table, judge, summary
from bank.rules import RULES, advise, check, check_files


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 clean, also with warnings; 1 problems; 2 wrong usage."""
    options = _arguments(argv)
    if options.explain:
        return explain(options.explain)
    for path in options.paths:
        if not path.is_dir() and not (path.is_file() and path.suffix == ".md"):
            print(f"lint: {path} is no folder and no Markdown file", file=sys.stderr)
            return 2
    files = [file for path in options.paths or [DOCS] for file in _files(path)]
    if options.fix:
        fix(files)
    verdicts = (
        lint(files) if options.paths else [*check_all(DOCS), Verdict(0, 0, tuple(check_files(DOCS)), (), pages=0)]
    )
    show(verdicts)
    return 1 if any(verdict.problems for verdict in verdicts) else 0


def lint(files: Sequence[Path]) -> list[Verdict]:
    """The verdicts on these files, in order. A file outside `docs/` is judged as a page of questions."""
    bank = load_bank()
    verdicts = []
    for file in files:
        page, surroundings = _page(file.resolve(), bank)
        verdict = judge(page, check(page, surroundings), advise(page, surroundings))
        verdicts.append(verdict.at(file.resolve().as_posix()))
    return verdicts


def show(verdicts: Sequence[Verdict]) -> None:
    """Problems, then warnings, to stdout; the summary to stderr. In a workflow run also as annotations and a table."""
    found = sorted(problem for verdict in verdicts for problem in verdict.problems)
    found += sorted(warning for verdict in verdicts for warning in verdict.warnings)
    shown = [replace(problem, path=_shown(problem.path)) for problem in found]
    for problem in shown:
        print(as_line(problem))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for problem in shown:
            print(as_annotation(problem))
    if table := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(table).open("a", encoding="utf-8") as file:
            file.write(as_table(verdicts, {rule.code: rule.meaning for rule in RULES.values()}))
    print(summary(verdicts), file=sys.stderr)


def fix(files: Sequence[Path]) -> None:
    """Mends in place what is safe to mend, and says what."""
    for file in files:
        page, bank = _page(file.resolve(), load_bank())
        text, mended = mend(page, bank)
        if mended:
            file.write_text(text, encoding="utf-8")
            for problem in mended:
                print(f"fixed {as_line(replace(problem, path=_shown(file.resolve().as_posix())))}", file=sys.stderr)


def explain(code: str) -> int:
    """Prints what a rule asks for, why, and what to write."""
    rule = RULES.get(code.upper())
    if rule is None:
        print(f"lint: no rule {code}; the rules are listed in CONTRIBUTING.md", file=sys.stderr)
        return 2
    print(f"{rule.code}: {rule.meaning}\n\n{rule.explanation}")
    return 0


def _page(file: Path, bank: Bank) -> tuple[Page, Bank]:
    """A page as the site knows it; one outside `docs/` has only itself around it."""
    if file.is_relative_to(bank.docs):
        return bank.pages[file.relative_to(bank.docs).as_posix()], bank
    page = parse(read_text(file), file.name, category=file.parent.name)
    return page, Bank(file.parent, {page.path: page}, bank.topics, bank.redirects)


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.md")) if path.is_dir() else [path]


def _shown(path: str) -> str:
    """A page's path as it is printed: from the root of the repository where it is inside."""
    file = Path(path) if Path(path).is_absolute() else DOCS / path
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else str(file)


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("a path is empty")
    return Path(text)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, epilog="Exit status: 0 clean, 1 problems, 2 wrong usage.")
    parser.add_argument("paths", nargs="*", type=_path, metavar="PATH", help="files or folders; docs/ when left out")
    parser.add_argument("--explain", metavar="CODE", help="print what a rule asks for, and why")
    parser.add_argument("--fix", action="store_true", help="first mend what no opinion is needed for, in place")
    return parser.parse_args(argv)


if __name__ == "__main__":
    gc.disable()  # a run takes seconds and frees nothing before its end; collecting would be a fifth of it
    raise SystemExit(main())
