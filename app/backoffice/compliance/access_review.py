"""Who holds which class, and when each was last used: out of the book and the log, for the quarterly check."""

from sqlalchemy import func, select

from app.auth.book import State
from app.backoffice.class_grants import display_names
from app.backoffice.compliance.look import AUDIT, Look
from app.domain.access_words import AccessWords
from app.domain.compliance.document_words import DocumentWords
from app.domain.compliance.sections import Section
from app.domain.data_class import DataClass
from app.domain.privacy.record_texts import RecordWords
from app.domain.role import Role

_USES = ("reveal", "use", "notes.read")


def review_sections(look: Look, language: str) -> tuple[Section, ...]:
    """The review in a language."""
    return _Review(look, language).sections()


class _Review:
    def __init__(self, look: Look, language: str) -> None:
        self._look, self._words, self._record = look, DocumentWords(language), RecordWords(language)
        self._clock = AccessWords(language, look.inventory, look.policy)
        self._names = display_names(look.db)
        self._accounts = tuple(one for one in look.book.accounts() if one.state != State.CLOSED)

    def sections(self) -> tuple[Section, ...]:
        words = self._words
        people = Section(
            words.text("review.people"),
            columns=tuple(words.text(key) for key in ("person", "role", "queues", "state", "last_sign_in")),
            rows=tuple(self._people()),
        )
        holds = Section(
            words.text("review.holds"),
            columns=tuple(words.text(key) for key in ("person", "class", "last_used", "decision")),
            rows=tuple(self._holds()),
        )
        return (people, holds, Section(words.text("review.sign"), (words.text("name_date"),)))

    def _people(self) -> list[tuple[str, ...]]:
        signed_in = self._last("sign_in")
        return [
            (
                self._person(one.name),
                self._role(one.role),
                ", ".join(self._words.text("every_queue") if queue == "*" else queue for queue in one.queues)
                or self._words.text("none"),
                self._words.text(f"state.{one.state}"),
                self._when(signed_in.get((one.name, ""))),
            )
            for one in self._accounts
        ]

    def _holds(self) -> list[tuple[str, ...]]:
        used = self._last(*_USES)
        return [
            (
                self._person(one.name),
                self._record.text(f"class.{data_class.value}"),
                self._when(used.get((one.name, data_class.value))),
                self._words.text("line"),
            )
            for one in self._accounts
            for data_class in DataClass
            if data_class in self._look.book.granted(one.name)
        ]

    def _last(self, *events: str) -> dict[tuple[str, str], int]:
        """When each account last did one of these, by class."""
        query = (
            select(AUDIT.actor, AUDIT.data_class, func.max(AUDIT.at_ms))
            .where(AUDIT.event.in_(events), AUDIT.outcome == "ok")
            .group_by(AUDIT.actor, AUDIT.data_class)
        )
        return {(actor, data_class): at_ms for actor, data_class, at_ms in self._look.db.execute(query)}

    def _person(self, name: str) -> str:
        said = self._names.get(name, name)
        return name if said == name else f"{said} ({name})"

    def _role(self, role: str) -> str:
        words = self._words if role in {Role.RECOVERY, Role.ADMINISTRATOR} else self._record
        return words.text(f"role.{role}")

    def _when(self, at_ms: int | None) -> str:
        return self._words.text("never") if at_ms is None else self._clock.moment(at_ms)
