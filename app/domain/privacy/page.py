"""The customer's own web page: one-time links, what may be read through one, and what may be answered.

The process that serves it is public. All it knows of anybody are codes: purposes with their states, the version of a
notice, a kind of link. It never learns whose link it is, and it can only add answers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from app.domain.errors import NotAllowedError
from app.domain.privacy.consent import Said
from app.domain.privacy.means import BY_THEMSELVES, Speaking
from app.domain.privacy.notice import Notice
from app.domain.privacy.purpose_state import PurposeState
from app.domain.subject_requests.words import RequestKind

TOKEN_BYTES: Final = 32
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""32 random bytes in base64url without padding."""
LONGEST_DETAILS: Final = 1_000
"""Characters of free text in a request, as the register keeps them."""
MOST_PURPOSES: Final = 40
VALID_MS: Final = 72 * 3_600_000


class LinkProblem(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"


class AnswerKind(StrEnum):
    """What an answer is."""

    CONSENT = "consent"
    WITHDRAWAL = "withdrawal"
    RIGHT = "right"


class AnswerState(StrEnum):
    """What became of an answer."""

    WAITING = "waiting"
    TAKEN = "taken"
    PARTLY = "partly"
    """Some of its words were written down, and others refused."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PageLink:
    """What a link opens.

    Attributes:
        digest: SHA-256 of its token.
        notice: the version that it shows.
        purposes: that the customer is asked about, in order, with how each stands now.
        languages: in which the page is offered, the first one first.
        expires_ms: until when.
        about: purposes that a request may be about; empty: those.
        speaking: who sits at the page.
    """

    digest: bytes
    notice: str
    purposes: Mapping[str, PurposeState] = field(default_factory=dict)
    languages: tuple[str, ...] = ("id", "en")
    expires_ms: int = 0
    about: tuple[str, ...] = field(default=(), kw_only=True)
    speaking: Speaking = field(default=BY_THEMSELVES, kw_only=True)

    @property
    def may_name(self) -> tuple[str, ...]:
        """What a request may be about; where nothing is said, what the customer is asked about."""
        return self.about or tuple(self.purposes)


class LinkError(NotAllowedError):
    """A link opens nothing; `code` is a `LinkProblem`.

    Attributes:
        problem: why.
        link: what a used one opened: what became of its answers is still told.
    """

    def __init__(self, problem: LinkProblem, link: PageLink | None = None) -> None:
        super().__init__("This link opens nothing.", code=problem.value)
        self.problem, self.link = problem, link


@dataclass(frozen=True, slots=True)
class PageNotice:
    """A published notice as the page shows it.

    Attributes:
        notice: its texts and questions.
        digest: of its text; an answer names it.
        sender: who answers for the data; empty: the office did not say.
        labels: what purposes are called that it does not ask about, in the language that was wanted.
    """

    notice: Notice
    digest: bytes
    sender: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What a customer sends.

    Attributes:
        kind: what it is; what withdraws anything is a withdrawal.
        form: names the filled-in form; the same one sent twice is one answer.
        said: the word to each purpose that was answered, of consent and withdrawal.
        right: which one, of a request.
        purposes: what a request is about, if its kind names purposes.
        details: its free text.
        language: in which it was filled in.
        notice_digest: of the notice that was shown.
    """

    kind: AnswerKind
    form: str
    said: Mapping[str, Said] = field(default_factory=dict)
    right: RequestKind | None = None
    purposes: tuple[str, ...] = ()
    details: str = ""
    language: str = "id"
    notice_digest: bytes = b""


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of an answer.

    Attributes:
        number: of the answer; the customer's receipt number.
        kind: what it was.
        state: where it stands.
        office_number: of the receipt or request that came of it; empty until there is one.
    """

    number: str
    kind: AnswerKind
    state: AnswerState
    office_number: str = ""


class PageStore(Protocol):
    """Where links are looked up and answers go."""

    def open(self, token: str) -> PageLink:
        """What a token opens.

        Raises:
            LinkError: nothing.
        """

    def notice(self, link: PageLink, language: str) -> PageNotice:
        """The notice of a link."""

    def answer(self, link: PageLink, answer: PageAnswer) -> str:
        """Keep an answer; gives its number.

        Raises:
            LinkError: the link is not good any more.
            InputRefusedError: its words are not kept, such as a card's number.
        """

    def result(self, link: PageLink, number: str) -> PageResult | None:
        """What became of an answer of this link; None: there is none."""
