"""Forged questions to the exposure ledger: bodies beyond what was agreed, other teams' flags, rows written by hand.

Enforced by *authority*: the office judges again what it is sent, and shows what its log says. In the one-user home
whoever has the file key reads the file instead; there these refusals are *software*.
"""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ConfigDict

from app.api.client import exposures
from app.api.messages.exposures import (
    AcknowledgeFlag,
    AskLedger,
    ClosedView,
    LedgerScope,
    RaisedFlag,
    ViewsClosed,
)
from app.api.messages.wire import Done, Message
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.exposures.words import ClosedBy, Rule
from app.session.identity import Identity, new_id
from tests.office.made import Bare, MadeOffice, made_office
from tests.security.canaries import office_file

HOUR_MS = 3600 * 1000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("forged")) as made:
        made.hire("yoga", "Yoga Pratama", queues=("delivery",), grant=False)
        made.hire("sari", "Sari Kencana", "supervisor", grant=False)
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",), grant=False)
        opened = made.back_office.opened
        with opened.writing() as db:
            for place in range(13):
                at_ms = full_hour(made) + place * 1000
                what = {"actor": "yoga", "data_class": "contact", "reason": "call_back", "record": "ab" * 16}
                opened.log.append_at(db, at_ms, "reveal", "ok", **what)
        yield made


def full_hour(office: MadeOffice) -> int:
    """The beginning of an hour of yesterday, in any zone of whole hours."""
    return (office.clock.now_ms() - 24 * HOUR_MS) // HOUR_MS * HOUR_MS


@pytest.fixture
def sari(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("sari")
    yield bare
    bare.end()


@pytest.fixture
def dewi(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("dewi")
    yield bare
    bare.end()


VIEW = ClosedView(entry=1, shown_ms=1, cause=ClosedBy.TIME)
ANSWER = {"rule": "bulk", "subject": "yoga", "since_ms": 1, "until_ms": 2, "value": 1}
BODIES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("a year", "POST", "overview", {"days": 365}),
    ("a long name", "POST", "overview", {"agent": "x" * 65}),
    ("an hour of no day", "POST", "lines", {"hour": 24}),
    ("all at once", "POST", "lines", {"limit": 1_000_000}),
    ("no record", "POST", "lines", {"record": "' OR 1"}),
    ("no reason", "POST", "lines", {"reason": "x; y"}),
    ("before time", "POST", "lines", {"since_ms": -1}),
    ("an unknown word", "POST", "lines", {"names": True}),
    ("a short id", "POST", "flags", {"opening": "MQ=="}),
    ("no comment", "POST", "flags/acknowledge", {**ANSWER, "comment": ""}),
    ("a book", "POST", "flags/acknowledge", {**ANSWER, "comment": "x" * 301}),
    ("no subject", "POST", "flags/acknowledge", {**ANSWER, "subject": "a b", "comment": "Seen."}),
    ("an unknown rule", "PUT", "thresholds", {"rule": "charm", "value": 9, "version": 0}),
    ("half a number", "PUT", "thresholds", {"rule": "bulk", "value": 9.5, "version": 0}),
]


class Forged(Message):
    """A body with whatever somebody likes to send."""

    model_config = ConfigDict(extra="allow", frozen=True)


@pytest.mark.attack("A48")
@pytest.mark.parametrize(("method", "path", "parts"), [b[1:] for b in BODIES], ids=[b[0] for b in BODIES])
def test_that_a_body_beyond_what_was_agreed_is_refused(
    sari: Bare, method: str, path: str, parts: dict[str, Any]
) -> None:
    body = Forged(**{"opening": b64encode(new_id()).decode(), **parts})
    with pytest.raises(InputRefusedError):
        sari.client.call(method, f"/v1/exposures/{path}", Done, body)


def test_that_a_flood_of_closings_is_refused(sari: Bare) -> None:
    with pytest.raises(InputRefusedError):
        exposures.views_closed(sari.client, ViewsClosed.model_construct(views=(VIEW,) * 65))


def bulk_flags(who: Bare) -> list[RaisedFlag]:
    """Whatever the time of the day is, others may be off hours."""
    return [f for f in exposures.flags(who.client, AskLedger(opening=new_id())).flags if f.rule is Rule.BULK]


def said(identity: Identity, office: MadeOffice, **change: Any) -> AcknowledgeFlag:
    since = full_hour(office)
    parts = {"opening": new_id(), "rule": Rule.BULK, "subject": "yoga", "since_ms": since, "until_ms": since + HOUR_MS}
    return AcknowledgeFlag.model_validate({**parts, "value": 13, "comment": "Seen.", **change})


@pytest.mark.parametrize(
    "change",
    [{"value": 14}, {"rule": Rule.REFUSALS}, {"subject": "sari"}, {"since_ms": 1}, {"until_ms": 2**50}],
    ids=["ahead of time", "another rule", "another person", "since ever", "for ever"],
)
def test_that_nobody_acknowledges_what_is_not_raised(office: MadeOffice, dewi: Bare, change: dict[str, Any]) -> None:
    with pytest.raises(NotAllowedError) as refused:
        exposures.acknowledge(dewi.client, said(dewi.identity, office, **change))
    assert refused.value.code == "no_flag"


@pytest.mark.parametrize("comment", [" ", "one\ntwo", "\x1b[2J", "\u202eseen"])
def test_that_a_comment_is_one_line_of_text(office: MadeOffice, dewi: Bare, comment: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        exposures.acknowledge(dewi.client, said(dewi.identity, office, comment=comment))
    assert refused.value.code == "comment"


def test_that_a_supervisor_answers_no_flag_of_another_team(office: MadeOffice, sari: Bare, dewi: Bare) -> None:
    with pytest.raises(NotAllowedError) as refused:
        exposures.acknowledge(sari.client, said(sari.identity, office))
    assert refused.value.code == "no_flag"
    assert exposures.flags(sari.client, AskLedger(opening=new_id())).flags == ()
    (flag,) = bulk_flags(dewi)
    assert (flag.subject, flag.value, flag.answer) == ("yoga", 13, None)


def test_that_a_threshold_written_by_hand_beyond_its_bounds_does_not_count(office: MadeOffice, dewi: Bare) -> None:
    with office_file(office) as db:
        db.execute("INSERT INTO exposure_thresholds VALUES ('bulk', 999999, 7, 'nobody', 1)")
        db.commit()
    states = {t.rule: t for t in exposures.thresholds(dewi.client, AskLedger(opening=new_id())).thresholds}
    assert states[Rule.BULK].value == states[Rule.BULK].default
    assert len(bulk_flags(dewi)) == 1
    with office_file(office) as db:
        db.execute("DELETE FROM exposure_thresholds")
        db.commit()


def test_that_looking_cannot_be_hidden_by_an_opening_of_somebody_else(
    office: MadeOffice, sari: Bare, dewi: Bare
) -> None:
    opening = new_id()
    for who in (sari, dewi):
        exposures.overview(who.client, LedgerScope(opening=opening))
    opened = office.back_office.opened
    with opened.database.reading() as db:
        marks = [e.actor for e in opened.log.page(db, 0, 100_000) if e.reference == opening.hex()]
    assert marks == ["sari", "dewi"]
