"""The rules: 00x metadata, 02x-03x page and parts, 04x quick checks, 05x code, 06x formulas, 07x links, 08x dialect."""

from . import code, dialect, formulas, links, lists, metadata, parts, quick_check, structure
from .registry import RULES, Rule, check

__all__ = [
    "RULES",
    "Rule",
    "check",
    "code",
    "dialect",
    "formulas",
    "links",
    "lists",
    "metadata",
    "parts",
    "quick_check",
    "structure",
]
