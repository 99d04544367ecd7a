"""The letters of UU PDP art. 46 and the public notice, filled in from an incident. Pure.

Each says what the article wants: which data, when and how, what is done and how protection is restored. What is not
known yet is said to be unknown, never left out; a drill says so above and below.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.domain.incidents.letter_texts import TEXTS
from app.domain.incidents.words import Told
from app.domain.letter import Letter, Sender


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What a letter is filled in from.

    Attributes:
        number: of the incident.
        is_drill: whether it is one.
        t0_ms, due_ms: when it was known, and by when it is to be told.
        since_ms, until_ms: when it happened; None while nobody knows.
        classes: classes of data that were disclosed.
        affected: how many people; None while nobody knows.
        customer: number of the customer to whom a letter goes; empty: it is nobody's own.
        how, handling, recovery: in the words of the privacy officer; empty while they are not written.
    """

    number: int
    is_drill: bool
    t0_ms: int
    due_ms: int
    since_ms: int | None
    until_ms: int | None
    classes: tuple[str, ...]
    affected: int | None
    how: str
    handling: str
    recovery: str
    customer: str = ""

    @property
    def reference(self) -> str:
        """What names the letter to one customer: the incident's number and theirs."""
        return f"{self.number}/{self.customer}"


def letter_to(
    who: Told, facts: IncidentFacts, sender: Sender, language: str, written_ms: int, moment: Callable[[int], str]
) -> Letter:
    """One letter.

    Args:
        who: who is told.
        facts: of the incident.
        sender: who writes.
        language: `en` or `id`.
        written_ms: when, ms since 1970.
        moment: says a time in that language, by the office's clock.
    """
    texts = TEXTS[language]
    head = [
        (texts["written"], moment(written_ms)),
        (texts["number"], str(facts.number)),
        (texts["t0"], moment(facts.t0_ms)),
        (texts["term"], moment(facts.due_ms)),
        (texts["basis"], texts["basis.text"]),
    ]
    if who is Told.SUBJECTS and facts.customer:
        head[:0] = [(texts["customer"], facts.customer), (texts["reference"], facts.reference)]
    if who is not Told.SUBJECTS:
        count = texts["still"] if facts.affected is None else texts["affected.figure"].format(n=facts.affected)
        head.append((texts["affected"], count))
    last = {Told.SUBJECTS: "subjects.rights", Told.AUTHORITY: "authority.log", Told.PUBLIC: "public.ask"}[who]
    return Letter(
        language=language,
        sender=sender.full_name,
        title=texts[f"title.{who.value}"],
        facts=tuple(head),
        paragraphs=(
            texts[f"to.{who.value}"],
            _what(texts, facts.classes),
            _when(texts, facts, moment),
            texts["handling"].format(text=facts.handling or texts["still"]),
            texts[f"recovery.{who.value}"].format(text=facts.recovery or texts["still"]),
            texts[last],
        ),
        closing=sender.closing(language),
        mark=texts["drill"] if facts.is_drill else "",
    )


def _what(texts: Mapping[str, str], classes: Iterable[str]) -> str:
    named = ", ".join(texts[f"class.{name}"] for name in classes)
    return texts["what"].format(classes=named) if named else texts["what.unknown"]


def _when(texts: Mapping[str, str], facts: IncidentFacts, moment: Callable[[int], str]) -> str:
    how = facts.how or texts["how.unknown"]
    if facts.since_ms is None or facts.until_ms is None:
        return texts["when.unknown"].format(how=how)
    return texts["when"].format(since=moment(facts.since_ms), until=moment(facts.until_ms), how=how)
