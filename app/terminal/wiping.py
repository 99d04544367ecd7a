"""`tirai wipe`: destroy by hand what dead sessions have left."""

import json

import typer

from app.bootstrap import Program
from app.domain.errors import TiraiError
from app.session.wipe_lines import wipe_lines
from app.storage.keyring_store import open_key_store
from app.storage.wiping import sweep


def wipe_by_hand(program: Program, *, as_json: bool) -> int:
    """Sweep, and say what was found.

    Returns:
        0 when nothing is left, 5 when something could not be removed.
    """
    problem = ""
    try:
        store = open_key_store(sessions_only=True)
    except TiraiError as e:
        store, problem = None, e.message
    reports = sweep(program.places, store)
    ok = all(report.ok for report in reports) and not problem
    if as_json:
        sessions = [
            {
                "session": r.session,
                "ok": r.ok,
                "steps": [{"what": x.what, "outcome": x.outcome, "count": x.count} for x in wipe_lines(r)],
            }
            for r in reports
        ]
        typer.echo(json.dumps({"ok": ok, "sessions": sessions, "problem": problem}))
        return 0 if ok else 5
    for report in reports:
        steps = ", ".join(f"{line.what} {line.outcome.replace('_', ' ')}" for line in wipe_lines(report))
        typer.echo(f"Session {report.session[:8]}: {steps}")
    if not reports:
        typer.echo("No session has left anything on this workstation. A session that is open is not touched.")
    if problem:
        typer.echo(problem, err=True)
    return 0 if ok else 5
