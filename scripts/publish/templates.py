"""Compiled templates, kept in memory from build to build while the site is served. Jinja compares their texts."""

from __future__ import annotations

from jinja2.bccache import Bucket, BytecodeCache


class Templates(BytecodeCache):
    """Holds the code of each template by its name."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key] = bucket.bytecode_to_string()


compiled = Templates()
