"""Edits of the policy: within the base, whole in their difference, and changed in one place of their text alone."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.policy import Access, PolicyError, Reason, ReasonFor
from app.domain.policy_difference import Change, ChangeKind, difference
from app.domain.policy_edit import FLOORS, OWN_BUDGETS, opens_nothing, policy_in_force, read_edit, shut
from app.domain.policy_reader import load_policy
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
    ("an easy field", "caller_check", "fields", ["mobile_phone", "email"], "only IT adds"),
    ("fewer answers", "caller_check", "need", 1, "at least 2"),
    ("copies", "clipboard", "classes", ["contact"], "IT has not allowed"),
    ("night", "off_hours", "agent", "open", "outside the hours"),
    ("a longer day", "office_hours", "until", "24:00", "only IT makes them longer"),
    ("an earlier day", "office_hours", "from", "00:00", "only IT makes them longer"),
    ("over midnight", "office_hours", "until", "05:00", "only IT makes them longer"),
    ("sundays", "office_hours", "days", ["mon", "sun"], "only IT makes them longer"),
    ("another zone", "office_hours", "time_zone", "Asia/Jayapura", "set by IT alone"),
    ("names of the staff", "who_saw", "names", True, "only IT lets it in"),
    ("the customer's name", "who_saw", "customer_name", True, "only IT lets it in"),
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


@pytest.mark.parametrize("instead", ["", 'purpose = "service"'])
def test_that_an_edit_takes_no_purpose_away_from_a_reason(instead: str) -> None:
    text = SHIPPED.replace('purpose = "billing"', instead)
    with pytest.raises(PolicyError, match="what this reason is for"):
        read_edit(text, BASE)


def test_that_an_edit_gives_a_reason_its_purpose_and_another_one_comes_with_its_own() -> None:
    named = Reason("ship", "Ship", "Kirim", False, True, frozenset({DataClass.CONTACT}), "delivery")
    edited = read_edit(with_reason(SHIPPED, "reveal_reason", named), BASE)
    assert edited.purpose_of(ReasonFor.REVEAL, DataClass.CONTACT, "ship") == "delivery"
    assert edited.purpose_of(ReasonFor.REVEAL, DataClass.FINANCIAL, "refund") == "billing"
    assert edited.purpose_of(ReasonFor.ASK, DataClass.FINANCIAL, "ship") == ""


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
    named = load_policy(with_value(SHIPPED, "who_saw", "names", True))
    assert [c.of for c in difference(named, read_edit(SHIPPED, named))] == [("who_saw",)]


def changed_reasons(table: str, old: str, new: str, codes: tuple[str, ...] = ()) -> str:
    """The shipped text with a line changed in all reasons of a table, or in those of these codes."""
    parts = SHIPPED.split("\n[[")
    for at, part in enumerate(parts):
        if part.startswith(f"{table}]]") and (not codes or any(f'code = "{code}"' in part for code in codes)):
            parts[at] = part.replace(old, new)
    return "\n[[".join(parts)


@pytest.mark.attack("A41")
@pytest.mark.parametrize("table", ["ask_reason", "reveal_reason"])
@pytest.mark.parametrize(("key", "words"), [("needs_caller", "identified caller"), ("needs_text", "words of one")])
def test_that_no_reason_goes_without_what_the_base_demands(table: str, key: str, words: str) -> None:
    text = changed_reasons(table, f"{key} = true", f"{key} = false")
    assert load_policy(text) != BASE
    with pytest.raises(PolicyError, match=words) as refused:
        read_edit(text, BASE)
    assert text.split("\n")[refused.value.line - 1] == f"{key} = false"
    stricter = changed_reasons(table, f"{key} = false", f"{key} = true")
    assert difference(BASE, read_edit(stricter, BASE))
    base = load_policy(stricter)
    with pytest.raises(PolicyError, match=words):
        read_edit(SHIPPED, base)


@pytest.mark.parametrize("data_class", [DataClass.IDENTITY, DataClass.FINANCIAL])
def test_that_a_new_reason_for_a_class_that_wants_a_caller_wants_one(data_class: DataClass) -> None:
    new = Reason("warranty", "Warranty", "Garansi", False, False, frozenset({DataClass.CONTACT, data_class}))
    for table in ("reveal_reason", "ask_reason"):
        with pytest.raises(PolicyError, match=f"a reason for {data_class} needs an identified caller"):
            read_edit(with_reason(SHIPPED, table, new), BASE)
        assert read_edit(with_reason(SHIPPED, table, replace(new, needs_caller=True)), BASE)
        contact = replace(new, classes=frozenset({DataClass.CONTACT}))
        assert read_edit(with_reason(SHIPPED, table, contact), BASE)


def test_that_a_reason_which_goes_without_a_caller_takes_on_no_class_that_wants_one() -> None:
    text = changed_reasons("reveal_reason", '["contact"]', '["contact", "financial"]', ("call_back",))
    with pytest.raises(PolicyError, match="a reason for financial needs an identified caller"):
        read_edit(text, BASE)


@pytest.mark.parametrize(("key", "value"), [("from", "08:00"), ("until", "12:00"), ("days", ["sat"])])
def test_that_hours_of_work_get_shorter(key: str, value: str | list[str]) -> None:
    shorter = read_edit(with_value(SHIPPED, "office_hours", key, value), BASE)
    assert [c.of for c in difference(BASE, shorter)] == [("office_hours",)]


def test_that_hours_over_midnight_are_compared_by_the_minute() -> None:
    night = load_policy(changed_hours("20:00", "04:00"))
    assert read_edit(changed_hours("22:00", "04:00"), night)
    assert read_edit(changed_hours("20:00", "24:00"), night)
    for begin, end in (("20:00", "04:01"), ("19:59", "04:00"), ("00:00", "04:00")):  # monday's first hours are sunday's
        with pytest.raises(PolicyError, match="only IT makes them longer"):
            read_edit(changed_hours(begin, end), night)


def changed_hours(begin: str, end: str) -> str:
    return with_value(with_value(SHIPPED, "office_hours", "from", begin), "office_hours", "until", end)


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


def test_that_an_office_shuts_unknown_workstations_out_and_lets_in_no_more_than_its_base() -> None:
    strict = load_policy(with_value(SHIPPED, "workstations", "only_known", True))
    edited = read_edit(with_value(SHIPPED, "workstations", "only_known", True), load_policy(SHIPPED))
    assert edited.only_known_workstations
    assert [c.of for c in difference(load_policy(SHIPPED), edited)] == [("only_known_workstations",)]
    with pytest.raises(PolicyError, match="IT lets only known workstations in"):
        read_edit(SHIPPED, strict)
    with pytest.raises(PolicyError, match="true or false"):
        load_policy(with_value(SHIPPED, "workstations", "only_known", 1))
