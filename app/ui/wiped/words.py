"""The receipt in words: title, cause, one sentence per line, what to do for what failed."""

from app.session.ends import NOTE_NOT_SAVED, NOTE_WAITS, Receipt, WipeLine
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import clock_time, one_decimal, one_or_many, plain_size

ICONS = {
    "keyring": "key-round",
    "cache": "hard-drive",
    "clipboard": "copy",
    "memory": "monitor",
    "session": "shield-check",
}


def title(receipt: Receipt) -> str:
    """What the screen says first."""
    if receipt.ok:
        return _tr("This session is wiped from this workstation")
    return _tr("This session is wiped, but for what is marked")


@said
def cause(receipt: Receipt) -> str:
    """Why the session ended, and what happened to the draft."""
    first = receipt.display_name.split(" ")[0] if receipt.display_name else ""
    at = clock_time(receipt.at)
    sentences = {
        "signed_out": _tr("You signed out at {t}."),
        "window_closed": _tr("You closed the window at {t}."),
        "console_died": _tr("The console stopped without warning at {t}, so the session was ended for you."),
        "guardian_died": _tr("The guardian stopped at {t}, so the console ended the session itself."),
        "session_over": _tr("The session had run out at {t}."),
        "signed_in_again": _tr("You signed in again in another window here, so this session was ended at {t}."),
        "signed_in_elsewhere": _tr("You signed in at another workstation, so the session was ended at {t}."),
        "ended_by_person": _tr("You ended this session from another one, at {t}."),
        "ended_by_administrator": _tr("An administrator ended this session at {t}."),
        "other_workstation": _tr("Another workstation used this session, so it was ended at {t}. Tell IT."),
        "wipe_now": _tr("An administrator had this workstation wiped at {t}."),
        "lease_over": _tr("The back office could not be reached for too long, so the session was ended at {t}."),
        "office_lost": _tr("The back office stopped at {t}, so the session was ended."),
        "idle": _tr("Nobody used this console for a while, so the session was ended at {t}."),
        "cache_lost": _tr("The session cache was damaged again and again, so the session was ended at {t}."),
        "too_many_tries": _tr("The lock screen was given too many wrong passwords, so the session was ended at {t}."),
        "shutdown": _tr("This computer was shut down, so the session was ended at {t}."),
        "os_logout": _tr("You left this computer's desktop, so the session was ended at {t}."),
        "stopped": _tr("Tirai was told to stop, so the session was ended at {t}."),
        "by_hand": _tr("It was wiped by hand at {t}."),
        "sweep": _tr("A session left over from before was found and wiped at {t}."),
    }
    to_somebody = {
        "signed_out": _tr("{name}, you signed out at {t}."),
        "window_closed": _tr("{name}, you closed the window at {t}."),
    }
    sentence = sentences.get(receipt.cause, _tr("The session ended at {t}."))
    if first:
        sentence = to_somebody.get(receipt.cause, sentence)
    sentence = sentence.format(t=at, name=first)
    if NOTE_NOT_SAVED in receipt.details:
        sentence += " " + _tr("Your last words in the note for {number} could not be saved.").format(
            number=receipt.note
        )
    elif NOTE_WAITS in receipt.details:
        sentence += " " + _waits(receipt.note)
    elif receipt.note:
        sentence += " " + _tr("Your note for {number} is saved in the back office.").format(number=receipt.note)
    return sentence


def _waits(number: str) -> str:
    if not number:
        return _tr("What the back office has not got yet is kept here, sealed, and goes there at the next sign-in.")
    text = _tr("Your note for {number} is kept here, sealed, and goes to the back office at the next sign-in.")
    return text.format(number=number)


def what(line: WipeLine) -> str:
    """The name of a line."""
    names = {
        "keyring": _tr("Keyring entry"),
        "cache": _tr("Session cache"),
        "clipboard": _tr("Clipboard"),
        "memory": _tr("Memory"),
        "session": _tr("Session"),
    }
    return names.get(line.what, line.what)


def result(line: WipeLine, receipt: Receipt) -> str:
    """How it went, in words. What stays is called unreadable only where its key was seen to be gone."""
    if (line.what, line.outcome) == ("cache", "failed"):
        if any(other.what == "keyring" and other.ok for other in receipt.lines):
            return _tr(
                "not all of it could be deleted; its key is gone, so it cannot be read. "
                "The next start tries again; tell IT"
            )
        return _tr(
            "not all of it could be deleted, and its key may still be there. End your desktop session, then tell IT"
        )
    if line.what == "cache" and line.outcome == "removed":
        if line.size_bytes:
            one, many = _tr("{n} file, {size}, deleted and checked"), _tr("{n} files, {size}, deleted and checked")
            text = one_or_many(line.count, one, many)
            return text.format(n=line.count, size=plain_size(line.size_bytes))
        one, many = _tr("{n} file deleted and checked"), _tr("{n} files deleted and checked")
        return one_or_many(line.count, one, many).format(n=line.count)
    words = {
        ("keyring", "removed"): _tr("removed first, then looked for: not there"),
        ("keyring", "was_not_there"): _tr("looked for: not there"),
        ("keyring", "failed"): _tr("could not be removed; end your desktop session, that erases it"),
        ("cache", "was_not_there"): _tr("looked for: no file"),
        ("clipboard", "left_alone"): _tr("was not ours, left alone"),
        ("clipboard", "removed"): _tr("cleared"),
        ("clipboard", "failed"): _tr("could not be cleared; copy something else"),
        ("memory", "ended"): _tr("console process ended, pages returned"),
        ("memory", "failed"): _tr("the console process did not end; restart this workstation"),
        ("session", "revoked"): _tr("revoked at the back office"),
        ("session", "ended"): _tr("ended at the back office"),
        ("session", "failed"): _tr("not revoked: the back office did not answer; it ends by itself"),
    }
    general = {
        "removed": _tr("removed and checked"),
        "was_not_there": _tr("was not there"),
        "left_alone": _tr("left alone"),
        "ended": _tr("ended"),
        "revoked": _tr("revoked"),
        "failed": _tr("failed; tell IT"),
    }
    return words.get((line.what, line.outcome)) or general.get(line.outcome, line.outcome)


def took(line: WipeLine) -> str:
    """How long it took: 6 ms, 0.9 s."""
    if line.ms <= 0:
        return ""
    return (
        _tr("{n} ms").format(n=round(line.ms)) if line.ms < 900 else _tr("{n} s").format(n=one_decimal(line.ms / 1000))
    )


def as_text(receipt: Receipt) -> str:
    """The receipt to copy: no personal data but the first name that the screen shows."""
    lines = [title(receipt), cause(receipt)]
    lines += [f"{what(line)}: {result(line, receipt)} {took(line)}".rstrip() for line in receipt.lines]
    if receipt.audit_entry is not None:
        lines.append(_tr("Audit entry {n}").format(n=receipt.audit_entry))
    return "\n".join(lines + [detail for detail in receipt.details if detail not in {NOTE_NOT_SAVED, NOTE_WAITS}])
