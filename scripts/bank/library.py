"""All pages and the controlled lists beside them, read from disk once and kept until a file changes. Writes nothing."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from inspect import CO_OPTIMIZED
from pathlib import Path, PurePosixPath
from types import CodeType

import yaml

from .addresses import split_address
from .cache import digest, keep, recall, tools
from .company import Company, read_company
from .model import Page, Question
from .parse import parse

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TOPICS = Path(__file__).resolve().parent / "topics.yml"
CATEGORIES = TOPICS.with_name("categories.yml")
REDIRECTS = TOPICS.with_name("redirects.yml")
ROLES = TOPICS.with_name("roles.yml")
PIECES = ROOT / "overrides" / "assets" / "explorables" / "pieces"
"""The modules of figures that move."""

Place = tuple[Page, Question]
"""A question and the page on which it stands."""

Stamped = tuple[Path, int, int]
"""A file with its time of change and size: read again only when they differ."""

_lock = threading.Lock()


@dataclass(frozen=True)
class Category:
    """A folder of question pages: its title, and in a few words what it covers."""

    folder: str
    title: str
    covers: str


@dataclass(frozen=True)
class Role:
    """A job: what it is called, what it does, and the weight from 1 to 5 of each category that comes up."""

    slug: str
    title: str
    does: str
    weights: Mapping[str, int]

    @property
    def heaviest(self) -> list[str]:
        """The categories, those that decide most first."""
        return sorted(self.weights, key=lambda folder: -self.weights[folder])


@dataclass(frozen=True)
class Bank:
    """Every page by its path below `docs`, the allowed topics with their meaning, retired ids with their heirs, and the
    categories by folder and the roles by name, in the order in which readers see them."""

    docs: Path
    pages: Mapping[str, Page] = field(repr=False)
    topics: Mapping[str, str] = field(repr=False)
    redirects: Mapping[str, str] = field(repr=False)
    categories: Mapping[str, Category] = field(default_factory=dict, repr=False)
    roles: Mapping[str, Role] = field(default_factory=dict, repr=False)
    proofs: Path = ROOT / "tests" / "proofs"

    @cached_property
    def places(self) -> Mapping[str, tuple[Place, ...]]:
        """For each id, the questions that carry it in the order of paths: one, unless somebody slipped."""
        places: dict[str, tuple[Place, ...]] = {}
        for path in sorted(self.pages):
            for question in self.pages[path].questions:
                if question.id:
                    places[question.id] = (*places.get(question.id, ()), (self.pages[path], question))
        return places

    @cached_property
    def questions(self) -> tuple[Place, ...]:
        """Every question that has an id, by category, page and place on the page."""
        place = {folder: rank for rank, folder in enumerate(self.categories)}
        pages = [page for page in self.pages.values() if page.holds_questions]
        pages.sort(key=lambda page: (place.get(page.category, len(place)), page.path))
        return tuple((page, question) for page in pages for question in page.questions if question.id)

    @cached_property
    def ancestors(self) -> Mapping[str, tuple[str, ...]]:
        """For each id, the retired ids whose heir it is, so that what readers did with those is not lost."""
        found: dict[str, tuple[str, ...]] = {}
        for old, heir in sorted(self.redirects.items()):
            found[heir] = (*found.get(heir, ()), old)
        return found

    @cached_property
    def references(self) -> Counter[str]:
        """How many links of other pages, and of the page itself, lead to each question."""
        found: Counter[str] = Counter()
        for page in self.pages.values():
            for _, link in page.links():
                parts = split_address(link)
                if parts and parts.fragment and not parts.scheme:
                    found[parts.fragment.removesuffix("-a")] += 1
        return found

    def category(self, folder: str) -> Category:
        """A category; under the name of its folder where the list lacks it, so that no question is lost."""
        return self.categories.get(folder) or Category(folder, folder, "")

    @cached_property
    def companies(self) -> tuple[Company, ...]:
        """The company pages, by name."""
        found = (read_company(self.pages[path]) for path in sorted(self.pages))
        return tuple(sorted((company for company in found if company), key=lambda company: company.name.lower()))

    def suits(self, company: Company, question: Question) -> bool:
        """Whether a company page points to the question, by itself or by one of its topics."""
        wanted = {topic for _, topic in company.topics}
        return question.id in company.links or not wanted.isdisjoint(question.values("topics"))

    def with_page(self, page: Page) -> Bank:
        """The same bank with one page put in or replaced."""
        return replace(self, pages={**self.pages, page.path: page})

    def executed(self, page: Page, question: Question) -> bool:
        """Whether a claim of the question is decided by code: on the page, or by the proof function of its id."""
        return any(fence.runs for fence in question.fences) or proof_name(question) in self.proof_names(page)

    def proof_names(self, page: Page) -> frozenset[str]:
        """The functions in the proof file of a page."""
        return frozenset(self.proof_sources(page))

    def proof_sources(self, page: Page) -> Mapping[str, str]:
        """The functions in the proof file of a page, each with its source."""
        return read_functions(proof_file(page, self.proofs))


def proof_file(page: Page, proofs: Path) -> Path:
    """Where the proofs of a page stand: `tests/proofs/<category>/test_<topic>.py`."""
    topic = PurePosixPath(page.path).stem.replace("-", "_")
    return proofs / page.category / f"test_{topic}.py"


def proof_name(question: Question) -> str:
    """The function that decides a question's claims."""
    return "test_" + question.id.replace("-", "_")


