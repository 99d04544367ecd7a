"""Every exception becomes one sentence for the person; none vanishes (style.md 8).

Known errors are told by their type and `code`, in our words, never in theirs: a message is for logs and terminals.
An unknown one gets a number and a report of its types and the places it passed, not of its text, so that no value
can leave that way.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from app.domain.crash_outline import outline_of
from app.domain.errors import (
    InputRefusedError,
    NotAllowedError,
    TiraiError,
    TooOftenError,
    VerificationError,
    WorkstationError,
)
from app.domain.privacy.say import SAY
from app.session.errors import (
    KeyringAbsentError,
    KeyringRefusedError,
    OfficeAwayError,
    OfficeFaultError,
    RolledBackError,
    SessionOverError,
    SignInAnswerError,
    SignInRefusal,
    SignInRefusedError,
)
from app.ui.language import tr as _tr
from app.ui.words import number, one_or_many

_log = logging.getLogger("tirai.ui")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a person is told.

    Attributes:
        sentence: one sentence in the language of the screen.
        number: of an unknown fault, for the report; empty for a known one.
        report: path of the report, if one could be written.
    """

    sentence: str
    number: str = ""
    report: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the sentence says all there is to do."""
        return not self.number


Keeper = Callable[[BaseException], tuple[str, str]]
"""Writes an unknown fault down without its text; gives its number, and the path of its report or nothing."""


def _only_log(error: BaseException) -> tuple[str, str]:
    number, outline = secrets.token_hex(3).upper(), outline_of(error).parts[0]
    _log.error("fault %s: %s at %s", number, outline.kind, " > ".join(outline.places) or "unknown place")
    return number, ""


_keepers: list[Keeper] = [_only_log]


def keep_faults_with(keep: Keeper) -> None:
    """Have this process's unknown faults written down; until then the log alone has them."""
    _keepers[:] = [keep]


def fault_of(error: BaseException) -> Fault:
    """The sentence for an exception; an unknown one is numbered and written down without its text."""
    if isinstance(error, SignInRefusedError):
        return Fault(_door_sentence(error))
    if isinstance(error, SignInAnswerError) and error.code in ("used_code", "clock_off"):
        return Fault(_used_code(error.wait_s) if error.code == "used_code" else _clock_off(error.number))
    if isinstance(error, TooOftenError):
        return Fault(_tr("Too much was asked at once. Wait {n} s, then go on.").format(n=number(error.wait_s)))
    if isinstance(error, TiraiError):
        sentence = _sentence_by_code(error.code) or _sentence_by_type(error)
        if sentence:
            return Fault(sentence)
    return _unknown(error)


def _unknown(error: BaseException) -> Fault:
    number, report = _keepers[0](error)
    text = _tr("Something went wrong on our side (no. {id}). No customer data is in the report.")
    return Fault(text.format(id=number), number, report)


def _door_sentence(error: SignInRefusedError) -> str:
    if error.why is SignInRefusal.USED_CODE:
        return _used_code(error.wait_s)
    if error.why is SignInRefusal.CLOCK_OFF:
        return _clock_off(error.minutes_off)
    if error.why is SignInRefusal.THROTTLED:
        text = _tr("Too many tries here. Wait {m} min, or have a supervisor confirm it is you.")
        return text.format(m=max(1, ceil(error.wait_s / 60)))
    if error.why is SignInRefusal.CODES_REFUSED:
        return _tr(
            "Too many wrong codes came with this password. A supervisor releases your account, or use a recovery code."
        )
    if error.why is SignInRefusal.SEAT_REVOKED:
        return _tr("An administrator has revoked this workstation. Nobody signs in from it until it is allowed again.")
    if error.why is SignInRefusal.SEAT_KEY:
        return _tr("The office knows this workstation by another key. Nothing was opened. Call IT (O4).")
    if error.why is SignInRefusal.SEAT_UNKNOWN:
        return _tr("This workstation is not known to the office. Nothing was opened. Ask IT (O5).")
    if error.why is SignInRefusal.UNKNOWN_OFFICE:
        return _tr("This is not the back office that this workstation knows. Nothing was opened. Call IT (O1).")
    if error.tries_left > 0:
        many = _tr("Account, password or code is not right. {n} tries left here.")
        one = _tr("Account, password or code is not right. {n} try left here.")
        return one_or_many(error.tries_left, one, many).format(n=error.tries_left)
    return _tr("Account, password or code is not right.")


