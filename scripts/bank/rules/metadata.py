"""Q00x: the metadata comment under a question's heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown.extensions.toc import slugify

from ..library import Bank
from ..model import Level, Page, Question
from ..parse import heading_text, is_comment, metadata_lines
from .registry import Finding, did_you_mean, each_question, rule

FIELDS = ("id", "level", "short", "topics", "aliases", "core")
REQUIRED = ("id", "level", "short", "topics")
LISTS = ("topics", "aliases")
FRAME = frozenset({"main", "foot", "search-results", "__drawer"})
SHORT_LIMIT = 28  # characters: what the contents list shows on one line
ID_LIMIT = 48
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@rule("Q001", "a metadata comment stands directly under the question's heading")
@each_question
def comment(question: Question) -> Iterator[Finding]:
    """Copy the template from CONTRIBUTING.md. Nothing but blank lines may stand between the heading and the comment."""
    if question.comment is None:
        late = next((block for block in question.prompt if is_comment(block)), None)
        if late:
            yield late.line, "the metadata comment has to stand directly under the heading; move the text below it"
        else:
            yield question.line, "no metadata comment under the question; copy the template from CONTRIBUTING.md"


@rule("Q002", "a metadata comment is closed and holds one `key: value` a line", everywhere=True, tears=True)
def closed(page: Page, bank: Bank) -> Iterator[Finding]:
    """A comment without `-->` swallows everything up to the next one, on GitHub too. A key twice, a blank line or a
    heading inside it are the signs of that. A value cannot hold `-->`."""
    for block in page.blocks:
        if is_comment(block) and block.line == page.unclosed:
            yield (
                block.line,
                "the comment is never closed: write '-->' on a line of its own after the last 'key: value'",
            )
    if page.torn is None:
        for question in page.questions:
            yield from _lines(question)


def _lines(question: Question) -> Iterator[Finding]:
    if question.comment is None:
        return
    fields = {item.line for item in question.fields}
    for line, text in metadata_lines(question.comment):
        if text.strip() and line not in fields:
            yield line, f"write 'key: value' instead of '{text.strip()[:40]}'"
    if not question.comment.text.rstrip().endswith("-->"):
        yield (
            question.comment.end,
            "'-->' ends the comment: no field can hold it, and nothing may follow it on its line",
        )


@rule("Q003", "a metadata comment knows the keys id, level, short, topics, aliases and core")
@each_question
def known(question: Question) -> Iterator[Finding]:
    """Other keys would be lost without a word. What belongs to a company stands on the company's page."""
    for item in question.fields:
        if item.name not in FIELDS:
            yield item.line, f"unknown field '{item.name}'{did_you_mean(item.name, FIELDS) or '; leave it out'}"


@rule("Q004", "level is beginner, intermediate or advanced")
@each_question
def level(question: Question) -> Iterator[Finding]:
    """beginner: any candidate is expected to know it. intermediate: separates good from average. advanced: senior or
    specialist."""
    for item in question.fields:
        if item.name == "level" and item.value and item.value not in list(Level):
            hint = did_you_mean(item.value, Level) or "; write beginner, intermediate or advanced"
            yield item.line, f"unknown level '{item.value}'{hint}"


@rule("Q005", "id, level, short and topics are there and not empty")
@each_question
def required(question: Question) -> Iterator[Finding]:
    """The contents list, search and reviews stand on them. aliases and core may be left out, but not empty."""
    if question.comment is None:
        return
    names = [item.name for item in question.fields]
    slips = [name for name in names if name not in FIELDS]  # a misspelled key is reported once, as unknown
    for name in REQUIRED:
        if name not in names and not any(did_you_mean(slip, [name]) for slip in slips):
            yield question.comment.line, f"no '{name}:' in the metadata comment"
    for item in question.fields:
        if item.name in FIELDS and not item.value:
            yield item.line, f"'{item.name}:' is empty; fill it{'' if item.name in REQUIRED else ' or leave it out'}"


