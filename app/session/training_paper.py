"""A certificate of training as a page that a person can keep; made in the console, of facts that the office signed.

Pure: the same facts and language give the same bytes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from app.auth.training_certificate import TrainingCertificate
from app.domain.access_texts import MONTHS
from app.domain.training.certificate_words import TEXTS
from app.paper import LEADING, QUIET, WIDTH, Head, Paper, wrapped

_TITLE, _LESSON, _BODY, _SMALL = 24.0, 15.0, 10.5, 8.5
_LABELS = 150.0


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """What stands on it.

    Attributes:
        certificate: whose signature was checked.
        signature: the office's.
        person: whose it is, as the office's table names them.
        lesson: the lesson's name, in the language of the page.
        law: what the lesson rests on.
        office: O, 32 bytes.
        office_name: what the office calls itself.
        zone: of the office's days.
        language: `en` or `id`.
    """

    certificate: TrainingCertificate
    signature: bytes
    person: str
    lesson: str
    law: str
    office: bytes
    office_name: str
    zone: tzinfo
    language: str


def certificate_pdf(page: CertificatePage) -> bytes:
    """The page as a PDF."""
    texts, paper, one = TEXTS[page.language], Paper(), page.certificate
    paper.block(0, page.office_name, _BODY, WIDTH, ink=QUIET)
    paper.space(90)
    paper.block(0, texts["title"], _TITLE, WIDTH, strong=True)
    paper.space(16)
    paper.block(0, texts["sentence"].format(person=page.person), _BODY, WIDTH)
    paper.space(10)
    paper.block(0, page.lesson, _LESSON, WIDTH, strong=True)
    paper.space(20)
    paper.rule()
    paper.space(10)
    for name, words in (
        ("person", one.account),
        ("passed", _day(one.passed_ms, page)),
        ("ends", _day(one.expires_ms, page)),
        ("right", texts["of"].format(right=one.right, asked=one.asked)),
        ("version", str(one.version)),
        ("law", page.law),
    ):
        _fact(paper, texts[name], words, _BODY)
    paper.space(90)
    paper.block(0, texts["proof"], _BODY, WIDTH, strong=True)
    paper.space(4)
    paper.block(0, texts["how"].format(name=page.office_name), _SMALL, WIDTH, ink=QUIET)
    paper.space(6)
    for name, code in (
        ("number", one.id),
        ("office", page.office),
        ("digest", one.digest),
        ("signature", page.signature),
    ):
        _fact(paper, texts[name], code.hex(), _SMALL)
    made = datetime.fromtimestamp(one.passed_ms // 1000, UTC).strftime("%Y%m%d%H%M%S+00'00'")
    head = Head(texts["title"], page.office_name, page.lesson, page.language, made)
    left = f"{page.office_name} · {texts['title']}"
    return paper.pdf(head, lambda n, total: (left, texts["page"].format(n=n, total=total)))


def _fact(paper: Paper, name: str, words: str, size: float) -> None:
    paper.text(0, name, size, ink=QUIET)
    for line in wrapped(words, size, WIDTH - _LABELS):
        paper.text(_LABELS, line, size)
        paper.space(size * LEADING)
    paper.space(2)


def _day(at_ms: int, page: CertificatePage) -> str:
    at = datetime.fromtimestamp(at_ms // 1000, page.zone)
    return f"{at.day} {MONTHS[page.language][at.month - 1]} {at.year}"
