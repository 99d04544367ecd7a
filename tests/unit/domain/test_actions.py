"""IT's file of actions: what it may say, and the line and sentence for each thing that it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.actions import NO_ACTIONS, Actions, ActionsError, load_actions
from app.domain.data_class import DataClass
from app.domain.kinds import Kind
from app.domain.role import Role
from app.resource_files import resource_text

GOOD = """# what may be done with fields that stay masked
per_shift = 60

[[action]]
code = "appointment_mail"
label_en = "Send the appointment"
label_id = "Kirim janji temu"
kinds = ["email"]
classes = ["contact"]
roles = ["agent", "supervisor"]
argv = ["tirai-mail", "/etc/tirai/mail.toml", "appointment"]
timeout_s = 30
needs_reason = false
needs_caller = false

[[action]]
code = "dial"
label_en = "Dial"
label_id = "Telepon"
kinds = ["phone"]
classes = ["contact"]
roles = ["agent"]
argv = ["/usr/bin/dialler", "--from-stdin"]
timeout_s = 10
needs_reason = true
needs_caller = true
"""


def test_that_a_good_file_is_taken() -> None:
    actions = load_actions(GOOD)
    assert actions.per_shift == 60
    mail, dial = actions.all
    assert (mail.code, set(mail.kinds)) == ("appointment_mail", {Kind.EMAIL})
    assert set(mail.roles) == {Role.AGENT, Role.SUPERVISOR}
    assert dial.argv == ("/usr/bin/dialler", "--from-stdin")
    assert actions.of("dial") is dial
    assert actions.of("mail") is None
    assert dial.fits(Kind.PHONE, DataClass.CONTACT)
    assert not dial.fits(Kind.EMAIL, DataClass.CONTACT)
    assert not dial.fits(Kind.PHONE, DataClass.IDENTITY)


def test_that_an_empty_file_is_no_action() -> None:
    assert load_actions("") == load_actions("# nothing yet\n") == NO_ACTIONS


def test_that_the_example_that_ships_is_off_and_good_once_its_signs_are_taken_away() -> None:
    example = resource_text("policy", "actions.example.toml")
    assert load_actions(example) == NO_ACTIONS
    lines = [line.removeprefix("#: ") for line in example.splitlines() if not line.startswith("# ")]
    assert [action.code for action in load_actions("\n".join(lines)).all] == ["appointment_mail", "dial"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("per_shift = 60", "", 1, "per_shift must be"),
        ("per_shift = 60", "per_shift = 0", 2, "per_shift must be"),
        ("per_shift = 60", "per_shift = true", 2, "per_shift must be"),
        ("per_shift = 60", "per_shift = 60\nshell = 1", 3, "unknown key 'shell'"),
        ('code = "dial"', 'code = "Dial 1"', 17, "code must be"),
        ('code = "dial"', 'code = "appointment_mail"', 17, "taken"),
        ('code = "dial"', "", 16, "code is missing"),
        ('label_en = "Dial"', 'label_en = ""', 18, "label_en must be"),
        ('label_en = "Dial"', f'label_en = "{"x" * 40}"', 18, "label_en must be"),
        ('kinds = ["phone"]', 'kinds = ["fax"]', 20, "kinds must list"),
        ('kinds = ["phone"]', 'kinds = ["long_text"]', 20, "kinds must list"),
        ('kinds = ["phone"]', "kinds = []", 20, "kinds must list"),
        ('roles = ["agent"]', 'roles = ["recovery"]', 22, "roles must list"),
        ('"--from-stdin"]', '"--from-stdin"]\nenvironment = ["HOME"]', 24, "unknown key 'environment'"),
        ('"/usr/bin/dialler"', '"dialler"', 23, "whole path"),
        ('"/usr/bin/dialler"', '"./dialler"', 23, "whole path"),
        ('"/usr/bin/dialler"', '"/usr/bin/../../tmp/dialler"', 23, "whole path"),
        ('"/usr/bin/dialler"', '"/bin/sh"', 23, "no shell"),
        ('"/usr/bin/dialler"', '"/usr/bin/env"', 23, "no shell"),
        ('["/usr/bin/dialler", "--from-stdin"]', '"/usr/bin/dialler --from-stdin"', 23, "argv must list"),
        ('["/usr/bin/dialler", "--from-stdin"]', "[]", 23, "argv must list"),
        ('"--from-stdin"', '"a\\u0000b"', 23, "plain characters"),
        ("timeout_s = 10", "timeout_s = 3600", 24, "timeout_s must be"),
        ("needs_reason = true", 'needs_reason = "yes"', 25, "needs_reason must be"),
        ("needs_caller = true", "", 16, "needs_caller is missing"),
        ("[[action]]", "[action]", 16, ""),
        ("per_shift", "per shift", 2, ""),
    ],
)
def test_that_a_wrong_file_is_refused_with_its_line(old: str, new: str, line: int, words: str) -> None:
    text = new.join(GOOD.rsplit(old, 1)) if GOOD.count(old) > 1 and old != "[[action]]" else GOOD.replace(old, new, 1)
    with pytest.raises(ActionsError) as refused:
        load_actions(text)
    assert (refused.value.line, words in refused.value.reason) == (line, True), str(refused.value)


@pytest.mark.parametrize("data_class", ["special", "note", "open"])
def test_that_no_file_hands_special_data_or_notes_to_a_program(data_class: str) -> None:
    with pytest.raises(ActionsError, match=r"classes must list some of: contact, financial, identity"):
        load_actions(GOOD.replace('"contact"', f'"{data_class}"'))


@given(st.text())
def test_that_any_text_is_taken_or_refused_with_a_line(text: str) -> None:
    lines = text.count("\n") + 1
    try:
        taken, line = isinstance(load_actions(text), Actions), 1
    except ActionsError as error:
        taken, line = False, error.line
    assert taken or 1 <= line <= lines
