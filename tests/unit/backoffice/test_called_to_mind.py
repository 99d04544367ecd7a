"""An embedded office that stays open calls terms to mind by itself, and whatever takes the log on has the line."""

import json
import time
from collections.abc import Iterator

import pytest

from app.api.client import subject_requests as calls
from app.api.messages.subject_requests import OpenRequest
from app.api.server import service
from app.domain.subject_requests.clock import TERM_MS
from app.domain.subject_requests.words import Channel, RequestKind
from app.session.identity import new_id
from app.siem.json_lines import line_of
from app.siem.syslog_form import message_of
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.made import PATIENCE_S, MadeOffice, made_office


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("*",))
        made.bring_in(demo_customers(2))
        yield made


def test_that_an_office_that_nobody_opens_anew_says_that_a_term_is_over(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ratna = office.bare("ratna")
    record = bytes(ratna.client.customer_page(0, 100).rows[0].record)
    wish = OpenRequest(id=new_id(), record=record, kind=RequestKind.ACCESS, channel=Channel.PHONE, words="call me")
    calls.open_request(ratna.client, wish)
    assert entries(office, "request.due") == []
    monkeypatch.setattr(service, "REMIND_EVERY_S", 0.0)
    office.clock.ahead_ms += TERM_MS + 1000
    until = time.monotonic() + PATIENCE_S
    while not entries(office, "request.due"):
        assert time.monotonic() < until, "the office stays open and says nothing"
        time.sleep(0.02)
    (due,) = entries(office, "request.due")
    assert (due.reference, due.reason, due.actor) == (wish.id.hex(), "72", "")
    line = json.loads(line_of(office.made.plate.office, due))
    assert (line["event"], line["reference"], line["detail"][-8:]) == ("request.due", wish.id.hex(), "late=yes")
    message = message_of(office.made.plate.office, due).decode()
    assert "request.due" in message
    ratna.end()
    for form in (json.dumps(line), message):
        assert "call me" not in form