def read_functions(file: Path) -> Mapping[str, str]:
    """The functions in a file of Python, each with its source; none where there is no such file."""
    return _functions(file, file.stat().st_mtime_ns) if file.is_file() else {}


@cache
def moving_figures() -> frozenset[str]:
    """The addresses, beside their pages, of the figures that move: those that have a module of their name."""
    return frozenset(f"figures/{file.stem}.svg" for file in PIECES.glob("*.js"))


def load_bank(docs: Path = DOCS) -> Bank:
    """The bank as it is on disk now; the same object as long as nothing has changed."""
    with _lock:  # generators render pages in threads
        return _load(docs, tuple(_stamped(file) for file in sorted(docs.rglob("*.md"))), _stamped_lists())


def bank_of(docs: Path, pages: Mapping[str, Page]) -> Bank:
    """A bank of pages that are already read, with the lists as they are on disk."""
    return _with_lists(docs, pages, _stamped_lists())


@lru_cache(maxsize=1)
def _load(docs: Path, files: tuple[Stamped, ...], lists: tuple[Stamped, ...]) -> Bank:
    return _with_lists(docs, {page.path: page for page in (_read_page(docs, file) for file in files)}, lists)


def _with_lists(docs: Path, pages: Mapping[str, Page], lists: tuple[Stamped, ...]) -> Bank:
    topics, redirects, categories, roles = (_read_list(file) for file in lists)
    named = {folder: Category(folder, **entry) for folder, entry in categories.items()}
    jobs = {slug: Role(slug, **entry) for slug, entry in roles.items()}
    return Bank(docs, pages, topics, redirects, named, jobs)


def _stamped_lists() -> tuple[Stamped, ...]:
    return tuple(_stamped(file) for file in (TOPICS, REDIRECTS, CATEGORIES, ROLES))


@cache
def _read_page(docs: Path, file: Stamped) -> Page:
    return read_page(docs, file[0])


def read_page(docs: Path, file: Path) -> Page:
    """One page from disk; whatever is in the file, this does not raise. A text that was read before is taken from the
    cache."""
    path, text = file.relative_to(docs).as_posix(), read_text(file)
    name = digest([tools(), path, text])
    page = recall(name)
    if not isinstance(page, Page):
        page = parse(text, path)
        keep(name, page)
    return page


def read_text(file: Path) -> str:
    """A file's text without a byte-order mark; bytes that are not UTF-8 become the replacement character."""
    return file.read_text(encoding="utf-8-sig", errors="replace")


@cache
def _read_list(file: Stamped) -> Mapping:
    return yaml.safe_load(read_text(file[0])) or {}


def _stamped(file: Path) -> Stamped:
    status = file.stat()
    return file, status.st_mtime_ns, status.st_size


@cache
def _functions(file: Path, changed: int) -> Mapping[str, str]:
    """Of the compiled file, because that takes a third of the time of its syntax tree."""
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")
    functions = (code for code in _codes(compile(text, str(file), "exec", dont_inherit=True)) if _is_function(code))
    return {code.co_name: "\n".join(lines[code.co_firstlineno - 1 : _last_line(code)]) for code in functions}


def _codes(code: CodeType) -> Iterator[CodeType]:
    """What is defined directly inside."""
    return (inside for inside in code.co_consts if isinstance(inside, CodeType))


def _is_function(code: CodeType) -> bool:
    return bool(code.co_flags & CO_OPTIMIZED) and code.co_name.isidentifier()  # no class, and no lambda


def _last_line(code: CodeType) -> int:
    ends = (end or 0 for _, end, _, _ in code.co_positions())
    return max([*ends, *map(_last_line, _codes(code))])
