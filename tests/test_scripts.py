"""The modules that a page asks for together with the frame's script."""

from __future__ import annotations

from pathlib import Path

from publish.scripts import imports_of, preload


def test_what_runs_with_the_entry_is_found_and_nothing_else(tmp_path: Path) -> None:
    for name, text in {
        "site.js": 'import{a as b}from"./chunk-A.js";import"./chunk-B.js";let c=()=>import("./box-C.js");',
        "chunk-A.js": 'import{d}from"./chunk-D.js";export{d as a};',
        "chunk-B.js": 'import"./chunk-A.js";import"./site.js";',
        "chunk-D.js": "export let d=1;",
        "box-C.js": 'import"./chunk-E.js";',
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert imports_of(tmp_path / "site.js") == ["chunk-A.js", "chunk-B.js", "chunk-D.js"]
    assert imports_of(tmp_path / "missing.js") == []


def test_the_links_follow_the_script_and_lead_where_it_leads() -> None:
    script = '<script type="module" src="../../assets/built/site.js" fetchpriority="low"></script>'
    page = preload(f"<head>{script}</head>", ["chunk-A.js", "chunk-D.js"])
    assert page == (
        f"<head>{script}"
        '<link rel="modulepreload" href="../../assets/built/chunk-A.js" fetchpriority="low">'
        '<link rel="modulepreload" href="../../assets/built/chunk-D.js" fetchpriority="low"></head>'
    )
    assert preload("<head></head>", ["chunk-A.js"]) == "<head></head>"
