"""What the pages of the privacy desk need of the session, as they call it. All calls block and are made by `tasks`."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

from app.domain.compliance.figures import Figures
from app.domain.compliance.finding import Finding
from app.domain.privacy.notice import Notice
from app.domain.privacy.record_words import RecordSaid
from app.domain.privacy.unused import FieldUse
from app.session.privacy.customer import ConsentWords, ShownPrivacy
from app.session.privacy.notices import ShownNotice
from app.session.privacy.training_report import ShownReport
from app.session.shown_who_saw import Language
from app.ui.privacy.exporting.use_cases import ExportUseCases
from app.ui.privacy.incidents.use_cases import IncidentUseCases
from app.ui.privacy.keeping.use_cases import ErasingUseCases
from app.ui.privacy.readmitting.use_cases import ReadmittingUseCases
from app.ui.privacy.requests.use_cases import RequestUseCases


class RecordUseCases(Protocol):
    """The record of processing (`app.session.privacy.record.ProcessingRecords`)."""

    def said(self, language: Language) -> RecordSaid:
        """The record in a language; asks nobody."""

    def save(self, language: Language, form: Literal["html", "pdf"], path: Path) -> int:
        """Have the document made and written."""

    def uses(self) -> tuple[FieldUse, ...]:
        """What is known of each field's use."""


class NoticeUseCases(Protocol):
    """Privacy notices (`app.session.privacy.notices.Notices`)."""

    def listing(self) -> tuple[ShownNotice, ...]:
        """Drafts, then what was published."""

    def begin(self) -> str:
        """Write a first draft from the inventory."""

    def label(self, kind: str, name: str, language: str) -> str:
        """The label of a purpose or a field; asks nobody."""

    def write(self, id_: str, notice: Notice) -> None:
        """Keep a draft."""

    def publish(self, shown: ShownNotice) -> None:
        """Publish what was read."""

    def drop(self, id_: str) -> None:
        """Take a draft away."""


class CustomerPrivacyUseCases(Protocol):
    """One customer's panel (`app.session.privacy.customer.CustomersPrivacy`)."""

    def panel(self, record: str) -> ShownPrivacy:
        """How a customer's purposes stand."""

    def say(self, shown: ShownPrivacy, words: ConsentWords) -> str:
        """Have a customer's word written down; the receipt."""

    def save_receipt(self, record: str, receipt: str, path: Path) -> None:
        """Write a receipt into a new file."""

    def send_page(self, record: str) -> float:
        """Have a customer sent a link to their page; until when it is good."""


class ProofUseCases(Protocol):
    """The office's proof (`app.session.privacy.compliance.Proofs`)."""

    def controls(self, on_parts: Callable[[int, int], object], is_stopped: Callable[[], bool]) -> tuple[Finding, ...]:
        """Each control as it stands now; tells how far it is, and can be stopped."""

    def figures(self, language: Language) -> Figures:
        """How the office has kept its duties over the months."""

    def save_as(
        self,
        key: str,
        language: Language,
        path: Path,
        on_parts: Callable[[int, int], object],
        is_stopped: Callable[[], bool],
    ) -> int:
        """Have a document or the pack made and written; as `controls`."""


class TrainingReportUseCases(Protocol):
    """The report of training (`app.session.privacy.training_report.TrainingReports`)."""

    def report(self) -> ShownReport:
        """How the people stand whom the person looks after."""


class PrivacyUseCases(Protocol):
    """The privacy desk (`app.session.privacy.desk.PrivacyDesk`): a property for each page, and a fresh code for all."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""

    @property
    def notices(self) -> NoticeUseCases:
        """Privacy notices."""

    @property
    def customers(self) -> CustomerPrivacyUseCases:
        """One customer's panel."""

    @property
    def requests(self) -> RequestUseCases:
        """Requests of customers."""

    @property
    def incidents(self) -> IncidentUseCases:
        """Suspicions and incidents."""

    @property
    def record(self) -> RecordUseCases:
        """The record of processing activities."""

    @property
    def erasing(self) -> ErasingUseCases:
        """Retention, holds and erasure."""

    @property
    def readmitting(self) -> ReadmittingUseCases:
        """Letting somebody who was erased come back."""

    @property
    def exporting(self) -> ExportUseCases:
        """Analytics exports."""

    @property
    def training(self) -> TrainingReportUseCases:
        """The report of training."""

    @property
    def proofs(self) -> ProofUseCases:
        """The office's proof."""
