"""The letter about a request that has ended, in one language. Pure: values in, a letter out.

It names the customer by number alone, and repeats nothing that was written to us: who reads it by mistake learns that
a request was made, and no value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.letter import Letter, Sender
from app.domain.subject_requests.clock import TERMS
from app.domain.subject_requests.letter_texts import TEXTS
from app.domain.subject_requests.words import RefusalReason, RequestKind, RequestState

OUTSIDERS_KEPT_DAYS: Final = 30
"""So long after its end the words of a request of no customer stay: this office's own time, which the letter names."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that has ended.

    Attributes:
        number: of the request.
        customer_number: whose; empty once the customer is gone.
        kind: what was asked for.
        purposes: names of purposes in the letter's language.
        received_ms, due_ms, ended_ms: times, ms since 1970.
        state: what became of it.
        refusal: why it was refused, if it was.
        order: number of the order that erased the data; 0: there is none.
        erased_ms: when that one was over, with workstations and backups as it demands.
        lifted_ms: when what it held was freed, ms since 1970; 0: it was not.
        is_outsiders: whether somebody asked who is no customer, and of whom nothing was found.
    """

    number: int
    customer_number: str
    kind: RequestKind
    purposes: tuple[str, ...]
    received_ms: int
    due_ms: int
    ended_ms: int
    state: RequestState
    refusal: RefusalReason | None
    order: int = 0
    erased_ms: int = 0
    lifted_ms: int = 0
    is_outsiders: bool = False


def letter_about(answered: Answered, sender: Sender, language: str, moment: Callable[[int], str]) -> Letter:
    """The letter.

    Args:
        answered: the request.
        sender: who writes.
        language: `en` or `id`.
        moment: says a time in that language, by the office's clock.
    """
    texts, term = TEXTS[language], TERMS[answered.kind]
    facts = [(texts["number"], str(answered.number))]
    if answered.customer_number:
        facts.append((texts["customer"], answered.customer_number))
    facts.append((texts["kind"], texts[f"kind.{answered.kind.value}"]))
    if answered.purposes:
        facts.append((texts["purposes"], ", ".join(answered.purposes)))
    facts += [
        (texts["received"], moment(answered.received_ms)),
        (texts["ended"], moment(answered.ended_ms)),
        (texts["basis"], _law(texts, tuple(dict.fromkeys((term.right, term.duty))))),
    ]
    if answered.order and answered.state is RequestState.DONE:
        said = texts["order_said"].format(number=answered.order, at=moment(answered.erased_ms))
        facts.insert(-1, (texts["order"], said))
    if term.is_law:
        facts.insert(-2, (texts["due"], moment(answered.due_ms)))
    return Letter(
        language=language,
        sender=sender.full_name,
        title=texts["title"],
        facts=tuple(facts),
        paragraphs=tuple(_paragraphs(answered, texts, moment)),
        closing=sender.closing(language),
    )


def _law(texts: Mapping[str, str], articles: tuple[str, ...]) -> str:
    return texts["law" if len(articles) == 1 else "laws"].format(articles=", ".join(articles))


def _paragraphs(answered: Answered, texts: Mapping[str, str], moment: Callable[[int], str]) -> list[str]:
    said = [texts["dear_outsider" if answered.is_outsiders else "dear"]]
    if answered.state is RequestState.TAKEN_BACK:
        kept = [texts["outsider_kept"].format(days=OUTSIDERS_KEPT_DAYS)] if answered.is_outsiders else []
        return [*said, texts["taken_back"], *kept]
    if answered.refusal is not None and answered.state is RequestState.REFUSED:
        said += [texts["refused"], texts[f"refusal.{answered.refusal.value}"], texts["second"]]
    elif answered.is_outsiders:
        said += [texts["nothing"], texts[f"nothing.{answered.kind.value}"]]
    else:
        said.append(texts[f"done.{answered.kind.value}"])
        if answered.kind is RequestKind.OBJECTION and answered.purposes:
            said.append(texts["done.objection.uses"])
        if answered.lifted_ms:
            said.append(texts["lifted"].format(at=moment(answered.lifted_ms)))
    if TERMS[answered.kind].is_law and answered.ended_ms > answered.due_ms:
        said.append(texts["late"].format(due=moment(answered.due_ms)))
    if answered.is_outsiders:
        said.append(texts["outsider_kept"].format(days=OUTSIDERS_KEPT_DAYS))
    return [*said, texts["rights"]]
