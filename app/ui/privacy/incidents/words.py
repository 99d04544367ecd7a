"""Words of incidents: suspicions, states, who is told, the timeline, and why something was refused."""

from app.domain.errors import TiraiError
from app.domain.incidents.words import IncidentState, NoteKind, Origin, Suspicion, Told
from app.session.errors import DocumentStopped
from app.session.privacy.shown_incidents import ShownIncident, ShownMoment
from app.ui.audit.words import event_name
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.saying import said


def suspicion_name(suspicion: Suspicion) -> str:
    """What it looks like."""
    names = {
        Suspicion.LOST_DEVICE: _tr("A device is lost or stolen"),
        Suspicion.WRONG_PERSON: _tr("Data went to the wrong person"),
        Suspicion.MISUSE: _tr("Somebody uses data for something else"),
        Suspicion.STOLEN_ACCOUNT: _tr("Somebody else uses an account"),
        Suspicion.STRANGE_PROGRAM: _tr("A strange program or message"),
        Suspicion.OTHER: _tr("Something else"),
    }
    return names[suspicion]


@said
def state_name(one: ShownIncident) -> str:
    """How it stands."""
    names = {
        IncidentState.REPORTED: _tr("Reported, to be judged"),
        IncidentState.CONFIRMED: _tr("An incident"),
        IncidentState.DISMISSED: _tr("None after all"),
        IncidentState.CLOSED: _tr("Closed"),
    }
    return names[one.state]


@said
def origin_words(one: ShownIncident) -> str:
    """At which window of which workstation it was reported, where nobody was signed in."""
    if one.origin is not Origin.LOCKED:
        return _tr("the sign-in window of {seat}").format(seat=one.seat_of_report)
    if one.locked_account:
        return _tr("the lock screen of {account} at {seat}").format(account=one.locked_account, seat=one.seat_of_report)
    return _tr("the lock screen of {seat}").format(seat=one.seat_of_report)


@said
def title_of(one: ShownIncident) -> str:
    """Number and suspicion; a drill says so first."""
    if one.is_drill:
        return _tr("DRILL no. {n}: {what}").format(n=one.number, what=suspicion_name(one.suspicion))
    return _tr("No. {n}: {what}").format(n=one.number, what=suspicion_name(one.suspicion))


def told_name(who: Told) -> str:
    """Who is told."""
    names = {
        Told.AUTHORITY: _tr("The authority"),
        Told.SUBJECTS: _tr("The customers"),
        Told.PUBLIC: _tr("The public"),
    }
    return names[who]


def letter_name(who: Told) -> str:
    """The letter to somebody."""
    names = {
        Told.AUTHORITY: _tr("Letter to the authority"),
        Told.SUBJECTS: _tr("Letter to the customers"),
        Told.PUBLIC: _tr("Public notice"),
    }
    return names[who]


@said
def moment_words(moment: ShownMoment) -> str:
    """A line of the timeline: an event in words, or what somebody wrote."""
    if moment.kind is NoteKind.LESSON:
        return _tr("Lesson: {words}").format(words=moment.words)
    if moment.kind is not None:
        return moment.words
    return event_name(moment.event)


def busy_words(button: str) -> str:
    """What a button says while its work runs, by its object name."""
    names = {
        "affected": _tr("Reading the log…"),
        "letters_each": _tr("Making the letters…"),
        "confirm_incident": _tr("Confirming…"),
        "close_incident": _tr("Closing…"),
    }
    if button.startswith("letter_"):
        return _tr("Making the PDF…")
    return names.get(button, _tr("Working…"))


def why_refused(error: Exception) -> str:
    """The sentence for a refusal about incidents, else the general one."""
    if isinstance(error, DocumentStopped):
        return _tr("Stopped. Nothing was saved; the letters can be made again.")
    sentences = {
        "state": _tr("This does not fit how the incident stands now. Look again."),
        "changed": _tr("Somebody else has changed this just now. Look again."),
        "no_scope": _tr("Say first what it is about: an account, a workstation or a class of data."),
        "span": _tr("The time begins before it ends, and ends by now."),
        "not_told": _tr("Authority and customers are to be told first."),
        "told": _tr("They were told already."),
        "no_note": _tr("Write in the timeline first why it is none."),
        "words": _tr("Write plain text, at most 2,000 characters."),
        "log": _tr("The log does not hold, so it says nothing of who was touched. Call IT (V2)."),
        "role": _tr("Your role may not do this."),
        "no_incident": _tr("There is no such incident."),
    }
    code = error.code if isinstance(error, TiraiError) else ""
    return sentences.get(code) or fault_of(error).sentence
