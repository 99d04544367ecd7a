"""The main job, headless: through the real client, server, SQLCipher file and session code."""

import pytest

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.session.shown import Action, RequestState
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice

pytestmark = pytest.mark.service_too
WHY = "the caller disputes the charge of 2 March"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    with home(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery", "retention"))
        office.bring_in(demo_customers(60, 7))
        yield office


def test_that_an_agent_finds_a_customer_and_sees_masks(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    try:
        found = desk.search("sari wul", None)
        shown = desk.customer(found.ids[0])
        assert shown.name == "Sari Wulandari"
        fields = {f.name: f for _, section in shown.sections for f in section}
        assert fields["mobile_phone"].mask is not None
        assert fields["mobile_phone"].mask.before == "+62"
        assert fields["mobile_phone"].action is Action.REVEAL
        assert fields["nik"].action is Action.ASK
        assert all(f.text == "" for f in fields.values())
    finally:
        desk.end("signed_out")


def test_that_a_reveal_opens_what_the_role_allows_and_is_logged_first(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    try:
        shown = desk.customer(desk.search("sari wul", None).ids[0])
        opened = desk.reveal(shown.record, "mobile_phone", "call_back")
        assert opened.seconds == 30
        assert opened.value.reveal().startswith("+62 8")
        assert "+62" not in repr(opened)
        with pytest.raises(NotAllowedError) as refusal:
            desk.reveal(shown.record, "nik", "confirm_identity")
        assert refusal.value.code in {"role", "no_class_key"}
    finally:
        desk.end("signed_out")


def test_that_an_unlock_opens_exactly_one_field_once(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    approval = office.approval("hendra")
    try:
        shown = desk.customer(desk.search("sari wul", None).ids[0])
        asked = desk.ask(shown.record, "card_number", "dispute", WHY)
        waiting = approval.waiting()
        assert [w.id for w in waiting] == [asked.id]
        assert waiting[0].words == WHY
        approval.approve(asked.id, 120)
        assert desk.requests()[-1].state is RequestState.APPROVED
        opened = desk.open_unlocked(asked.id)
        assert opened.value.reveal().replace(" ", "").isdigit()
        assert opened.opened_by == "Hendra Kusuma"
        with pytest.raises(NotAllowedError):
            desk.open_unlocked(asked.id)
    finally:
        approval.end()
        desk.end("signed_out")


def test_that_a_note_is_sealed_and_read_as_one_logged_read(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    try:
        shown = desk.customer(desk.search("sari wul", None).ids[0])
        note = desk.new_note()
        desk.save_note(shown.record, note, "Caller dis")
        desk.save_note(shown.record, note, "Caller disputes a charge.")
        notes = desk.notes(shown.record)
        assert [n.text.reveal() for n in notes] == ["Caller disputes a charge."]
        assert desk.note_count(shown.record) == 1
    finally:
        desk.end("signed_out")


def test_that_an_end_leaves_neither_entry_nor_file(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    assert office.store.session_ids()
    receipt = desk.end("signed_out")
    assert receipt.ok
    assert receipt.audit_entry
    assert not office.store.session_ids()
    assert not office.places.session_ids()


def test_that_the_log_holds(office: MadeOffice) -> None:
    session = office.command("hendra")
    try:
        assert session.verify_audit().ok
    finally:
        session.end()


def test_that_a_supervisor_holds_special_but_opens_none(office: MadeOffice) -> None:
    desk = office.desk("hendra")
    try:
        shown = desk.customer(desk.search("sari wul", None).ids[0])
        section = dict(shown.sections)[DataClass.SPECIAL]
        assert {f.action for f in section} <= {Action.ASK, Action.NONE}
    finally:
        desk.end("signed_out")
