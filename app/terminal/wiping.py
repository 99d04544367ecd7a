"""`tirai wipe`: destroy by hand, or at a login, what dead sessions have left.

Invariants: a session that is open is not touched; what could not be removed is said, stands in the log once somebody
opens the office, and is tried again at the next start and login; without its keyring entry it cannot be read. The
quiet way, for a login, makes no folder, starts no keyring, asks nobody, and says nothing where nothing was left.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from app.bootstrap.program import Program
from app.domain.errors import TiraiError
from app.session.ends import WipeLine
from app.session.wipe_lines import wipe_lines
from app.storage.keyring_store import open_key_store
from app.storage.log_notes import note_wipe
from app.storage.making_folder import sweep_making
from app.storage.places import Places, checked_folder
from app.storage.wiping import SessionHalves, WipeReport, sweep

EXIT_INCOMPLETE = 5
BY_HAND, AT_LOGIN = "by_hand", "at_login"
KEY_GONE = "What is left cannot be read: its key is gone. The next start tries again. If this comes back, tell IT."
KEY_LEFT = "A key may still be in the keyring: end your desktop session, that erases it. Then tell IT."


def wipe_by_hand(program: Program, *, as_json: bool) -> int:
    """Sweep, and say what was found.

    Returns:
        0 when nothing is left, 5 when something could not be removed.
    """
    store, problem = _key_store()
    sweep_making(program.places.home)
    reports = _swept(program.places, store, BY_HAND)
    ok = all(report.ok for report in reports) and not problem
    if as_json:
        typer.echo(json.dumps({"ok": ok, "sessions": [_as_json(r) for r in reports], "problem": problem}))
    for report in () if as_json else reports:
        typer.echo(_as_text(report))
    if not (reports or as_json):
        typer.echo("No session has left anything on this workstation. A session that is open is not touched.")
    if problem and not as_json:
        typer.echo(problem, err=True)
    _say_what_follows(reports)
    return 0 if ok else EXIT_INCOMPLETE


def sweep_at_login(home: Path | None) -> int:
    """Sweep without a word where nothing was left.

    Args:
        home: whose log is told; nothing is made in it.

    Returns:
        0 when nothing is left, 5 when something could not be removed, or a folder is refused.
    """
    places = Places.find(home)
    store: SessionHalves | None
    try:
        store = open_key_store(sessions_only=True, is_silent=True)
    except TiraiError:
        store = None
    if places.cache_root.is_symlink() or places.cache_root.exists():
        checked_folder(places.cache_root)
    reports = _swept(places, store or _NoHalves(), AT_LOGIN)
    for report in reports:
        if not report.ok:
            typer.echo(_as_text(report), err=True)
    _say_what_follows(reports)
    return 0 if all(report.ok for report in reports) else EXIT_INCOMPLETE


class _NoHalves:
    """Stands where no Secret Service runs: the halves lived in its memory and are gone with it."""

    def session(self, session_id: str) -> bytes | None:
        """None."""

    def delete_session(self, session_id: str) -> bool:
        """Nothing was there."""
        return False

    def session_ids(self) -> list[str]:
        """None has one."""
        return []


def _key_store() -> tuple[SessionHalves | None, str]:
    try:
        return open_key_store(sessions_only=True), ""
    except TiraiError as error:
        return None, error.message


def _swept(places: Places, store: SessionHalves | None, cause: str) -> list[WipeReport]:
    reports = sweep(places, store)
    for report in reports:
        note_wipe(places.home, report, cause)
    return reports


def _as_json(report: WipeReport) -> dict[str, object]:
    steps = [
        {"what": line.what, "outcome": line.outcome, "count": line.count, "detail": line.detail}
        for line in wipe_lines(report)
    ]
    return {"session": report.session, "ok": report.ok, "steps": steps}


def _as_text(report: WipeReport) -> str:
    whose = f"Session {report.session[:8]}" if report.session else "Sessions in the keyring"
    return f"{whose}: {', '.join(map(_step, wipe_lines(report)))}"


def _step(line: WipeLine) -> str:
    told = f"{line.what} {line.outcome.replace('_', ' ')}"
    return f"{told} ({line.detail})" if line.detail else told


def _say_what_follows(reports: Sequence[WipeReport]) -> None:
    failed = {line.what for report in reports for line in wipe_lines(report) if not line.ok}
    if "keyring" in failed:
        typer.echo(KEY_LEFT, err=True)
    elif failed:
        typer.echo(KEY_GONE, err=True)
