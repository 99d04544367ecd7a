"""The log in words: events, outcomes, what is wrong with a chain. A word that is new here stands as the log has it."""

from app.session.log_shown import LogEntry, LogVerdict
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import number

OUTCOME_SIGNS = {"ok": ("circle-check", "ok"), "refused": ("ban", "warn"), "failed": ("circle-x", "danger")}
"""An icon and its colour role for each outcome."""


def event_names() -> dict[str, str]:
    """Each event's name, in the order in which people look for them."""
    return _customers() | _sessions() | _accounts() | _keys_and_policy() | _office() | _requests() | _incidents()


def _customers() -> dict[str, str]:
    return {
        "reveal": _tr("Field revealed"),
        "view.closed": _tr("Revealed field closed"),
        "value.copied": _tr("Value copied"),
        "use": _tr("Value used, not shown"),
        "use.done": _tr("Use of a value ended"),
        "notes.read": _tr("Notes read"),
        "note.write": _tr("Note written"),
        "contact.kept": _tr("Visit kept half filled"),
        "contact.ended": _tr("Visit finished"),
        "contact.changed": _tr("Finished visit changed"),
        "contact.reopened": _tr("Finished visit taken back"),
        "lookup": _tr("Whole value looked up"),
        "note.keep": _tr("Number kept in a note"),
        "lookup.found": _tr("Customer found by a whole value"),
        "who_saw.read": _tr("Accesses to one customer listed"),
        "who_saw.pdf": _tr("Accesses to one customer saved as PDF"),
        "caller_check": _tr("Identity check begun"),
        "verify": _tr("Answer compared"),
        "caller_check.end": _tr("Identity check ended"),
        "unlock.ask": _tr("Unlock asked for"),
        "call.started": _tr("Call began"),
        "call.ended": _tr("Call ended"),
        "unlock.approve": _tr("Unlock approved"),
        "unlock.refuse": _tr("Unlock denied"),
        "unlock.ask_back": _tr("Asked back about an unlock"),
        "unlock.withdraw": _tr("Unlock request withdrawn"),
        "unlock.revoke": _tr("Unlock revoked"),
        "unlock.expire": _tr("Unlock request expired"),
        "import": _tr("Customers imported"),
        "source.add": _tr("Source of customers set up"),
        "source.remove": _tr("Source of customers removed"),
        "source.run": _tr("Scheduled reading of a source"),
        "field.edited": _tr("Field changed"),
        "field.emptied": _tr("Value taken away"),
        "customer.created": _tr("Customer made"),
        "outbox.deliver": _tr("Outbox delivered"),
        "outbox.open_end": _tr("Outbox without an end"),
    }


def _sessions() -> dict[str, str]:
    return {
        "sign_in": _tr("Sign-in"),
        "sign_in.alarm": _tr("Many failed sign-ins"),
        "step_up": _tr("Fresh code"),
        "session.lock": _tr("Session locked"),
        "session.resume": _tr("Session resumed"),
        "session.end": _tr("Session ended"),
        "session.end_others": _tr("Own other sessions ended"),
        "sessions.end": _tr("Sessions ended by an administrator"),
        "wipe": _tr("Workstation wiped"),
        "wipe.incomplete": _tr("Wipe not finished"),
        "wipe.order": _tr("Wipe of a workstation ordered"),
        "wipe.receipt": _tr("Receipt of a wipe"),
        "seat.revoke": _tr("Workstation revoked"),
        "analytics.proposed": _tr("Analytics export proposed"),
        "analytics.approved": _tr("Analytics export approved"),
        "analytics.dropped": _tr("Analytics export dropped"),
        "analytics.begun": _tr("Analytics export begun"),
        "analytics.column": _tr("Column of an analytics export"),
        "analytics.ended": _tr("Analytics export ended"),
        "sign_in.unusual": _tr("Unusual sign-in"),
        "posture.changed": _tr("Protection of a workstation changed"),
        "seat.allow": _tr("Workstation allowed again"),
        "seat.invite": _tr("Code for a workstation made"),
        "seat.withdraw": _tr("Code for a workstation taken back"),
        "seat.enrol": _tr("Workstation became known"),
        "seat.twice": _tr("Workstation seen twice"),
        "seat.renamed": _tr("Known workstation under another name"),
        "cache.replaced": _tr("Local copy replaced"),
        "capture.excepted": _tr("Screen capture let through"),
        "start.refused": _tr("Start refused"),
        "throttle.release": _tr("Throttle released"),
    }


