#!/usr/bin/env python3
"""Adds the block of a new, still open question to the right group of a page, or says which question it repeats.

Without flags it asks, and proposes what it can; with --level and --topics it asks nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.library import DOCS, Bank, load_bank
from bank.model import Group, Level, Page
from bank.nearest import NEAR, SAME, Neighbor, nearest, words
from bank.parse import parse
from bank.report import as_line
from bank.rules import check
from bank.rules.metadata import ID_LIMIT, SHORT_LIMIT
from bank.rules.registry import did_you_mean
from bank.rules.structure import GROUP_SIZES
from bank.text import plain

Ask = Callable[[str, str], str]
"""Asks for a value by its name, with a proposal that an empty answer takes."""


class RefusedError(Exception):
    """Why nothing was written, in one line."""


@dataclass(frozen=True)
class Entry:
    """A new question: what its heading and its comment will say."""

    text: str
    id: str
    level: str
    short: str
    topics: str
    aliases: str = ""
    core: bool = False

    def block(self) -> str:
        """The question as it stands on a page, without an answer."""
        lines = [f"id: {self.id}", f"level: {self.level}", f"short: {self.short}", f"topics: {self.topics}"]
        lines += [f"aliases: {self.aliases}"] * bool(self.aliases) + ["core: yes"] * self.core
        return "\n".join([f"### {self.text}", "", "<!--", *lines, "-->"])


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 written; 1 refused; 2 wrong usage."""
    options = _arguments(argv)
    asks = options.level is None or options.topics is None
    if (asks or options.question is None) and not sys.stdin.isatty():
        print(
            "new_question: give the question, --level and --topics; without them it asks at a terminal", file=sys.stderr
        )
        return 2
    bank = load_bank(options.docs)
    try:
        text = " ".join((options.question or _ask("question", "")).split())
        neighbors = show_neighbors(text, bank)
        entry = compose(text, bank, neighbors, options, _ask if asks else lambda name, proposal: proposal)
        page, group = choose_place(bank, neighbors, options)
        print(f"new_question: goes to docs/{page.path}, group '{group.text}'", file=sys.stderr)
        after = insert(page, group, entry)
        stop_at_problems(after, page, bank)
    except RefusedError as reason:
        print(f"new_question: {reason}", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("new_question: stopped; nothing was written", file=sys.stderr)
        return 1
    print(entry.block())
    if not options.dry_run:
        (options.docs / page.path).write_text(after, encoding="utf-8")
        line = after[: after.index(entry.block())].count("\n") + 1
        print(f"new_question: written to docs/{page.path}:{line}; ", end="", file=sys.stderr)
        print("add '#### Answer' and the parts of the template in CONTRIBUTING.md below it", file=sys.stderr)
    return 0


def show_neighbors(text: str, bank: Bank) -> list[Neighbor]:
    """The three nearest questions, also printed. Raises RefusedError where the text is no question or repeats one."""
    if len(words(text)) < 1 or not re.search(r"\w{3}", text):
        raise RefusedError(f"'{text}' is no question")
    neighbors = nearest(text, bank)
    for near in neighbors:
        place = f"docs/{near.page.path}:{near.question.line}"
        print(f"{near.likeness:4.0%} like {place} {plain(near.question.text)}", file=sys.stderr)
    if neighbors and neighbors[0].likeness >= SAME:
        near = neighbors[0]
        place = f"docs/{near.page.path}:{near.question.line}"
        raise RefusedError(f"{place} asks the same ('{near.question.id}'); mend that one, or add an alias to it")
    return neighbors


def compose(text: str, bank: Bank, neighbors: Sequence[Neighbor], options: argparse.Namespace, ask: Ask) -> Entry:
    """The entry, of flags first, then of answers, then of proposals."""
    level = options.level or ask(f"level ({', '.join(Level)})", Level.INTERMEDIATE)
    while level not in list(Level):
        level = _again(
            f"unknown level '{level}'{did_you_mean(level, Level)}", "level", Level.INTERMEDIATE, options, ask
        )
    identifier = options.id or ask("id", propose_id(text, bank))
    if places := bank.places.get(identifier):
        page, question = places[0]
        raise RefusedError(f"id '{identifier}' is already used at docs/{page.path}:{question.line}; choose another")
    near = ", ".join(neighbors[0].question.values("topics")) if neighbors and neighbors[0].likeness >= NEAR else ""
    topics = options.topics or ask("topics, from scripts/bank/topics.yml", near)
    while unknown := [topic for topic in map(str.strip, topics.split(",")) if topic not in bank.topics]:
        hint = did_you_mean(unknown[0], bank.topics)
        topics = _again(f"unknown topic '{unknown[0]}'{hint}", "topics", near, options, ask)
    return Entry(
        text=text,
        id=identifier,
        level=level,
        short=options.short or ask("short name", propose_short(text)),
        topics=topics,
        aliases=options.aliases or ask("aliases, what people type instead", ""),
        core=options.core,
    )


def _again(trouble: str, name: str, proposal: str, options: argparse.Namespace, ask: Ask) -> str:
    """Asks once more at a terminal, so that no other answer is lost. Raises RefusedError for a flag."""
    if getattr(options, name) or ask is not _ask:
        raise RefusedError(trouble)
    print(trouble, file=sys.stderr)
    return ask(name, proposal)


def propose_id(text: str, bank: Bank) -> str:
    """Up to four words of what is asked, kebab-case, with a number where that is taken."""
    kept = [word for word in re.findall(r"[a-z0-9]+", plain(text).lower()) if words(word) <= words(text)]
    base = "-".join(list(dict.fromkeys(kept))[:4])[: ID_LIMIT - 3].strip("-") or "question"
    taken = {*bank.places, *bank.redirects}
    clashes = {*taken, *(f"{one}-a" for one in taken)}
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, 1000))) if one not in clashes)


