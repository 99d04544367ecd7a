"""Which entries of the log are accesses, and what they say."""

import pytest

from app.auth.audit_chain import AuditEntry
from app.backoffice.accesses import COUNTED, REFUSABLE, People, accesses_of
from app.domain.access import AccessKind, Somebody
from app.domain.role import Role

ROLES = {"ratna": Role.AGENT, "yoga": Role.AGENT, "hendra": Role.SUPERVISOR}


def people(names: dict[str, str] | None = None) -> People:
    return People(ROLES.get, lambda account: (names or {}).get(account, ""))


def entry(event: str, outcome: str = "ok", **rest: str) -> AuditEntry:
    return AuditEntry(5, 1_000, event, outcome, **{"actor": "ratna", **rest})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "outcome", "is_one"),
    [
        ("reveal", "ok", True),
        ("reveal", "refused", False),
        ("verify", "failed", True),
        ("verify", "refused", False),
        ("lookup", "failed", False),
        ("lookup.found", "ok", True),
        ("notes.read", "ok", True),
        ("use", "ok", True),
        ("unlock.approve", "ok", True),
        ("unlock.ask", "ok", False),
        ("caller_check", "ok", False),
        ("who_saw.pdf", "ok", True),
        ("field.edited", "ok", True),
        ("field.edited", "failed", False),
        ("field.emptied", "ok", True),
        ("field.emptied", "refused", False),
        ("customer.created", "ok", True),
        ("session.end", "ok", False),
    ],
)
def test_that_only_what_touched_data_is_an_access(event: str, outcome: str, is_one: bool) -> None:
    assert (event in COUNTED.get(outcome, ())) is is_one


def test_that_a_refused_try_is_counted_and_a_refused_request_is_not() -> None:
    assert "reveal" in REFUSABLE
    assert "unlock.ask" not in REFUSABLE


def test_that_an_unlocked_reveal_has_the_reason_of_its_request_and_its_supervisor() -> None:
    unlocked = entry("reveal", acting_with="hendra", reason="unlock", reference="aa", field="bank_account")
    (access,) = accesses_of([unlocked], {"aa": "refund"}, "", people())
    assert (access.kind, access.reason) == (AccessKind.SHOWN, "refund")
    assert access.allowed_by == Somebody(Role.SUPERVISOR, 1)
    (unknown,) = accesses_of([unlocked], {}, "", people())
    assert unknown.reason == "", "the request is older than the log: the words say so"


def test_that_who_allows_is_named_for_it_and_shown_nothing() -> None:
    allowed = entry("unlock.approve", actor="hendra", acting_with="ratna", reference="aa", field="bank_account")
    (access,) = accesses_of([allowed], {"aa": "refund"}, "", people())
    assert (access.kind, access.who.role, access.allowed_by) == (AccessKind.ALLOWED, Role.SUPERVISOR, None)
    assert access.reason == "refund"
    assert not access.shows


def test_that_people_of_a_role_are_numbered_in_their_order() -> None:
    entries = [entry("reveal", actor=actor) for actor in ("yoga", "ratna", "hendra", "yoga", "gone")]
    whos = [access.who for access in accesses_of(entries, {}, "", people())]
    assert whos == [
        Somebody(Role.AGENT, 1),
        Somebody(Role.AGENT, 2),
        Somebody(Role.SUPERVISOR, 1),
        Somebody(Role.AGENT, 1),
        Somebody(None, 1),
    ]


def test_that_names_are_told_where_policy_has_them() -> None:
    (access,) = accesses_of([entry("reveal")], {}, "", people({"ratna": "Ratna Dewanti"}))
    assert access.who.name == "Ratna Dewanti"


def test_that_answers_are_compared_by_the_office_or_by_eye() -> None:
    typed, wrong, ticked = accesses_of(
        [entry("verify", reason="typed"), entry("verify", "failed", reason="typed"), entry("verify", reason="by_eye")],
        {}, "", people(),
    )  # fmt: skip
    assert (typed.kind, typed.matched, typed.reason) == (AccessKind.CHECKED, True, "")
    assert (wrong.kind, wrong.matched) == (AccessKind.CHECKED, False)
    assert (ticked.kind, ticked.matched) == (AccessKind.COMPARED, None)


def test_that_one_import_added_a_record_and_others_changed_it() -> None:
    first, later = entry("import", reference="aa"), entry("import", reference="bb")
    kinds = [access.kind for access in accesses_of([first, later], {}, "aa", people())]
    assert kinds == [AccessKind.ADDED, AccessKind.CHANGED]


def test_that_notes_are_counted() -> None:
    (access,) = accesses_of([entry("notes.read", detail="notes=3")], {}, "", people())
    assert access.notes == 3
    (odd,) = accesses_of([entry("notes.read", detail="notes=x")], {}, "", people())
    assert odd.notes == 0


def test_that_seconds_are_told_where_the_console_told_them() -> None:
    (known,) = accesses_of([entry("reveal")], {}, "", people(), {5: 12_400})
    (unknown,) = accesses_of([entry("reveal")], {}, "", people(), {6: 12_400})
    (short,) = accesses_of([entry("reveal")], {}, "", people(), {5: 40})
    assert (known.seconds, unknown.seconds, short.seconds) == (12, None, 1)
