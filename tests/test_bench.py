"""The pure parts of the benchmark: made pages are good pages, copies do not collide, and the report says what was
measured. Nothing is measured here."""

from __future__ import annotations

import gzip
import json
import random
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

import bench
import pytest
import yaml
from bank.library import ROOT, load_bank
from bank.parse import parse
from bank.rules import check
from measure import goals
from measure.editing import KINDS, edited
from measure.growth import Targets, copied_folder, copied_id, copied_link, copied_path, grow, opened
from measure.lighthouse import METRICS, bare, medians, read_report
from measure.page import as_page
from measure.project import more_categories, plain_settings, with_menu
from measure.results import as_json
from measure.server import BASE, Request, kind_of, serve
from measure.views import sorted_out
from measure.words import dictionary, say_otherwise, vocabulary

BANK = load_bank()
RICH = (
    "questions/coding/sql-basics.md",
    "questions/deep-learning/optimizers.md",
    "questions/language-models/decoding-and-memory.md",
)
"""Pages with tables, figures, SQL, Python, outputs, formulas, quick checks, and links to each other and elsewhere."""

SMALL = replace(BANK, pages={path: BANK.pages[path] for path in RICH})
HELD = len(SMALL.questions)
SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
EXCHANGED = {"other": "words", "words": "other", "1": "2", "2": "1"}


def test_made_pages_are_good_pages() -> None:
    made = [parse(page.text, page.path) for page in grow(SMALL, 2 * HELD)]
    assert len(made) == 2 * len(RICH)
    whole = replace(BANK, pages={**BANK.pages, **{page.path: page for page in made}})
    assert [problem for page in made for problem in check(page, whole)] == []
    for copy in made:
        real = BANK.pages[copy.path.replace("-2.md", ".md")]
        for name in ("formulas", "fences", "links"):
            assert len(list(getattr(real, name)())) == len(list(getattr(copy, name)())), copy.path
        assert [question.words for question in real.questions] == [question.words for question in copy.questions]
        assert real.text != copy.text
    assert len({page.title for page in made}) == len(made)
    assert len({question.text for page in made for question in page.questions}) == 2 * HELD


def test_the_same_seed_makes_the_same_pages() -> None:
    one, two = list(grow(SMALL, HELD)), list(grow(SMALL, HELD))
    assert one == two
    assert one[0].text != next(grow(SMALL, HELD, seed=2)).text


def test_copies_have_ids_and_places_of_their_own() -> None:
    ids = [copied_id(identifier, copy) for identifier in BANK.places for copy in range(1, 42)]
    assert len(set(ids)) == len(ids) == 41 * len(BANK.places)
    assert max(map(len, ids)) <= 48
    assert not set(ids) & set(BANK.redirects)
    paths = [copied_path(page.path, copy) for page in BANK.pages.values() for copy in range(1, 42)]
    assert len(set(paths)) == len(paths)
    assert copied_path("questions/system-design/a.md", 9) == "questions/system-design/a-9.md"
    assert [copied_folder("questions/coding", copy) for copy in (1, 4, 5)] == [
        "questions/coding",
        "questions/coding",
        "questions/coding-2",
    ]


@pytest.mark.parametrize(
    ("target", "copy", "expected"),
    [
        ("https://example.org/a#b", 2, "https://example.org/a#b"),
        ("figures/roc.svg", 6, "figures/roc.svg"),
        ("#one", 1, "#one"),
        ("#one-a", 2, "#one-copy2-a"),
        ("../b/two.md#two", 2, "../b/two-2.md#two-copy2"),
        ("../b/two.md#two", 6, "../b-2/two-6.md#two-copy6"),
        ("../b/two.md#a-heading", 2, "../b/two-2.md"),
        ("#a-heading", 2, "one-2.md"),
        ("../../guide/plan.md#day", 6, "../../guide/plan.md#day"),
    ],
)
def test_links_of_copies(target: str, copy: int, expected: str) -> None:
    ids = {"questions/a/one.md": frozenset({"one"}), "questions/b/two.md": frozenset({"two"})}
    targets = Targets(ids, dict.fromkeys(ids, copy))
    assert copied_link("questions/a/one.md", target, copy, targets) == expected


def test_links_to_a_copy_that_is_not_made_lead_to_the_first() -> None:
    ids = {"questions/a/one.md": frozenset({"one"}), "questions/b/two.md": frozenset({"two"})}
    targets = Targets(ids, {"questions/a/one.md": 2, "questions/b/two.md": 1})
    assert copied_link("questions/a/one.md", "../b/two.md#two", 2, targets) == "../b/two.md#two"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Other words, OTHER 1.", "Words other, WORDS 2."),
        ("an other-worldly re-other", "an other-worldly re-other"),
        ("`other 1` and $`other_1`$ and $other + 1$", "`other 2` and $`other_2`$ and $other + 2$"),
        ("costs \\$1 and \\$2 other", "costs \\$2 and \\$1 words"),
        ("in 2011, [other](x.md#other)", "in 2011, [words](<x.md#other>)"),
        ("1. other\n2. words", "1. words\n2. other"),
    ],
)
def test_other_words(text: str, expected: str) -> None:
    assert say_otherwise(text, EXCHANGED, lambda target: f"<{target}>") == expected


