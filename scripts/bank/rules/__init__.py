"""The rules: 00x metadata, 02x-03x page and parts, 04x quick checks, 05x code, 06x formulas, 07x links, 08x dialect,
09x bounds and safety, 10x warnings."""

from . import (
    bounds,
    code,
    dialect,
    errata,
    files,
    formulas,
    links,
    lists,
    metadata,
    parts,
    quick_check,
    structure,
    warnings,
)
from .files import check_files
from .registry import RULES, Rule, advise, check

__all__ = [
    "RULES",
    "Rule",
    "advise",
    "bounds",
    "check",
    "check_files",
    "code",
    "dialect",
    "errata",
    "files",
    "formulas",
    "links",
    "lists",
    "metadata",
    "parts",
    "quick_check",
    "structure",
    "warnings",
]
