"""Says of a company's evidence that it is old, where it is. Age is counted up to the last commit, not to today, so that
the same sources always give the same page."""

from __future__ import annotations

import datetime
import os
from xml.etree.ElementTree import Element

from ..company import read_company
from .context import Context

OLD = "more than two years old"


def mark_old_evidence(root: Element, context: Context) -> None:
    """Adds the words to each old line of the list below `## Evidence`. Without a date of the commit nothing is old."""
    company, epoch = read_company(context.page), os.environ.get("SOURCE_DATE_EPOCH", "")
    if company is None or not epoch.isdigit():
        return
    today = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    ages = {entry.line: entry.is_old(today) for entry in company.evidence} | dict.fromkeys(company.unread, False)
    old = [ages[line] for line in sorted(ages)]
    below = [i for i, block in enumerate(root) if block.tag == "h2" and (block.text or "").strip() == "Evidence"]
    rows = [row for block in root[below[0] + 1 :] if block.tag == "ul" for row in block] if below else []
    for row, is_old in zip(rows, old, strict=False):
        if is_old:
            row.text = f"{row.text or ''} (*{OLD}*)"
