"""The client's calls of the register of requests of data subjects."""

from typing import Literal

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.subject_requests import (
    AskLetter,
    AttachRequest,
    Bundle,
    CheckIdentity,
    CloseRequest,
    DecideProposal,
    DetachRequest,
    LetterPdf,
    LetterSent,
    LiftHolds,
    MakeBundle,
    OpenedRequest,
    OpenRequest,
    ProposeOutcome,
    RequestWords,
    SubjectRequests,
)
from app.api.messages.wire import Done

_PLACE = "/v1/subject-requests"
BUNDLE_TIMEOUT_S = 180.0
"""The office looks into its log first."""


def open_request(client: ApiClient, asked: OpenRequest) -> OpenedRequest:
    """Write one down; it has an id of its own, so it is sent again where the line broke."""
    return client.call("POST", _PLACE, OpenedRequest, asked, again=True)


def register(client: ApiClient) -> SubjectRequests:
    """The register."""
    return client.call("GET", _PLACE, SubjectRequests)


def words(client: ApiClient, request: bytes) -> RequestWords:
    """What the person wrote."""
    return client.call("POST", f"{_PLACE}/{in_path(request)}/words", RequestWords)


def check_identity(client: ApiClient, request: bytes, said: CheckIdentity) -> None:
    """Keep how the identity was checked."""
    client.call("PUT", f"{_PLACE}/{in_path(request)}/identity", Done, said)


def attach(client: ApiClient, request: bytes, said: AttachRequest) -> None:
    """Say whose it was found to be."""
    client.call("POST", f"{_PLACE}/{in_path(request)}/attach", Done, said)


def detach(client: ApiClient, request: bytes, said: DetachRequest) -> None:
    """Say that this was wrong."""
    client.call("POST", f"{_PLACE}/{in_path(request)}/detach", Done, said)


def propose(client: ApiClient, request: bytes, said: ProposeOutcome) -> None:
    """ProposeOutcome what wants a second person."""
    client.call("POST", f"{_PLACE}/{in_path(request)}/proposal", Done, said)


def decide(client: ApiClient, request: bytes, said: DecideProposal) -> None:
    """Decide as the second person."""
    client.call("POST", f"{_PLACE}/{in_path(request)}/decision", Done, said)


def end(client: ApiClient, request: bytes, said: CloseRequest) -> None:
    """End it."""
    client.call("POST", f"{_PLACE}/{in_path(request)}/end", Done, said)


def lift(client: ApiClient, request: bytes, said: LiftHolds) -> None:
    """Free what it holds."""
    client.call("POST", f"{_PLACE}/{in_path(request)}/lift", Done, said)


def bundle(client: ApiClient, request: bytes, asked: MakeBundle) -> Bundle:
    """What a copy of the customer's data needs; never sent twice by itself, since each stands in the log."""
    return client.call("POST", f"{_PLACE}/{in_path(request)}/bundle", Bundle, asked, timeout_s=BUNDLE_TIMEOUT_S)


def letter(client: ApiClient, request: bytes, language: Literal["en", "id"], *, is_large: bool = False) -> LetterPdf:
    """The letter about it; each making stands in the log."""
    asked = AskLetter(language=language, is_large=is_large)
    return client.call("POST", f"{_PLACE}/{in_path(request)}/letter", LetterPdf, asked)


def sent(client: ApiClient, request: bytes, said: LetterSent) -> None:
    """Say that its letter went out."""
    client.call("POST", f"{_PLACE}/{in_path(request)}/sent", Done, said)
