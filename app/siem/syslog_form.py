"""One entry as a syslog message (RFC 5424), and a message as a frame (octet counting, RFC 6587 3.4.1, RFC 5425 4.3).

    <PRI>1 TIME WORKSTATION tirai - EVENT [tirai number="..." ...][meta sequenceId="..."] words

Facility 13 (log audit). The structured data holds every word of the entry, so that its hash can be computed again. Its
SD-ID is plain `tirai`, without an enterprise number: the project has none, and names without `@` are IANA's to give
(RFC 5424 6.3.2). Receivers take it as any name; a deployment that needs another one maps it there.
"""

import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import Final

from app.auth.audit_chain import AuditEntry

FACILITY: Final = 13
ALERT, ERROR, WARNING, NOTICE, INFORMATIONAL = 1, 3, 4, 5, 6
_BY_OUTCOME: Final = {"ok": INFORMATIONAL, "refused": WARNING, "failed": WARNING}
_BY_EVENT: Final = {
    "reveal": NOTICE, "unlock.approve": NOTICE, "value.copied": NOTICE, "use": NOTICE, "policy.changed": NOTICE,
    "account.reset": NOTICE, "class.grant": NOTICE, "recovery.open": WARNING, "recovery.accept": WARNING,
    "office.restored": WARNING, "start.refused": WARNING, "wipe.incomplete": ERROR, "sign_in.alarm": ALERT,
    "sign_in.unusual": WARNING, "analytics.ended": NOTICE, "request.due": WARNING, "incident.due": WARNING,
}  # fmt: skip
"""Severities of what went well, where they are higher than others'."""
_FAILED: Final = {"audit.verify": ALERT, "wipe": ERROR, "outbox.deliver": ERROR}
_NOT_PRINTED: Final = re.compile(r"[^\x21-\x7e]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ESCAPED: Final = re.compile(r'(["\\\]])')
_TEXTS: Final = tuple(f.name for f in fields(AuditEntry) if f.name not in {"number", "at_ms", "hash"})
_MOST_SEQUENCE: Final = 2**31 - 1


def severity(entry: AuditEntry) -> int:
    """How urgent an entry is, 0 to 7 (RFC 5424 table 2)."""
    if entry.outcome != "ok":
        return _FAILED.get(entry.event, _BY_OUTCOME.get(entry.outcome, WARNING))
    return _BY_EVENT.get(entry.event, INFORMATIONAL)


def message_of(office: bytes, entry: AuditEntry) -> bytes:
    """An entry as a message, without its frame."""
    at = datetime.fromtimestamp(entry.at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    words: dict[str, str] = {"office": office.hex(), "number": str(entry.number), "at_ms": str(entry.at_ms)}
    words |= {name: value for name in _TEXTS if (value := getattr(entry, name))} | {"hash": entry.hash.hex()}
    data = "".join(f' {name}="{_value(value)}"' for name, value in words.items())
    sequence = (entry.number - 1) % _MOST_SEQUENCE + 1
    head = f"<{FACILITY * 8 + severity(entry)}>1 {at} {_header(entry.seat, 255)} tirai - {_header(entry.event, 32)}"
    who = f" by {_words(entry.actor)}" if entry.actor else ""
    who += f" with {_words(entry.acting_with)}" if entry.acting_with else ""
    text = f"{_words(entry.event)} {_words(entry.outcome)}{who}, entry {entry.number}"
    return f'{head} [tirai{data}][meta sequenceId="{sequence}"] {text}'.encode()


def frame(message: bytes) -> bytes:
    """A message with its length in front."""
    return b"%d %b" % (len(message), message)


def _header(text: str, most: int) -> str:
    """A part of the header: printed ASCII without spaces, `-` for nothing."""
    return _NOT_PRINTED.sub("_", text)[:most] or "-"


def _value(text: str) -> str:
    return _ESCAPED.sub(r"\\\1", _words(text))


def _words(text: str) -> str:
    return _CONTROL.sub("?", text)
