"""Incidents in memory, with invented people; their clocks stand where a test says."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from app.domain.data_class import DataClass
from app.domain.incidents.rules import IncidentNow
from app.domain.incidents.words import IncidentState, NoteKind, Origin, Suspicion, Told
from app.session.privacy.shown_incidents import (
    AffectedList,
    IncidentListing,
    IncidentTexts,
    ReadIncident,
    SavedLetters,
    ScopeWish,
    ShownAffected,
    ShownIncident,
    ShownMoment,
)
from app.session.shown_who_saw import Language
from tests.ui.fake_requests import NOW

WORDS = "<i>Yoga</i> read a card number aloud in the canteen."


def incident(number: int, hours: float, state: IncidentState, **changed: object) -> ShownIncident:
    """An incident that was reported so many hours ago."""
    reported = NOW - timedelta(hours=hours)
    at_ms, now_ms = round(reported.timestamp() * 1000), round(NOW.timestamp() * 1000)
    clock = IncidentNow(state, at_ms, at_ms, {}, None, has_scope=False).clock(now_ms)
    parts: dict[str, object] = {
        "id": f"{number:032x}", "number": number, "is_drill": False, "suspicion": Suspicion.MISUSE, "state": state,
        "revision": 1, "reported_at": reported, "reported_by": "ratna.dewanti", "seat_of_report": "SBY-0417",
        "t0": reported, "due_at": reported + timedelta(hours=72), "standing": clock, "since": None, "until": None,
        "account": "", "seat": "", "data_class": None, "told": {}, "closed_at": None,
    }  # fmt: skip
    return ShownIncident(**(parts | changed))  # type: ignore[arg-type]


class FakeIncidents:
    """All of them.

    Attributes:
        refusal: what the office says instead, once.
        done: what was done, in order.
    """

    may_report = True

    def __init__(self) -> None:
        scope = {"since": NOW - timedelta(hours=30), "until": NOW - timedelta(hours=20), "account": "yoga.pratama"}
        self.incidents = [
            incident(3, 50, IncidentState.CONFIRMED, told={Told.AUTHORITY: NOW - timedelta(hours=1)}, **scope),
            incident(
                5,
                2,
                IncidentState.REPORTED,
                suspicion=Suspicion.LOST_DEVICE,
                reported_by="",
                origin=Origin.LOCKED,
                made_at=NOW - timedelta(hours=9),
                locked_account="yoga.pratama",
                brought_by="ratna.dewanti",
            ),
            incident(4, 80, IncidentState.CONFIRMED, is_drill=True, suspicion=Suspicion.STOLEN_ACCOUNT),
            incident(1, 500, IncidentState.DISMISSED, suspicion=Suspicion.OTHER, standing=None),
        ]
        self.texts = IncidentTexts("A card number was read aloud.", "The account was closed.", "Keys were changed.")
        self.refusal: Exception | None = None
        self.done: list[tuple[object, ...]] = []
        self._ids = 0

    def new_id(self) -> str:
        self._ids += 1
        return f"{self._ids:032x}"

    def report(self, id_: str, suspicion: Suspicion, words: str, *, is_drill: bool) -> int:
        self._answer("report", id_, suspicion, words, is_drill)
        return 6

    def listing(self) -> IncidentListing:
        return IncidentListing(tuple(self.incidents), 0, NOW)

    def read(self, incident: str) -> ReadIncident:
        one = next(one for one in self.incidents if one.id == incident)
        timeline = (
            ShownMoment(one.reported_at, one.reported_by, "incident.reported", "", None, ""),
            ShownMoment(NOW, "maya.paramita", "", "", NoteKind.TIMELINE, "The badge was blocked at 14.10."),
            ShownMoment(NOW, "maya.paramita", "", "", NoteKind.LESSON, "Headphones for whoever reads aloud."),
        )
        return ReadIncident(one, WORDS, self.texts, timeline)

    def confirm(self, incident: ShownIncident, hours_before: int) -> None:
        self._answer("confirm", incident.id, hours_before)

    def dismiss(self, incident: ShownIncident) -> None:
        self._answer("dismiss", incident.id)

    def set_scope(self, incident: ShownIncident, wish: ScopeWish) -> None:
        self._answer("scope", incident.id, wish)

    def affected(self, incident: str) -> AffectedList:
        self._answer("affected", incident)
        rows = (
            ShownAffected("88214", 3, (DataClass.CONTACT, DataClass.NOTE)),
            ShownAffected("88219", 1, (DataClass.FINANCIAL,)),
            ShownAffected("", 1, (DataClass.CONTACT,)),
        )
        return AffectedList(rows, 3, 12_045)

    def save_affected(self, found: AffectedList, path: Path) -> None:
        self._answer("save_affected", found.total, path.name)

    def set_texts(self, incident: ShownIncident, texts: IncidentTexts) -> None:
        self._answer("texts", incident.id, texts)

    def write_note(self, id_: str, incident: str, kind: NoteKind, words: str) -> None:
        self._answer("note", id_, incident, kind, words)

    def say_told(self, incident: ShownIncident, who: Told) -> None:
        self._answer("told", incident.id, who)

    def close(self, incident: ShownIncident) -> None:
        self._answer("close", incident.id)

    def save_letters_to_each(
        self, incident: str, path: Path, tell: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> SavedLetters:
        tell(2, 2)
        self._answer("letters_each", incident, path.name)
        return SavedLetters(2, 1)

    def save_letter(self, incident: str, who: Told, language: Language, path: Path) -> None:
        self._answer("letter", incident, who, language, path.name)

    def _answer(self, *what: object) -> None:
        refusal, self.refusal = self.refusal, None
        if refusal is not None:
            raise refusal
        self.done.append(what)
