"""What is noted at a desk: drafts lie in the encrypted cache, and what the office did not take in the outbox."""

import contextlib
import itertools
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.api.messages.reveals import KeptInNote, ReadNotes, SaveNote
from app.auth.outbox_entry import EntryKind, note_payload
from app.auth.session_card import reveal_request
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.domain.kept_find import KeptFind
from app.session.ends import NOTE_NOT_SAVED, NOTE_WAITS
from app.session.errors import CacheLostError, SessionOverError
from app.session.identity import Identity, boxed, new_id
from app.session.kept_cache import KeptCache
from app.session.lock_place import NoteInHand
from app.session.note_scan import finds_in, masked
from app.session.outbox import Outbox
from app.session.shown import NoteFind, NoteKept, Reason, Secret, ShownNote
from app.storage import sealing
from app.storage.sqlcipher import DatabaseError

NOTES_FIELD = "notes"
DRAFT_ITEM = "draft"


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """One state of a note; a later one of the same note has a higher revision, also after a resume."""

    record: str
    note: str
    text: str
    revision: int
    keeps: tuple[KeptFind, ...] = ()


class Noting:
    """The part of a desk that notes are read and written at."""

    def __init__(
        self,
        identity: Identity,
        cache: KeptCache,
        outbox: Outbox,
        language: str,
        number_of: Callable[[str], str],
        draft: bytes | None,
    ) -> None:
        """Note for this person.

        Args:
            identity: who signed in.
            cache: keeps the draft.
            outbox: takes what the office does not.
            language: of labels, `en` or `id`.
            number_of: the number of a customer whose card was opened, by the record; else nothing.
            draft: the one that the cache kept before a lock.
        """
        self._identity, self._cache, self._outbox, self._language = identity, cache, outbox, language
        self._number_of = number_of
        self._unsaved: dict[str, Draft] = {}
        self._parked: set[str] = set()
        self._last_note = ""
        self._note_revisions = itertools.count(1 + _last_revision(draft))
        self._drafting = threading.Lock()

    def new_note(self) -> str:
        """The id of a note that is about to be written. Nothing is asked."""
        return new_id().hex()

    @staticmethod
    def scan_note(text: str) -> tuple[NoteFind, ...]:
        """Numbers of persons in a note, which are kept as masks. Asks nobody."""
        return finds_in(text)

    def reasons_to_keep(self, find: str) -> tuple[Reason, ...]:
        """The reasons for which a find of this kind stays in a note as typed; none for most."""
        role, language = self._identity.role, self._language
        known = self._identity.policy.keep_reasons
        return tuple(Reason(one.code, one.label(language), needs_text=False) for one in known if one.lets(role, find))

    def save_note(self, record: str, note: str, text: str, keeps: Sequence[KeptFind] = ()) -> NoteKept:
        """Save a note, or keep it in the outbox; the draft lies in the encrypted cache before.

        Numbers of persons in it become masks before anything is kept, but for those that stay for a reason.

        Args:
            record: whose.
            note: from `new_note`, the same for every try and every text of this note: the office may have kept what it
                did not answer.
            text: all of it.
            keeps: finds that are to stay as typed.

        Raises:
            NotAllowedError: the office does not take it, and would not later.
            OutboxUnwritableError: neither office nor outbox can take it now; it is a draft still.
        """
        draft = self._begin_draft(record, note, text, keeps)
        key, whose = bytes.fromhex(note), bytes.fromhex(record)
        try:
            kept = tuple(KeptInNote(text=keep.text, reason=keep.reason) for keep in draft.keeps)
            self._identity.client.save_note(
                SaveNote(note=key, record=whose, text=draft.text, revision=draft.revision, keeps=kept)
            )
        except InputRefusedError:
            raise
        except TiraiError as error:
            if isinstance(error, NotAllowedError) and not isinstance(error, SessionOverError):
                raise
            self._keep_for_later(draft)
            return NoteKept(error)
        self._end_draft(draft)
        self._last_note = self._number_of(record)
        return NoteKept()

    def _begin_draft(self, record: str, note: str, text: str, keeps: Sequence[KeptFind]) -> Draft:
        policy, role = self._identity.policy, self._identity.role
        text = masked(text, keeps, lambda reason, find: policy.lets_find_stay(role, find, reason))
        with self._drafting:
            draft = Draft(record, note, text, next(self._note_revisions), tuple(keeps))
            self._unsaved[note] = draft
            self._keep_draft(draft, text)
        return draft

    def _end_draft(self, draft: Draft) -> None:
        """Office or outbox have it; a later state of the same note may be on its way."""
        with self._drafting:
            if self._unsaved.get(draft.note) == draft:
                del self._unsaved[draft.note]
                self._keep_draft(draft, "")

    def _keep_draft(self, draft: Draft, text: str) -> None:
        data = {"record": draft.record, "note": draft.note, "text": text, "revision": draft.revision}
        # The cache may be gone, or its disk full: office or outbox get the note all the same.
        with contextlib.suppress(CacheLostError, DatabaseError):
            self._cache.keep(DRAFT_ITEM, json.dumps(data).encode())

    def _keep_for_later(self, draft: Draft) -> None:
        payload = note_payload(bytes.fromhex(draft.record), draft.revision, draft.text, draft.keeps)
        self._outbox.keep(EntryKind.NOTE, payload, bytes.fromhex(draft.note))
        self._parked.add(draft.record)
        self._end_draft(draft)

    def _keep_notes(self, record: str, note: NoteInHand | None) -> set[str]:
        """Put the notes that the office has not acknowledged into the outbox.

        Args:
            record: whose note is in hand.
            note: the note in hand, or None.

        Returns:
            Records whose last words are not kept.
        """
        if note is not None and record and note.text != note.kept:
            known = self._unsaved.get(note.id)
            if (note.is_held or note.text.strip()) and (known is None or known.text != masked(note.text, note.keeps)):
                self._begin_draft(record, note.id, note.text, note.keeps)
        lost = set()
        for draft in list(self._unsaved.values()):
            try:
                self._keep_for_later(draft)
            except TiraiError:
                lost.add(draft.record)
        return lost

    def notes(self, record: str) -> list[ShownNote]:
        """Open the notes of a record: one logged read.

        Raises:
            NotAllowedError: the class `note` is not held.
        """
        identity, key, request = self._identity, bytes.fromhex(record), new_id()
        identity.need_class(DataClass.NOTE)
        message = reveal_request(identity.office, identity.session, key, NOTES_FIELD, "", "", request)
        answer = identity.client.read_notes(ReadNotes(request=request, record=key, signature=identity.sign(message)))
        shown = []
        for note in answer.notes:
            field = f"note/{note.id.hex()}"
            salt = note.package.salt
            ctx = sealing.value_context(identity.office, key, field, DataClass.NOTE.value, salt)
            half = sealing.own_half(identity.office, identity.class_secret(note.package), boxed(note.package), ctx)
            text = sealing.value_of(half, note.share, ctx, note.blob)
            shown.append(ShownNote(note.id.hex(), note.author_name, note.at_ms / 1000, Secret(text), answer.entry))
        return shown

    def note_count(self, record: str) -> int:
        """How many notes there are; nothing is opened."""
        return self._identity.client.note_count(bytes.fromhex(record))

    def _last_words(self, lost: set[str]) -> tuple[str, tuple[str, ...]]:
        """The note of a receipt: whose last words are lost, or else wait, or else were saved."""
        if lost:
            return self._numbers_of(lost), (NOTE_NOT_SAVED,)
        parked = self._numbers_of(self._parked)
        return (parked, (NOTE_WAITS,)) if self._outbox.waits else (parked or self._last_note, ())

    def _numbers_of(self, records: set[str]) -> str:
        return ", ".join(sorted(set(map(self._number_of, records)) - {""}))


def _last_revision(draft: bytes | None) -> int:
    """The highest revision that this session has used, before a lock, too."""
    return int(json.loads(draft)["revision"]) if draft else 0
