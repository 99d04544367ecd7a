"""`gateway.json` in a home: which gateway this workstation belongs to, and what it must show. No secret lies in it.

A file that is a link, somebody else's, open to others' writing or not understood is refused, never passed over: a
workstation that fell back on an office of its own would take sign-ins for another office than people think.
"""

import json
import os
from pathlib import Path
from typing import Any, Final

from app.domain.errors import InputRefusedError, WorkstationError
from app.domain.gateway_address import GatewayAddress, gateway_address
from app.storage.places import FILE_MODE, private_file

GATEWAY_FILE: Final = "gateway.json"
_LONGEST_BYTES: Final = 16 * 1024
_KEYS: Final = frozenset({"url", "pin", "ca"})
_WRITE_IT_ANEW: Final = "Write it anew: tirai gateway use URL, or remove it: tirai gateway forget."


def has_gateway(home: Path) -> bool:
    """Whether this home belongs to a gateway, by a good file or by a broken one."""
    return os.path.lexists(home / GATEWAY_FILE)


def read_gateway(home: Path) -> GatewayAddress | None:
    """The gateway of this home; None where it has none.

    Raises:
        WorkstationError: the file is there and cannot be used (`PlaceRefusedError` where others could have written it).
    """
    path = home / GATEWAY_FILE
    try:
        size = private_file(path).st_size
        text = path.read_text("utf-8") if size <= _LONGEST_BYTES else ""
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as e:
        raise _broken("it cannot be read as a text") from e
    try:
        untrusted = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise _broken("it is no JSON") from e
    return _judged(untrusted)


def _judged(untrusted: Any) -> GatewayAddress:
    if not isinstance(untrusted, dict) or not isinstance(untrusted.get("url"), str):
        raise _broken('it needs a "url"')
    if unknown := untrusted.keys() - _KEYS:
        raise _broken(f"it knows {', '.join(sorted(_KEYS))}, and nothing else; {len(unknown)} others stand there")
    pins, authority = untrusted.get("pin", []), untrusted.get("ca", "")
    pins = [pins] if isinstance(pins, str) else pins
    if not isinstance(pins, list) or not all(isinstance(pin, str) for pin in pins):
        raise _broken('"pin" is a text of 64 digits, or a list of them')
    if not isinstance(authority, str) or (authority and not Path(authority).is_absolute()):
        raise _broken('"ca" is the whole path of a file')
    try:
        return gateway_address(untrusted["url"], tuple(pins), authority)
    except InputRefusedError as e:
        raise _broken(e.message) from e


def _broken(why: str) -> WorkstationError:
    return WorkstationError(f"{GATEWAY_FILE} cannot be used: {why.rstrip('.')}. {_WRITE_IT_ANEW}", code="L4")


def write_gateway(home: Path, address: GatewayAddress) -> None:
    """Have this home belong to a gateway from the next start on; the file is written beside and put in place whole.

    Raises:
        OSError: it cannot be written.
    """
    said: dict[str, object] = {"url": address.url}
    if address.pins:
        said["pin"] = [pin.hex() for pin in address.pins]
    if address.authority:
        said["ca"] = address.authority
    beside = home / f".{GATEWAY_FILE}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(said, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(home / GATEWAY_FILE)


def forget_gateway(home: Path) -> bool:
    """Have this home belong to no gateway; whether it did.

    Raises:
        OSError: the file cannot be removed.
    """
    had = has_gateway(home)
    (home / GATEWAY_FILE).unlink(missing_ok=True)
    return had
