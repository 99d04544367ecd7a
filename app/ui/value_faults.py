"""Why a text is no value of its field, by the codes of `app.sources.records.BadCellError`; never the text itself."""

import time
from collections.abc import Callable

from app.domain.errors import PacedError
from app.ui.language import tr as _tr
from app.ui.words import clock_time, number


def value_fault(code: str) -> str:
    """One sentence for a code; a general one for a code that is new here."""
    sentences = {
        "nothing_typed": _tr("Type the new value."),
        "required": _tr("This field may not be empty."),
        "not_a_phone": _tr("This is no phone number yet. Write it with its country, or as it is dialled here."),
        "not_an_email": _tr("This is no e-mail address yet."),
        "not_digits": _tr("This field has only digits."),
        "not_alphanumeric": _tr("This field has only letters and digits."),
        "wrong_length": _tr("The number of digits does not fit this field."),
        "not_plausible": _tr("The place or birth date inside this number does not exist."),
        "check_digit": _tr("The check digit does not fit. Compare it digit by digit."),
        "not_a_date": _tr("This is no date yet. Write 28/03/1987."),
        "no_such_date": _tr("There is no such date."),
        "not_money": _tr("This is no amount yet. Write 412.500."),
        "too_long": _tr("This is longer than the field may be."),
        "control_character": _tr("There is a sign in it that cannot be kept. Type it anew."),
        "direction_character": _tr("There is a hidden sign in it. Type it anew."),
        "card_number": _tr("A card number or card code stays in no field of words."),
        "rounded": _tr("A spreadsheet has rounded this number. Type it digit by digit."),
    }
    return sentences.get(code) or _tr("This cannot be a value of this field.")


def too_fast(error: PacedError, now: Callable[[], float] = time.time) -> str:
    """Fields were changed too fast: when it goes on; what was typed stays where it is."""
    if error.code == "edits_pace":
        text = _tr("That was fast. Wait {n} s, then save; what you typed stays here.")
        return text.format(n=number(error.wait_s))
    text = _tr("All changes of this shift are used. It goes on at {t}; till then a supervisor changes it.")
    return text.format(t=clock_time(now() + error.wait_s))
