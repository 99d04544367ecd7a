"""The readable copy of one customer's data on paper, made in the console that opened the values: no office sees them.

Pure: the same copy, language and clock give the same bytes.
"""

from datetime import UTC, datetime
from itertools import groupby

from app.domain.access_words import AccessLine, AccessWords
from app.domain.subject_requests.bundle import BundleField, SubjectBundle
from app.domain.subject_requests.bundle_texts import TEXTS
from app.paper import INK, LEADING, QUIET, WIDTH, Head, Paper, wrapped

_TITLE, _HEADING, _BODY, _SMALL = 19.0, 11.5, 9.5, 8.5
_LABELS, _TIMES = 150.0, 40.0
_TOGETHER = 200.0
"""A field and why it is held stand on one page, unless they are higher than this."""


def bundle_pdf(bundle: SubjectBundle, words: AccessWords) -> bytes:
    """The copy as a PDF.

    Args:
        bundle: the copy.
        words: language, and how accesses and times are said.
    """
    texts, paper = TEXTS[words.language], Paper()
    sender = bundle.sender.full_name
    paper.block(0, sender, _BODY, WIDTH, ink=QUIET)
    paper.space(4)
    paper.block(0, texts["title"], _TITLE, WIDTH, strong=True)
    paper.space(8)
    for name, text in (
        (texts["number"], str(bundle.number)),
        (texts["customer"], bundle.customer_number),
        (texts["made"], words.moment(bundle.made_ms)),
        (texts["basis"], texts[f"basis.{bundle.kind.value}"]),
        (texts["contact"], bundle.sender.said.contact),
    ):
        if text:
            _fact(paper, name, text)
    _heading(paper, texts["data"])
    for field in bundle.fields:
        _field(paper, field, words.language)
    if not bundle.fields:
        paper.block(0, texts["none"], _BODY, WIDTH)
    _heading(paper, texts["notes"])
    for note in bundle.notes:
        paper.block(0, words.moment(note.at_ms), _SMALL, WIDTH, ink=QUIET)
        for line in note.text.split("\n"):
            paper.block(0, line, _BODY, WIDTH)
        paper.space(5)
    if not bundle.notes:
        paper.block(0, texts["notes.none"], _BODY, WIDTH)
    _seen(paper, bundle, words, texts["seen"], texts["seen.none"])
    made = datetime.fromtimestamp(bundle.made_ms // 1000, UTC).strftime("%Y%m%d%H%M%S+00'00'")
    head = Head(texts["title"], sender, bundle.customer_number, words.language, made)
    left = f"{sender} · {texts['customer']} {bundle.customer_number}"
    return paper.pdf(head, lambda n, total: (left, texts["page"].format(n=n, total=total)))


def _fact(paper: Paper, name: str, text: str) -> None:
    lines = wrapped(text, _BODY, WIDTH - _LABELS)
    paper.need(len(lines) * _BODY * LEADING)
    paper.text(0, name, _BODY, ink=QUIET)
    for line in lines:
        paper.text(_LABELS, line, _BODY)
        paper.space(_BODY * LEADING)
    paper.space(2)


def _heading(paper: Paper, text: str) -> None:
    paper.space(14)
    paper.need(_HEADING * LEADING * 3)
    paper.block(0, text, _HEADING, WIDTH, strong=True)
    paper.space(3)
    paper.rule()
    paper.space(6)


def _field(paper: Paper, field: BundleField, language: str) -> None:
    texts, at = TEXTS[language], 1 if language == "id" else 0
    purposes = ", ".join(purpose[1 + at] for purpose in field.purposes)
    why = texts["why"].format(purposes=purposes, basis=texts[f"basis.{field.basis}"], kept=field.kept[at])
    if field.recipients:
        why += " " + texts["recipients"].format(names=", ".join(one[at] for one in field.recipients))
    lines = (len(wrapped(field.value, _BODY, WIDTH - _LABELS)), len(wrapped(why, _SMALL, WIDTH - _LABELS)))
    paper.need(min(lines[0] * _BODY * LEADING + 2 + lines[1] * _SMALL * LEADING, _TOGETHER))
    _fact(paper, field.labels[at], field.value)
    paper.block(_LABELS, why, _SMALL, WIDTH - _LABELS, ink=QUIET)
    paper.space(5)


def _seen(paper: Paper, bundle: SubjectBundle, words: AccessWords, heading: str, none: str) -> None:
    _heading(paper, heading)
    if not bundle.seen.accesses:
        paper.block(0, none, _BODY, WIDTH)
        return
    paper.block(0, words.summary(bundle.seen), _BODY, WIDTH)
    paper.space(5)
    for day in words.days(bundle.seen, newest_first=True):
        paper.need(_BODY * LEADING * 3)
        paper.block(0, day.heading, _BODY, WIDTH, strong=True)
        for (time, who, why, how), together in groupby(day.lines, _same_act):
            lines = list(together)
            what = ", ".join(dict.fromkeys(line.what for line in reversed(lines)))
            said = f"{who}: {what}. {why}. {how} ({_entries([line.number for line in reversed(lines)], words)})"
            paper.need(min(len(wrapped(said, _SMALL, WIDTH - _TIMES)) * _SMALL * LEADING, _TOGETHER))
            paper.text(0, time, _SMALL, ink=QUIET)
            paper.block(_TIMES, said, _SMALL, WIDTH - _TIMES, ink=INK)
        paper.space(4)


def _entries(numbers: list[int], words: AccessWords) -> str:
    """Entries of the log: the first and the last one where none lies between them that is not meant."""
    is_whole = len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1
    named = (numbers[0], numbers[-1]) if is_whole else numbers
    return ("–" if is_whole else ", ").join(map(words.figure, named))


def _same_act(line: AccessLine) -> tuple[str, str, str, str]:
    """What one person did in a minute for one reason is one line: a copy of everything is one act."""
    return line.time, line.who, line.why, line.how
