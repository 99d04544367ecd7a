"""The policy: the default says what `decisions.md` says, and a wrong file is refused with line and reason."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.off_hours import Outside
from app.domain.policy import CEILINGS, OWN_RIGHT_REASONS, Access, Numbers, PolicyError, ReasonFor, WhoSawRule
from app.domain.policy_reader import load_policy
from app.domain.quota import Quota
from app.domain.role import Role
from app.resource_files import resource_text

SHIPPED = resource_text("policy", "default.toml")
POLICY = load_policy(SHIPPED)
CONTACT, IDENTITY, FINANCIAL, SPECIAL, NOTE = SEALED_CLASSES
REVEAL, ASK, NEVER = Access


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        (Role.AGENT, {CONTACT: REVEAL, IDENTITY: ASK, FINANCIAL: ASK, SPECIAL: NEVER, NOTE: REVEAL}),
        (Role.SUPERVISOR, {CONTACT: REVEAL, IDENTITY: REVEAL, FINANCIAL: REVEAL, SPECIAL: ASK, NOTE: REVEAL}),
        (Role.PRIVACY_OFFICER, {CONTACT: REVEAL, IDENTITY: REVEAL, FINANCIAL: REVEAL, SPECIAL: REVEAL, NOTE: REVEAL}),
        (Role.ADMINISTRATOR, {CONTACT: NEVER, IDENTITY: NEVER, FINANCIAL: NEVER, SPECIAL: NEVER, NOTE: NEVER}),
        (Role.RECOVERY, {CONTACT: NEVER, IDENTITY: NEVER, FINANCIAL: NEVER, SPECIAL: NEVER, NOTE: NEVER}),
    ],
)
def test_that_the_default_policy_is_the_table_of_decisions(role: Role, answers: dict[DataClass, Access]) -> None:
    assert {data_class: POLICY.access(role, data_class) for data_class in SEALED_CLASSES} == answers


def test_that_open_fields_are_for_whoever_sees_customers() -> None:
    assert POLICY.access(Role.AGENT, DataClass.OPEN) is REVEAL
    assert POLICY.access(Role.ADMINISTRATOR, DataClass.OPEN) is NEVER
    assert [role for role in Role if POLICY.may_see_customers(role)] == [
        Role.AGENT,
        Role.SUPERVISOR,
        Role.PRIVACY_OFFICER,
    ]


def test_that_class_keys_go_to_those_who_may_hold_them() -> None:
    assert POLICY.holds(Role.AGENT) == {CONTACT, NOTE}
    assert POLICY.holds(Role.SUPERVISOR) == {CONTACT, IDENTITY, FINANCIAL, SPECIAL, NOTE}
    assert POLICY.holds(Role.PRIVACY_OFFICER) == POLICY.holds(Role.RECOVERY) == set(SEALED_CLASSES)
    assert POLICY.holds(Role.ADMINISTRATOR) == frozenset()


def test_that_only_a_privacy_officer_decides_special_data() -> None:
    assert [role for role in Role if POLICY.may_decide(role, SPECIAL)] == [Role.PRIVACY_OFFICER]
    assert [role for role in Role if POLICY.may_decide(role, FINANCIAL)] == [Role.SUPERVISOR, Role.PRIVACY_OFFICER]


def test_that_a_privacy_officer_steps_up_before_every_reveal_of_a_field() -> None:
    assert all(POLICY.needs_step_up(Role.PRIVACY_OFFICER, c) for c in (CONTACT, IDENTITY, FINANCIAL, SPECIAL))
    assert not any(POLICY.needs_step_up(Role.AGENT, c) for c in SEALED_CLASSES)


def test_that_special_and_financial_data_open_with_a_fresh_code_alone() -> None:
    revealing = [(role, c) for role in Role for c in (FINANCIAL, SPECIAL) if POLICY.access(role, c) is REVEAL]
    assert (Role.SUPERVISOR, FINANCIAL) in revealing
    assert all(POLICY.needs_step_up(role, c) for role, c in revealing)


def test_that_whatever_a_role_reveals_has_a_quota_a_pace_and_a_rule_for_the_night() -> None:
    for role, rights in POLICY.roles.items():
        for data_class in rights.reveals:
            quota = POLICY.quotas[role, data_class]
            assert quota.pace_count < quota.shift
            assert POLICY.off_hours[role] is not Outside.OPEN
    assert POLICY.quotas[Role.AGENT, CONTACT] == Quota(shift=40, pace_count=10, pace_s=600)


def test_that_reasons_for_what_one_opens_oneself_are_offered_for_nothing_else() -> None:
    asked = {reason.code for reason in POLICY.reasons_to_ask(Role.AGENT, IDENTITY)}
    assert asked
    assert not asked & OWN_RIGHT_REASONS, "an agent would ask without an identified caller"
    for role, data_class in ((Role.AGENT, CONTACT), (Role.SUPERVISOR, IDENTITY), (Role.PRIVACY_OFFICER, SPECIAL)):
        assert {reason.code for reason in POLICY.reasons_to_ask(role, data_class)} >= OWN_RIGHT_REASONS


def test_that_other_rights_are_where_the_design_puts_them() -> None:
    assert [role for role in Role if POLICY.may_import(role)] == [Role.SUPERVISOR, Role.PRIVACY_OFFICER]
    assert [role for role in Role if POLICY.may_invite(role)] == [Role.ADMINISTRATOR]
    assert [role for role in Role if POLICY.may_grant_classes(role)] == [
        Role.SUPERVISOR,
        Role.PRIVACY_OFFICER,
        Role.RECOVERY,
    ]
    assert not POLICY.may_verify_audit(Role.AGENT)
    assert POLICY.may_verify_audit(Role.PRIVACY_OFFICER)
    assert [role for role in Role if POLICY.may_read_who_saw(role)] == [Role.SUPERVISOR, Role.PRIVACY_OFFICER]
    assert [role for role in Role if POLICY.may_make_who_saw_pdf(role)] == [Role.PRIVACY_OFFICER]
    assert [role for role in Role if POLICY.may_see_exposures(role)] == [Role.SUPERVISOR, Role.PRIVACY_OFFICER]
    assert [role for role in Role if POLICY.may_see_all_exposures(role)] == [Role.PRIVACY_OFFICER]
    assert [role for role in Role if POLICY.may_set_thresholds(role)] == [Role.SUPERVISOR, Role.PRIVACY_OFFICER]
    assert [role for role in Role if POLICY.may_erase_comments(role)] == [Role.PRIVACY_OFFICER]


def test_that_the_numbers_are_those_of_decisions() -> None:
    assert (POLICY.idle_lock_s, POLICY.idle_end_s, POLICY.session_s, POLICY.lease_s) == (300, 900, 36_000, 1_800)
    assert POLICY.idle_lock_s <= POLICY.call_idle_max_s <= 15 * 60, "PCI DSS 4.0.1 8.2.8, also during a call"
    assert (POLICY.unlock_s, POLICY.unlock_views, POLICY.view_s, POLICY.unlock_wait_s) == (120, 1, 30, 120)
    assert (POLICY.step_up_s, POLICY.clipboard_s, POLICY.lock_tries) == (300, 20, 5)
    assert (POLICY.verify_tries_call, POLICY.verify_tries_day, POLICY.import_batch_records) == (3, 10, 1_000)


def test_that_every_number_has_a_ceiling() -> None:
    assert set(CEILINGS) == set(Numbers.__dataclass_fields__)


def test_that_a_reason_is_offered_for_all_that_can_be_revealed_or_asked_for() -> None:
    for role in Role:
        for data_class in SEALED_CLASSES:
            access = POLICY.access(role, data_class)
            if access is not NEVER:
                assert POLICY.reasons(ReasonFor(access.value), data_class)


def test_that_other_needs_words_and_labels_are_in_both_languages() -> None:
    for reason in (*POLICY.reveal_reasons, *POLICY.ask_reasons):
        assert reason.label("id") != reason.label("en")
        assert reason.needs_text or reason.code != "other"


QUOTA = '[[quota]]\nrole = "agent"\nclass = "contact"\nshift = 40\n'
"""The shipped policy's first quota, as far as the tests change it."""
EXCEPTION = """[capture_exception]
from = 2026-12-01T09:00:00+07:00
reason = "Remote support"
{}
"""
WRONG = [
    ("syntax", "view_s = 30", "view_s = ", "view_s = ", "Invalid value"),
    ("raised number", "view_s = 30", "view_s = 31", "view_s = 31", "from 1 to 30"),
    ("no number", "view_s = 30", "view_s = true", "view_s = true", "whole number"),
    ("zero", "lease_s = 1800", "lease_s = 0", "lease_s = 0", "from 1"),
    ("missing number", "view_s = 30 ", "# ", "[numbers]", "view_s is missing"),
    ("unknown number", "view_s = 30", "vieww_s = 30", "vieww_s = 30", "unknown key 'vieww_s'"),
    ("bounds of a reason", "reason_text_max = 200", "reason_text_max = 5", "reason_text_min = 10", "above"),
    ("idle", "idle_end_s = 900", "idle_end_s = 200", "idle_lock_s", "above"),
    ("idle on a call", "call_idle_max_s = 900", "call_idle_max_s = 299", "call_idle_max_s", "below"),
    ("unknown role", "[role.agent]", "[role.guest]", "[role.guest]", "unknown role 'guest'"),
    ("unknown class", 'asks = ["special"]', 'asks = ["secret"]', 'asks = ["secret"]', "sealed classes"),
    ("open", 'asks = ["special"]', 'asks = ["open"]', 'asks = ["open"]', "sealed classes"),
    ("not a switch", "imports = false", "imports = 0", "imports = 0", "true or false"),
    ("reveals unheld", 'holds = ["contact", "note"]', 'holds = ["note"]', 'reveals = ["contact", "note"]', "key"),
    ("decides unseen", "decides = []", 'decides = ["identity"]', 'decides = ["identity"]', "may not reveal"),
    ("asks for its own", 'asks = ["special"]', 'asks = ["contact"]', 'asks = ["contact"]', "both"),
    ("step-up", "steps_up_for = []", 'steps_up_for = ["special"]', 'steps_up_for = ["special"]', "step-up"),
    ("no step-up", 'steps_up_for = ["financial"]', "steps_up_for = []", "steps_up_for = []", "set for financial"),
    ("edits of nobody", "edits = []", 'edits = ["open"]', 'edits = ["open"]', "nothing to edit"),
    ("edits of notes", 'edits = ["open", "contact"]', 'edits = ["note"]', 'edits = ["note"]', "classes of fields"),
    ("quota missing", QUOTA, QUOTA.replace("agent", "recovery"), "reveals = [", "no [[quota]] says how much"),
    ("quota twice", QUOTA, QUOTA.replace("contact", "note"), 'class = "note"', "agent has a quota of note already"),
    ("quota of nobody", QUOTA, QUOTA.replace("agent", "guest"), 'role = "guest"', "role must be one of: agent"),
    ("quota of open", QUOTA, QUOTA.replace("contact", "open"), 'class = "open"', "must be a sealed class"),
    ("quota raised", "shift = 40", "shift = 1001", "shift = 1001", "from 1 to 1000"),
    ("quota of none", "shift = 40", "shift = 0", "shift = 0", "from 1 to 1000"),
    ("quota a switch", "shift = 40", "shift = true", "shift = true", "whole number"),
    ("pace raised", "pace_count = 10", "pace_count = 61", "pace_count = 61", "from 1 to 60"),
    ("pace above quota", "shift = 40", "shift = 9", "pace_count = 10", "pace_count is above shift"),
    ("pace of seconds", "pace_s = 600", "pace_s = 59", "pace_s = 59", "from 60 to 3600"),
    ("pace of a day", "pace_s = 600", "pace_s = 86400", "pace_s = 86400", "from 60 to 3600"),
    ("quota's key", "pace_s = 600", "pace_m = 10", "pace_m = 10", "unknown key 'pace_m'"),
    ("quota incomplete", "pace_s = 600", "", "[[quota]]", "pace_s is missing"),
    ("quota no row", QUOTA, QUOTA.replace("[[quota]]", "[[quotas]]"), "[[quotas]]", "unknown key 'quotas'"),
    ("night of nobody", '\nagent = "code"', '\nguest = "code"', 'guest = "code"', "unknown role 'guest'"),
    ("night without a word", '\nagent = "code"', '\nagent = "maybe"', 'agent = "maybe"', "one of: open, code, ask"),
    ("night missing", '\nagent = "code"', "", "[off_hours]", "agent is missing"),
    ("blind", "sees_customers = true", "sees_customers = false", "sees_customers = false", "sees no customers"),
    ("who saw nobody", "reads_who_saw = false", "reads_who_saw = 1", "reads_who_saw = 1", "true or false"),
    ("a document unread", "makes_who_saw_pdf = false", "makes_who_saw_pdf = true", "makes_who_saw_pdf", "may not read"),
    ("names", "names = false", 'names = "no"', 'names = "no"', "true or false"),
    ("who saw key", "names = false", "naems = false", "naems = false", "unknown key"),
    (
        "a blind watch",
        "sets_thresholds = false",
        "sets_thresholds = true",
        "sets_thresholds",
        "sees the exposure ledger",
    ),
    ("nowhere", '"Asia/Jakarta" ', '"Asia/Batavia" ', "time_zone", "does not know"),
    ("hours", 'from = "07:00"', 'from = "7"', "from", "such as 08:00"),
    ("reason twice", 'code = "confirm_delivery"', 'code = "call_back"', 'code = "call_back"', "twice"),
    ("reason label", 'label_en = "Refund to this account"', 'label_en = ""', 'label_en = ""', "must be a text"),
    ("reason switch", "needs_text = false", 'needs_text = "no"', 'needs_text = "no"', "true or false"),
    ("reason key", "needs_text = false", "need_text = false", "need_text = false", "unknown key"),
    ("reason purpose", 'purpose = "billing"', "purpose = 7", "purpose = 7", "the name of one"),
    ("copied", "classes = []", 'classes = ["open"]', 'classes = ["open"]', "sealed classes"),
    ("copied notes", "classes = []", 'classes = ["note"]', 'classes = ["note"]', "notes are not copied"),
    ("an end missing", "[clipboard]", EXCEPTION.format("") + "[clipboard]", "[capture_exception]", "without an end"),
    ("no offset", "[clipboard]", EXCEPTION.format("until = 2026-12-01T12:00:00\n") + "[clipboard]", "until", "offset"),
    ("for years", "[clipboard]", EXCEPTION.format("until = 2036-12-01T12:00:00Z\n") + "[clipboard]", "until", "3 days"),
]


