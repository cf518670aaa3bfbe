"""Work that an editor need not wait for while the site is served: done once no newer one has come for a moment."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from subprocess import SubprocessError


class Later:
    """Does the last task that it was given, `pause` seconds after, and one at a time."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._timer: threading.Timer | None = None
        self._busy = threading.Lock()

    def do(self, task: Callable[[], None]) -> None:
        """Puts a task in the place of one that has not begun."""
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(self._pause, self._run, [task])
        self._timer.daemon = True
        self._timer.start()

    def _run(self, task: Callable[[], None]) -> None:
        with self._busy:
            try:
                task()
            except (OSError, SubprocessError) as error:
                print(f"finish_site: {error}", file=sys.stderr)
