"""MkDocs events, each a thin adapter; Zensical runs none of them, so nothing that a page needs may depend on one."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from mkdocs.exceptions import PluginError

_ROOT = Path(__file__).resolve().parents[1]
_OURS = ("bank", "publish", "finish_site", "list_licences")
_command = ""
_code: list[tuple[str, int]] = []


def on_startup(command: str, **_: object) -> None:
    """Remembers whether the site is built or served."""
    global _command
    _command = command
    # What MkDocs says at each partial build does not hold here: `publish.stale` knows what an edit touches.
    logging.getLogger("mkdocs.commands.build").addFilter(lambda record: "'dirty' build" not in record.getMessage())


def on_config(config: Any, **_: object) -> None:
    """While the site is served, a page that breaks a rule says so in its place: an error would keep it waiting."""
    if _command == "serve":
        config["mdx_configs"].setdefault("bank.extension", {})["show"] = True


def on_pre_build(**_: object) -> None:
    """Forgets our modules, and with them all that is known of pages, when they have been edited."""
    global _code
    folders = [path for name in ("scripts", "overrides") for path in (_ROOT / name).rglob("*.*")]
    code = sorted((str(path), path.stat().st_mtime_ns) for path in [*folders, _ROOT / "mkdocs.yml"] if path.is_file())
    if code != _code:
        _code = code
        for name in [name for name in sys.modules if name.split(".")[0] in _OURS]:
            del sys.modules[name]


def on_files(files: Any, **_: object) -> None:
    """While the site is served, an edit builds those pages again that it touches."""
    if _command == "serve":
        from bank.library import load_bank
        from publish import stale

        change = stale.look(load_bank())
        for file in files.documentation_pages():
            file.is_modified = lambda path=file.src_uri: path in change.pages


def on_post_build(config: Any, **_: object) -> None:
    """Finishes the site; while it is served, only the files beside the pages are made, and where they can differ."""
    import finish_site  # after `on_pre_build` has forgotten it

    try:
        if _command == "serve":
            from publish import stale

            finish_site.accompany(Path(config.site_dir), config.site_url or "", data=stale.accept())
        else:
            finish_site.finish(Path(config.site_dir), config.site_url or "")
    except (OSError, SubprocessError) as error:
        raise PluginError(f"finish_site: {error}") from None
