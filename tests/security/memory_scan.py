"""Looks for canaries in the memory of another process, as root or as root of a user namespace.

All canaries of a walk share one mark of ten digits, and 88 random bits follow it. So one search per spelling finds any
of them, known or not, and what follows tells which. Every readable map of `/proc/PID/mem` is read.
"""

import contextlib
import re
import secrets
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

CHUNK, OVERLAP = 64 << 20, 512
DIGITS = 22
"""Hex digits after the mark."""


def new_mark() -> str:
    """Ten decimal digits (the same in capitals) that nothing else on this machine contains; no telephone's number."""
    return f"{secrets.choice('134579')}{secrets.randbelow(10**9):09d}"


def new_tail() -> str:
    """What follows a mark: a letter first, or both together would pass for a card's number now and then."""
    return secrets.choice("abcdef") + secrets.token_hex(DIGITS // 2)[1:]


def readable_maps(pid: int) -> Iterator[tuple[int, int]]:
    """Start and end of every readable map."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        span, rights, *_rest = line.split()
        if rights.startswith("r") and not line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
            start, end = span.split("-")
            yield int(start, 16), int(end, 16)


def memory_of(pid: int) -> Iterator[bytes]:
    """The process's memory in overlapping pieces.

    Raises:
        PermissionError: this process may not read it.
    """
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end in readable_maps(pid):
            for at in range(start, end, CHUNK):
                with contextlib.suppress(OSError, ValueError):  # a map that is gone meanwhile, or of a device
                    memory.seek(at)
                    yield memory.read(min(CHUNK + OVERLAP, end - at))


def base64_parts(text: bytes) -> list[bytes]:
    """The part of the Base64 of `text` that does not depend on its neighbours, at each of the three places."""
    parts = []
    for before in range(3):
        whole = b64encode(bytes(before) + text)
        first = -(-before * 8 // 6)
        parts.append(whole[first : (before + len(text)) * 8 // 6])
    return parts


def spellings_of(mark: str) -> dict[str, list[re.Pattern[bytes]]]:
    """How the mark looks, with what follows it, as UTF-8, UTF-16LE, hex and Base64."""
    plain, wide = mark.encode(), mark.encode("utf-16-le")
    hexed = [f(plain.hex()).encode() for f in (str.lower, str.upper)]
    return {
        "utf-8": [re.compile(re.escape(plain) + b"[0-9a-fA-F]{0,%d}" % DIGITS)],
        "utf-16": [re.compile(re.escape(wide) + b"(?:[0-9a-fA-F]\x00){0,%d}" % DIGITS)],
        "hex": [re.compile(re.escape(h) + b"[0-9a-fA-F]{0,%d}" % (2 * DIGITS)) for h in hexed],
        "base64": [re.compile(re.escape(part)) for part in base64_parts(plain)],
    }


def marked_in(pieces: Iterable[bytes], mark: str) -> dict[str, set[str]]:
    """What follows the mark, in lower case, by spelling; for Base64 only that it is there."""
    found: dict[str, set[str]] = {}
    patterns = [(name, pattern) for name, some in spellings_of(mark).items() for pattern in some]
    for piece in pieces:
        for name, pattern in patterns:
            for hit in pattern.finditer(piece):
                found.setdefault(name, set()).add(_read(name, hit.group(), len(mark)))
    return found


def _read(name: str, hit: bytes, mark: int) -> str:
    match name:
        case "utf-8":
            text = hit.decode()
        case "utf-16":
            text = hit.decode("utf-16-le")
        case "hex":
            text = bytes.fromhex(hit[: len(hit) // 2 * 2].decode()).decode()
        case _:
            return "somewhere"
    return text[mark:].lower()


def keys_in(pieces: Iterable[bytes], keys: dict[str, bytes]) -> set[str]:
    """Names of the keys that occur, as bytes, hex or Base64."""
    found = set()
    for piece in pieces:
        for name, key in keys.items():
            if name not in found and any(s in piece for s in (key, key.hex().encode(), b64encode(key).rstrip(b"="))):
                found.add(name)
    return found
