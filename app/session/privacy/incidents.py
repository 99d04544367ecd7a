"""The console's side of incidents: reporting a suspicion, and a privacy officer's work on one."""

import csv
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

from app.api.client import incidents as calls
from app.api.client.client import ApiClient
from app.api.messages.incidents import (
    AskIncidentLetter,
    AtRevision,
    ConfirmIncident,
    IncidentRow,
    ReportSuspicion,
    SayTold,
    SetScope,
    SetTexts,
    WriteNote,
)
from app.domain.data_class import DataClass
from app.domain.incidents.rules import IncidentNow, may_report, may_work
from app.domain.incidents.words import NoteKind, Suspicion, Told
from app.domain.subject_requests.clock import HOUR_MS
from app.session.identity import Identity, new_id
from app.session.privacy.many_letters import ManyLetters
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
from app.storage.new_file import write_new_file


class Incidents:
    """What one session does about incidents.

    Args:
        identity: who signed in.
    """

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    @property
    def may_report(self) -> bool:
        """Whether the role reports suspicions; the office decides again."""
        return may_report(self._identity.role)

    @property
    def may_work(self) -> bool:
        """Whether the role sees and works incidents."""
        return may_work(self._identity.role)

    def new_id(self) -> str:
        """The id of a report or note that is about to be sent."""
        return new_id().hex()

    def report(self, id_: str, suspicion: Suspicion, words: str, *, is_drill: bool) -> int:
        """Report a suspicion; its number. The same again is the same report.

        Raises:
            InputRefusedError: code `words`.
        """
        said = ReportSuspicion(id=bytes.fromhex(id_), suspicion=suspicion, words=words, is_drill=is_drill)
        return calls.report(self._client, said).number

    def listing(self) -> IncidentListing:
        """All of them.

        Raises:
            NotAllowedError: code `role`.
        """
        answer = calls.all_incidents(self._client)
        shown = tuple(self._shown(row, answer.now_ms) for row in answer.incidents)
        return IncidentListing(shown, answer.left_off, self._at(answer.now_ms))

    def read(self, incident: str) -> ReadIncident:
        """One with what was written; reading it stands in the log."""
        answer = calls.read(self._client, bytes.fromhex(incident))
        now_ms = calls.all_incidents(self._client).now_ms
        moments = tuple(
            ShownMoment(self._at(line.at_ms), line.by, line.event, line.detail, line.kind, line.words)
            for line in answer.timeline
        )
        texts = IncidentTexts(answer.how, answer.handling, answer.recovery)
        return ReadIncident(self._shown(answer.row, now_ms), answer.words, texts, moments)

    def confirm(self, incident: ShownIncident, hours_before: int) -> None:
        """It is one; the office knew of it so many hours before the report."""
        t0_ms = _ms(incident.reported_at) - hours_before * HOUR_MS
        calls.confirm(
            self._client, bytes.fromhex(incident.id), ConfirmIncident(revision=incident.revision, t0_ms=t0_ms)
        )

    def dismiss(self, incident: ShownIncident) -> None:
        """It is none; why stands in its timeline."""
        calls.dismiss(self._client, bytes.fromhex(incident.id), AtRevision(revision=incident.revision))

    def set_scope(self, incident: ShownIncident, wish: ScopeWish) -> None:
        """Say what it is about."""
        said = SetScope(
            revision=incident.revision,
            since_ms=_ms(wish.since),
            until_ms=_ms(wish.until),
            account=wish.account,
            seat=wish.seat,
            data_class=wish.data_class,
        )
        calls.set_scope(self._client, bytes.fromhex(incident.id), said)

    def affected(self, incident: str) -> AffectedList:
        """Whom it touched, out of the log.

        Raises:
            NotAllowedError: code `no_scope`.
            VerificationError: code `log`: the log does not hold.
        """
        answer = calls.affected(self._client, bytes.fromhex(incident))
        rows = tuple(
            ShownAffected(row.customer_number, row.times, tuple(map(DataClass, row.classes))) for row in answer.rows
        )
        return AffectedList(rows, answer.total, answer.entry)

    def save_affected(self, found: AffectedList, path: Path) -> None:
        """Write the list into a new file of the person's own: numbers, times and classes, no value.

        Raises:
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(("customer_number", "times", "classes"))
        for row in found.rows:
            writer.writerow((row.number, row.times, " ".join(one.value for one in row.classes)))
        write_new_file(path, text.getvalue().encode())

    def set_texts(self, incident: ShownIncident, texts: IncidentTexts) -> None:
        """Keep what the letters say.

        Raises:
            InputRefusedError: code `words`.
        """
        said = SetTexts(revision=incident.revision, how=texts.how, handling=texts.handling, recovery=texts.recovery)
        calls.set_texts(self._client, bytes.fromhex(incident.id), said)

    def write_note(self, id_: str, incident: str, kind: NoteKind, words: str) -> None:
        """Write a line for the timeline, or a lesson."""
        said = WriteNote(id=bytes.fromhex(id_), kind=kind, words=words)
        calls.write_note(self._client, bytes.fromhex(incident), said)

    def say_told(self, incident: ShownIncident, who: Told) -> None:
        """Somebody was told, now."""
        calls.say_told(self._client, bytes.fromhex(incident.id), SayTold(revision=incident.revision, who=who))

    def close(self, incident: ShownIncident) -> None:
        """Close it."""
        calls.close(self._client, bytes.fromhex(incident.id), AtRevision(revision=incident.revision))

    def save_letter(self, incident: str, who: Told, language: Language, path: Path) -> None:
        """Have a letter made, and write it into a new file of the person's own.

        Raises:
            NotAllowedError: code `role`, `no_incident` or `state`.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        asked = AskIncidentLetter(who=who, language=language)
        write_new_file(path, calls.letter(self._client, bytes.fromhex(incident), asked).pdf)

    def save_letters_to_each(
        self, incident: str, path: Path, tell: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> SavedLetters:
        """Have the letter to each customer made, and write all into one ZIP; see `ManyLetters.of_incident`."""
        return ManyLetters(self._identity).of_incident(bytes.fromhex(incident), path, tell, is_stopped)

    @property
    def _client(self) -> ApiClient:
        return self._identity.client

    def _at(self, at_ms: int) -> datetime:
        return self._identity.policy.office_hours.local(at_ms)

    def _shown(self, row: IncidentRow, now_ms: int) -> ShownIncident:
        now = IncidentNow(row.state, row.reported_ms, row.t0_ms, row.told, row.closed_ms, row.since_ms is not None)
        return ShownIncident(
            id=row.id.hex(),
            number=row.number,
            is_drill=row.is_drill,
            suspicion=row.suspicion,
            state=row.state,
            revision=row.revision,
            reported_at=self._at(row.reported_ms),
            reported_by=row.reported_by,
            seat_of_report=row.reported_at,
            t0=self._at(row.t0_ms),
            due_at=self._at(row.due_ms),
            standing=now.clock(now_ms),
            since=self._at(row.since_ms) if row.since_ms is not None else None,
            until=self._at(row.until_ms) if row.until_ms is not None else None,
            account=row.account,
            seat=row.seat,
            data_class=row.data_class,
            told={who: self._at(at_ms) for who, at_ms in row.told.items()},
            closed_at=self._at(row.closed_ms) if row.closed_ms is not None else None,
            origin=row.origin,
            made_at=self._at(row.made_ms) if row.made_ms is not None else None,
            locked_account=row.locked_account,
            brought_by=row.brought_by,
        )


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