def _clock_off(minutes: int) -> str:
    text = _tr("The clock here is about {n} min off. Codes will not fit until IT sets it.")
    return text.format(n=abs(minutes))


def _used_code(wait_s: int) -> str:
    if wait_s > 0:
        return _tr("This code was used already. Wait for the next one, {s} s.").format(s=wait_s)
    return _tr("This code was used already. Wait for the next one.")


def _sentence_by_code(code: str) -> str:
    sentences = {
        "K1": _tr("No keyring is open here, so no session can start. Unlock it, or give IT the code K1."),
        "K2": _tr("This keyring does not protect keys. Tirai refuses it (K2)."),
        "F1": _tr("Tirai’s own files here are not as they were installed. Nobody signs in. Call IT (F1)."),
        "F2": _tr("Tirai’s own files here cannot be checked. Nobody signs in. Call IT (F2)."),
        "F3": _tr("Tirai was updated while it ran. Close it and start it again (F3)."),
        "quota": _tr("All reveals of this shift are used. Ask a supervisor for this field."),
        "quota_pace": _tr("That was fast. Wait a little, or ask a supervisor for this field."),
        "off_hours": _tr("It is outside the hours of work. Ask a supervisor for this field."),
        "off_hours_code": _tr("Outside the hours of work this needs a fresh code."),
        "notes_quota": _tr("All notes that you may open in this shift were opened. A supervisor reads them for you."),
        "notes_quota_pace": _tr("That was fast. Wait a little before you open the next notes."),
        "notes_off_hours": _tr("It is outside the hours of work, and notes stay shut. You may go on writing."),
        "role": _tr("Your role may not open this field."),
        "use_quota": _tr("All actions of this shift are used. Ask a supervisor."),
        "use_off_hours": _tr("It is outside the hours of work, and this is not done then."),
        "use_busy": _tr("Other actions are running. Try again in a moment."),
        "no_action": _tr("This cannot be done with this field any more."),
        "actions": _tr("IT’s list of actions has a fault, so there are none now. Call IT (N7)."),
        "half": _tr("What was handed over does not fit this field. Open the customer again, then try again."),
        "L1": _tr("The gateway’s certificate is not in order, so nothing was sent to it. Call IT (L1)."),
        "L1_days": _tr(
            "The gateway’s certificate does not hold today, so nothing was sent to it. "
            "Look whether this workstation’s clock is right, or call IT (L1)."
        ),
        "L2": _tr("The gateway shows another key than the one kept here, so nothing was sent to it. Call IT (L2)."),
        "L3": _tr("What answers there is no gateway; nothing of it was used. Call IT (L3)."),
        "L4": _tr("What is kept here of the gateway cannot be used. Call IT (L4)."),
        **_machine_sentences(),
        "update_needed": _tr("Your office needs a newer Tirai than the one on this workstation. Call IT (V1)."),
        "office_too_old": _tr("Your office’s Tirai is too old for the one here. IT updates the office first (V1)."),
        "limit_not_spoken": _tr(
            "Your organisation limits sessions here, and your office’s Tirai is too old to keep that. "
            "IT updates the office first (V1)."
        ),
        "not_spoken": _tr("Your office’s Tirai is older than this one and does not know this yet. IT updates it."),
        "N1": _tr("The back office can start no program now. Sign out everywhere, then try again, or call IT (N1)."),
        "N4": _tr("The program for this did not come up, so nothing was done. Try again, or call IT (N4)."),
        "no_class_key": _tr("You do not hold the key of this class yet. A supervisor hands it to you."),
        "not_in_queue": _tr("This customer is not in one of your queues."),
        "audit": _tr("The audit log cannot be written, so nothing can be opened. Call IT (A1)."),
        "leaving": _tr("The back office does not answer. Try again in a moment."),
        "seat_unknown": _tr("This workstation is not known to the office. Nothing was opened. Ask IT (O5)."),
        "training": _tr("A lesson opens this. Take it first."),
        "rules": _tr("Read and accept the rules of conduct first. They stand under Training."),
        "rules_moved": _tr("Newer rules of conduct have come. Read those."),
        "quiz_tries": _tr("The tests of this lesson are used for today. Read it once more, and try tomorrow."),
        "quiz_over": _tr("This test is over. Begin another one."),
        "no_certificate": _tr("There is no certificate of this lesson yet."),
        "posture": _tr(
            "This workstation lacks a protection that your office requires, so values stay shut here. "
            "My account says which, and what to do."
        ),
        "own_request": _tr("You cannot decide your own request."),
        "class_not_held": _tr("You may not view this class yourself, so you cannot open it for somebody."),
        "expired": _tr("The request has expired"),
        "withdrawn": _tr("The agent took this request back."),
        "altered": _tr("This request is not as it was shown, so nothing was opened. Tell IT (U1)."),
        "asker_locked": _tr("The agent’s console is locked. Approve once they are back; the request waits so long."),
        "asker_resumed": _tr("The agent’s console was locked meanwhile. Approve once more."),
        "not_open": _tr("This field is not open any more."),
        "replay": _tr("The back office knows this already. Nothing was done; try again."),
        "too_many": _tr("Five of your requests wait already. Withdraw one, or wait for a decision."),
        "ask_again": _tr("This was refused a moment ago. Ask again in two minutes."),
        "empty": _tr("There is nothing in this field."),
        "privacy_officer_only": _tr("Only a privacy officer opens this field."),
        "outbox_disk": _tr("The back office is away, and the disk here is full: this is not kept yet. Call IT (X4)."),
        "outbox_full": _tr("The back office is away, and nothing more can be kept here for it. Call IT (X4)."),
        "filling": _tr("The local copy is being fetched again. Try in a moment."),
        "step_up": _tr("Your last code is older than five minutes, and this needs a fresh one."),
        "reason": _tr("Choose a reason, and say why in 10 characters or more."),
        "unlock": _tr("No supervisor has opened this field for you."),
        "clipboard": _tr("Nothing of this class may be copied."),
        "unlock_over": _tr("The unlock is over. Ask again."),
        "unlock_used": _tr("This unlock was used already. Ask again."),
        "unlock_revoked": _tr("This field was closed again by a supervisor."),
        "unlock_changed": _tr("The field was changed after the approval. Ask again."),
        "changed": _tr("The field was changed meanwhile. Look again."),
        "decided": _tr("This request was decided already."),
        "signature": _tr("A signature does not fit this session, so nothing was done. Sign in again."),
        "policy_forged": _tr("The back office shows a policy that nobody signed. It is not obeyed. Call IT (P1)."),
        "too_long": _tr("The grant is longer than policy allows."),
        "no_field": _tr("The data inventory does not know this field any more."),
        "not_own": _tr("This note is somebody else’s."),
        "role_who_saw": _tr("Your role does not see who saw a customer’s data."),
        "role_privacy": _tr("Your role does not do this at the privacy desk."),
        "guardian": _tr(
            "This customer is under age. A parent or guardian agrees for them; say how you know who it is."
        ),
        "of_age": _tr("This customer is of age: no guardian speaks for them any more. Ask them themselves."),
        "withdrawn_now": _tr("The customer has withdrawn this at the same moment, and that counts. Ask them again."),
        "no_question": _tr("The notice in force does not ask about this in that language."),
        "no_purpose": _tr("Nothing rests on the customer’s consent to this."),
        "recording": _tr("Note the reference of the recording."),
        "means": _tr("Choose how you made sure of it."),
        "no_receipt": _tr("There is no such receipt any more."),
        **_page_sentences(),
        "no_limit": _tr("This does not hold any more. Look again."),
        "own_notice": _tr("Somebody else publishes what you wrote."),
        "no_officer": _tr("One of the two who write and publish a notice is a privacy officer."),
        "published": _tr("It is published already; write another one."),
        "notice_faults": _tr("The notice lacks something, so it is not published."),
        "no_notice": _tr("There is no such draft any more."),
        "notice_text": _tr("This cannot be a notice: a text is too long, or has signs that cannot be kept."),
        "role_edits": _tr("Your role does not change this field."),
        "sealed": _tr("What was typed did not come whole. Type it again."),
        "notice": _tr("Another privacy notice holds now. Open the card anew, and read it out."),
        "known_contacts": _tr("Somebody with this number is known already."),
        "no_customer": _tr("No customer in your queues has this number. Check it, digit by digit."),
        "no_time": _tr("The last day is before the first."),
        "too_much": _tr("That is too much for one document. Choose fewer days."),
        "log": _tr("The audit log does not hold, so no list is made. Have it verified, and call IT (V2)."),
        "file_full": _tr("The disk is full; nothing was saved. Make room, or choose another folder."),
        "file_forbidden": _tr("Nothing may be written in this folder; nothing was saved. Choose another one."),
        "file_no_folder": _tr("This folder is not there any more; nothing was saved. Choose another one."),
        "file_failed": _tr("The file could not be written; nothing was saved. Choose another folder."),
        **_purpose_sentences(),
        "purpose_other": _tr("This field is not kept for what this reason is for. Choose another reason."),
        "wrong": _tr("This code does not fit. Type the one that is shown now."),
        "wrong_code": _tr("This code does not fit. Type the one that is shown now."),
        "used_code": _used_code(0),
    }
    return sentences.get(code, "")


