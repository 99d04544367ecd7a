"""`tirai call start|end|hold|resume` and `tirai pop`: a softphone tells the open console of a call, and who calls.

Run while a phone rings, so it imports little and needs no password. It can say that a call is on, which delays a lock
by idle time up to policy's maximum (`app/session/calls.py`), and ask for a caller's card; whether there is one it is
not told. A number is never repeated in what is said here.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError, WorkstationError
from app.session.console_line import LONGEST_TEXT, Answer, Ask, ask, consoles_in, is_plain, socket_name
from app.storage.places import Places, checked_folder

VERBS = ("start", "end", "hold", "resume")
OPTIONS = {"--call-id", "--account", "--home"}
PHONE = "--phone"


class SeveralConsolesError(TiraiError):
    """Which console is meant must be named."""

    exit_code = 2


_SENTENCES = {
    Answer.ON: "The console knows that a call is on.",
    Answer.ENDED: "The console knows that the call has ended.",
    Answer.HELD: "The console knows that the call is on hold.",
    Answer.NO_CALL: "The console knew of no such call.",
    Answer.TOLD: "The console knows who calls.",
    Answer.LOCKED: "The console is locked. It counts the call once its person has resumed.",
}
_LOCKED_POP = "The console is locked. It shows who calls once its person has resumed."
_TOLD_TO_ALL = ("call_end", "call_hold", "call_resume")
"""They hold nothing open, and concern the console that knows the call."""


def tell_call(does: str, call_id: str = "", account: str = "", home: Path | None = None) -> str:
    """Tell the open console that a call starts, ends, is held or goes on.

    Args:
        does: one of `VERBS`.
        call_id: the softphone's name of the call; empty: the one call, or, at its end, all of them.
        account: whose console, where several are open.
        home: of which office.

    Returns:
        What the console made of it, as a sentence.

    Raises:
        InputRefusedError: the id is too long or not plain, or too many calls are on.
        SeveralConsolesError: several consoles are open, and none is named.
        WorkstationError: nobody has a console open, or its folder is not this user's alone.
    """
    return _tell(f"call_{does}", {"call": _checked_id(call_id)}, account, home)


def tell_caller(phone: str, call_id: str = "", account: str = "", home: Path | None = None) -> str:
    """Tell the open console who calls, and with an id that the call is on.

    Args:
        phone: the caller's number as the softphone has it, or a word for a withheld one.
        call_id: as for `tell_call`; without one no call is started.
        account: whose console, where several are open.
        home: of which office.

    Returns:
        What the console made of it, as a sentence; whether somebody was found is not in it.

    Raises:
        InputRefusedError: this is no number, or as for `tell_call`.
        NotAllowedError: the console's person sees no customers, or the machine's administrator lets no call be told.
        SeveralConsolesError, WorkstationError: as for `tell_call`.
    """
    from app.sources.caller_number import caller_number

    call = _checked_id(call_id)
    return _tell("pop", {"phone": caller_number(phone)} | ({"call": call} if call else {}), account, home)


def _checked_id(call_id: str) -> str:
    if not is_plain(call_id):
        raise InputRefusedError(f"A call id has at most {LONGEST_TEXT} characters, and no control characters.")
    return call_id


def _tell(does: str, texts: Mapping[str, str], account: str, home: Path | None) -> str:
    question = Ask(does, {name: text for name, text in texts.items() if text or name == "phone"})
    paths = _consoles(Places.find(home), account)
    if len(paths) > 1 and does not in _TOLD_TO_ALL:
        paths = _meant(paths)
    answers = [answer for path in paths if (answer := ask(path, question)) not in (None, Answer.NOBODY)]
    if not answers:
        raise WorkstationError("No console is open here. Sign in to Tirai first.", code="no_console")
    if Answer.FULL in answers:
        raise InputRefusedError("Too many calls are on. End them: tirai call end", code="calls")
    if Answer.SHUT in answers:
        raise NotAllowedError("Your organisation lets no softphone be heard on this workstation.", code="calls_shut")
    if Answer.NO_CUSTOMERS in answers:
        raise NotAllowedError("Whoever works at this console sees no customers.", code="role")
    wanted = (Answer.ENDED, Answer.HELD, Answer.ON)
    told = next((answer for answer in (*wanted, *answers) if answer in answers), None)
    if told not in _SENTENCES:
        raise WorkstationError("The open console did not understand. Sign out of it and open it again.")
    return _LOCKED_POP if told is Answer.LOCKED and does == "pop" else _SENTENCES[told]


def _consoles(places: Places, account: str) -> list[Path]:
    if not places.runtime.is_dir():
        return []
    checked_folder(places.runtime.parent)
    checked_folder(places.runtime)
    return [places.socket(socket_name(account))] if account else consoles_in(places.runtime)


def _meant(paths: list[Path]) -> list[Path]:
    """Of several consoles the one that somebody works at, else the only one that is locked."""
    states = {path: ask(path, Ask("state")) for path in paths}
    for state in (Answer.OPEN, Answer.LOCKED):
        found = [path for path in paths if states[path] is state]
        if len(found) > 1:
            raise SeveralConsolesError("Several consoles are open here. Name one: --account NAME", code="consoles")
        if found:
            return found
    return []


def run_at_once(words: list[str]) -> int | None:
    """Run `tirai call ...` or `tirai pop ...` without the parser of commands, which would take longer than the rest.

    Args:
        words: what stands after `tirai`.

    Returns:
        The exit code; None where the parser is to look at it: for help, and for what is not understood here.
    """
    is_pop = words[:1] == ["pop"]
    options = words[1:] if is_pop else words[2:]
    if not is_pop and (words[:1] != ["call"] or len(words) < 2 or words[1] not in VERBS):
        return None
    given = dict(zip(options[::2], options[1::2], strict=False))
    if len(options) != 2 * len(given) or not given.keys() <= OPTIONS | ({PHONE} if is_pop else set()):
        return None
    if is_pop and PHONE not in given:
        return None
    home = given.get("--home")
    rest = (given.get("--call-id", ""), given.get("--account", ""), Path(home) if home else None)
    try:
        told = tell_caller(given[PHONE], *rest) if is_pop else tell_call(words[1], *rest)
    except TiraiError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code
    sys.stdout.write(f"{told}\n")
    return 0