def propose_short(text: str) -> str:
    """The first words of what is asked that fit the contents list."""
    kept = [word for word in re.findall(r"[\w'-]+", plain(text)) if words(word) <= words(text)] or ["Question"]
    short = ""
    for word in kept:
        if len(f"{short} {word}".strip()) <= SHORT_LIMIT:
            short = f"{short} {word}".strip()
    short = short or kept[0][:SHORT_LIMIT]
    return short[:1].upper() + short[1:]


def choose_place(bank: Bank, neighbors: Sequence[Neighbor], options: argparse.Namespace) -> tuple[Page, Group]:
    """The page and group: those of the flags, else of the nearest question that fits them. Raises RefusedError."""
    pages = [page for page in bank.pages.values() if page.holds_questions and page.groups]
    if options.category and options.category not in bank.categories:
        raise RefusedError(f"unknown category '{options.category}'; write one of {', '.join(bank.categories)}")
    wanted = [
        page
        for page in pages
        if options.category in (None, page.category) and options.page in (None, Path(page.path).stem, page.path)
    ]
    if not wanted:
        folder = options.category or "<category>"
        raise RefusedError(
            f"no such page yet: write docs/questions/{folder}/<topic>.md by hand, with '# Title', a sentence, "
            "'## Group' and three questions from the template in CONTRIBUTING.md, and add it to the nav of mkdocs.yml"
        )
    if not (options.category or options.page) and not (neighbors and neighbors[0].likeness >= NEAR):
        known = ", ".join(dict.fromkeys(page.category for page in pages))
        raise RefusedError(f"no question is near this one; say where it belongs with --category ({known})")
    near = [(one.page, group) for one in neighbors for group in one.page.groups if one.question in group.questions]
    places = near + [(page, group) for page in wanted for group in page.groups]
    fitting = [(page, group) for page, group in places if page in wanted and options.group in (None, group.text)]
    if not fitting:
        groups = ", ".join(f"'{group.text}'" for page in wanted for group in page.groups)
        raise RefusedError(f"no group '{options.group}'; there are {groups}")
    free = [(page, group) for page, group in fitting if len(group.questions) + 1 in GROUP_SIZES]
    if not free:
        raise RefusedError(f"the group '{fitting[0][1].text}' is full; begin another on docs/{fitting[0][0].path}")
    return free[0]


def insert(page: Page, group: Group, entry: Entry) -> str:
    """The page's text with the entry at the end of the group."""
    later = [other.line for other in page.groups if other.line > group.line]
    end = min(later) - 1 if later else len(page.lines)
    above, below = "\n".join(page.lines[:end]).rstrip(), "\n".join(page.lines[end:]).strip("\n")
    return f"{above}\n\n{entry.block()}\n" + (f"\n{below}\n" if below else "")


def stop_at_problems(after: str, page: Page, bank: Bank) -> None:
    """Raises RefusedError with the first problem that the new block brings to its page."""
    changed = parse(after, page.path)
    known = {(problem.code, problem.message) for problem in check(page, bank)}
    new = [one for one in check(changed, bank.with_page(changed)) if (one.code, one.message) not in known]
    if new:
        raise RefusedError(f"{as_line(new[0]).split(': ', 1)[1]} (nothing was written)")


def _ask(name: str, proposal: str) -> str:
    return input(f"{name} [{proposal}]: " if proposal else f"{name}: ").strip() or proposal


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    epilog = "Exit status: 0 written, 1 refused, 2 wrong usage."
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog=epilog)
    parser.add_argument("question", nargs="?", help="the words of the interviewer")
    parser.add_argument("--level", help=", ".join(Level))
    parser.add_argument("--topics", help="names from scripts/bank/topics.yml, with commas between")
    parser.add_argument("--id", help="kebab-case and permanent; proposed from the question")
    parser.add_argument("--short", help=f"for the contents list, at most {SHORT_LIMIT} characters; proposed")
    parser.add_argument("--aliases", default="", help="what people type instead, with commas between")
    parser.add_argument("--core", action="store_true", help="one of the questions to know if time is short")
    parser.add_argument("--category", help="folder below docs/questions/; that of the nearest question")
    parser.add_argument("--page", help="name of the page; that of the nearest question")
    parser.add_argument("--group", help="heading of the group; that of the nearest question")
    parser.add_argument("--docs", type=Path, default=DOCS, help=argparse.SUPPRESS)
    parser.add_argument("--dry-run", action="store_true", help="print the block and write nothing")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