def _purpose_sentences() -> dict[str, str]:
    """Work for a purpose that is shut to this customer: why, and what to say to them in either language."""
    why = {
        "purpose_missing": _tr("There is no consent of this customer to what this field is for."),
        "purpose_withdrawn": _tr("This customer has withdrawn their consent to what this field is for."),
        "purpose_restricted": _tr("Work for what this field is for is restricted for this customer."),
        "purpose_objected": _tr("This customer has objected to what this field is for."),
    }
    words = _tr("{why} Say: “{indonesian}” · “{english}”")
    said = {code: (text, *SAY[code]) for code, text in why.items()}
    return {
        code: words.format(why=text, indonesian=indonesian, english=english)
        for code, (text, indonesian, english) in said.items()
    }


def _machine_sentences() -> dict[str, str]:
    """What the organisation's settings for this machine keep from happening; IT sees more by `tirai policy show`."""
    unusable = _tr(
        "Your organisation’s settings for this workstation cannot be used, so nobody signs in. Call IT ({code})."
    )
    return {
        **{code: unusable.format(code=code) for code in ("M1", "M2", "M3")},
        "posture_here": _tr(
            "This workstation lacks a protection that your IT requires, so values stay shut here. "
            "My account says which, and what to do."
        ),
        "M4": _tr("Tirai is too old here for your organisation, so nobody signs in. Call IT (M4)."),
        "M5": _tr("Your organisation’s settings let nobody sign in this way on this workstation. Call IT (M5)."),
        "M5_capture": _tr(
            "Your organisation lets nobody sign in where screenshots cannot be kept out, as here. Call IT (M5)."
        ),
        "O6": _tr("The office of this workstation does not run. Ask IT to set it up, or to start it (O6)."),
        "M5_desk": _tr("Your organisation lets nobody approve at an agent’s desk. Decide from your own workstation."),
    }


