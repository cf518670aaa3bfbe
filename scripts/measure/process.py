"""Runs a command and says what it took, with all that it started. Judges nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes; systems differ
TAIL = 2_000  # characters of a failed command's words that are shown
GRACE = 5  # seconds between asking a process to end and asking more firmly


@dataclass(frozen=True)
class Usage:
    """What a command took: seconds of CPU of the whole process tree, user and system together; seconds on the clock;
    and the memory of its largest process, in MB of 1,000,000 bytes."""

    cpu: float
    wall: float
    peak: float


class CommandError(OSError):
    """A command that is measured did not end well; the message is the end of what it said."""


def measured(command: Sequence[str], root: Path, environment: Mapping[str, str], log: Path) -> Usage:
    """Runs a command in a folder, its words into a log. Raises CommandError where its status is not 0."""
    start = time.perf_counter()
    with log.open("wb") as words, started(command, root, environment, words) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)  # `Popen` did not see it end
    wall = time.perf_counter() - start
    if process.returncode:
        raise CommandError(f"{' '.join(command[:4])} …: {log.read_text(encoding='utf-8', errors='replace')[-TAIL:]}")
    return Usage(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * MAXRSS_UNIT / 1e6)


@contextmanager
def started(
    command: Sequence[str], root: Path, environment: Mapping[str, str], words: int | object = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """A running command. It and all that it started end with the context, also where that is left by Ctrl+C."""
    process = subprocess.Popen(
        command,
        cwd=root,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=words,  # type: ignore[arg-type]
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks as Ctrl+C does first: Lighthouse closes its browser, which is in no group of ours, at that alone."""
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, asked)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
            return