def _accounts() -> dict[str, str]:
    return {
        "account.invite": _tr("Account made"),
        "account.enrol": _tr("Account activated"),
        "account.change": _tr("Account changed"),
        "account.close": _tr("Account closed"),
        "account.code": _tr("New activation code"),
        "account.reset": _tr("Account reset"),
        "proposal": _tr("Second person asked for"),
        "proposal.confirm": _tr("Confirmed by a second person"),
        "proposal.refuse": _tr("Refused by a second person"),
        "proposal.withdraw": _tr("Proposal withdrawn"),
        "proposal.drop": _tr("Proposal dropped"),
        "password.change": _tr("Password changed"),
        "password.parameters": _tr("Password derivation strengthened"),
        "authenticator.replace": _tr("Authenticator replaced"),
        "recovery_codes.new": _tr("New recovery codes"),
    }


def _keys_and_policy() -> dict[str, str]:
    return {
        "class.grant": _tr("Class key handed over"),
        "class.key": _tr("New class key"),
        "class.check": _tr("Class key checked"),
        "class.reseal": _tr("Data keys sealed anew"),
        "class.rotated": _tr("Class key rotated"),
        "policy.proposed": _tr("Policy change proposed"),
        "erasure.proposed": _tr("Erasure proposed"),
        "erasure.approved": _tr("Erasure approved"),
        "erasure.refused": _tr("Erasure refused"),
        "erasure.withdrawn": _tr("Erasure taken back"),
        "erasure.expired": _tr("Erasure not approved in time"),
        "erasure.customer": _tr("Customer erased"),
        "erasure.held": _tr("Customer not erased: held"),
        "erasure.left": _tr("Customer not erased: not due"),
        "erasure.done": _tr("Erasure is over"),
        "erasure.again": _tr("Erased again after a restore"),
        "erasure.forged": _tr("Erasure stopped: nobody signed it"),
        "erasure.notices": _tr("Letters to the people of an erasure made"),
        "erasure.notice_to_one": _tr("Letter about an erasure made to this customer"),
        "erasure.certificate": _tr("Certificate of an erasure taken"),
        "readmission.proposed": _tr("Proposed that somebody erased comes back"),
        "readmission.approved": _tr("Somebody erased may come back"),
        "readmission.refused": _tr("Somebody erased stays out: refused"),
        "readmission.withdrawn": _tr("Somebody erased stays out: taken back"),
        "readmission.expired": _tr("Somebody erased stays out: not approved in time"),
        "hold.set": _tr("Legal hold set"),
        "hold.lifted": _tr("Legal hold lifted"),
        "retention.date": _tr("Date confirmed for retention"),
        "policy.changed": _tr("Policy changed"),
        "policy.refused": _tr("Policy change refused"),
        "policy.withdrawn": _tr("Policy change withdrawn"),
    }


def _office() -> dict[str, str]:
    return {
        "exposures.read": _tr("Exposures read"),
        "exposures.threshold": _tr("Threshold of exposures changed"),
        "exposures.acknowledge": _tr("Flag acknowledged"),
        "exposures.erase_comment": _tr("Comment to a flag erased"),
        "audit.read": _tr("Audit log read"),
        "audit.verify": _tr("Audit log verified"),
        "audit.export": _tr("Audit log export begun"),
        "audit.export.end": _tr("Audit log export ended"),
        "office.set_up": _tr("Office set up"),
        "office.restored": _tr("Office restored"),
        "backup.begin": _tr("Backup begun"),
        "backup.make": _tr("Backup made"),
        "backup.destroy_key": _tr("Backup key destroyed"),
        "master.begin": _tr("Rotation of the master key begun"),
        "master.rotated": _tr("Master key rotated"),
        "recovery.open": _tr("Office opened by the recovery kit"),
        "recovery.accept": _tr("Other log or book accepted"),
    }


