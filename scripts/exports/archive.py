"""Entries of zip files without the time at which they were made, so that the same contents give the same bytes."""

from __future__ import annotations

import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file can hold


def add(archive: zipfile.ZipFile, name: str, contents: str | bytes, *, compress: bool = True) -> None:
    """Adds a file to an archive that is being written."""
    method = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), contents, method, 9)
