"""Edits of the policy: within the base, whole in their difference, and changed in one place of their text alone."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.policy import Access, PolicyError, Reason, load_policy
from app.domain.policy_difference import Change, ChangeKind, difference
from app.domain.policy_edit import FLOORS, OWN_BUDGETS, opens_nothing, policy_in_force, read_edit, shut
from app.domain.policy_text import with_reason, with_value, without_reason, without_table
from app.domain.role import Role
from app.resource_files import resource_text

SHIPPED = resource_text("policy", "default.toml")
BASE = load_policy(SHIPPED)
EXCEPTION = """[capture_exception]
from = 2026-12-01T09:00:00+07:00
until = 2026-12-01T12:00:00+07:00
reason = "Remote support"
"""


def test_that_the_base_as_an_edit_changes_nothing() -> None:
    assert difference(BASE, read_edit(SHIPPED, BASE)) == ()


def test_that_an_empty_edit_is_the_base() -> None:
    assert difference(BASE, read_edit("", BASE)) == ()


LOOSER = [
    ("number", "numbers", "view_s", 31, "from 1 to 30"),
    ("above the base", "numbers", "call_idle_max_s", 1000, "900 at most"),
    ("too short a lock", "numbers", "idle_lock_s", 1, "at least 30"),
    ("too short a session", "numbers", "session_s", 5, "at least 1800"),
    ("a class to reveal", "role.agent", "reveals", ["contact", "note", "identity"], "key"),
    ("special for supervisors", "role.supervisor", "reveals", ["contact", "identity", "financial", "special"], "both"),
    ("a class to ask for", "role.agent", "asks", ["identity", "special"], "only IT gives"),
    ("a class to decide", "role.agent", "decides", ["contact"], "may not decide"),
    ("no fresh code", "role.privacy_officer", "steps_up_for", ["financial", "special"], "only IT takes"),
    ("keys", "role.agent", "holds", ["contact", "note", "identity"], "set by IT alone"),
    ("imports", "role.agent", "imports", True, "set by IT alone"),
    ("customers", "role.administrator", "sees_customers", True, "set by IT alone"),
    ("no caller", "caller_check", "required_for", ["identity"], "only IT takes"),
    ("fewer answers", "caller_check", "need", 1, "at least 2"),
    ("copies", "clipboard", "classes", ["contact"], "IT has not allowed"),
    ("night", "off_hours", "agent", "open", "outside the hours"),
]


@pytest.mark.parametrize(("table", "key", "value", "words"), [c[1:] for c in LOOSER], ids=[c[0] for c in LOOSER])
def test_that_an_edit_that_is_looser_than_the_base_is_refused_with_line_and_reason(
    table: str, key: str, value: int | str | list[str], words: str
) -> None:
    text = with_value(SHIPPED, table, key, value)
    with pytest.raises(PolicyError, match=words) as refused:
        read_edit(text, BASE)
    line = text.split("\n")[refused.value.line - 1]
    assert line.startswith((key, "asks"))


def test_that_an_edit_lets_no_captures_through() -> None:
    with pytest.raises(PolicyError, match="IT alone"):
        read_edit(EXCEPTION + SHIPPED, BASE)


def test_that_its_exception_is_the_bases() -> None:
    base = load_policy(EXCEPTION + SHIPPED)
    assert read_edit("", base).capture_exception == base.capture_exception


def test_that_a_class_which_is_asked_for_keeps_somebody_who_decides() -> None:
    text = with_value(SHIPPED, "role.supervisor", "decides", ["contact", "identity"])
    read_edit(text, BASE)  # a privacy officer still does
    text = with_value(text, "role.privacy_officer", "decides", ["contact", "identity", "special"])
    with pytest.raises(PolicyError, match="nobody would decide requests for financial") as refused:
        read_edit(text, BASE)
    assert "financial" in text.split("\n")[refused.value.line - 1]


def test_that_an_edit_takes_rights_and_gives_them_back() -> None:
    text = with_value(SHIPPED, "role.agent", "reveals", ["note"])
    tighter = read_edit(with_value(text, "role.agent", "asks", ["contact", "identity"]), BASE)
    assert tighter.access(Role.AGENT, DataClass.CONTACT) is Access.ASK
    assert tighter.access(Role.AGENT, DataClass.FINANCIAL) is Access.NEVER
    assert difference(BASE, tighter) == (
        Change(ChangeKind.ACCESS, ("agent", "contact"), Access.REVEAL, Access.ASK),
        Change(ChangeKind.ACCESS, ("agent", "financial"), Access.ASK, Access.NEVER),
    )
    assert difference(tighter, read_edit(SHIPPED, BASE))[0].new is Access.REVEAL


def test_that_a_part_without_words_of_its_own_is_in_the_difference() -> None:
    quota = SHIPPED.index("[[quota]]")
    shift = next(line for line in SHIPPED[quota:].split("\n") if line.startswith("shift"))
    text = SHIPPED[:quota] + SHIPPED[quota:].replace(shift, "shift = 900", 1)
    (change,) = difference(BASE, read_edit(text, BASE))
    assert (change.kind, change.of[0], len(change.of)) == (ChangeKind.OTHER, "quotas", 3)
    stricter = read_edit(with_value(SHIPPED, "who_saw", "names", not BASE.who_saw.names), BASE)
    assert [c.of for c in difference(BASE, stricter)] == [("who_saw",)]


@given(st.sets(st.sampled_from(sorted(OWN_BUDGETS)), min_size=1))
def test_that_a_difference_is_empty_for_equal_policies_alone(names: set[str]) -> None:
    edited = replace(BASE, **{name: getattr(BASE, name) - 1 for name in names})
    assert {c.of[0] for c in difference(BASE, edited)} == names
    assert len(difference(edited, BASE)) == len(names)


def test_that_an_offices_own_budgets_may_be_above_the_base() -> None:
    assert read_edit("[numbers]\nlookups_shift = 900\n", BASE).lookups_shift == 900
    assert not OWN_BUDGETS & set(FLOORS)


@pytest.mark.parametrize("code", ["Call Back", "x" * 33, "", "kode_é"])
def test_that_the_code_of_a_reason_is_a_word_for_the_log(code: str) -> None:
    reason = Reason(code, "A", "B", False, False, frozenset({DataClass.CONTACT}))
    with pytest.raises(PolicyError):
        read_edit(with_reason(SHIPPED, "reveal_reason", reason), BASE)


def test_that_a_text_which_the_base_does_not_let_stand_any_more_opens_nothing() -> None:
    stricter = replace(BASE, view_s=10)
    policy = policy_in_force(SHIPPED, stricter)
    assert opens_nothing(policy)
    assert not any(policy.may_decide(role, c) for role in Role for c in SEALED_CLASSES)
    assert policy.holds(Role.SUPERVISOR) == BASE.holds(Role.SUPERVISOR)
    assert policy.may_invite(Role.ADMINISTRATOR)
    assert not opens_nothing(policy_in_force(SHIPPED, BASE))
    assert policy == shut(stricter)


def test_that_a_reason_comes_and_goes_and_the_rest_of_the_text_stays() -> None:
    reason = Reason("warranty", 'A "warranty" case', "Kasus garansi", True, False, frozenset({DataClass.CONTACT}))
    longer = with_reason(SHIPPED, "reveal_reason", reason)
    assert longer.startswith(SHIPPED.rstrip("\n"))
    change = difference(BASE, read_edit(longer, BASE))
    assert change == (Change(ChangeKind.REASON, ("reveal", "warranty"), None, reason),)
    assert difference(BASE, read_edit(without_reason(longer, "reveal_reason", "warranty"), BASE)) == ()
    shorter = without_reason(SHIPPED, "ask_reason", "refund")
    assert [c.of for c in difference(BASE, read_edit(shorter, BASE))] == [("ask", "refund")]
    assert all(line in SHIPPED for line in shorter.split("\n"))
    with pytest.raises(PolicyError):
        with_reason(longer, "reveal_reason", reason)


@given(name=st.sampled_from(sorted(OWN_BUDGETS)), value=st.integers(1, 100))
def test_that_a_number_changes_in_its_line_alone(name: str, value: int) -> None:
    changed = with_value(SHIPPED, "numbers", name, value)
    lines = [(a, b) for a, b in zip(SHIPPED.split("\n"), changed.split("\n"), strict=True) if a != b]
    assert len(lines) <= 1
    assert all(a.partition("#")[2] == b.partition("#")[2] for a, b in lines)


def test_that_a_missing_key_and_a_missing_table_are_added() -> None:
    text = with_value("", "numbers", "view_s", 20)
    assert read_edit(with_value(text, "numbers", "beat_s", 30), BASE).beat_s == 30
    assert with_value(text, "numbers", "view_s", 10).count("view_s") == 1


def test_that_a_list_over_several_lines_is_left_to_hands() -> None:
    text = '[role.agent]\nasks = [\n  "identity",\n]\n'
    with pytest.raises(PolicyError, match="only its text changes") as refused:
        with_value(text, "role.agent", "asks", ["financial"])
    assert refused.value.line == 2


def test_that_its_exception_is_taken_out_of_a_text() -> None:
    assert without_table(EXCEPTION + SHIPPED, "capture_exception") == SHIPPED
    assert without_table(SHIPPED, "capture_exception") == SHIPPED


@given(untrusted=st.text(max_size=200))
def test_that_any_text_is_an_edit_or_a_refusal(untrusted: str) -> None:
    with contextlib.suppress(PolicyError):
        read_edit(untrusted, BASE)


@pytest.mark.parametrize("value", ["[[1]]", '[["contact"]]', "[{}]", "3"])
def test_that_a_list_of_anything_else_is_refused(value: str) -> None:
    with pytest.raises(PolicyError):
        read_edit(f"[role.agent]\nasks = {value}\n", BASE)