def _requests() -> dict[str, str]:
    return {
        "page.shown": _tr("Page shown to a customer at a desk"),
        "request.opened": _tr("Request of a customer taken"),
        "page.link": _tr("Link to a customer's page made"),
        "page.sent": _tr("Customer’s page sent"),
        "page.answer": _tr("Answer of a customer's page taken in"),
        "request.read": _tr("Words of a request read"),
        "request.identified": _tr("Identity for a request checked"),
        "request.attached": _tr("Request found to be a customer’s"),
        "request.detached": _tr("Request detached from a customer"),
        "request.proposed": _tr("Answer to a request proposed"),
        "request.decided": _tr("Answer to a request decided"),
        "request.exported": _tr("Field copied for a request"),
        "request.bundle": _tr("Copy of a customer’s data made"),
        "request.due": _tr("Request of a customer is due"),
        "request.ended": _tr("Request of a customer ended"),
        "request.lifted": _tr("Held purposes freed"),
        "request.sent": _tr("Letter about a request sent"),
        "request.letter": _tr("Letter about a request made"),
    }


def _incidents() -> dict[str, str]:
    return {
        "incident.reported": _tr("Suspicion reported"),
        "incident.brought": _tr("Suspicion brought that was reported before sign-in"),
        "incident.read": _tr("Incident read"),
        "incident.confirmed": _tr("Incident confirmed"),
        "incident.dismissed": _tr("Suspicion dismissed"),
        "incident.scoped": _tr("Scope of an incident set"),
        "incident.affected": _tr("Customers touched by an incident listed"),
        "incident.written": _tr("Words of an incident’s letters changed"),
        "incident.noted": _tr("Note written to an incident"),
        "incident.told": _tr("Incident told"),
        "incident.letter": _tr("Letter about an incident made"),
        "incident.letters": _tr("Letters to each customer of an incident made"),
        "incident.letter_to_one": _tr("Letter about an incident made to this customer"),
        "incident.due": _tr("Telling of an incident is due"),
        "incident.closed": _tr("Incident closed"),
    }


def event_name(event: str) -> str:
    """An event in words."""
    return event_names().get(event, event)


def outcome_name(outcome: str) -> str:
    """How it went."""
    names = {"ok": _tr("Done"), "refused": _tr("Refused"), "failed": _tr("Failed")}
    return names.get(outcome, outcome)


@said
def people(entry: LogEntry) -> str:
    """Who did it, and with whom: both stand in the line."""
    actor = entry.actor or _tr("Nobody known")
    return f"{actor} + {entry.acting_with}" if entry.acting_with else actor


def short_id(id: str) -> str:  # noqa: A002 (the log's word)
    """The beginning of a long id."""
    return f"{id[:8]}…" if len(id) > 9 else id


@said
def what_is_wrong(verdict: LogVerdict) -> str:
    """The sentence on a broken chain."""
    sentences = {
        "edited": _tr("The log does not hold: entry {n} was edited, or stands in another’s place."),
        "missing": _tr("The log does not hold: entry {n} is missing."),
        "order": _tr("The log does not hold: entry {n} stands out of order."),
        "tail_cut": _tr("The log does not hold: it was cut before entry {n}."),
        "checkpoint": _tr("The log does not hold: the office’s signature does not fit entry {n}."),
        "witness": _tr("The log does not hold: this workstation remembers another entry {n}."),
    }
    sentence = sentences.get(verdict.why, _tr("The log does not hold from entry {n} on."))
    advice = _tr("Leave everything as it is and call IT (V2).")
    return f"{sentence.format(n=number(verdict.first_bad or 0))} {advice}"
