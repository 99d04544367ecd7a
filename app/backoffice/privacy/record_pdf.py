"""The record of processing as a document. Pure: the same record, clock and person give the same bytes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.backoffice.paper import LEADING, QUIET, WIDTH, Head, Paper, wrapped
from app.domain.privacy.record_words import ActivityLine, FieldLine, RecordSaid

SMALL, BODY, HEADING, TITLE = 8.5, 9.5, 12.0, 21.0
_LABELS = 128.0
_COLUMNS = (
    ("field", 0.0, 118.0),
    ("class", 124.0, 58.0),
    ("category", 186.0, 52.0),
    ("basis", 242.0, 112.0),
    ("kept", 360.0, WIDTH - 360.0),
)
_BELOW, _BELOW_LABELS = 12.0, 112.0
"""What else is said of a field stands below its row: where that begins, and how wide its labels are."""


@dataclass(frozen=True, slots=True)
class RecordDocument:
    """What a document is made of.

    Attributes:
        office_name: as its name plate says.
        said: the record in a language.
        made_by, made_at: who had it made, and when, in words.
        made_ms: when.
        imports, typed: how many imports and typed customers the data comes from.
    """

    office_name: str
    said: RecordSaid
    made_by: str
    made_at: str
    made_ms: int
    imports: int
    typed: int


def pdf_of(document: RecordDocument) -> bytes:
    """The document as a PDF."""
    return _Writing(document).pdf()


def facts_of(document: RecordDocument) -> tuple[tuple[str, str], ...]:
    """What stands above the record, label and text; what the inventory does not say stands there as not said."""
    words, record = document.said.words, document.said.record
    controller = record.controller
    facts = [("organisation", document.office_name)]
    for key in ("name", "address", "contact", "officer"):
        said = getattr(controller, key)
        facts.append(("controller" if key == "name" else key, said or words.text("not_said")))
    if controller.processes_for:
        facts.append(("processes_for", controller.processes_for))
    sources = (words.text("sources.imports", n=document.imports), words.text("sources.typed", n=document.typed))
    facts += [
        ("subjects", record.title),
        ("sources", ", ".join(sources)),
        ("specific", document.said.specific()),
        ("made", document.made_at),
        ("made_by", document.made_by),
        ("inventory", record.digest.hex()[:16]),
    ]
    return tuple((words.text(key), text) for key, text in facts)


@dataclass(slots=True)
class _Writing:
    """Writes one document."""

    document: RecordDocument
    paper: Paper = field(default_factory=Paper)

    def pdf(self) -> bytes:
        document, words = self.document, self.document.said.words
        self._head()
        self._gaps()
        for activity in document.said.activities():
            self._activity(activity)
        self._fields()
        self._times()
        self._opens()
        made = datetime.fromtimestamp(document.made_ms // 1000, UTC).strftime("%Y%m%d%H%M%S+00'00'")
        head = Head(words.text("title"), document.office_name, words.text("law"), words.language, made)
        left = f"{document.office_name} · {words.text('title')}"
        return self.paper.pdf(head, lambda n, total: (left, words.text("page", n=n, total=total)))

    def _head(self) -> None:
        document, words, paper = self.document, self.document.said.words, self.paper
        paper.block(0, words.text("title"), TITLE, WIDTH, strong=True)
        paper.space(2)
        paper.block(0, words.text("law"), BODY, WIDTH, ink=QUIET)
        paper.space(8)
        for label, text in facts_of(document):
            self._line(label, text)
        paper.space(8)

    def _fact(self, key: str, text: str) -> None:
        self._line(self.document.said.words.text(key), text)

    def _line(self, label: str, text: str) -> None:
        lines = wrapped(text, BODY, WIDTH - _LABELS)
        self.paper.need(len(lines) * (BODY * LEADING + 1))
        self.paper.text(0, label, BODY, ink=QUIET)
        for line in lines:
            self.paper.text(_LABELS, line, BODY)
            self.paper.space(BODY * LEADING + 1)

    def _gaps(self) -> None:
        said = self.document.said
        self._heading(said.words.text("gaps"))
        for text in said.gaps() or (said.words.text("gaps.none"),):
            self.paper.block(0, text, BODY, WIDTH)
        self.paper.space(8)

    def _activity(self, activity: ActivityLine) -> None:
        self.paper.need(110)
        self._heading(activity.purpose)
        self._fact("activity.basis", activity.bases or self.document.said.words.text("not_said"))
        self._fact("activity.data", activity.data)
        self._fact("activity.recipients", activity.recipients)
        self._fact("activity.kept", activity.kept)
        if activity.consent:
            self._fact("activity.consent", activity.consent)
        self.paper.space(6)

    def _fields(self) -> None:
        paper, words = self.paper, self.document.said.words
        paper.need(90)
        self._heading(words.text("fields"))
        self._columns()
        paper.on_turn = self._columns
        for line in self.document.said.fields():
            self._field(line)
        paper.on_turn = lambda: None
        paper.space(10)

    def _columns(self) -> None:
        for key, x, _width in _COLUMNS:
            self.paper.text(x, self.document.said.words.text(f"column.{key}"), SMALL, ink=QUIET)
        self.paper.space(SMALL * LEADING + 4)
        self.paper.rule()

    def _field(self, line: FieldLine) -> None:
        paper = self.paper
        texts = (line.label, line.data_class, line.category, line.bases, line.kept)
        cells = [wrapped(text, SMALL, width) for text, (_key, _x, width) in zip(texts, _COLUMNS, strict=True)]
        left = _BELOW + _BELOW_LABELS
        more = [("purposes", line.purposes), ("recipients", line.recipients), ("least", line.least)]
        below = [(key, wrapped(text, SMALL, WIDTH - left)) for key, text in more]
        rows = max(map(len, cells)) + sum(len(lines) for _key, lines in below)
        height = rows * SMALL * LEADING + 9
        paper.need(height)
        top = paper.y
        for lines, (_key, x, _width) in zip(cells, _COLUMNS, strict=True):
            paper.y = top + 3
            for text in lines:
                paper.text(x, text, SMALL)
                paper.space(SMALL * LEADING)
        paper.y = top + max(map(len, cells)) * SMALL * LEADING + 6
        for key, lines in below:
            paper.text(_BELOW, self.document.said.words.text(f"column.{key}"), SMALL, ink=QUIET)
            for text in lines:
                paper.text(left, text, SMALL)
                paper.space(SMALL * LEADING)
        paper.y = top + height
        paper.rule()

    def _times(self) -> None:
        if not (texts := self.document.said.times()):
            return
        self.paper.need(60)
        self._heading(self.document.said.words.text("times"))
        for text in texts:
            self.paper.block(0, text, BODY, WIDTH)
        self.paper.space(8)

    def _opens(self) -> None:
        self.paper.need(90)
        self._heading(self.document.said.words.text("opens"))
        for name, who in self.document.said.opens():
            self.paper.need(BODY * LEADING * 2)
            self.paper.text(0, name, BODY, ink=QUIET)
            self.paper.block(_LABELS, who, BODY, WIDTH - _LABELS)

    def _heading(self, text: str) -> None:
        self.paper.block(0, text, HEADING, WIDTH, strong=True)
        self.paper.space(3)
