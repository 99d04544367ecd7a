"""Entries as syslog messages: the header of RFC 5424, every word in the structured data, nothing that breaks out."""

import re
from dataclasses import fields

import pytest

from app.auth.audit_chain import AuditEntry, first_hash, link
from app.siem.syslog_form import frame, message_of, severity
from tests.office.made_log import OFFICE, made_log

HEADER = re.compile(
    rb"<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\x21-\x7e]{1,255}) tirai - ([\x21-\x7e]{1,32}) (\[.*) ",
    re.S,
)
PARAM = re.compile(r' ([a-z_]+)="((?:[^"\\\]]|\\["\\\]])*)"')


def words_of(message: bytes) -> dict[str, str]:
    """The structured data of `tirai`, taken apart as a receiver does."""
    text = message.decode()
    start = text.index("[tirai") + len("[tirai")
    words, at = {}, start
    while found := PARAM.match(text, at):
        words[found[1]] = re.sub(r'\\(["\\\]])', r"\1", found[2])
        at = found.end()
    assert text[at] == "]"
    return words


def test_that_a_message_has_the_header_of_rfc_5424() -> None:
    entry = made_log(1)[0]
    found = HEADER.match(message_of(OFFICE, entry))
    assert found is not None
    priority, at, host, name, _rest = found.groups()
    assert int(priority) == 13 * 8 + severity(entry)
    assert (at, host, name) == (b"2026-09-21T14:13:21.234Z", b"SBY-0417", b"sign_in")


def test_that_the_hash_can_be_computed_again_from_the_message() -> None:
    head = first_hash(OFFICE)
    for entry in made_log(20):
        words = words_of(message_of(OFFICE, entry))
        texts = {f.name: words.get(f.name, "") for f in fields(AuditEntry) if f.name not in {"number", "at_ms", "hash"}}
        again = AuditEntry(int(words["number"]), int(words["at_ms"]), **texts)  # type: ignore[arg-type]
        head = link(head, again.digest(bytes.fromhex(words["office"])))
        assert head.hex() == words["hash"]


@pytest.mark.parametrize("event", ["request.due", "incident.due"])
def test_that_a_term_that_is_near_is_a_warning_and_says_which_and_since_when(event: str) -> None:
    entry = AuditEntry(7, 1, event, "ok", reason="72", reference="ab" * 16, detail="number=4 late=yes", hash=bytes(32))
    assert severity(entry) == 4
    words = words_of(message_of(OFFICE, entry))
    assert (words["reason"], words["reference"], words["detail"]) == ("72", "ab" * 16, "number=4 late=yes")


@pytest.mark.parametrize("text", ['a"b', "a]b", "a\\b", '"]', "\\\\"])
def test_that_a_word_does_not_break_out_of_its_place(text: str) -> None:
    entry = AuditEntry(7, 1, "reveal", "ok", detail=text, hash=bytes(32))
    assert words_of(message_of(OFFICE, entry))["detail"] == text


@pytest.mark.parametrize("text", ["a\nb", "a\x00b", "a\x1b[2Jb", "a\x85b"])
def test_that_a_control_character_does_not_pass(text: str) -> None:
    entry = AuditEntry(7, 1, "re\nveal", "ok", actor=text, seat="a b", detail=text, hash=bytes(32))
    message = message_of(OFFICE, entry)
    assert not re.search(rb"[\x00-\x1f\x7f]", message)
    assert b" a_b tirai - re_veal [" in message


@pytest.mark.parametrize(
    ("event", "outcome", "level"),
    [
        ("sign_in", "ok", 6), ("sign_in", "failed", 4), ("reveal", "ok", 5), ("reveal", "refused", 4),
        ("unlock.approve", "ok", 5), ("audit.verify", "ok", 6), ("audit.verify", "failed", 1),
        ("sign_in.alarm", "failed", 4), ("wipe", "failed", 3), ("new.event", "new", 4),
    ],
)  # fmt: skip
def test_that_what_went_wrong_is_more_urgent(event: str, outcome: str, level: int) -> None:
    assert severity(AuditEntry(1, 1, event, outcome)) == level


def test_that_a_frame_counts_octets_not_characters() -> None:
    assert frame("é".encode()) == b"2 \xc3\xa9"
    message = message_of(OFFICE, AuditEntry(1, 1, "x", "ok", detail="é", hash=bytes(32)))
    assert frame(message) == str(len(message)).encode() + b" " + message
