"""Makes pytest run the code on the pages, in place; the fixtures of the other tests are in tests/conftest.py."""

from snippets import find_snippets
from sybil import Sybil

pytest_collect_file = Sybil(parsers=[find_snippets], patterns=["*.md"], path="docs").pytest()