def _page_sentences() -> dict[str, str]:
    """A link to a customer's page that is not sent."""
    return {
        "links": _tr("Enough pages were sent today. Try again tomorrow, or show the page at a desk."),
        "no_page_notice": _tr("No privacy notice is in force, and the page shows it. Publish one first."),
        "page_not_offered": _tr(
            "This office sends no pages. Show it at a desk: tirai privacy page show NUMBER --loopback"
        ),
        "page_busy": _tr("Other pages are being sent. Try again in a moment."),
        "page_not_sent": _tr("The page was not sent, and its link opens nothing. Try again, or call IT."),
    }


def _sentence_by_type(error: TiraiError) -> str:
    sentences: tuple[tuple[type[TiraiError], str], ...] = (
        (OfficeAwayError, _tr("The back office does not answer. Try again in a moment.")),
        (OfficeFaultError, _tr("The back office had a fault and wrote it down. Try again, or call IT.")),
        (SessionOverError, _tr("Your session has ended. Sign in again; your note is safe.")),
        (KeyringAbsentError, _sentence_by_code("K1")),
        (KeyringRefusedError, _sentence_by_code("K2")),
        (RolledBackError, _tr("The back office shows less than this workstation remembers. Call IT (R1).")),
        (NotAllowedError, _tr("The back office does not allow this.")),
        (InputRefusedError, _tr("The back office could not accept what was entered.")),
        (WorkstationError, _tr("This workstation lacks something Tirai needs. Call IT.")),
        (VerificationError, _tr("A proof did not hold, so nothing was shown. Call IT (V1).")),
    )
    return next((sentence for kind, sentence in sentences if isinstance(error, kind)), "")
