#!/usr/bin/env python3
"""Joins the style sheets, installs the front-end parts of package-lock.json, bundles our modules, cuts the font."""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import subset_math_font

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "overrides" / "assets"
BUILT = SOURCES / "built"
LOCK = ROOT / "package-lock.json"
INSTALLED = ROOT / "node_modules" / ".installed-from"  # a copy of the lock, since times of files survive no checkout
ENTRIES = ("site.js", "early.js", "worker.js", "worker-off.js")
STYLES = ("tokens", "frame", "article", "question", "quiz", "lists", "paper")  # in the order of the cascade
OWN_STYLES = ("practice", "explore")  # of some pages only, after the joined one
OLDEST_NODE = 20
NODE_LOCK = ROOT / "requirements-node.lock.txt"  # node and npm as a Python package, only where none is installed
PATIENCE = 300  # seconds for npm and pip; without a registry they would wait much longer


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 done, or not possible and not asked for; 1 failed; 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--if-possible", action="store_true", help="go on without the parts where they cannot be had")
    options = parser.parse_args(argv)
    try:
        build()
    except (OSError, subprocess.SubprocessError) as error:
        print(f"build_assets: {error}", file=sys.stderr)
        if options.if_possible:
            print(
                "Going on without JavaScript: pages read and fold, quick checks are not interactive.", file=sys.stderr
            )
        return 0 if options.if_possible else 1
    return 0


def build() -> None:
    """Bundles every entry into `built/`. Raises OSError or SubprocessError."""
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    (BUILT / "site.css").write_text(joined_styles(), encoding="utf-8")  # whole; publishing takes out what no page uses
    for sheet in OWN_STYLES:
        shutil.copy(SOURCES / "styles" / f"{sheet}.css", BUILT)
    environment = node_environment()
    if not INSTALLED.is_file() or INSTALLED.read_bytes() != LOCK.read_bytes():
        print("Installing the front-end parts", file=sys.stderr)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        _run([*command, "--fetch-timeout=60000"], environment)
        INSTALLED.write_bytes(LOCK.read_bytes())
    if subset_math_font.main([]):
        raise OSError("the font of the formulas could not be made")
    esbuild = str(ROOT / "node_modules" / ".bin" / "esbuild")
    entries = [str(SOURCES / entry) for entry in ENTRIES]
    shape = ["--bundle", "--format=esm", "--splitting", "--minify", "--target=es2022", "--chunk-names=[name]-[hash]"]
    _run(
        [esbuild, *entries, *shape, f"--outdir={BUILT}", "--legal-comments=linked", "--log-level=warning"], environment
    )


def joined_styles() -> str:
    """Material's style sheet, which its tabs and contents list need, and ours after it. Needs no node."""
    theme = importlib.util.find_spec("material")
    if theme is None or not theme.submodule_search_locations:
        raise OSError("Material for MkDocs is not installed")
    sheets = Path(theme.submodule_search_locations[0]) / "templates" / "assets" / "stylesheets"
    material = next(sheets.glob("main.*.min.css")).read_text(encoding="utf-8")
    material = material.partition("/*# sourceMappingURL")[0]
    ours = (SOURCES / "styles" / f"{name}.css" for name in STYLES)
    return "\n".join([material, *(sheet.read_text(encoding="utf-8") for sheet in ours)])


def node_environment() -> dict[str, str]:
    """An environment whose `node` is new enough: the installed one, else the wheel's in this virtual environment."""
    environment = dict(os.environ)
    if _is_new_enough(environment):
        return environment
    scripts = Path(sys.executable).parent
    environment["PATH"] = f"{scripts}{os.pathsep}{environment.get('PATH', '')}"
    if not _is_new_enough(environment):
        print(f"Installing Node.js {OLDEST_NODE} or newer into .venv, because none is installed", file=sys.stderr)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*command, "--require-hashes", "-r", str(NODE_LOCK)], environment)
    return environment


def _is_new_enough(environment: dict[str, str]) -> bool:
    node, npm = (shutil.which(name, path=environment.get("PATH")) for name in ("node", "npm"))
    if not node or not npm:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
    major = version.lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=PATIENCE)


if __name__ == "__main__":
    raise SystemExit(main())
