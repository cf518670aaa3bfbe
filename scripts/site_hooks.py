"""MkDocs events, each a thin adapter; Zensical runs none of them, so nothing that a page needs may depend on one."""

from __future__ import annotations

import logging
import sys
from functools import partial
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from mkdocs.exceptions import PluginError
from watchdog.observers.polling import PollingObserver

_ROOT = Path(__file__).resolve().parents[1]
_LOOKING, _PAUSE = 0.2, 0.05  # seconds between two looks at the files, and after the last change that one finds
_OURS = ("bank", "publish", "finish_site", "list_licences")
_CALM = 1.0  # seconds after an edit in which its reader may have the machine
_command = ""
_later: Any = None  # what runs tasks after the first build
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


def on_serve(server: Any, config: Any, **_: object) -> None:
    """Notices edits sooner: MkDocs looks twice a second, and then waits a tenth of one for more."""
    watched = [config.docs_dir, config.config_file_path]
    for path in watched:
        server.unwatch(path)
    server.observer = PollingObserver(timeout=_LOOKING)
    for path in watched:
        server.watch(path)
    server.build_delay = _PAUSE


def on_pre_build(**_: object) -> None:
    """Forgets our modules, and with them all that is known of pages, when they have been edited."""
    global _code
    folders = [path for name in ("scripts", "overrides") for path in (_ROOT / name).rglob("*.*")]
    code = sorted((str(path), path.stat().st_mtime_ns) for path in [*folders, _ROOT / "mkdocs.yml"] if path.is_file())
    if _code and code != _code:
        for name in [name for name in sys.modules if name.split(".")[0] in _OURS]:
            del sys.modules[name]
    _code = code


def on_files(files: Any, **_: object) -> None:
    """Takes note of what the pages are made from. While the site is served, those that an edit touches are built."""
    from bank.library import load_bank
    from publish import rendered, stale

    change = stale.look(load_bank())
    rendered.begin(load_bank(), stale.seen())
    if _command == "serve":
        for file in files.documentation_pages():
            file.is_modified = lambda path=file.src_uri: path in change.pages


def on_env(env: Any, **_: object) -> None:
    """Keeps the compiled templates: each build while serving would compile them anew."""
    if _command == "serve":
        from publish import templates

        env.bytecode_cache = templates.compiled


def on_page_markdown(markdown: str, page: Any, **_: object) -> None:
    """Takes a page that nothing has changed as it was rendered before."""
    from publish import rendered

    rendered.enable(page)


def on_post_build(config: Any, **_: object) -> None:
    """Finishes the site; while it is served, only the files beside the pages are made, where they can differ. After an
    edit they can wait until its page is on the screen."""
    global _later
    import finish_site  # after `on_pre_build` has forgotten it
    from bank.cache import forget_old

    try:
        if _command == "serve":
            from publish import stale
            from publish.later import Later

            accompany = partial(finish_site.accompany, Path(config.site_dir), config.site_url or "")
            if stale.accept() and _later:
                _later.do(accompany)
            elif not _later:
                accompany()
            finish_site.fill_downloads(Path(config.site_dir), finish_site.edition_time())
            _later = _later or Later(_CALM)
        else:
            finish_site.finish(Path(config.site_dir), config.site_url or "")
            forget_old()
    except (OSError, SubprocessError) as error:
        raise PluginError(f"finish_site: {error}") from None
