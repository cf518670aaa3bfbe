"""Our JavaScript modules by themselves, bundled for an empty page of the real browser. Knows no test."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import build_assets

SOURCES = build_assets.SOURCES


def bundle(*modules: str) -> str:
    """A script that puts what these modules export into `parts`, by the name of each: `parts.schedule.dayNumber`."""
    names = [Path(module).stem for module in modules]
    entry = "".join(f'export * as {name} from "./{module}"\n' for name, module in zip(names, modules, strict=True))
    environment = build_assets.node_environment()
    command = [str(build_assets.ROOT / "node_modules" / ".bin" / "esbuild")]
    command += ["--bundle", "--format=iife", "--global-name=parts", "--target=es2022", "--log-level=error"]
    result = subprocess.run(
        command,
        input=entry,
        cwd=SOURCES,
        env=dict(environment, **os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout
