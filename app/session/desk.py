"""One signed-in console: everything a screen can ask for. All calls block; screens make them off the GUI thread."""

import contextlib
import logging
import math
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from app.api.messages.door import Lease, SignedIn
from app.auth.outbox_entry import EntryKind
from app.crypto.account_keys import PasswordKeys
from app.domain.data_class import DataClass
from app.domain.errors import TiraiError
from app.domain.system_events import SystemEvent
from app.session import class_keys
from app.session.accounts import Accounts
from app.session.acting import Acting
from app.session.caller_checks import CallerChecks
from app.session.cards import Cards
from app.session.clock_rule import ClockRule
from app.session.contacts import Contacts
from app.session.deciding import Deciding
from app.session.editing import Editing
from app.session.ends import Receipt, WipeLine
from app.session.errors import CacheLostError
from app.session.exposures import Exposures
from app.session.finding import Finding
from app.session.hearing import Hearing, wait_for_end
from app.session.identity import Identity
from app.session.kept_cache import KeptCache
from app.session.last_word import LastWord
from app.session.lock_place import OFFICE_LOST, PLACE_ITEM, LockWord, Place
from app.session.log_reading import LogReading
from app.session.my_account import MyAccount
from app.session.new_contacts import NewContacts
from app.session.noting import DRAFT_ITEM, Noting
from app.session.open_cache import OpenCache, halves_of
from app.session.opening import Opening
from app.session.outbox import Outbox
from app.session.outside import OutsideBringing
from app.session.people import person_of
from app.session.policies import Policies
from app.session.posture import Look, OwnPosture
from app.session.privacy.desk import PrivacyDesk
from app.session.release import ThrottledAccount, release, throttled
from app.session.rotation import Rotation
from app.session.shown import NewColleague, OutboxState, Person
from app.session.training import Training
from app.session.view_ends import VIEW_ENDS_ITEM
from app.session.who_saw import WhoSawCustomer
from app.session.wipe_lines import wipe_lines
from app.session.workstations import Workstations
from app.storage.last_check import read_last_check
from app.storage.outbox import OutboxFolder


