#!/usr/bin/env python3
"""Finds the Chromium that the browser tests drive, and installs one where asked to. Prints its path."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
PATIENCE = 300  # seconds for an installer
PACKAGES = {
    "apt-get": ["install", "-y", "chromium"],
    "dnf": ["install", "-y", "chromium"],
    "pacman": ["-S", "--noconfirm", "chromium"],
}


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 found, 1 not found, 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="install a browser where none is found")
    options = parser.parse_args(argv)
    browser = find() or (install() if options.install else None)
    if browser is None:
        print("find_browser: no Chromium or Chrome; install one, or set BROWSER to its path", file=sys.stderr)
        return 1
    print(browser)
    return 0


def find() -> str | None:
    """An installed Chrome or Chromium first, else the one that Playwright has installed."""
    named = os.environ.get("BROWSER", "")
    candidates = [named, *map(shutil.which, NAMES), *PLACES]
    installed = next((path for path in candidates if path and Path(path).is_file()), None)
    return installed or _playwright()


def install() -> str | None:
    """Playwright's own browser, else the system's package."""
    print("No browser is installed; asking Playwright for one", file=sys.stderr)
    if not _succeeds([sys.executable, "-m", "playwright", "install", "chromium"]):
        for tool, arguments in PACKAGES.items():
            if shutil.which(tool):
                print(f"Asking {tool} for one", file=sys.stderr)
                root = [] if os.geteuid() == 0 else ["sudo", "-n"]
                if tool == "apt-get":
                    _succeeds([*root, tool, "update", "-qq"])
                _succeeds([*root, tool, *arguments])
                break
    return find()


def _playwright() -> str | None:
    """Playwright's own browser, if it is there. Asking starts Playwright, so it is asked last."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, timeout=PATIENCE, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


if __name__ == "__main__":
    raise SystemExit(main())
