"""A contact in the outbox: it comes back as it was kept, and nothing else is taken for one."""

import secrets
from dataclasses import replace

import pytest

from app.auth.contact_entry import ContactState, contact_of, contact_payload
from app.auth.outbox_entry import note_payload
from app.crypto.errors import SealError
from app.crypto.labels import lp

RECORD, NOTE = secrets.token_bytes(16), secrets.token_bytes(16)
STATE = ContactState(
    RECORD, 3, 1_764_000_000_000, 0, "passed_on", ("billing", "fraud"), "2026-12-01", "10:00", NOTE, ""
)


@pytest.mark.parametrize(
    "state",
    [STATE, replace(STATE, ended_ms=1_764_000_060_000, tags=(), note=b"", call="ab" * 8, call_back_day="")],
    ids=["half filled", "finished"],
)
def test_that_a_state_comes_back_as_it_was_kept(state: ContactState) -> None:
    assert contact_of(contact_payload(state)) == state


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        note_payload(RECORD, 1, "a note"),
        contact_payload(STATE)[:-1],
        contact_payload(replace(STATE, record=b"short")),
        contact_payload(replace(STATE, note=b"short")),
        lp("outbox-contact", RECORD, b"3", 1, 0, "", lp("outbox-tags"), "", "", b"", ""),
        lp("outbox-contact", RECORD, 3, 1, 0, b"\xff", lp("outbox-tags"), "", "", b"", ""),
    ],
    ids=["empty", "note", "cut", "record", "note id", "number", "text"],
)
def test_that_what_is_none_is_refused(payload: bytes) -> None:
    with pytest.raises(SealError):
        contact_of(payload)
