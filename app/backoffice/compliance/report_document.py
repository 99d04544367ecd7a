"""What a compliance report is made of, whichever form it has."""

from dataclasses import dataclass

from app.api.messages.training_report import TrainingReport
from app.backoffice.compliance.learning import learning_sections
from app.domain.compliance.figure_texts import SERIES, FigureTexts
from app.domain.compliance.figures import Figures, Series
from app.domain.compliance.finding import Finding
from app.domain.compliance.report_words import ReportWords
from app.domain.compliance.sections import Section


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A report in one language.

    Attributes:
        office_name, office: who answers for the data, with the name on the plate; O in hexadecimal.
        is_postgres: whether it lies in PostgreSQL.
        findings: row by row.
        figures: over time.
        learning: how everybody stands with their lessons.
        made_by, made_at: who had it made, and when, in words.
        made_ms: when.
        entry: the entry of the log that tells of it.
        words, texts: the language.
    """

    office_name: str
    office: str
    is_postgres: bool
    findings: tuple[Finding, ...]
    figures: Figures
    learning: TrainingReport
    made_by: str
    made_at: str
    made_ms: int
    entry: int
    words: ReportWords
    texts: FigureTexts

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What stands above the rows, label and text."""
        words = self.words
        home = words.text("home.postgresql" if self.is_postgres else "home.file")
        return (
            (words.text("office"), self.office_name),
            (words.text("office_key"), self.office),
            (words.text("home"), home),
            (words.text("made"), self.made_at),
            (words.text("made_by"), self.made_by),
            (words.text("entry"), str(self.entry)),
        )

    def evidence(self, row: Finding) -> str:
        """A row's evidence; where it is not met, that and why."""
        said = row.found.text(self.words.language)
        return said if row.found.is_met else f"{self.words.text('why')}: {said}"

    def moment(self, row: Finding) -> str:
        """When a row was looked at, to the second, in UTC."""
        from datetime import UTC, datetime

        return datetime.fromtimestamp(row.at_ms // 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")

    def plots(self) -> tuple[tuple[str, Series], ...]:
        """The figures in order, each by its name."""
        return tuple((name, getattr(self.figures, name)) for name in SERIES)

    def learned(self) -> tuple[Section, ...]:
        """The report of training."""
        return learning_sections(self.learning, self.texts)
