"""MkDocs events, each a thin adapter; Zensical runs none of them, so nothing that a page needs may depend on one."""

from __future__ import annotations

import sys


def on_pre_build(**_: object) -> None:
    """Forgets the bank's modules, so that `make serve` renders with the code as it is after an edit."""
    for name in [name for name in sys.modules if name == "bank" or name.startswith("bank.")]:
        del sys.modules[name]
