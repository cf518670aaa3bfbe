"""The arithmetic of the figures that move, called in Node without a page: one process a module. Knows no test."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import cache
from typing import Any

import build_assets
from bank.library import PIECES

ANSWER = """
import { createInterface } from "node:readline"
const piece = await import(process.argv[1])
for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...given] = JSON.parse(line)
  try {
    console.log(JSON.stringify({ value: typeof piece[name] === "function" ? piece[name](...given) : piece[name] }))
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }))
  }
}
"""


@cache
def piece(name: str) -> Callable[..., Any]:
    """What a piece computes: `piece("roc")("rates", 1, 0.1)`. Numbers, lists and objects go in and come out as JSON."""
    command = ["node", "--input-type=module", "--eval", ANSWER, (PIECES / f"{name}.js").as_uri()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    node: list[subprocess.Popen[str]] = []  # started by the first call, and ended by the end of its input

    def call(function: str, *given: object) -> Any:
        if not node:
            node.append(subprocess.Popen(command, env=build_assets.node_environment(), **pipes))
        print(json.dumps([function, *given]), file=node[0].stdin, flush=True)
        answer = json.loads(node[0].stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer.get("value")

    return call
