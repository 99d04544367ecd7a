"""The client's calls of the exposure ledger, and of a console that tells when values closed."""

from app.api.client.client import ApiClient
from app.api.messages.exposures import (
    AcknowledgeFlag,
    AskLedger,
    AskLines,
    FlagMark,
    LedgerOverview,
    LedgerScope,
    Lines,
    RaisedFlags,
    SetThreshold,
    Thresholds,
    ViewsClosed,
    WatchedPeople,
)
from app.api.messages.wire import Done
from app.domain import patience


def views_closed(client: ApiClient, told: ViewsClosed) -> None:
    """Tell when values closed; the same again changes nothing."""
    client.call("POST", "/v1/views/closed", Done, told, timeout_s=patience.VIEWS_S)


def people(client: ApiClient, asked: AskLedger) -> WatchedPeople:
    """Whose exposures may be seen."""
    return client.call("POST", "/v1/exposures/people", WatchedPeople, asked, again=True)


def overview(client: ApiClient, asked: LedgerScope) -> LedgerOverview:
    """Figures and plots."""
    return client.call("POST", "/v1/exposures/overview", LedgerOverview, asked, again=True)


def lines(client: ApiClient, asked: AskLines) -> Lines:
    """A page of the table."""
    return client.call("POST", "/v1/exposures/lines", Lines, asked, again=True)


def flags(client: ApiClient, asked: AskLedger) -> RaisedFlags:
    """What the rules found."""
    return client.call("POST", "/v1/exposures/flags", RaisedFlags, asked, again=True)


def acknowledge(client: ApiClient, said: AcknowledgeFlag) -> None:
    """Say what came of a flag."""
    client.call("POST", "/v1/exposures/flags/acknowledge", Done, said)


def erase_comment(client: ApiClient, mark: FlagMark) -> None:
    """Erase what was said to a flag."""
    client.call("POST", "/v1/exposures/flags/erase-comment", Done, mark)


def thresholds(client: ApiClient, asked: AskLedger) -> Thresholds:
    """At which numbers the rules fire."""
    return client.call("POST", "/v1/exposures/thresholds", Thresholds, asked, again=True)


def set_threshold(client: ApiClient, wish: SetThreshold) -> Thresholds:
    """Change one; all of them come back."""
    return client.call("PUT", "/v1/exposures/thresholds", Thresholds, wish)
