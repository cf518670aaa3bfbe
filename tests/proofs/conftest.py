"""Holds each proof to a time, so that one that never ends fails by its name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from snippets import cpu_limit

CPU_LIMIT = 60  # seconds; a proof is to take a few


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    with cpu_limit(CPU_LIMIT):
        yield
