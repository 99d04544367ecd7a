"""The office's proof for one session: its controls as they stand, and the documents made of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from app.api.client import compliance as calls
from app.api.messages.compliance import AskComplianceDocument, AskControls, AskPack, ComplianceDocument
from app.api.messages.compliance_figures import FigureSeries
from app.domain.compliance.controls import Control, Source
from app.domain.compliance.figures import Figures, Part, Series
from app.domain.compliance.finding import Finding, Found
from app.domain.errors import WorkstationError
from app.domain.two_languages import TwoLanguages
from app.session.document_watch import Asks, watched
from app.session.errors import DocumentStopped
from app.session.identity import Identity, new_id
from app.session.shown_who_saw import Language
from app.storage.new_file import write_new_file

Kind = Literal["report", "review", "assessment"]
Form = Literal["html", "pdf"]
OnParts = Callable[[int, int], object]
IsStopped = Callable[[], bool]
STOPPED: Final = "stopped"
_ASKS: Final = Asks(calls.how_far, calls.stop)


def nobody(_done: int, _total: int) -> None:
    """Where nobody is told how far it is."""


def never() -> bool:
    """Where nobody stops it."""
    return False


class Proofs:
    """What an office shows of itself.

    Args:
        identity: who signed in.
    """

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def controls(self, on_parts: OnParts = nobody, is_stopped: IsStopped = never) -> tuple[Finding, ...]:
        """Each control as it stands now; one from a source that this console does not know is left out.

        Args:
            on_parts: called from another thread with parts that were looked at, and of how many, once this takes more
                than a second.
            is_stopped: asked from that thread.

        Raises:
            DocumentStopped: it was stopped.
            NotAllowedError: code `role_privacy`.
        """
        known, key = set(Source), new_id()
        with self._watched(key, on_parts, is_stopped):
            told = calls.controls(self._identity.client, AskControls(id=key))
        return tuple(
            Finding(
                Control(Source(one.source), one.article, one.asks_en, one.asks_id, one.evidence),
                Found(one.is_met, one.shown_en, one.shown_id),
                one.at_ms,
            )
            for one in told.controls
            if one.source in known
        )

    def figures(self, language: Language) -> Figures:
        """How the office has kept its duties over the months, and what is ahead.

        Args:
            language: of purposes' names.

        Raises:
            NotAllowedError: code `role_privacy`.
        """
        told = calls.figures(self._identity.client)
        return Figures(
            requests=_series(told.requests, language),
            consents=_series(told.consents, language),
            ahead=_series(told.ahead, language),
            training=_series(told.training, language),
        )

    def save(
        self,
        kind: Kind,
        form: Form,
        language: Language,
        path: Path,
        on_parts: OnParts = nobody,
        is_stopped: IsStopped = never,
    ) -> int:
        """Have a document made, and write it into a new file; progress and Stop as in `controls`.

        Returns:
            The number of its entry in the log.

        Raises:
            NotAllowedError: code `role_privacy`.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        key = new_id()
        request = AskComplianceDocument(id=key, kind=kind, form=form, language=language)
        with self._watched(key, on_parts, is_stopped):
            answer = calls.document(self._identity.client, request)
        return _written(path, answer, is_stopped)

    def save_pack(
        self, language: Language, path: Path, on_parts: OnParts = nobody, is_stopped: IsStopped = never
    ) -> int:
        """Have all of it made in one file that the office signs, and write it into a new file; as `save`.

        Returns:
            The number of its entry in the log.

        Raises:
            NotAllowedError: code `role_privacy`.
            VerificationError: code `log`: the log does not hold.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        key = new_id()
        with self._watched(key, on_parts, is_stopped):
            answer = calls.pack(self._identity.client, AskPack(id=key, language=language))
        return _written(path, answer, is_stopped)

    def save_as(
        self,
        key: str,
        language: Language,
        path: Path,
        on_parts: OnParts = nobody,
        is_stopped: IsStopped = never,
    ) -> int:
        """A document as a PDF, or the pack: by `report`, `review`, `assessment`, `pack`; as `save`."""
        kinds: dict[str, Kind] = {"report": "report", "review": "review", "assessment": "assessment"}
        kind = kinds.get(key)
        if kind is None:
            return self.save_pack(language, path, on_parts, is_stopped)
        return self.save(kind, "pdf", language, path, on_parts, is_stopped)

    @contextmanager
    def _watched(self, key: bytes, on_parts: OnParts, is_stopped: IsStopped) -> Iterator[None]:
        try:
            with watched(self._identity.client, key, on_parts, is_stopped, _ASKS):
                yield
        except WorkstationError as e:
            if e.code == STOPPED:
                raise DocumentStopped from e
            raise


def _written(path: Path, answer: ComplianceDocument, is_stopped: IsStopped) -> int:
    """Write it; the number of its entry."""
    if is_stopped():
        raise DocumentStopped(answer.entry)
    write_new_file(path, answer.content)
    return answer.entry


def _series(told: FigureSeries, language: Language) -> Series:
    parts = (Part(one.code, one.counts, TwoLanguages(one.label_en, one.label_id, language)) for one in told.parts)
    return Series(told.columns, tuple(parts))
