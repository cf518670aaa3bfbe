"""MkDocs events, each a thin adapter; Zensical runs none of them, so nothing that a page needs may depend on one."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from mkdocs.exceptions import PluginError

_OURS = ("bank", "publish", "finish_site", "list_licences")
_command = ""


def on_startup(command: str, **_: object) -> None:
    """Remembers whether the site is built or served."""
    global _command
    _command = command


def on_config(config: Any, **_: object) -> None:
    """While the site is served, a page that breaks a rule says so in its place: an error would keep it waiting."""
    if _command == "serve":
        config["mdx_configs"].setdefault("bank.extension", {})["show"] = True


def on_pre_build(**_: object) -> None:
    """Forgets our modules, so that `make serve` renders with the code as it is after an edit."""
    for name in [name for name in sys.modules if name.split(".")[0] in _OURS]:
        del sys.modules[name]


def on_post_build(config: Any, **_: object) -> None:
    """Finishes the site; while it is served, only the files beside the pages are made, which keeps an edit quick."""
    import finish_site  # after `on_pre_build` has forgotten it

    try:
        finish_site.finish(Path(config.site_dir), config.site_url or "", lean=_command != "serve")
    except (OSError, SubprocessError) as error:
        raise PluginError(f"finish_site: {error}") from None