def test_a_dictionary_keeps_lengths_and_tells_words_apart() -> None:
    words = vocabulary([BANK.pages[path].text for path in RICH])
    exchanged = dictionary(words, random.Random(1))
    assert all(len(word) == len(other) for word, other in exchanged.items())
    assert len(set(exchanged.values())) == len(exchanged) > 1000


def test_menu_and_categories_grow() -> None:
    pages = list(grow(SMALL, 5 * HELD))
    settings = with_menu(SETTINGS, BANK, pages)
    assert [page.path for page in pages if page.path not in settings] == []
    assert "questions/mathematics/" not in settings
    assert settings.partition("  - Practice:")[2] == SETTINGS.partition("  - Practice:")[2]
    folders = {page.folder.rpartition("/")[2] for page in pages}
    added = yaml.safe_load(more_categories(BANK.categories.values(), folders))
    assert set(added) == {f"{folder}-2" for folder in ("coding", "deep-learning", "language-models")}
    plain = plain_settings(settings)
    assert pages[-1].path in plain
    assert "custom_dir" not in plain


def test_opened_pages_keep_their_questions() -> None:
    page = BANK.pages[RICH[0]]
    left = parse(opened(page.text), page.path)
    assert [question.id for question in left.questions] == [question.id for question in page.questions]
    assert not any(question.answered for question in left.questions)
    assert check(left, BANK.with_page(left)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_changes_one_word(kind: str) -> None:
    text = BANK.pages[RICH[1]].text
    changed = edited(text, "benchmarked", kind)
    old, new = text.split(), changed.split()
    assert [word for one, word in zip(old, new, strict=True) if one != word] == ["benchmarked"]
    pages = [parse(one, RICH[1]) for one in (text, changed)]
    titles = [[question.text for question in page.questions] for page in pages]
    starts = [[question.first_paragraph for question in page.questions] for page in pages]
    assert (titles[0] == titles[1], starts[0] == starts[1]) == (kind != "title", kind != "beginning")


def test_the_server_compresses_and_takes_notes(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("hello " * 100, encoding="utf-8")
    (tmp_path.parent / "secret.txt").write_text("no", encoding="utf-8")
    with serve(tmp_path) as served:
        with urllib.request.urlopen(served.address) as answer:
            body = answer.read()
            assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(body).decode() == "hello " * 100
        assert served.take() == [Request("", "other", len(body))]
        with pytest.raises(OSError, match="404"):
            urllib.request.urlopen(served.address.removesuffix(BASE) + "/")
        with pytest.raises(OSError, match="404"):
            urllib.request.urlopen(served.address + "%2e%2e/secret.txt")
        assert served.take() == []


def test_kinds_of_requests() -> None:
    assert [kind_of(*pair) for pair in [("style", ""), ("empty", ""), ("document", "prefetch;prerender")]] == [
        "stylesheet",
        "other",
        "ahead",
    ]
    view = sorted_out("home", "", [Request("", "document", 5), Request("x", "ahead", 7), Request("y", "document", 2)])
    assert (view.total, view.requests) == (7, {"document": 2})


def test_what_is_kept_of_lighthouse() -> None:
    audits: dict[str, Any] = {name: {"score": 1, "numericValue": 10.0} for name in METRICS.values()}
    audits["largest-contentful-paint"] = {"score": 0.5, "numericValue": 3000.0}
    references = [{"id": name, "weight": 10} for name in audits]
    categories = {name: {"score": 1, "auditRefs": []} for name in ("accessibility", "best-practices", "seo")}
    categories["performance"] = {"score": 0.87, "auditRefs": references}
    report = read_report({"audits": audits, "categories": categories, "environment": {"benchmarkIndex": 2000}})
    figures = medians([report, report, report])
    assert figures["scores"] == {"performance": 87, "accessibility": 100, "best-practices": 100, "seo": 100}
    assert figures["lost"] == {"largest-contentful-paint": 3}
    assert figures["lcp"] == 3000


def test_a_bare_article_loads_nothing() -> None:
    page = '<html><head><title>T</title><link href="a.css"></head><body><script>x()</script><article class="a">'
    page += "<p>Words</p><script>y()</script></article><footer></footer></body></html>"
    assert '<title>T</title><link rel="icon" href="data:,"><article class="a"><p>Words</p></article>' in bare(page)


def made_up(*, heavy: bool = False) -> dict[str, Any]:
    """Results of every part, with round numbers."""
    about = {
        "date": "2026-11-22",
        "machine": {
            **dict.fromkeys(("Python", "Chromium", "MkDocs", "Material"), "1.2"),
            **{"system": "Linux", "processor": "A processor", "cores": "2", "memory": "8 GiB"},
        },
    }
    build = {"pages": 3, "rounds": 3, "wall": 9.0, "peak": 100.0, "bytes": 4_000_000, "files": 10, "source": 3_000_000}
    rows = [
        {**build, "project": project, "questions": questions, "way": way, "cpu": cpu * questions}
        for project, questions in (("real", 501), ("500", 500), ("5000", 5_000))
        for way, cpu in (("ours", 0.03), ("warm", 0.01), ("plain", 0.02))
    ]
    weight = 50_000 if heavy else 15_000
    view = {"page": "", "bytes": {"document": weight, "script": 1_000}, "requests": {"document": 1, "script": 2}}
    views = [
        {"first": {**view, "label": label}, "next": {**view, "label": label}} for label in ("home", "question", "plain")
    ]
    scores = dict.fromkeys(("performance", "accessibility", "best-practices", "seo"), 100)
    page = {"scores": scores, "fcp": 1000.0, "lcp": 1000.0, "tbt": 0, "cls": 0, "lost": {}}
    worse = {**page, "scores": {**scores, "performance": 90}, "lost": {"total-blocking-time": 2}}
    light = [{"label": "home", "page": "", "ours": worse if heavy else page, "bare": page}]
    box = {"engine": "MiniSearch", "requests": 3, "kilobytes": 70.5, "first_result_ms": 90.0, "query_ms": 1.5}
    return {
        "parts": {
            "builds": {**about, "rows": rows, "search": [{**box, "engine": "chunked", "questions": 5_000}]},
            "serve": {
                **about,
                "questions": 500,
                "edits": 5,
                "first": 20.0,
                **dict.fromkeys(("median", "longest"), dict.fromkeys(KINDS, 1.5 if heavy else 0.9)),
            },
            "views": {
                **about,
                "rows": views,
                "question_pages": 65,
                "lightest": 9_000,
                "source": 8_000,
                "heaviest": 60_000,
            },
            "search": {**about, "ours": box, "plain": {"kilobytes": 900.0, "requests": 2}},
            "lighthouse": {**about, "runs": 3, "version": "13.5.0", "rows": light},
        }
    }


def test_the_page_says_what_was_measured() -> None:
    text = as_page(made_up())
    assert text == as_page(json.loads(as_json(made_up())))
    assert check(parse(text, "about/performance.md"), BANK) == []
    assert "All of them are met." in text
    assert "| 5,000 | ours | 150.0 |" in text
    assert "| 5,000 | 1.50 | 0.50 | 0.33 | 30.0 | 20.0 | 1.00 |" in text
    assert "| the body of an answer | 0.90 | 0.90 |" in text
    assert "| 5,000 | chunked | 3 | 70.5 | 90.0 | 1.5 |" in text
    assert max(len(line) for line in text.split("\n") if not line.startswith("|")) <= 120


def test_the_page_says_what_is_missed() -> None:
    text = as_page(made_up(heavy=True))
    assert "| First view of the home page: at most 28 kB | 51.0 kB | **no** |" in text
    assert "- Home: `total-blocking-time`" in text
    assert "| Home | 90/100/100/100 |" in text
    missed = [goal.words.partition(":")[0] for goal in goals.judged(made_up(heavy=True)["parts"]) if not goal.met]
    assert missed == [
        "From saving an answer to its reloaded page",
        "First view of the median page of questions",
        "First view of the home page",
        "The next page of questions",
        "Lighthouse",
    ]


def test_each_part_can_be_missing() -> None:
    whole = made_up()["parts"]
    for name in whole:
        assert "\n## " in as_page({"parts": {name: whole[name]}})
    assert as_page({"parts": {}}).startswith("# Performance\n")


def test_the_page_can_be_written_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, page = tmp_path / "bench.json", tmp_path / "page.md"
    kept.write_text(json.dumps(made_up()), encoding="utf-8")
    assert bench.main(["--render", "--results", str(kept), "--page", str(page)]) == 0
    assert page.read_text(encoding="utf-8") == as_page(made_up())
    assert json.loads(capsys.readouterr().out) == made_up()
    assert bench.main(["--render", "--results", str(tmp_path / "none.json"), "--page", str(page)]) == 1
    assert "nothing has been measured" in capsys.readouterr().err
    kept.write_text("[]", encoding="utf-8")
    assert bench.main(["--render", "--results", str(kept), "--page", str(page)]) == 1
    assert "holds no results" in capsys.readouterr().err


def test_lighthouse_is_pinned() -> None:
    folder = ROOT / "scripts" / "measure"
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert wanted == lock[""]["dependencies"] == {"lighthouse": lock["node_modules/lighthouse"]["version"]}
    assert [name for name, package in lock.items() if "resolved" in package] == []
