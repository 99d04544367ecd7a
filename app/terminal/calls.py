"""`tirai call start` and `tirai call end`: a softphone tells the open console of a call.

Run while a phone rings, so it imports little and needs no password. It can only say that a call is on, which delays a
lock by idle time up to policy's maximum (`app/session/calls.py`).
"""

import sys
from pathlib import Path

from app.domain.errors import InputRefusedError, TiraiError, WorkstationError
from app.session.console_line import LONGEST_TEXT, Answer, Ask, ask, consoles_in, is_plain, socket_name
from app.storage.places import Places, checked_folder

OPTIONS = {"--call-id", "--account", "--home"}


class SeveralConsolesError(TiraiError):
    """Which console is meant must be named."""

    exit_code = 2


_SENTENCES = {
    Answer.ON: "The console knows that a call is on.",
    Answer.ENDED: "The console knows that the call has ended.",
    Answer.NO_CALL: "The console knew of no such call.",
    Answer.LOCKED: "The console is locked. It counts the call once its person has resumed.",
}


def tell_call(does: str, call_id: str = "", account: str = "", home: Path | None = None) -> str:
    """Tell the open console that a call starts or ends.

    Args:
        does: start or end.
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
    if not is_plain(call_id):
        raise InputRefusedError(f"A call id has at most {LONGEST_TEXT} characters, and no control characters.")
    question = Ask(f"call_{does}", {"call": call_id} if call_id else {})
    paths = _consoles(Places.find(home), account)
    if len(paths) > 1 and does == "start":  # an end is told to all: it holds nothing open
        paths = _meant(paths)
    answers = [answer for path in paths if (answer := ask(path, question)) not in (None, Answer.NOBODY)]
    if not answers:
        raise WorkstationError("No console is open here. Sign in to Tirai first.", code="no_console")
    if Answer.FULL in answers:
        raise InputRefusedError("Too many calls are on. End them: tirai call end", code="calls")
    told = next((answer for answer in (Answer.ENDED, *answers) if answer in answers), None)
    if told not in _SENTENCES:
        raise WorkstationError("The open console did not understand. Sign out of it and open it again.")
    return _SENTENCES[told]


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
    """Run `tirai call ...` without the parser of commands, which would take longer than all the rest.

    Args:
        words: what stands after `tirai`.

    Returns:
        The exit code; None where the parser is to look at it: for help, and for what is not understood here.
    """
    if len(words) < 2 or words[0] != "call" or words[1] not in ("start", "end") or len(words) % 2:
        return None
    options = dict(zip(words[2::2], words[3::2], strict=True))
    if not options.keys() <= OPTIONS or len(options) != (len(words) - 2) // 2:
        return None
    home = options.get("--home")
    try:
        told = tell_call(
            words[1], options.get("--call-id", ""), options.get("--account", ""), Path(home) if home else None
        )
    except TiraiError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code
    sys.stdout.write(f"{told}\n")
    return 0
