"""Which finds of a note may stay as typed, as the policy declares it."""

from typing import Any

import pytest

from app.domain.kept_find import KEEPABLE, KeepReasonError, looser_keeping, read_keep_reasons
from app.domain.role import Role
from app.scanner.find import NEVER_KEPT, What

ROW = {
    "code": "other_person",
    "label_en": "Somebody else",
    "label_id": "Orang lain",
    "finds": ["phone"],
    "roles": ["agent"],
}


def test_that_all_but_cards_and_card_codes_may_be_let_stay() -> None:
    assert frozenset(What) - NEVER_KEPT == KEEPABLE


def test_that_a_reason_lets_its_kinds_stay_for_its_roles_alone() -> None:
    (reason,) = read_keep_reasons([ROW])
    assert reason.lets(Role.AGENT, "phone")
    assert not reason.lets(Role.AGENT, "email")
    assert not reason.lets(Role.SUPERVISOR, "phone")


def test_that_a_policy_may_let_nothing_stay() -> None:
    assert read_keep_reasons([]) == ()


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([ROW, ROW], "code"),
        ([{**ROW, "finds": ["card"]}], "finds"),
        ([{**ROW, "finds": ["card_code"]}], "finds"),
        ([{**ROW, "finds": []}], "finds"),
        ([{**ROW, "roles": ["boss"]}], "roles"),
        ([{**ROW, "label_id": " "}], "label_id"),
        ([{**ROW, "code": "Other person"}], "code"),
        ([{**ROW, "why": "x"}], "why"),
        ([{key: ROW[key] for key in ROW if key != "roles"}], ""),
        ([{**ROW, "code": f"r_{letter}"} for letter in "abcdefghij"], ""),
        ("none", ""),
        (["none"], ""),
    ],
)
def test_that_a_reason_of_another_form_is_refused_where_it_is_wrong(rows: Any, key: str) -> None:
    with pytest.raises(KeepReasonError) as caught:
        read_keep_reasons(rows)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("edited", "key"),
    [
        ([{**ROW, "code": "another"}], "code"),
        ([{**ROW, "finds": ["phone", "email"]}], "finds"),
        ([{**ROW, "roles": ["agent", "supervisor"]}], "roles"),
    ],
)
def test_that_an_edit_lets_no_more_stay_than_its_base(edited: Any, key: str) -> None:
    found = looser_keeping(read_keep_reasons([ROW]), read_keep_reasons(edited))
    assert found is not None
    assert found[1] == key


def test_that_an_edit_may_let_less_stay() -> None:
    assert looser_keeping(read_keep_reasons([ROW]), ()) is None
    assert looser_keeping(read_keep_reasons([ROW]), read_keep_reasons([{**ROW, "label_en": "A neighbour"}])) is None
