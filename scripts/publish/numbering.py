"""Numbers the records in Pagefind's list of them, which every search fetches: they come out of a search as the numbers
that `search/chunked.js` looks up, and the list is a tenth as large. Reads no more of the list than that."""

from __future__ import annotations

import gzip
import zlib

SIGNATURE = b"pagefind_dcd"
LENGTH = b"\x18\x20"  # 32 words, as CBOR: the same for all, since the lengths of so short texts say nothing
_ARRAY, _TEXT, _NUMBER = 0x80, 0x60, 0x00  # how CBOR, the format of the list, marks what follows


def unpack(data: bytes) -> bytes:
    """The content of one of Pagefind's files. Raises OSError where it is none."""
    content = gzip.decompress(data)
    if not content.startswith(SIGNATURE):
        raise OSError("not a file of Pagefind's, or of another version")
    return content.removeprefix(SIGNATURE)


def pack(content: bytes) -> bytes:
    """Such a file: no time and no name stand in it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31, 9)
    return packer.compress(SIGNATURE + content) + packer.flush()


def numbered(data: bytes) -> tuple[bytes, list[str]]:
    """The file `pagefind.*.pf_meta` with numbers from 0 as the records' names, and their old names in that order.

    Raises OSError where the list is not of the shape that it has in the pinned version.
    """
    content = unpack(data)
    try:
        renamed, names = _renamed(content)
    except (IndexError, ValueError) as error:
        raise OSError(f"Pagefind's list of records is not as expected: {error!r}") from None
    return pack(renamed), names


def name_of(number: int, count: int) -> str:
    """A number's digits from the last to the first, as many as the largest has: gzip makes least of them like this."""
    return str(number).zfill(len(str(count - 1)))[::-1]


def _renamed(content: bytes) -> tuple[bytes, list[str]]:
    """The list is an array of the version, the records, and what is left as it is; a record, of its name and length."""
    _, place = _head(content, 0, _ARRAY)
    length, place = _head(content, place, _TEXT)
    count, place = _head(content, place + length, _ARRAY)
    made, names = bytearray(content[:place]), []
    for number in range(count):
        size, start = _head(content, place, _ARRAY)
        length, start = _head(content, start, _TEXT)
        names.append(content[start : start + length].decode())
        _, end = _head(content, start + length, _NUMBER)
        if size != 2:
            raise ValueError(f"byte {place}")
        name = name_of(number, count).encode()
        made += bytes([_ARRAY + 2, _TEXT + len(name)]) + name + LENGTH
        place = end
    return bytes(made) + content[place:], names


def _head(content: bytes, place: int, kind: int) -> tuple[int, int]:
    """The number in a head of this kind, and where what follows begins."""
    if content[place] & 0xE0 != kind:
        raise ValueError(f"byte {place}")
    number = content[place] & 0x1F
    if number < 24:
        return number, place + 1
    size = 1 << number - 24
    if size > 8:
        raise ValueError(f"byte {place}")
    return int.from_bytes(content[place + 1 : place + 1 + size], "big"), place + 1 + size
