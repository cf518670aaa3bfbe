"""Reads, judges and renders one file as a page of questions, and prints the CPU seconds. A process of its own."""

import contextlib
import sys
import time
from pathlib import Path

from bank.extension import PageError
from bank.library import load_bank
from bank.parse import parse
from bank.rules import advise, check
from markdown import Markdown

if __name__ == "__main__":
    text, bank = Path(sys.argv[1]).read_text(encoding="utf-8"), load_bank()
    start = time.process_time()
    page = parse(text, "questions/coding/x.md")
    for ask in (check, advise):
        ask(page, bank.with_page(page))
    settings = {"bank.extension": {"check": False}}
    site = Markdown(extensions=["toc", "tables", "fenced_code", "bank.extension"], extension_configs=settings)
    with contextlib.suppress(PageError):
        site.convert(text)
    print(time.process_time() - start)
