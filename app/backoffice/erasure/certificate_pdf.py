"""A certificate of erasure or destruction on paper, in the reader's language: the JSON's facts, nothing beside them.

Pure: the same certificate and language give the same bytes. The paper names the digest of the JSON, which carries the
signature (`tirai erasure verify`).
"""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from app.auth.erasure_certificate import checked_certificate, office_of
from app.backoffice.paper import LEADING, QUIET, WIDTH, Head, Paper, wrapped
from app.crypto.derive import sha256
from app.domain.erasure.certificate_words import GROUND_WORDS, KEPT_HASHES, counts_said, said
from app.domain.erasure.words import Action, Fate, Ground

SMALL, BODY, HEADING, TITLE = 8.5, 9.5, 10.5, 21.0
LABELS: Final = 148.0
_MOST_LISTED: Final = 200


def pdf_of(text: str, language: str) -> bytes:
    """The certificate as a PDF.

    Args:
        text: as the office has signed it.
        language: `en` or `id`.

    Raises:
        VerificationError: it was changed.
    """
    return _Writing(text, checked_certificate(text), language).pdf()


@dataclass(slots=True)
class _Writing:
    text: str
    facts: Mapping[str, Any]
    language: str
    paper: Paper = field(default_factory=Paper)

    def pdf(self) -> bytes:
        facts, paper = self.facts, self.paper
        title = self._say(f"title.{facts['action']}")
        paper.block(0, title, TITLE, WIDTH, strong=True)
        paper.space(8)
        self._facts()
        self._heading("customers")
        self._customers()
        self._heading("remarks")
        for code in facts["remarks"]:
            paper.block(0, self._say(code), BODY, WIDTH, ink=QUIET)
            paper.space(3)
        for backup in facts["backups"]:
            self._fact(backup["period"], self._day(backup["until"]))
        self._heading("proof")
        self._proof()
        made = datetime.fromisoformat(facts["made"]).astimezone(UTC)
        head = Head(title, facts["office_name"], str(facts["number"]), self.language, f"{made:%Y%m%d%H%M%S}+00'00'")
        left = f"{facts['office_name']} · {title} {facts['number']}"
        return paper.pdf(head, lambda page, total: (left, f"{page} / {total}"))

    def _facts(self) -> None:
        facts = self.facts
        english, indonesian = GROUND_WORDS[Ground(facts["ground"])]
        rows = (
            ("number", str(facts["number"])),
            ("organisation", facts["office_name"]),
            ("article", self._say(f"article.{facts['action']}")),
            ("ground", indonesian if self.language == "id" else english),
            ("reference", facts["reference"]),
            ("proposed", self._person(facts["proposed"])),
            ("approved", self._person(facts["approved"])),
            ("made", self._day(facts["made"])),
            ("destroyed", counts_said(facts["destroyed"], self.language)),
            ("suppressed", self._counted("hashes", facts["destroyed"].get(KEPT_HASHES, 0))),
            ("workstations", self._consoles()),
        )
        for key, words in rows:
            if words:
                self._fact(self._say(f"label.{key}"), words)

    def _consoles(self) -> str:
        figures = self.facts["workstations"]
        said = [self._counted(f"consoles.{what}", figures.get(what, 0)) for what in ("told", "ended")]
        return "; ".join(filter(None, said)) or self._say("consoles.none")

    def _counted(self, code: str, n: int) -> str:
        """The sentence with its figure; nothing for none."""
        return self._say(code).format(n=n) if n else ""

    def _customers(self) -> None:
        customers, paper = self.facts["customers"], self.paper
        gone = "destroyed" if self.facts["action"] == Action.DESTROY.value else Fate.ERASED.value
        for one in customers[:_MOST_LISTED]:
            paper.need(SMALL * LEADING)
            paper.text(0, one["pseudonym"], SMALL)
            fields = f" ({', '.join(one['fields'])})" if one.get("fields") else ""
            fate = gone if one["fate"] == Fate.ERASED.value else one["fate"]
            paper.text(230, self._say(f"fate.{fate}") + fields, SMALL, ink=QUIET)
            if "entry" in one:
                paper.text(WIDTH, str(one["entry"]), SMALL, ink=QUIET, to_right=True)
            paper.space(SMALL * LEADING)
        if len(customers) > _MOST_LISTED:
            paper.block(0, f"+ {len(customers) - _MOST_LISTED}", SMALL, WIDTH, ink=QUIET)

    def _proof(self) -> None:
        log = self.facts["log"]
        self._fact(self._say("label.entry"), f"{log['entry']}, {log['head']}", SMALL)
        self._fact(self._say("label.office"), office_of(self.facts).hex(), SMALL)
        self._fact(self._say("label.digest"), sha256(self.text.encode()).hex(), SMALL)
        for who in ("proposed", "approved"):
            signature = b64decode(self.facts[who]["signature"]).hex()
            self._fact(self._say(f"label.signature.{who}"), signature, SMALL)

    def _heading(self, key: str) -> None:
        self.paper.space(10)
        self.paper.need(60)
        self.paper.text(0, self._say(f"heading.{key}"), HEADING, strong=True)
        self.paper.space(HEADING * LEADING + 4)

    def _fact(self, label: str, words: str, size: float = BODY) -> None:
        lines = wrapped(words, size, WIDTH - LABELS)
        self.paper.need(size * LEADING)
        self.paper.text(0, label, size, ink=QUIET)
        for line in lines:
            self.paper.need(size * LEADING)
            self.paper.text(LABELS, line, size)
            self.paper.space(size * LEADING + 1)

    def _person(self, person: Mapping[str, str]) -> str:
        return f"{person['name']} ({person['account']}), {self._day(person['at'])}"

    def _day(self, iso: str) -> str:
        return f"{datetime.fromisoformat(iso).astimezone(UTC):%Y-%m-%d %H:%M} UTC"

    def _say(self, code: str) -> str:
        return said(code, self.language)
