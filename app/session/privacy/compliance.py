"""The office's proof for one session: its controls as they stand, and the documents made of them."""

from pathlib import Path
from typing import Literal

from app.api.client import compliance as calls
from app.api.messages.compliance import AskComplianceDocument, AskPack
from app.api.messages.compliance_figures import FigureSeries
from app.domain.compliance.controls import Control, Source
from app.domain.compliance.figures import Figures, Part, Series
from app.domain.compliance.finding import Finding, Found
from app.domain.two_languages import TwoLanguages
from app.session.identity import Identity
from app.session.shown_who_saw import Language
from app.storage.new_file import write_new_file

Kind = Literal["report", "review", "assessment"]
Form = Literal["html", "pdf"]


class Proofs:
    """What an office shows of itself.

    Args:
        identity: who signed in.
    """

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def controls(self) -> tuple[Finding, ...]:
        """Each control as it stands now; one from a source that this console does not know is left out.

        Raises:
            NotAllowedError: code `role_privacy`.
        """
        known = set(Source)
        return tuple(
            Finding(
                Control(Source(one.source), one.article, one.asks_en, one.asks_id, one.evidence),
                Found(one.is_met, one.shown_en, one.shown_id),
                one.at_ms,
            )
            for one in calls.controls(self._identity.client).controls
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

    def save(self, kind: Kind, form: Form, language: Language, path: Path) -> int:
        """Have a document made, and write it into a new file.

        Returns:
            The number of its entry in the log.

        Raises:
            NotAllowedError: code `role_privacy`.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        answer = calls.document(self._identity.client, AskComplianceDocument(kind=kind, form=form, language=language))
        write_new_file(path, answer.content)
        return answer.entry

    def save_pack(self, language: Language, path: Path) -> int:
        """Have all of it made in one file that the office signs, and write it into a new file.

        Returns:
            The number of its entry in the log.

        Raises:
            NotAllowedError: code `role_privacy`.
            VerificationError: code `log`: the log does not hold.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        answer = calls.pack(self._identity.client, AskPack(language=language))
        write_new_file(path, answer.content)
        return answer.entry

    def save_as(self, key: str, language: Language, path: Path) -> int:
        """A document as a PDF, or the pack: by `report`, `review`, `assessment`, `pack`; as `save`."""
        kinds: dict[str, Kind] = {"report": "report", "review": "review", "assessment": "assessment"}
        kind = kinds.get(key)
        return self.save_pack(language, path) if kind is None else self.save(kind, "pdf", language, path)


def _series(told: FigureSeries, language: Language) -> Series:
    parts = (Part(one.code, one.counts, TwoLanguages(one.label_en, one.label_id, language)) for one in told.parts)
    return Series(told.columns, tuple(parts))
