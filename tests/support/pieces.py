"""The arithmetic of the figures that move, called in Node without a page. Knows no test."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import build_assets
from bank.library import PIECES

CALL = """
const piece = await import(process.argv[1])
const [name, ...given] = JSON.parse(process.argv[2])
process.stdout.write(JSON.stringify(typeof piece[name] === "function" ? piece[name](...given) : piece[name]))
"""


def piece(name: str) -> Callable[..., Any]:
    """What a piece computes: `piece("roc")("rates", 1, 0.1)`. Numbers, lists and objects go in and come out as JSON."""
    module = (PIECES / f"{name}.js").as_uri()
    environment = build_assets.node_environment()

    def call(function: str, *given: object) -> Any:
        command = ["node", "--input-type=module", "--eval", CALL, module, json.dumps([function, *given])]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert not done.returncode, done.stderr
        return json.loads(done.stdout)

    return call
