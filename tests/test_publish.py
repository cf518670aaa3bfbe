"""What publishing adds to a built site, and that it takes nothing away that a reader needs."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import finish_site
import jsonschema
import pytest
from bank.library import load_bank
from publish.data import SCHEMA, address, records
from publish.pages import describe, shrink
from publish.policy import prerendering
from publish.scripts import imports_of
from publish.styles import Names, data_attributes
from sites import BASE, TOPIC

BANK = load_bank()
SITE = f"https://acme.github.io{BASE}"
GENERATORS = ("mkdocs", "zensical")


class Tags(HTMLParser):
    """The elements of a page in order, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attributes}))

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def content(self, name: str) -> str | None:
        """The content of the `<meta>` of a name or property."""
        return next((a["content"] for t, a in self.found if name in (a.get("name"), a.get("property"))), None)


@pytest.fixture(params=GENERATORS)
def site(request: pytest.FixtureRequest, sites: dict[str, Path]) -> Path:
    return sites[request.param]


def read(site: Path, path: str) -> Tags:
    return Tags((site / path / "index.html").read_text(encoding="utf-8"))


def test_questions_json_fits_its_schema_and_the_bank(site: Path) -> None:
    data = json.loads((site / "questions.json").read_text(encoding="utf-8"))
    schema = json.loads((site / SCHEMA.name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert [entry["id"] for entry in data["questions"]] == [question.id for _, question in BANK.questions]
    entry = next(entry for entry in data["questions"] if entry["id"] == "overfitting")
    _, question = BANK.places["overfitting"][0]
    assert entry["url"] == f"{SITE}{TOPIC}#overfitting"
    assert entry["category"] == "ml-fundamentals"
    assert entry["executed"] is True
    assert len(entry["key_points"]) >= 3
    assert entry["quiz"]["key"] == question.quiz.key  # type: ignore[union-attr]
    assert entry["first_paragraph"].split() == question.part("Answer").blocks[0].text.split()  # type: ignore[union-attr]


def test_the_schema_refuses_what_programs_could_not_read() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    good = records(BANK)[0]
    for name, value in (("id", "Not Kebab"), ("level", "easy"), ("short", "x" * 29), ("minutes", 0), ("quiz", {})):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"version": 1, "questions": [{**good, name: value}]}, schema)


def test_every_id_has_an_address_that_lasts(site: Path) -> None:
    for name, places in BANK.places.items():
        text = (site / "q" / name / "index.html").read_text(encoding="utf-8")
        target = f"../../{address(places[0][0].path)}#{name}"
        assert f'location.replace("{target}")' in text
        assert f"url={target}" in text
        assert 'content="noindex"' in text


def test_a_retired_id_leads_to_its_heir(tmp_path: Path) -> None:
    from dataclasses import replace

    from publish.addresses import write_redirects

    write_redirects(tmp_path, replace(BANK, redirects={"old-name": "overfitting", "gone": "nowhere"}), "")
    assert "#overfitting" in (tmp_path / "q" / "old-name" / "index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "q" / "gone").exists()


def test_sitemap_and_robots(site: Path) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    listed = [entry.text for entry in root.iter(f"{space}loc")]
    assert listed == sorted(SITE + address(path) for path in BANK.pages)
    assert f"Sitemap: {SITE}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
    assert not (site / "sitemap.xml.gz").exists()


def test_the_manifest_names_files_that_exist(site: Path) -> None:
    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"] == "Precision & Recall"
    assert all((site / icon["src"]).is_file() for icon in manifest["icons"])


def test_every_page_says_what_it_is(site: Path) -> None:
    titles, descriptions = [], []
    for path in BANK.pages:
        page = read(site, address(path))
        descriptions.append(page.content("description"))
        titles.append((site / address(path) / "index.html").read_text(encoding="utf-8").split("title>")[1])
        here = [a["href"] for t, a in page.found if t == "link" and a.get("rel") == "canonical"]
        assert here == [SITE + address(path)], path
        picture = page.content("og:image") or ""
        assert (site / picture.removeprefix(SITE)).is_file()
        assert {a["href"] for t, a in page.found if t == "link" and a.get("rel") == "manifest"}
    assert all(description and 30 < len(description) <= 302 for description in descriptions)
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


def test_answers_are_marked_up_for_search_engines(site: Path) -> None:
    page = read(site, TOPIC)
    count = len(BANK.pages[f"{TOPIC.rstrip('/')}.md"].questions)
    kinds = [a["itemtype"].rpartition("/")[2] for _, a in page.found if "itemtype" in a]
    assert kinds == ["FAQPage", *["Question", "Answer"] * count]
    properties = [a["itemprop"] for _, a in page.found if "itemprop" in a]
    assert properties == ["mainEntity", "name", "acceptedAnswer", "text"] * count
    assert "FAQPage" not in str(read(site, "about/decisions").found)


def test_shrinking_loses_no_word_and_no_element(sites: dict[str, Path], raw_site: Path) -> None:
    """Against the pages as the generator wrote them: a minifier once lost all that stood after a formula."""
    for path in BANK.pages.keys() - {"downloads.md"}:  # which gets its links and sizes afterwards
        before, after = read(raw_site, address(path)), read(sites["mkdocs"], address(path))
        inside = [
            [(t, sorted(a.items())) for t, a in page.found if t not in ("meta", "link", "script")]
            for page in (before, after)
        ]
        assert [tag for tag, _ in inside[0]] == [tag for tag, _ in inside[1]], path
        assert "".join(before.words) == "".join(after.words).replace(prerendering(SITE), ""), path


def test_a_description_is_plain_text() -> None:
    head = describe("<title>T</title>", BANK.pages["about/decisions.md"], "")
    assert '<meta name="description" content="What this site is built from' in head
    assert "canonical" not in head, "no address is invented"
    assert "<meta" not in describe("<title>T</title>", None, SITE), "of a page made of no Markdown, nothing is known"


@pytest.mark.parametrize("tex", [r"a\,b", r"\ln x", r"\max_f x"])
def test_formulas_survive_shrinking(tex: str) -> None:
    from bank.formula import to_mathml

    text = shrink(f"<div><p>{to_mathml(tex, display=True)}</p></div><footer>after</footer>")
    assert "</div><footer>" in text


def test_the_style_sheet_is_one_and_small(site: Path) -> None:
    sheets = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.css"))
    assert sheets == ["assets/built/explore.css", "assets/built/practice.css", "assets/built/site.css"]
    assert not list((site / "assets").glob("*.js")), "the sources of the scripts stay behind"
    text = (site / "assets" / "built" / "site.css").read_text(encoding="utf-8")
    assert len(text) < 60_000
    for used in (
        ".grade",
        "[data-live]",
        "[data-shown]",
        '[data-mark="known"]',
        ".search-question",
        "::details-content",
    ):
        assert used.replace('"', "") in text.replace('"', ""), used
    for unused in (".md-search", ".md-annotation", "[dir=rtl]", ".md-version"):
        assert unused not in text, unused


def test_drawings_find_their_colors_in_light_dark_and_print(site: Path) -> None:
    """No rule of the sheet uses them, the drawings alone do: they were once purged, and dark pages had dark lines."""
    text = (site / "assets" / "built" / "site.css").read_text(encoding="utf-8")
    used = {
        name for page in site.rglob("index.html") for name in re.findall(r"var\((--[\w-]+)", page.read_text("utf-8"))
    }
    assert used >= {"--fig-1", "--fig-2", "--fig-3"}
    assert [name for name in sorted(used) if text.count(f"{name}:") < 2] == [], "once for the screen, once for paper"


def test_names_come_from_markup_and_scripts_not_from_prose() -> None:
    names = Names()
    names.feed('<p class="one two" data-x="y z">prose <em id="i" style="fill: var(--v, red)">word</em></p>')
    assert names.variables == {"--v"}
    assert names.found >= {"p", "class", "one", "two", "data-x", "y", "z", "em", "i"}
    assert "prose" not in names.found
    assert data_attributes("e.dataset.newName=1;f.dataset.x") == {"data-new-name", "data-x"}


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert finish_site.main([str(tmp_path)]) == 2
    assert "build the site first" in capsys.readouterr().err


def test_each_page_asks_for_all_that_its_script_imports(sites: dict[str, Path]) -> None:
    site = sites["mkdocs"]
    modules = imports_of(site / "assets" / "built" / "site.js")
    assert len(modules) > 2
    for path in ("index.html", "questions/index.html", "404.html"):
        asked = re.findall(r"<link[^>]*href=\S*/([\w.-]+\.js) rel=modulepreload", (site / path).read_text("utf-8"))
        assert asked == modules, path
