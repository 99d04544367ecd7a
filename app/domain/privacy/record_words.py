"""What the record of processing says, in words of a language: for its document and its page alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.data_class import DataClass
from app.domain.field import Field, LegalBasis
from app.domain.inventory import Inventory
from app.domain.policy import Access, Policy
from app.domain.privacy.grounds import bases_of, needs_consent
from app.domain.privacy.processing_record import Activity, Gap, ProcessingRecord
from app.domain.privacy.record_texts import RecordWords
from app.domain.privacy.time_words import TimeWords
from app.domain.retention.times import FieldTime, conflicts_of, field_times
from app.domain.role import Role

_PEOPLE = (Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER)


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in words."""

    name: str
    purpose: str
    bases: str
    data: str
    recipients: str
    kept: str
    consent: str
    is_specific: bool


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field in words.

    Attributes:
        kept: how long at the most, for each of its purposes.
        least: how long at least, with the article that says it.
        recipients: who else gets it, for any of its purposes.
    """

    name: str
    label: str
    data_class: str
    category: str
    bases: str
    kept: str
    purposes: str
    recipients: str
    least: str


class RecordSaid:
    """A record in a language.

    Args:
        record: the record.
        inventory: that it comes from.
        policy: who opens which class.
        language: `en` or `id`.
    """

    def __init__(self, record: ProcessingRecord, inventory: Inventory, policy: Policy, language: str) -> None:
        self.record, self._inventory, self._policy = record, inventory, policy
        self.words, self._times = RecordWords(language), TimeWords(language)

    def activities(self) -> tuple[ActivityLine, ...]:
        """The activities, in the order of the inventory."""
        return tuple(map(self._activity, self.record.activities))

    def fields(self) -> tuple[FieldLine, ...]:
        """The fields, in the order of the inventory."""
        return tuple(map(self._field, self._inventory.fields))

    def gaps(self) -> tuple[str, ...]:
        """What the inventory does not say."""
        return tuple(map(self._gap, self.record.gaps))

    def specific(self) -> str:
        """Whether specific data is processed."""
        names = ", ".join(self._label(field) for field in self.record.specific)
        return self.words.text("specific.some", names=names) if names else self.words.text("specific.none")

    def opens(self) -> tuple[tuple[str, str], ...]:
        """Who opens each class that a field has."""
        classes = dict.fromkeys(field.data_class for field in self._inventory.fields)
        return tuple((self.words.text(f"class.{one.value}"), self._who(one)) for one in classes)

    def _who(self, data_class: DataClass) -> str:
        if not data_class.is_sealed:
            return self.words.text("opens.open")
        roles = [one for one in _PEOPLE if self._policy.access(one, data_class) is Access.REVEAL]
        if not roles:
            return self.words.text("opens.nobody")
        names = ", ".join(self.words.text(f"role.{one.value}") for one in roles)
        return self.words.text("opens.class", roles=names)

    def _activity(self, one: Activity) -> ActivityLine:
        words = self.words
        asks = any(needs_consent(field, one.purpose) for field in one.fields)
        return ActivityLine(
            name=one.purpose.name,
            purpose=one.purpose.label(words.language),
            bases=self._bases(one.bases),
            data=", ".join(map(self._label, one.fields)) or words.text("no_field"),
            recipients=self._recipients((one,)),
            kept=self._times.term(one.longest) if one.longest is not None else words.text("no_field"),
            consent=words.text(f"consent.{one.purpose.consent.value}") if asks else "",
            is_specific=one.has_specific,
        )

    def _field(self, field: Field) -> FieldLine:
        words, purposes = self.words, [self._inventory.purpose(name) for name in field.purposes]
        bases = dict.fromkeys(basis for purpose in purposes for basis in bases_of(field, purpose))
        return FieldLine(
            name=field.name,
            label=self._label(field),
            data_class=words.text(f"class.{field.data_class.value}"),
            category=words.text(f"category.{field.pdp_category.value}"),
            bases=self._bases(bases),
            kept=self._by_purpose(field, lambda time: self._times.most(time.most)),
            purposes=", ".join(purpose.label(words.language) for purpose in purposes),
            recipients=self._recipients(tuple(one for one in self.record.activities if one.purpose in purposes)),
            least=self._least(field),
        )

    def _recipients(self, activities: tuple[Activity, ...]) -> str:
        """Who else gets the data of activities, each once; of which it is not said stands there as well."""
        words = self.words
        said = dict.fromkeys(recipient for one in activities for recipient in one.recipients or ())
        names = [f"{r.label(words.language)} ({r.country})" if r.country else r.label(words.language) for r in said]
        silent = [one.purpose.label(words.language) for one in activities if one.recipients is None]
        if silent and len(silent) == len(activities):
            return words.text("not_said")
        if silent:
            names.append(words.text("not_said.for", names=", ".join(silent)))
        return ", ".join(names) or words.text("nobody")

    def _least(self, field: Field) -> str:
        yielding = [one.least for one in conflicts_of(self._inventory, field) if not one.wins]
        return self._by_purpose(field, lambda time: self._times.least(time, yielding))

    def _by_purpose(self, field: Field, say: Callable[[FieldTime], str]) -> str:
        """What is said of a field's purposes, each sentence once, with the purposes where they differ."""
        told: dict[str, list[str]] = {}
        for time in field_times(self._inventory, field):
            told.setdefault(say(time), []).extend(time.purposes)
        if len(told) == 1:
            return next(iter(told))
        purpose, language = self._inventory.purpose, self.words.language
        return "; ".join(
            f"{', '.join(purpose(name).label(language) for name in names)}: {text}" for text, names in told.items()
        )

    def times(self) -> tuple[str, ...]:
        """Where least and longest times contradict each other, and what decides; what can never be over."""
        return self._times.contradictions(self._inventory)

    def _gap(self, gap: Gap) -> str:
        named: dict[str, str] = {one.name: one.label(self.words.language) for one in self._inventory.purposes}
        named |= {one.name: one.label(self.words.language) for one in self._inventory.recipients}
        return self.words.text(f"gap.{gap.code}", name=named.get(gap.subject, gap.subject))

    def _bases(self, bases: Iterable[LegalBasis]) -> str:
        return ", ".join(self.words.text(f"basis.{basis.value}") for basis in bases)

    def _label(self, field: Field) -> str:
        return field.label(self.words.language)
