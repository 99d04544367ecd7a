"""Destroying what a session left, waiting for nobody. Runs in a wipe helper, or in a console whose guardian died.

Order: the keyring entry first (without it the files are noise), but only for a bounded time: the keyring is asked
in a thread of its own and the files go when it has answered or `key_first_s` is over, whichever comes first. Then
the keyring may take `key_last_s` more, and last the office is told, for at most `report_s`. A step that did not
answer is *failed*, never forgotten. The caller ends the process afterwards, so a thread that still hangs dies too.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.domain.errors import TiraiError
from app.guardian.limits import Limits
from app.guardian.receipts import joined, looked_again
from app.guardian.wire import SessionBegun
from app.session.ends import WipeLine

_T = TypeVar("_T")

EndReport = Callable[[SessionBegun, tuple[WipeLine, ...], str], int | None]
"""Tells the office that a session is over, what the wipe found, and the cause; returns the audit entry's number.

What the wipe found of that session is what a receipt may be signed for (ADR 0050)."""

CONSOLE_DIED, STOPPED = "console_died", "stopped"


@dataclass(frozen=True, slots=True)
class WipeWork:
    """The hands of the guardian; bootstrap chooses them (`storage_work.storage_work`), tests bring their own.

    Attributes:
        key: removes the session's keyring entry and looks again. May hang or raise.
        files: removes the session's folder and looks again.
        sweep: removes what dead sessions left; asks the keyring only if told so. May then hang or raise.
        report_end: see `EndReport`; None where the office is not told.
    """

    key: Callable[[str], WipeLine]
    files: Callable[[str], WipeLine]
    sweep: Callable[[bool], Sequence[WipeLine]]
    report_end: EndReport | None = None


@dataclass(frozen=True, slots=True)
class Wiped:
    """What came of it."""

    lines: tuple[WipeLine, ...]
    audit_entry: int | None = None


def wipe_sessions(
    work: WipeWork,
    sessions: Sequence[SessionBegun],
    limits: Limits,
    *,
    report: bool,
    files_first: bool = False,
    cause: str = CONSOLE_DIED,
    before: Sequence[WipeLine] = (),
) -> Wiped:
    """Destroy keyring entries and folders of `sessions`, then tell the office if `report`.

    Args:
        work: the hands.
        sessions: usually one.
        limits: how long keyring and office are waited for.
        report: whether the office hears of the end.
        files_first: the second try after a helper hung: the keyring is not waited for before the files.
        cause: of the end, as the office is told.
        before: what the console itself has removed of the last session, as it told its guardian.
    """
    keys = Bounded(lambda: tuple(work.key(s.session) for s in sessions))
    if not files_first:
        keys.wait(limits.key_first_s)
    files = tuple(_files(work, s.session) for s in sessions)
    each = list(zip(_key_lines(keys, len(sessions), limits.key_last_s), files, strict=True))
    lines = joined(line for found in zip(*each, strict=True) for line in found)
    return Wiped(lines, _report(work, sessions, _with_before(each, before), limits, cause) if report else None)


def sweep(work: WipeWork, limits: Limits, *, files_first: bool = False) -> Wiped:
    """Destroy what dead sessions left. A keyring that does not answer or is absent delays no file.

    An absent keyring holds no session entry that could be reached; the key store itself refuses to sign in then. One
    that does not answer may still have the entry of what went, so the receipt says so; the next sweep finds it there.
    """
    if files_first:
        return Wiped(_unanswered(work.sweep(False)))
    with_keyring = Bounded(lambda: tuple(work.sweep(True)))
    with_keyring.wait(limits.key_first_s)
    if with_keyring.done and with_keyring.error is None:
        return Wiped(joined(with_keyring.value or ()))
    files = tuple(work.sweep(False))
    if not with_keyring.wait(limits.key_last_s):
        return Wiped(_unanswered(files))
    return Wiped(joined((*files, *(with_keyring.value or ()))))


class Bounded(Generic[_T]):
    """A call in a daemon thread, waited for as long as one likes and no longer.

    Attributes:
        value: what it returned, once `done`.
        error: what it raised, once `done`.
    """

    def __init__(self, call: Callable[[], _T]) -> None:
        self.value: _T | None = None
        self.error: Exception | None = None
        self._call = call
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it returned or raised."""
        return not self._thread.is_alive()

    def wait(self, timeout_s: float) -> bool:
        """Whether it is done within `timeout_s`."""
        self._thread.join(timeout_s)
        return self.done

    def _run(self) -> None:
        try:
            self.value = self._call()
        except Exception as error:  # noqa: BLE001 -- handed to whoever waits
            self.error = error


def _unanswered(files: Sequence[WipeLine]) -> tuple[WipeLine, ...]:
    """What went, and that nobody knows whether its entry did; nothing where there was nothing."""
    had_entry = any(line.outcome == "removed" for line in files)
    return joined((*files, *((WipeLine("keyring", "failed", "no_answer"),) if had_entry else ())))


def _key_lines(keys: Bounded[tuple[WipeLine, ...]], count: int, timeout_s: float) -> tuple[WipeLine, ...]:
    if not keys.wait(timeout_s):
        return (WipeLine("keyring", "failed", "no_answer"),) * count
    if keys.error is not None:
        return (WipeLine("keyring", "failed", _code(keys.error)),) * count
    return keys.value or ()


def _with_before(each: list[tuple[WipeLine, WipeLine]], before: Sequence[WipeLine]) -> list[tuple[WipeLine, ...]]:
    """What was found of each session, the last one's joined with what its console had removed already."""
    found: list[tuple[WipeLine, ...]] = list(each)
    if found and before:
        known = {line.what for line in found[-1]}
        found[-1] = looked_again([line for line in before if line.what in known], found[-1])
    return found


def _files(work: WipeWork, session: str) -> WipeLine:
    try:
        return work.files(session)
    except Exception as error:  # noqa: BLE001 -- one stuck folder must not keep the others
        return WipeLine("cache", "failed", _code(error))


def _report(
    work: WipeWork, sessions: Sequence[SessionBegun], each: list[tuple[WipeLine, ...]], limits: Limits, cause: str
) -> int | None:
    tell = work.report_end
    if tell is None or not sessions:
        return None
    entries = Bounded(lambda: [tell(*told, cause) for told in zip(sessions, each, strict=True)])
    if not entries.wait(limits.report_s) or not entries.value:
        return None
    return entries.value[-1]


def _code(error: Exception) -> str:
    return error.code or type(error).__name__ if isinstance(error, TiraiError) else type(error).__name__