@rule("Q006", "an id is kebab-case, at most 48 characters")
@each_question
def id_shape(question: Question) -> Iterator[Finding]:
    """Lower-case letters, digits and single hyphens: the id is an address, `/q/<id>/`, and stays for ever."""
    for item in question.fields:
        if item.name == "id" and item.value and not (_ID.fullmatch(item.value) and len(item.value) <= ID_LIMIT):
            proposal = re.sub(r"[^a-z0-9]+", "-", item.value.lower()).strip("-")[:ID_LIMIT].strip("-")
            yield item.line, f"id '{item.value}' is not kebab-case of at most {ID_LIMIT} characters; write '{proposal}'"


@rule("Q007", "an id is used once, was never retired, and does not collide with the anchor of an answer")
def id_unique(page: Page, bank: Bank) -> Iterator[Finding]:
    """`#x` is the question x and `#x-a` its answer, so x and x-a cannot both be ids. A removed id stays in
    scripts/bank/redirects.yml and is not given to another question: readers' marks are kept under it."""
    for question in page.questions:
        line = next((item.line for item in question.fields if item.name == "id"), question.line)
        for other, first in bank.places.get(question.id, ())[:1]:
            if (other.path, first.line) != (page.path, question.line):
                yield line, f"id '{question.id}' is already used at docs/{other.path}:{first.line}; choose another"
        if question.id in bank.redirects:
            yield line, f"id '{question.id}' is retired, see scripts/bank/redirects.yml; choose another"
        if question.id.endswith("-a") and question.id[:-2] in bank.places:
            yield line, f"id '{question.id}' is the anchor of the answer to '{question.id[:-2]}'; choose another"


@rule("Q012", "an id or a heading is no anchor of the page's own frame: main, search-results", everywhere=True)
def reserved(page: Page, bank: Bank) -> Iterator[Finding]:
    """A link to it would lead to the frame, and the frame's scripts would find the wrong element."""
    for anchor in FRAME & page.anchors:
        named = [item.line for question in page.questions for item in question.fields if item.value == anchor]
        headed = [block.line for _, block in page.headings() if slugify(heading_text(block), "-") == anchor]
        yield min([*named, *headed], default=1), f"'{anchor}' is an anchor of the page's frame; choose other words"


@rule("Q008", "short is plain text of at most 28 characters")
@each_question
def short(question: Question) -> Iterator[Finding]:
    """It is the entry in the contents list, where Markdown and formulas are not read."""
    for item in question.fields:
        if item.name == "short" and len(item.value) > SHORT_LIMIT:
            yield item.line, f"short has {len(item.value)} characters; shorten it to at most {SHORT_LIMIT}"
        elif item.name == "short" and re.search(r"[`$*\[\]]|<[a-zA-Z/!]", item.value):
            yield item.line, "short is plain text: leave out `, $, *, tags and brackets"


@rule("Q009", "topics are names from scripts/bank/topics.yml")
def topics(page: Page, bank: Bank) -> Iterator[Finding]:
    """One name for one thing keeps filters useful. A new topic is one line in that file, with its meaning."""
    for question in page.questions:
        for item in question.fields:
            if item.name == "topics":
                for topic in question.values("topics"):
                    if topic and topic not in bank.topics:
                        hint = (
                            did_you_mean(topic, bank.topics) or "; add it to scripts/bank/topics.yml with its meaning"
                        )
                        yield item.line, f"unknown topic '{topic}'{hint}"


@rule("Q010", "topics and aliases are lists without empty or repeated entries")
@each_question
def lists(question: Question) -> Iterator[Finding]:
    """Entries are separated by commas; an alias cannot hold one."""
    for item in question.fields:
        if item.name in LISTS and item.value:
            entries = [entry.strip().lower() for entry in item.value.split(",")]
            if "" in entries:
                yield item.line, f"an entry of '{item.name}:' is empty; take the extra comma away"
            elif repeated := next((entry for entry in entries if entries.count(entry) > 1), None):
                yield item.line, f"'{repeated}' stands twice in '{item.name}:'; take one away"


@rule("Q011", "core is yes, or left out")
@each_question
def core(question: Question) -> Iterator[Finding]:
    """It marks the questions to know if time is short."""
    for item in question.fields:
        if item.name == "core" and item.value not in ("", "yes"):
            yield item.line, f"core is 'yes' or left out, not '{item.value}'"
