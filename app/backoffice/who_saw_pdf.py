"""The document "who saw my data": one customer's list on paper, in their language (UU PDP articles 7 and 32).

Pure: the same list, language, clock and proof give the same bytes. It holds no sealed value, since the list holds none.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from app.backoffice.log_proof import LogProof
from app.backoffice.paper import INK, LEADING, QUIET, WIDTH, Head, Paper, wrapped
from app.domain.access import AccessList, Somebody
from app.domain.access_words import AccessDay, AccessLine, AccessWords

SMALL, BODY, HEADING, SUMMARY, TITLE = 8.5, 9.5, 10.5, 13.0, 21.0
_LABELS, _TERMS = 112.0, 92.0
_PAD = 3.2
_HEADING = HEADING * LEADING + 3
_HEADINGS = _HEADING + SMALL * LEADING + 6
_COLUMNS = (
    ("time", 0.0, 32.0),
    ("who", 36.0, 80.0),
    ("what", 122.0, 86.0),
    ("why", 214.0, 112.0),
    ("how", 332.0, 126.0),
)
"""Name, begin and width in points; the entry's number stands at the right edge."""


@dataclass(frozen=True, slots=True)
class WhoSawDocument:
    """What a document is made of.

    Attributes:
        office_name: the organisation.
        found: the list.
        proof: what of the log was checked, signed.
        made_by: who had it made.
        made_ms: when.
        words: language and clock.
    """

    office_name: str
    found: AccessList
    proof: LogProof
    made_by: Somebody
    made_ms: int
    words: AccessWords


def pdf_of(document: WhoSawDocument) -> bytes:
    """The document as a PDF."""
    return _Writing(document).pdf()


@dataclass(slots=True)
class _Writing:
    """Writes one document."""

    document: WhoSawDocument
    paper: Paper = field(default_factory=Paper)

    def pdf(self) -> bytes:
        document, words, found = self.document, self.document.words, self.document.found
        self._head()
        self._days()
        if found.accesses:
            self._meanings()
        self._check()
        made = datetime.fromtimestamp(document.made_ms // 1000, UTC).strftime("%Y%m%d%H%M%S+00'00'")
        head = Head(words.text("title"), document.office_name, found.customer_number, words.language, made)
        left = f"{document.office_name} · {words.text('number')} {found.customer_number}"
        return self.paper.pdf(head, lambda n, total: (left, words.text("page", n=n, total=total)))

    def _head(self) -> None:
        document, words, paper = self.document, self.document.words, self.paper
        paper.block(0, words.text("title"), TITLE, WIDTH, strong=True)
        paper.space(8)
        name = document.found.customer_name
        self._fact("organisation", document.office_name)
        self._fact("number", document.found.customer_number)
        if name:
            self._fact("name", name)
        self._fact("period", words.period(document.found))
        self._fact("made", words.moment(document.made_ms))
        self._fact("made_by", words.who(document.made_by))
        self._fact("basis", words.text("basis.text"))
        paper.space(10)
        paper.block(0, words.summary(document.found), SUMMARY, WIDTH, strong=True)
        paper.space(3)
        remarks = words.remarks(document.found)
        if any(access.number == document.proof.entries for access in document.found.accesses):
            remarks.append(words.text("counts_itself"))
        for remark in remarks:
            paper.block(0, remark, BODY, WIDTH, ink=QUIET)
        paper.space(8)

    def _fact(self, key: str, text: str) -> None:
        lines = wrapped(text, BODY, WIDTH - _LABELS)
        self.paper.text(0, self.document.words.text(key), BODY, ink=QUIET)
        for line in lines:
            self.paper.text(_LABELS, line, BODY)
            self.paper.space(BODY * LEADING + 1)

    # the list

    def _days(self) -> None:
        paper, days = self.paper, self.document.words.days(self.document.found)
        if days:
            paper.need(_HEADINGS + _height(_cells(days[0].lines[0])))
            self._columns()
        for day in days:
            paper.on_turn = self._columns
            paper.need(_HEADING + _height(_cells(day.lines[0])))
            self._day_heading(day)
            paper.on_turn = partial(self._go_on, day)
            for line in day.lines:
                self._line(line)
            paper.space(9)
        paper.on_turn = lambda: None

    def _go_on(self, day: AccessDay) -> None:
        self._columns()
        self._day_heading(day)

    def _columns(self) -> None:
        paper, words = self.paper, self.document.words
        for key, x, _width in _COLUMNS:
            paper.text(x, words.text(f"column.{key}"), SMALL, ink=QUIET)
        paper.text(WIDTH, words.text("column.entry"), SMALL, ink=QUIET, to_right=True)
        paper.space(SMALL * LEADING + 6)

    def _day_heading(self, day: AccessDay) -> None:
        self.paper.text(0, day.heading, HEADING, strong=True)
        self.paper.space(HEADING * LEADING + 3)
        self.paper.rule()

    def _line(self, line: AccessLine) -> None:
        paper, cells = self.paper, _cells(line)
        height = _height(cells)
        paper.need(height)
        top = paper.y
        for (key, x, _width), lines in zip(_COLUMNS, cells, strict=True):
            paper.y = top + _PAD
            for text in lines:
                paper.text(x, text, SMALL, ink=QUIET if key == "time" else INK)
                paper.space(SMALL * LEADING)
        paper.y = top + _PAD
        paper.text(WIDTH, self.document.words.figure(line.number), SMALL, ink=QUIET, to_right=True)
        paper.y = top + height
        paper.rule()

    # what it means

    def _meanings(self) -> None:
        paper, words = self.paper, self.document.words
        paper.need(90)
        self._heading("meaning")
        for term, text in words.meanings(self.document.found):
            lines = wrapped(text, SMALL, WIDTH - _TERMS)
            paper.need(len(lines) * SMALL * LEADING + 3)
            paper.text(0, term, SMALL)
            for line in lines:
                paper.text(_TERMS, line, SMALL, ink=QUIET)
                paper.space(SMALL * LEADING)
            paper.space(3)
        paper.space(9)

    def _check(self) -> None:
        paper, words, proof = self.paper, self.document.words, self.document.proof
        text = words.text("check.text", entry=words.figure(proof.entries))
        paper.need(HEADING * LEADING + (len(wrapped(text, SMALL, WIDTH)) + 5) * SMALL * LEADING + 12)
        self._heading("check")
        paper.block(0, text, SMALL, WIDTH, ink=QUIET)
        paper.space(4)
        signature = b64encode(proof.signature).decode()
        for key, value in (("head", proof.head.hex()), ("signature", signature), ("office", proof.office.hex())):
            paper.text(0, words.text(f"check.{key}"), SMALL)
            paper.block(_LABELS, value, SMALL, WIDTH - _LABELS, ink=QUIET)

    def _heading(self, key: str) -> None:
        self.paper.text(0, self.document.words.text(key), HEADING, strong=True)
        self.paper.space(HEADING * LEADING + 4)


def _cells(line: AccessLine) -> list[list[str]]:
    texts = (line.time, line.who, line.what, line.why, line.how)
    return [wrapped(text, SMALL, width) for text, (_key, _x, width) in zip(texts, _COLUMNS, strict=True)]


def _height(cells: list[list[str]]) -> float:
    return max(len(lines) for lines in cells) * SMALL * LEADING + 2 * _PAD
