"""The client's calls of incidents."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.incidents import (
    Affected,
    AskEachLetter,
    AskIncidentLetter,
    AtRevision,
    BringSuspicions,
    BroughtSuspicions,
    ConfirmIncident,
    EachLetters,
    IncidentLetter,
    Incidents,
    OpenedIncident,
    Reported,
    ReportSuspicion,
    SayTold,
    SetScope,
    SetTexts,
    WriteNote,
)
from app.api.messages.wire import Done

LONG_TIMEOUT_S = 180.0
"""The office reads its whole log for the list of those whom it touched, some 30 s for a million entries."""


def report(client: ApiClient, said: ReportSuspicion) -> Reported:
    """Report a suspicion; it has an id of its own, so it is sent again where the line broke."""
    return client.call("POST", "/v1/incidents", Reported, said, again=True)


def bring(client: ApiClient, said: BringSuspicions) -> BroughtSuspicions:
    """Bring what was reported while nobody was signed in; each has an id of its own, so it is sent again."""
    return client.call("POST", "/v1/incidents/brought", BroughtSuspicions, said, again=True)


def all_incidents(client: ApiClient) -> Incidents:
    """All of them."""
    return client.call("GET", "/v1/incidents", Incidents)


def read(client: ApiClient, key: bytes) -> OpenedIncident:
    """One with what was written."""
    return client.call("POST", _at(key, "read"), OpenedIncident)


def confirm(client: ApiClient, key: bytes, said: ConfirmIncident) -> None:
    """It is an incident."""
    client.call("POST", _at(key, "confirm"), Done, said)


def dismiss(client: ApiClient, key: bytes, said: AtRevision) -> None:
    """It is none."""
    client.call("POST", _at(key, "dismiss"), Done, said)


def set_scope(client: ApiClient, key: bytes, said: SetScope) -> None:
    """What it is about."""
    client.call("PUT", _at(key, "scope"), Done, said)


def affected(client: ApiClient, key: bytes) -> Affected:
    """Whom it touched."""
    return client.call("POST", _at(key, "affected"), Affected, timeout_s=LONG_TIMEOUT_S)


def set_texts(client: ApiClient, key: bytes, said: SetTexts) -> None:
    """What the letters say in the officer's words."""
    client.call("PUT", _at(key, "texts"), Done, said)


def write_note(client: ApiClient, key: bytes, said: WriteNote) -> None:
    """A line for the timeline, or a lesson; it has an id of its own."""
    client.call("POST", _at(key, "notes"), Done, said, again=True)


def say_told(client: ApiClient, key: bytes, said: SayTold) -> None:
    """Somebody was told."""
    client.call("POST", _at(key, "told"), Done, said)


def letter(client: ApiClient, key: bytes, asked: AskIncidentLetter) -> IncidentLetter:
    """A letter, or the public notice; each making stands in the log."""
    return client.call("POST", _at(key, "letter"), IncidentLetter, asked)


def letters_to_each(client: ApiClient, key: bytes, asked: AskEachLetter) -> EachLetters:
    """The next letters to those whom it touched; each stands in the log, so it is never sent twice by itself."""
    return client.call("POST", _at(key, "letters"), EachLetters, asked, timeout_s=LONG_TIMEOUT_S)


def close(client: ApiClient, key: bytes, said: AtRevision) -> None:
    """Close it."""
    client.call("POST", _at(key, "close"), Done, said)


def _at(key: bytes, what: str) -> str:
    return f"/v1/incidents/{in_path(key)}/{what}"