@pytest.mark.parametrize(("right", "wrong", "place", "words"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_that_a_wrong_policy_is_refused_with_line_and_reason(right: str, wrong: str, place: str, words: str) -> None:
    assert right in SHIPPED
    text = SHIPPED.replace(right, wrong, 1)
    with pytest.raises(PolicyError) as refused:
        load_policy(text)
    assert re.search(re.escape(words), refused.value.reason)
    assert text.split("\n")[refused.value.line - 1].startswith(place)


def test_that_nothing_is_copied_and_no_capture_let_through_by_default() -> None:
    assert POLICY.copied == frozenset()
    assert POLICY.capture_exception is None


def test_that_a_list_of_who_saw_a_customer_names_nobody_by_default() -> None:
    assert POLICY.who_saw == WhoSawRule(names=False, customer_name=False)


def test_that_who_sees_no_customers_does_not_ask_who_saw_one() -> None:
    head, administrator = SHIPPED.split("[role.administrator]")
    wrong = administrator.replace("reads_who_saw = false", "reads_who_saw = true", 1)
    with pytest.raises(PolicyError, match="cannot ask who saw one"):
        load_policy(f"{head}[role.administrator]{wrong}")


def test_that_an_office_may_let_contacts_be_copied() -> None:
    assert load_policy(SHIPPED.replace("classes = []", 'classes = ["contact"]', 1)).copied == {CONTACT}


def test_that_an_exception_has_its_time_and_no_other() -> None:
    text = EXCEPTION.format("until = 2026-12-01T12:00:00+07:00\n") + SHIPPED
    exception = load_policy(text).capture_exception
    assert exception is not None
    assert exception.ends_at - exception.begins_at == 3 * 3600
    begins, ends = exception.begins_at, exception.ends_at
    times = (begins - 1, begins, ends - 1, ends)
    assert [exception.holds(at) for at in times] == [False, True, True, False]


@pytest.mark.parametrize(
    "table",
    ["numbers", "role", "clipboard", "who_saw", "office_hours", "off_hours", "quota", "reveal_reason", "ask_reason"],
)
def test_that_a_policy_without_a_part_is_refused(table: str) -> None:
    lines = re.split(r"(?m)^(?=\[)", SHIPPED)
    with pytest.raises(PolicyError, match=f"{table} is missing"):
        load_policy("".join(part for part in lines if not part.lstrip("[").startswith(table)))


@given(untrusted=st.text(max_size=200))
def test_that_any_text_is_a_policy_or_a_refusal(untrusted: str) -> None:
    with pytest.raises(PolicyError):
        load_policy(untrusted)


def test_that_agents_edit_what_is_open_and_how_to_reach_a_customer() -> None:
    edited = {role: {c for c in DataClass if POLICY.may_edit(role, c)} for role in Role}
    assert edited[Role.AGENT] == {DataClass.OPEN, CONTACT}
    assert edited[Role.SUPERVISOR] == {DataClass.OPEN, CONTACT, IDENTITY, FINANCIAL}
    assert edited[Role.PRIVACY_OFFICER] == set(DataClass) - {NOTE}
    assert not edited[Role.ADMINISTRATOR] | edited[Role.RECOVERY]
    assert [role for role in Role if POLICY.may_create(role)] == [Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER]


def test_that_what_identifies_a_caller_is_changed_for_an_identified_one_alone() -> None:
    assert POLICY.edit_needs_caller("mobile_phone", CONTACT)
    assert not POLICY.edit_needs_caller("street_address", CONTACT)
    assert POLICY.edit_needs_caller("bank_account", FINANCIAL)
    nobody = replace(POLICY, caller_check=replace(POLICY.caller_check, required_for=frozenset()))
    assert not nobody.edit_needs_caller("mobile_phone", CONTACT)
