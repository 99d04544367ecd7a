"""How long data is kept, in words of a language: terms, what they come to, and what decides where they contradict."""

from collections.abc import Collection, Iterable

from app.domain.inventory import Inventory
from app.domain.privacy.record_texts import RecordWords
from app.domain.retention.terms import Term
from app.domain.retention.times import Conflict, FieldTime, conflicts, events_without_a_field


class TimeWords:
    """The words of one language.

    Args:
        language: `en` or `id`.
    """

    def __init__(self, language: str) -> None:
        self._words = RecordWords(language)

    def term(self, term: Term) -> str:
        """Such as `24 months after the last contact`."""
        text = self._words.text("month" if term.months == 1 else "months", n=term.months)
        return f"{text} {self._words.text(f'from.{term.start.value}')}"

    def by_law(self, term: Term) -> str:
        """The same with the article that says it, where one does."""
        return f"{self.term(term)} ({term.law})" if term.law else self.term(term)

    def most(self, terms: Iterable[Term]) -> str:
        """Longest times: the first that is over ends it."""
        return self._words.text("or").join(map(self.term, terms))

    def least(self, time: FieldTime, yielding: Collection[Term]) -> str:
        """Least times.

        Args:
            time: of a field.
            yielding: those that a longest time undercuts.
        """
        said = [
            f"{self.by_law(one.term)}: {self._words.text('least.yields')}"
            if one.term in yielding and not one.wins
            else self.by_law(one.term)
            for one in time.least
        ]
        return "; ".join(said) or self._words.text("no_least")

    def contradictions(self, inventory: Inventory) -> tuple[str, ...]:
        """Where least and longest times contradict each other, and what decides; what can never be over."""
        found = dict.fromkeys(self._conflict(inventory, one) for one in conflicts(inventory))
        return (*found, *(self._words.text(f"never.{one.value}") for one in events_without_a_field(inventory)))

    def _conflict(self, inventory: Inventory, one: Conflict) -> str:
        return self._words.text(
            "conflict.least" if one.wins else "conflict.most",
            field=inventory.field(one.field).label(self._words.language),
            least=self.by_law(one.least),
            most=self.by_law(one.most),
        )
