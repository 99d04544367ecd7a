"""Two consoles edit one customer: versions, masks that arrive, conflicts both ways, who else is there. Real office."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.api.client import editing as calls
from app.api.client.client import ApiClient
from app.api.client.editing import edit_field
from app.api.messages.editing import EditField, FieldEdited
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.mask import Mask
from app.session.desk import Desk
from app.session.shown_editing import EditConflict, FieldNow, ShownNeighbour
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice
from tests.office.raw_import import RawImport

CUSTOMERS = demo_customers(120, 7)
WHOLE = [c for c in CUSTOMERS if c["queue"] == "billing" and c["email"] and c["city"] and c["mobile_phone"]]


class Two:
    """Two agents of one queue, and a customer whom no other test has touched."""

    def __init__(self, office: MadeOffice, ratna: Desk, yoga: Desk, values: dict[str, str]) -> None:
        self.office, self.ratna, self.yoga, self.values = office, ratna, yoga, values
        self.number = values["customer_number"]
        (self.id,) = ratna.search(self.number, None).ids
        self.record = ratna.customer(self.id).record

    def mark(self, desk: Desk, field: str) -> str:
        return desk.editing.in_front(self.record).fields[field].mark

    def save(self, desk: Desk, field: str, text: str, seen: str = "") -> FieldNow | EditConflict:
        mark = seen or self.mark(desk, field)
        return desk.editing.save(desk.editing.new_request(), self.record, field, mark, text)

    def edited(self, desk: Desk, field: str, text: str, seen: str = "") -> FieldNow:
        now = self.save(desk, field, text, seen)
        assert isinstance(now, FieldNow)
        return now

    def shown_mask(self, desk: Desk, field: str) -> Mask | None:
        return next(f.mask for _, fields in desk.customer(self.id).sections for f in fields if f.name == field)

    def entries(self, event: str = "field.edited") -> list[tuple[str, str, str]]:
        opened = self.office.back_office.opened
        with opened.database.reading() as db:
            found = [e for e in opened.log.page(db, 0, 100_000) if e.event == event and e.record == self.record]
        return [(e.outcome, e.reason, e.field) for e in found]


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("editing")) as made:
        made.hire("ratna", "Ratna Dewanti")
        made.hire("yoga", "Yoga Pratama")
        made.hire("sinta", "Sinta Wulandari", queues=("delivery",))
        made.bring_in(CUSTOMERS)
        yield made


@pytest.fixture(scope="module")
def desks(office: MadeOffice) -> Iterator[tuple[Desk, Desk]]:
    both = office.desk("ratna"), office.desk("yoga")
    yield both
    for desk in both:
        desk.end("signed_out")


@pytest.fixture
def two(office: MadeOffice, desks: tuple[Desk, Desk], fresh: Iterator[dict[str, str]]) -> Two:
    return Two(office, *desks, next(fresh))


@pytest.fixture(scope="module")
def fresh(home: Home) -> Iterator[dict[str, str]]:
    return iter(WHOLE)


def test_that_a_new_phone_is_sealed_and_opens_for_both(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    now = two.edited(ratna, "mobile_phone", "0812-3456-7899")
    assert (now.mask, now.changes) == (Mask("+62", "99", 10), 1)
    for desk in (ratna, yoga):
        desk.follow()
        assert two.shown_mask(desk, "mobile_phone") == now.mask
        revealed = desk.reveal(two.record, "mobile_phone", "call_back").value.reveal()
        assert revealed.replace(" ", "") == "+6281234567899"
    assert yoga.caller.look_up("+62 812 3456 7899") == list(yoga.search(two.number, None).ids)
    assert two.entries() == [("ok", "", "mobile_phone")]


def test_that_an_open_field_is_found_by_its_new_word(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    before = ratna.editing.in_front(two.record).fields["city"].text
    assert two.edited(ratna, "city", "  Pangkalpinang ").text == "Pangkalpinang"
    yoga.follow()
    assert [yoga.customer(i).number for i in yoga.search("Pangkalp", None).ids] == [two.number]
    versions = yoga.editing.versions(two.record, "city")
    assert [(v.name, v.kind, v.text) for v in versions] == [
        ("Ratna Dewanti", "edit", "Pangkalpinang"), ("Hendra Kusuma", "import", before),
    ]  # fmt: skip


def test_that_a_conflict_overwrites_nothing_and_names_whose_it_is(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    seen = two.mark(yoga, "email")
    theirs = two.edited(ratna, "email", "baru.sekali@contoh.example")
    conflict = two.save(yoga, "email", "lain.lagi@surat.example", seen)
    assert isinstance(conflict, EditConflict)
    assert (conflict.name, conflict.theirs) == ("Ratna Dewanti", theirs)
    assert conflict.mine == Mask("l", "@s", 10)
    assert yoga.reveal(two.record, "email", "confirm_delivery").value.reveal() == "baru.sekali@contoh.example"
    on_top = two.edited(yoga, "email", "lain.lagi@surat.example", conflict.theirs.mark)
    assert on_top.changes == 2
    assert two.entries() == [
        ("ok", "", "email"), ("failed", "conflict", "email"), ("ok", "", "email"),
    ]  # fmt: skip
    kinds = [(v.name, v.kind, v.mask) for v in ratna.editing.versions(two.record, "email")]
    assert [name for name, _, _ in kinds] == ["Yoga Pratama", "Ratna Dewanti", "Hendra Kusuma"]
    assert [mask for _, _, mask in kinds][:2] == [Mask("l", "@s", 10), theirs.mask]


def test_that_the_first_one_conflicts_as_well_when_the_other_comes_first(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    seen = two.mark(ratna, "city")
    two.edited(yoga, "city", "Ambon")
    conflict = two.save(ratna, "city", "Ternate", seen)
    assert isinstance(conflict, EditConflict)
    assert (conflict.name, conflict.theirs.text, conflict.mine) == ("Yoga Pratama", "Ambon", None)


def test_that_an_import_in_between_is_a_conflict_without_a_name(two: Two) -> None:
    ratna = two.ratna
    seen = two.mark(ratna, "mobile_phone")
    two.office.bring_in([two.values | {"mobile_phone": "+6281300001111"}])
    conflict = two.save(ratna, "mobile_phone", "0812-3456-7899", seen)
    assert isinstance(conflict, EditConflict)
    assert (conflict.name, conflict.theirs.mask) == ("", Mask("+62", "11", 10))


def test_that_the_same_request_changes_once(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    ratna, sent = two.ratna, list[EditField]()

    def note(client: ApiClient, request: EditField) -> FieldEdited:
        sent.append(request)
        return edit_field(client, request)

    monkeypatch.setattr(calls, "edit_field", note)
    two.edited(ratna, "city", "Ambon")
    client = ratna._identity.client
    assert edit_field(client, sent[0]).state.changes == 1
    with pytest.raises(NotAllowedError) as refused:
        edit_field(client, sent[0].model_copy(update={"field": "full_name"}))
    assert refused.value.code == "signature"
    assert [outcome for outcome, _, _ in two.entries()] == ["ok", "refused"]


def test_that_the_same_value_again_tells_nothing_of_the_one_that_is_there(two: Two) -> None:
    ratna = two.ratna
    right = two.edited(ratna, "mobile_phone", two.values["mobile_phone"])
    wrong = two.edited(ratna, "mobile_phone", "+6281234567899")
    assert (right.changes, wrong.changes) == (1, 2)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("mobile_phone", "12", "not_a_phone"),
        ("email", "a@b", "not_an_email"),
        ("city", "\u202eabc", "direction_character"),
        ("street_address", "   ", "nothing_typed"),
    ],
)
def test_that_the_office_judges_by_kind_as_the_console_does(two: Two, field: str, text: str, code: str) -> None:
    ratna = two.ratna
    assert ratna.editing.judge(field, text) == code
    with pytest.raises(InputRefusedError) as refused:
        two.save(ratna, field, text)
    assert refused.value.code == code


def test_that_agents_change_no_number_of_identity(two: Two) -> None:
    ratna = two.ratna
    fields = ratna.editing.in_front(two.record).fields
    assert not {"nik", "customer_number", "queue", "balance_due", "bank_account"} & set(fields)
    for field in ("nik", "customer_number", "queue", "bank_account"):
        with pytest.raises(NotAllowedError) as refused:
            two.save(ratna, field, "3273996803870004", "00" * 16)
        assert refused.value.code == "role_edits"


def test_that_two_people_at_one_customer_see_each_other(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    record = two.record
    assert ratna.editing.in_front(record).others == ()
    assert yoga.editing.in_front(record).others == (ShownNeighbour("Ratna Dewanti", "SBY-0417"),)
    ratna.editing.in_front(record, "email")
    assert yoga.editing.in_front(record).others == (ShownNeighbour("Ratna Dewanti", "SBY-0417", "Email"),)
    ratna.editing.in_front("")
    assert yoga.editing.in_front(record).others == ()
    before = two.office.service.feed.count
    ratna.editing.in_front(record)
    assert two.office.service.feed.count == before + 1


def test_that_nobody_is_seen_across_queues_or_after_the_end(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    record = two.record
    yoga.editing.in_front(record)
    elsewhere = two.office.desk("sinta")
    with pytest.raises(NotAllowedError):
        elsewhere.editing.in_front(record)
    elsewhere.end("signed_out")
    gone = two.office.desk("hendra")
    gone.editing.in_front(record)
    assert [one.name for one in ratna.editing.in_front(record).others] == ["Hendra Kusuma", "Yoga Pratama"]
    gone.end("signed_out")
    assert [one.name for one in ratna.editing.in_front(record).others] == ["Yoga Pratama"]


def test_that_an_empty_field_gets_its_first_value(two: Two) -> None:
    ratna = two.ratna
    record = two.record
    empty = next(n for n, now in ratna.editing.in_front(record).fields.items() if now.mask is None and not now.text)
    text = {"second_phone": "0812-3456-7899", "email": "a.b@contoh.example"}.get(empty, "Jalan Panjang Sekali 12")
    now = ratna.editing.save(ratna.editing.new_request(), record, empty, "00" * 16, text)
    assert isinstance(now, FieldNow)
    assert now.changes == 0


def test_that_an_import_does_not_undo_an_edit_that_it_has_not_seen(two: Two) -> None:
    ratna, boss = two.ratna, two.office.bare("hendra", "command")
    names = list(two.values)
    run = RawImport(boss.client, tuple(names), dry_run=False)
    changed = two.values | {"mobile_phone": "+6281300001111"}
    run.rows(tuple(changed[n] for n in names))
    two.edited(ratna, "mobile_phone", "0812-3456-7899")
    with pytest.raises(InputRefusedError) as refused:
        run.commit()
    assert refused.value.code == "overtaken"
    run.end()
    boss.end()


def test_that_old_values_stay_sealed_and_open_to_nobody_by_a_reveal(two: Two) -> None:
    ratna = two.ratna
    two.edited(ratna, "mobile_phone", "0812-3456-7899")
    opened = two.office.back_office.opened
    with opened.database.reading() as db:
        rows = db.execute(
            text("SELECT v.version, v.mask_before FROM sealed_values v JOIN customers c ON c.record = v.record"
            " WHERE c.number = :number AND v.field = 'mobile_phone' ORDER BY v.version"), {"number": two.number},
        ).all()  # fmt: skip
    assert [row[0] for row in rows] == [1, 2]
    assert json.loads(rows[1][1])[0] == "+62"
    assert ratna.reveal(two.record, "mobile_phone", "call_back").value.reveal().replace(" ", "").endswith("7899")
