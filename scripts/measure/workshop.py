"""The temporary folder of a run: projects, made when they are first asked for, and their built sites. Measures only
what a caller asks it to."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bank.library import load_bank

from .process import Usage, measured
from .project import PLAIN, Project, grown_project, real_project

SITE_URL = "https://example.org/study/"
EPOCH = "1767225600"
REPOSITORY = "example/study"


def say(message: str) -> None:
    """Progress, to standard error."""
    print(message, file=sys.stderr, flush=True)


class Workshop:
    """Everything of a run that lies on disk. Projects are named `real` or by their number of questions."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._projects: dict[str, Project] = {}

    def project(self, name: str) -> Project:
        """A project by its name. Raises OSError."""
        if name not in self._projects:
            say(f"Making the project '{name}'")
            root = self.root / name
            root.mkdir()
            bank = load_bank()
            self._projects[name] = real_project(bank, root) if name == "real" else grown_project(bank, root, int(name))
        return self._projects[name]

    def site(self, project: Project, way: str) -> Path:
        """The folder of a project's built site, ours or plain Material's, built unless it is there."""
        if not self.site_folder(project, way).is_dir():
            say(f"Building the site of '{project.name}', {way}")
            self.build(project, way)
        return self.site_folder(project, way)

    def site_folder(self, project: Project, way: str) -> Path:
        """Where that site is, or will be."""
        return self.root / f"{project.name}-{'plain' if way == 'plain' else 'ours'}"

    def build(self, project: Project, way: str) -> Usage:
        """Builds a project: `ours` without a cache of pages, `warm` with the one that the last `warm` build left,
        `plain` with Material alone. Raises CommandError."""
        site = self.site_folder(project, way)
        shutil.rmtree(site, ignore_errors=True)
        command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)]
        command += ["--config-file", PLAIN] if way == "plain" else []
        cache = str(self.root / f"{project.name}-pages") if way == "warm" else ""
        return measured(command, project.root, environment(project.root, cache), self.root / "build.log")

    def forget(self, name: str) -> None:
        """Removes a project and all that was built of it."""
        self._projects.pop(name, None)
        for folder in [self.root / name, *self.root.glob(f"{name}-*")]:
            shutil.rmtree(folder, ignore_errors=True)


def environment(root: Path, cache: str = "") -> dict[str, str]:
    """What a workflow would set; the scripts are those of the project, and `cache` is the folder of the page cache."""
    return {
        **os.environ,
        "PYTHONPATH": str(root / "scripts"),
        "GITHUB_REPOSITORY": REPOSITORY,
        "SITE_URL": SITE_URL,
        "SOURCE_DATE_EPOCH": EPOCH,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PAGE_CACHE": cache,
    }


@contextmanager
def workshop() -> Iterator[Workshop]:
    """A workshop for as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Workshop(Path(folder).resolve())