class Desk(Finding, Opening, Noting, Hearing):
    """A session of one person at one console.

    What is found, opened, noted and heard at it are its bases, each in a file of its name; a capability with screens of
    its own is an attribute. Here are the session's own things: the fresh code, the beat, the lock and the end.
    """

    def __init__(
        self,
        identity: Identity,
        answer: SignedIn,
        cache: OpenCache,
        language: str = "en",
        clock: Callable[[], float] = time.monotonic,
        *,
        has_fresh_code: bool = True,
        outbox: Outbox | None = None,
        clock_rule: ClockRule | None = None,
        look_at_posture: Look | None = None,
    ) -> None:
        """Work as this identity over this cache.

        Args:
            identity: who signed in, with keys and client.
            answer: what the office said at the sign-in.
            cache: the session cache.
            language: of labels, `en` or `id`.
            clock: seconds that never go back; judges how old the last code is.
            has_fresh_code: a code came with the sign-in; none does with a resume.
            outbox: the session's, if it was resumed; else a fresh one.
            clock_rule: judges whether the clock was set back.
            look_at_posture: looks at how this workstation is protected.
        """
        self.training = Training(identity, language, name=person_of(identity, answer, None).display_name)
        cards = Cards(cache.inventory, lambda: identity.policy, identity.role, language, self.training.missing)
        kept = KeptCache(cache, identity.client)
        outbox = outbox or Outbox(OutboxFolder(cache.places.home), identity)
        Finding.__init__(self, identity, kept, cards)
        Opening.__init__(self, identity, cache, language, is_resumed=not has_fresh_code)
        Noting.__init__(self, identity, kept, outbox, language, self._known_number, cache.items.get(DRAFT_ITEM))
        Hearing.__init__(self, identity)
        self._accounts = Accounts(identity, self.step_up)
        self._policies = Policies(identity, self.step_up)
        self.posture = OwnPosture(look_at_posture, lambda: identity.policy)
        identity.has_protection = self.posture.has
        self._clock = clock
        self._code_at = clock() if has_fresh_code else -math.inf
        self._clock_rule = clock_rule or ClockRule()
        self._clock_rule.told(answer.now_ms / 1000)
        self._answer = answer
        self._lease: Lease | None = None
        self._outside = OutsideBringing(cache.places.home, identity)
        self._last_word = LastWord(identity, outbox)

    @property
    def person(self) -> Person:
        """Who is signed in, as of the last lease."""
        return person_of(self._identity, self._answer, self._lease)

    @property
    def session(self) -> str:
        """The session's id, hex."""
        return self._identity.session.hex()

    # a fresh code

    def needs_code(self, data_class: DataClass) -> bool:
        """Whether this class opens only with a fresh code, and the last one is too old for it.

        A hint for screens: the office judges by its own clock and refuses with the code `step_up`.
        """
        return not self.is_code_fresh and self._identity.policy.needs_step_up(self._identity.role, data_class)

    @property
    def is_code_fresh(self) -> bool:
        """Whether the last code still counts by this console's clock; the office judges by its own."""
        return self.code_left_s > 0

    @property
    def code_left_s(self) -> float:
        """So many seconds the last code still counts by this console's clock, or 0."""
        return max(0.0, self._code_at + self._identity.policy.step_up_s - self._clock())

    def step_up(self, code: str) -> None:
        """Give a fresh code; it counts for `step_up_s` from now.

        Raises:
            SignInAnswerError: the code is wrong or used.
            SessionOverError: too many wrong ones.
        """
        given = self._clock()
        self._keep_token(self._identity.client.step_up(code))
        self._code_at = given

    def _keep_token(self, token: bytes) -> None:
        """The cache keeps the token for a lock."""
        with contextlib.suppress(CacheLostError):  # the next use tells
            self._cache.keep("token", token)

    def _took_code(self) -> None:
        self._code_at = self._clock()

    def _took_password(self, derived: PasswordKeys, wrapped_keys: bytes) -> None:
        """The lock screen will ask for the new password, so the cache opens with it from now on."""
        with contextlib.suppress(CacheLostError):  # the next use tells
            self._cache.rekey(halves_of(self._identity, derived), wrapped_keys)

    # capabilities

    @property
    def policies(self) -> Policies:
        """The policy: what is in force, its versions, edits that need two people."""
        return self._policies

    @property
    def policy_version(self) -> int:
        """The version of the policy that this console obeys; nobody is asked."""
        return self._identity.policy_version

    @property
    def accounts(self) -> Accounts:
        """Other people's accounts, for administrators, and proposals that wait for a second person."""
        return self._accounts

    @cached_property
    def workstations(self) -> Workstations:
        """Workstations, for administrators."""
        return Workstations(self._identity, self.step_up)

    @property
    def rotation(self) -> Rotation:
        """The class keys that this person looks after; its work belongs off the GUI thread, between other things."""
        return Rotation(self._identity)

    @cached_property
    def caller(self) -> CallerChecks:
        """Who is calling: identity checks, and the lookup of whole values."""
        return CallerChecks(self._identity, self._open.inventory, self._language, self._ids_of)

    @cached_property
    def contacts(self) -> Contacts:
        """The wrap-up of visits, those before, and who waits."""
        return Contacts(self._identity, self._outbox, self._language, self._ids_of)

    @cached_property
    def acting(self) -> Acting:
        """What may be done with fields that stay masked."""
        return Acting(self._identity, self._open.inventory, self._language)

    @cached_property
    def editing(self) -> Editing:
        """Changing fields of a customer."""
        return Editing(self._identity, self._open.inventory, self._language)

    @cached_property
    def new_contacts(self) -> NewContacts:
        """Making customers whom the office does not know."""
        return NewContacts(self._identity, self._open.inventory, self._language, self.follow, self._ids_of)

    @cached_property
    def approvals(self) -> Deciding:
        """Other people's requests, for those who decide."""
        return Deciding(self._identity, self._open.inventory, self._language)

    @cached_property
    def log(self) -> LogReading:
        """The audit log, for whoever may verify it."""
        return LogReading(self._identity, self._open.inventory, self._language)

    @cached_property
    def exposures(self) -> Exposures:
        """What was shown to whom, for those who may see it."""
        return Exposures(self._identity, self._open.inventory, self._language)

    @cached_property
    def who_saw(self) -> WhoSawCustomer:
        """Who saw a customer's data, for those who answer that."""
        return WhoSawCustomer(self._identity, self._open.inventory)

    @cached_property
    def privacy(self) -> PrivacyDesk:
        """What the pages of the privacy desk ask."""
        return PrivacyDesk(self._identity, self._open.inventory, self._language, self.step_up)

    @cached_property
    def my_account(self) -> MyAccount:
        """The person's own account."""
        return MyAccount(self._identity, self._keep_token, on_code=self._took_code, on_password=self._took_password)

    def _ids_of(self, records: list[str]) -> list[int]:
        return self._cache.use(lambda cache: cache.ids_of_records(records))

    def throttled(self) -> list[ThrottledAccount]:
        """Accounts that wait at this workstation, for supervisors and administrators.

        Raises:
            NotAllowedError: the role does not see them.
        """
        return throttled(self._identity)

    def release_throttle(self, account: str, code: str = "") -> None:
        """Let an account try again at once, with a fresh code; empty if the last one counts still.

        Raises:
            NotAllowedError: the role releases nobody, or a fresh code is needed (`step_up`).
            InputRefusedError: nobody of this name waits.
            SignInAnswerError: the code is wrong or used.
        """
        if code:
            self.step_up(code)
        release(self._identity, account)

    def colleagues(self) -> list[NewColleague]:
        """New colleagues who wait for class keys; nobody, for a role that grants none."""
        if not self._identity.policy.may_grant_classes(self._identity.role):
            return []
        return class_keys.colleagues(self._identity)

    def grant(self, account: str, code: str) -> None:
        """Hand class keys to a new colleague, with a fresh code.

        Raises:
            SignInAnswerError: the code is wrong or used.
        """
        self.step_up(code)
        class_keys.grant_classes(self._identity, account)

    # the session

    def beat(self) -> Person:
        """Look after the cache, renew the lease, remember what it witnesses, follow the book.

        Raises:
            CacheLostError: the cache was damaged and none can be made; the session cannot go on.
            SessionOverError: the session is over.
            OfficeAwayError: the office does not answer.
            RolledBackError: log or book do not follow what was seen in this session.
        """
        self._cache.check()
        check = read_last_check(self._open.places.home)
        self._lease = self._identity.renew(self._outbox.mark, check, self.posture.told())
        self._open.announce.leased(self.session, (self._lease.lease_ms - self._lease.now_ms) / 1000)
        self._outbox.heard(self._lease.outbox)
        self._clock_rule.told(self._lease.now_ms / 1000)
        self._cache.tell()
        self._view_ends.tell()
        self._calls.tell()
        return self.person

    @property
    def is_clock_set_back(self) -> bool:
        """Whether this workstation's clock is behind where it was; nobody is asked."""
        return self._clock_rule.is_set_back

    @property
    def idle_lock_s(self) -> int:
        """So many seconds without use lock the console."""
        return self._identity.policy.idle_lock_s

    @property
    def idle_end_s(self) -> int:
        """So many seconds without use end the session."""
        return self._identity.policy.idle_end_s

    @property
    def call_idle_max_s(self) -> int:
        """So many seconds without use lock the console while a call is on."""
        return self._identity.policy.call_idle_max_s

    def lock(self, cause: str, place: Place, unused_s: float = 0.0, left_s: float | None = None) -> LockWord:
        """Lock: keep the place, and in the outbox what the office lacks; close the cache, tell the office.

        This process is to exit now.

        An office that does not answer at once does not hold the lock up; it hears of it at the resume.

        Args:
            cause: see `LockWord`; an office that is lost is not asked.
            place: where the person is.
            unused_s: for how long nobody has used the console.
            left_s: seconds until the end for want of use, where that is more than the time unused leaves: after a call.

        Raises:
            CacheLostError: the place cannot be kept; the session ends.
            SessionOverError: the session is over.
        """
        identity, person, place = self._identity, self.person, self._numbered(place)
        self._cache.keep(PLACE_ITEM, place.without_numbers().to_bytes())
        self._cache.keep(VIEW_ENDS_ITEM, self._view_ends.kept())
        self._keep_all_for_later(place)  # it is in the cache, too; the session may end before anybody comes back
        self._outbox.shut()
        self._open.shut()
        office = self._office_process() if cause == SystemEvent.SLEEP else None
        self._leave_office()
        if cause == OFFICE_LOST:
            identity.client.close()
            self._last_word.keep(EntryKind.LOCK)
        else:
            self._last_word.lock(cause)
        if office is not None:
            wait_for_end(office)
        idle_end_s, now = identity.policy.idle_end_s, self._clock_rule.now()
        idle_s = idle_end_s - unused_s if left_s is None else min(left_s, idle_end_s)
        waits = {"idle": idle_s, "session_over": person.ends_at - now, "lease_over": person.lease_ends_at - now}
        over = min(waits, key=lambda cause: waits[cause])  # the first of those that end together
        ends_in_s = max(0, int(waits[over]))
        return LockWord(
            self.session, cause, person.account, person.role.value, person.seat, int(unused_s), ends_in_s, over
        )

    def end(self, cause: str, place: Place | None = None) -> Receipt:
        """End the session: key first, then files, look again; tell the office; what is left is this process.

        What the office has not acknowledged goes into the outbox before, and to the office if it answers now.

        Args:
            cause: signed_out, window_closed, session_over, office_lost, idle or cache_lost.
            place: where the person is: the note in hand is kept.
        """
        name = self.person.display_name
        lost = self._keep_all_for_later(self._numbered(place) if place is not None else None)
        self._outbox.shut()
        self._leave_office()
        lines = wipe_lines(self._open.wipe())
        if self._outbox.waits and not self._last_word.bring_outbox():
            lost |= self._parked
        note, details = self._last_words(lost)
        self._view_ends.tell()
        entry, session_line = self._last_word.end(cause, lines)
        rest = (WipeLine("clipboard", "left_alone"), WipeLine("memory", "ended"), session_line)
        return Receipt(cause, time.time(), name, (*lines, *rest), entry, note, details)

    def _keep_all_for_later(self, place: Place | None) -> set[str]:
        """Put what the office has not acknowledged into the outbox, before this process goes.

        Returns:
            Records whose last words are not kept.
        """
        lost = self._keep_notes(place.record, place.note) if place is not None else self._keep_notes("", None)
        contact = place.contact if place is not None else None
        if contact is not None and contact.is_begun:
            try:
                self.contacts.keep_for_later(contact)
            except TiraiError:
                lost.add(contact.record)
        return lost

    def _numbered(self, place: Place) -> Place:
        """The place with the wrap-up in hand under a number of its own: the outbox gets this very state."""
        if place.contact is None:
            return place
        return replace(place, contact=self.contacts.next_state(place.contact))

    def outbox(self) -> OutboxState:
        """What waits for the office at this seat; nothing is asked."""
        return self._outbox.state()

    def deliver(self) -> OutboxState:
        """Bring the office what waits for it at this seat, whoever wrote it.

        What was reported here while nobody was signed in goes first. What keeps it back is told to nobody, and holds
        nothing else up.

        Raises:
            OfficeAwayError: it does not answer; what waits goes on waiting.
        """
        try:
            self._outside.bring()
        except TiraiError as error:
            logging.getLogger("tirai.session").warning("suspicions wait here: %s", error.code or type(error).__name__)
        return self._outbox.deliver()
