"""A field is emptied by hand: nothing lies there and nothing finds it, what lay there stays sealed. Real office."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.api.client import editing as calls
from app.api.client.client import ApiClient
from app.api.messages.editing import EmptyField, FieldEdited
from app.domain.access import AccessKind
from app.domain.editing import WhyEmptied
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.mask import Mask
from app.session.desk import Desk
from app.session.shown_editing import EditConflict, FieldNow
from app.session.shown_who_saw import Days
from tests.contract.conftest import Home
from tests.contract.test_editing import CUSTOMERS, WHOLE, Two
from tests.office.made import MadeOffice
from tests.office.raw_import import RawImport

WRONG, WITHDRAWN = WhyEmptied.WRONG, WhyEmptied.WITHDRAWN
EVENT = "field.emptied"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("emptying")) as made:
        made.hire("ratna", "Ratna Dewanti")
        made.hire("yoga", "Yoga Pratama")
        made.bring_in(CUSTOMERS)
        yield made


@pytest.fixture(scope="module")
def desks(office: MadeOffice) -> Iterator[tuple[Desk, Desk]]:
    both = office.desk("ratna"), office.desk("yoga")
    yield both
    for desk in both:
        desk.end("signed_out")


@pytest.fixture(scope="module")
def fresh(home: Home) -> Iterator[dict[str, str]]:
    return iter(WHOLE)


@pytest.fixture
def two(office: MadeOffice, desks: tuple[Desk, Desk], fresh: Iterator[dict[str, str]]) -> Two:
    office.clock.pass_s(61)  # nobody waits for the pace
    return Two(office, *desks, next(fresh))


def empty(two: Two, desk: Desk, field: str, why: WhyEmptied = WRONG, seen: str = "") -> FieldNow | EditConflict:
    mark = seen or two.mark(desk, field)
    return desk.editing.empty(desk.editing.new_request(), two.record, field, mark, why)


def emptied(two: Two, desk: Desk, field: str, why: WhyEmptied = WRONG) -> FieldNow:
    now = empty(two, desk, field, why)
    assert isinstance(now, FieldNow)
    return now


def code_of(act: object) -> str:
    with pytest.raises(NotAllowedError) as refused:
        act()  # type: ignore[operator]
    return refused.value.code


def test_that_mask_value_and_lookup_are_gone_for_everybody(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    phone = "+62 812 3456 7811"
    two.edited(ratna, "mobile_phone", phone)
    assert yoga.caller.look_up(phone) == [two.id], "the control"
    now = emptied(two, ratna, "mobile_phone", WITHDRAWN)
    assert (now.mask, now.is_empty, now.changes) == (None, True, 2)
    for desk in (ratna, yoga):
        desk.follow()
        assert two.shown_mask(desk, "mobile_phone") is None
        assert desk.caller.look_up(phone) == []
        assert code_of(lambda desk=desk: desk.reveal(two.record, "mobile_phone", "call_back")) == "empty"
    assert two.entries(EVENT) == [("ok", "withdrawn", "mobile_phone")]


def test_that_what_a_caller_says_is_compared_with_an_emptied_field_no_more(two: Two) -> None:
    ratna = two.ratna
    ratna.caller.begin(two.record)
    assert ratna.caller.answer("mobile_phone", two.values["mobile_phone"]).matched, "the control"
    ratna.caller.end()
    emptied(two, ratna, "mobile_phone")
    ratna.caller.begin(two.record)
    assert code_of(lambda: ratna.caller.answer("mobile_phone", two.values["mobile_phone"])) == "empty"
    ratna.caller.end()


def test_that_the_older_versions_are_listed_and_stay_sealed(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    two.edited(ratna, "email", "baru.sekali@contoh.example")
    emptied(two, yoga, "email")
    versions = [(v.name, v.kind, v.mask) for v in ratna.editing.versions(two.record, "email")]
    assert versions[:2] == [
        ("Yoga Pratama", "emptied", None), ("Ratna Dewanti", "edit", Mask("b", "@c", 10)),
    ]  # fmt: skip
    assert versions[2][:2] == ("Hendra Kusuma", "import")
    with two.office.back_office.opened.database.reading() as db:
        rows = db.execute(
            text("SELECT length(v.blob), v.verify_tag, v.lookup_tag FROM sealed_values v JOIN customers c"
            " ON c.record = v.record WHERE c.number = :number AND v.field = 'email' ORDER BY v.version"),
            {"number": two.number},
        ).all()  # fmt: skip
    assert [tuple(rows[-1]), all(row[0] > 32 for row in rows[:-1])] == [(0, None, None), True]


def test_that_an_open_field_is_emptied_and_found_no_more(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    two.edited(ratna, "city", "Pangkalpinang")
    assert emptied(two, ratna, "city").text == ""
    yoga.follow()
    assert two.id not in yoga.search("Pangkalp", None).ids
    versions = yoga.editing.versions(two.record, "city")
    assert [(v.kind, v.text) for v in versions][:2] == [("emptied", ""), ("edit", "Pangkalpinang")]


def test_that_whoever_empties_what_they_have_not_seen_meets_a_conflict(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    seen = two.mark(yoga, "email")
    theirs = two.edited(ratna, "email", "baru.sekali@contoh.example")
    conflict = empty(two, yoga, "email", seen=seen)
    assert isinstance(conflict, EditConflict)
    assert (conflict.name, conflict.theirs, conflict.mine) == ("Ratna Dewanti", theirs, None)
    assert yoga.reveal(two.record, "email", "confirm_delivery").value.reveal() == "baru.sekali@contoh.example"
    assert two.entries(EVENT) == [("failed", "conflict", "email")]
    assert isinstance(empty(two, yoga, "email", seen=conflict.theirs.mark), FieldNow)


def test_that_an_edit_of_what_was_emptied_meanwhile_is_a_conflict(two: Two) -> None:
    ratna, yoga = two.ratna, two.yoga
    seen = two.mark(yoga, "mobile_phone")
    emptied(two, ratna, "mobile_phone")
    conflict = two.save(yoga, "mobile_phone", "0812-3456-7899", seen)
    assert isinstance(conflict, EditConflict)
    assert (conflict.name, conflict.theirs.is_empty) == ("Ratna Dewanti", True)


def test_that_what_is_required_or_empty_is_not_emptied(two: Two) -> None:
    ratna = two.ratna
    fields = ratna.editing.in_front(two.record).fields
    assert not fields["full_name"].can_be_emptied
    assert fields["mobile_phone"].can_be_emptied
    assert code_of(lambda: empty(two, ratna, "full_name")) == "required"
    for field in ("customer_number", "queue", "nik"):
        assert code_of(lambda field=field: empty(two, ratna, field, seen="00" * 16)) == "role_edits"
    emptied(two, ratna, "email")
    assert code_of(lambda: empty(two, ratna, "email")) == "empty"
    assert two.entries(EVENT)[-1] == ("refused", "empty", "email")


def test_that_a_new_value_and_a_later_import_put_something_there_again(two: Two) -> None:
    ratna = two.ratna
    emptied(two, ratna, "mobile_phone")
    assert two.edited(ratna, "mobile_phone", "0812-3456-7899").mask == Mask("+62", "99", 10)
    emptied(two, ratna, "mobile_phone")
    done = two.office.bring_in([two.values]).done
    assert done is not None
    assert done.changed == 1, "the value of before is a change, too"
    ratna.follow()
    assert two.shown_mask(ratna, "mobile_phone") is not None
    assert two.id in ratna.caller.look_up(two.values["mobile_phone"])


def test_that_a_running_import_does_not_undo_it(two: Two) -> None:
    ratna, boss = two.ratna, two.office.bare("hendra", "command")
    names = list(two.values)
    run = RawImport(boss.client, tuple(names), dry_run=False)
    changed = two.values | {"mobile_phone": "+6281300001111"}
    run.rows(tuple(changed[n] for n in names))
    emptied(two, ratna, "mobile_phone")
    with pytest.raises(InputRefusedError) as refused:
        run.commit()
    assert refused.value.code == "overtaken"
    run.end()
    boss.end()


def test_that_the_same_request_empties_once(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    ratna, sent, really = two.ratna, list[EmptyField](), calls.empty_field

    def note(client: ApiClient, request: EmptyField) -> FieldEdited:
        sent.append(request)
        return really(client, request)

    monkeypatch.setattr(calls, "empty_field", note)
    emptied(two, ratna, "email")
    again = really(ratna._identity.client, sent[0])
    assert (again.state.changes, again.conflict) == (1, None)
    assert [outcome for outcome, _, _ in two.entries(EVENT)] == ["ok"]


def test_that_the_customer_is_told_who_took_it_away(two: Two) -> None:
    emptied(two, two.ratna, "email", WITHDRAWN)
    boss = two.office.desk("hendra")
    found = boss.who_saw.of_number(two.number, Days())
    assert AccessKind.EMPTIED in {access.kind for access in found.accesses.accesses}
    boss.end("signed_out")
