"""Reporting a suspicion while nobody is signed in, and bringing such reports to the office with a session.

Who reports is not known and not asked. What is typed is sealed before it touches the disk, and cannot be read back. A
console brings what lies in its home soon after its sign-in or resume and with each beat; its person is not told, for
the report may be about them.
"""

import time
from collections.abc import Callable
from pathlib import Path

from app.api.client import incidents as calls
from app.api.messages.incidents import LONGEST_WORDS, MOST_BROUGHT, MOST_FOREIGN, BringSuspicions
from app.auth.outside_report import OutsideReport, keep_office_key, kept_office_key
from app.crypto.account_keys import seat_id, seat_sign_seed
from app.crypto.errors import SealError
from app.domain.incidents.words import Origin, Suspicion
from app.domain.plain_words import plain_words
from app.session.identity import Identity, new_id
from app.storage.keyring_store import KeyStore
from app.storage.outside_reports import NO_OFFICE, OutsideFolder, ReportNotKeptError


class OutsideReports:
    """Reports from a window where nobody is signed in. Off the GUI thread."""

    def __init__(
        self,
        home: Path,
        open_store: Callable[[], KeyStore],
        locked_account: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Report from here.

        Args:
            home: where reports wait.
            open_store: opens the keyring, where the half lies that the workstation's key comes from.
            locked_account: whose session is locked; empty at the sign-in window.
            clock: seconds since 1970.
        """
        self._folder, self._open_store, self._account = OutsideFolder(home, clock), open_store, locked_account
        self._clock = clock

    def new_id(self) -> str:
        """The id of a report that is about to be made."""
        return new_id().hex()

    def check(self) -> None:
        """Refuse before anybody types what could not be kept now.

        Raises:
            ReportNotKeptError: nobody has signed in here yet, too many wait, or another was made a moment ago.
            KeyringAbsentError, KeyringRefusedError: the keyring is not open.
        """
        self._folder.check_room()
        self._office()

    def report(self, id_: str, suspicion: Suspicion, words: str) -> None:
        """Seal a report and keep it; it is on disk when this returns. The same again is the same report.

        Raises:
            InputRefusedError: code `words`.
            ReportNotKeptError, KeyringAbsentError, KeyringRefusedError: it is not kept.
        """
        text = plain_words(words, most=LONGEST_WORDS)
        office, public, half = self._office()
        report = OutsideReport(
            id=bytes.fromhex(id_),
            suspicion=suspicion,
            words=text,
            made_ms=round(self._clock() * 1000),
            origin=Origin.LOCKED if self._account else Origin.SIGNED_OUT,
            account=self._account,
            seat=seat_id(office, half),
        )
        self._folder.put(id_, office, report.sealed(office, public, seat_sign_seed(office, half)))

    def _office(self) -> tuple[bytes, bytes, bytes]:
        """O, its public key, and H."""
        known = self._folder.office()
        half = self._open_store().known_seat_half()
        if known is not None and half is not None:
            office, kept = known
            try:
                return office, kept_office_key(office, half, kept), half
            except SealError:
                pass
        raise ReportNotKeptError("Nobody has signed in here yet, so nothing can be sealed.", code=NO_OFFICE)


class OutsideBringing:
    """Brings what was reported here while nobody was signed in. Any thread may call."""

    def __init__(self, home: Path, identity: Identity) -> None:
        """With this session.

        Args:
            home: where reports wait.
            identity: whose session it is.
        """
        self._folder, self._identity = OutsideFolder(home), identity
        self._has_key = False

    def bring(self) -> None:
        """Keep the office's key for later reports, and bring what waits.

        Raises:
            TiraiError: the office does not answer, or has no place for reports yet; what waits goes on waiting.
        """
        self._keep_key()
        lying = self._folder.lying(self._identity.office)
        keys = list(lying.reports)
        foreign = lying.foreign[:MOST_FOREIGN]
        while keys or foreign:
            some, keys = keys[:MOST_BROUGHT], keys[MOST_BROUGHT:]
            said = BringSuspicions(reports=tuple(lying.reports[key] for key in some), foreign=len(foreign))
            answer = calls.bring(self._identity.client, said)
            for name in foreign:
                self._folder.set_aside(name)
            for key, fate in zip(some, answer.fates, strict=False):
                (self._folder.set_aside if fate.outcome == "refused" else self._folder.forget)(key)
            foreign = ()

    def _keep_key(self) -> None:
        """From the session's own book, which was verified."""
        if self._has_key:
            return
        office, half = self._identity.office, self._identity.store.seat_half()
        public, known = self._identity.book.office_entry.kem, self._folder.office()
        try:
            is_kept = known is not None and known[0] == office and kept_office_key(office, half, known[1]) == public
        except SealError:
            is_kept = False
        if not is_kept:
            self._folder.keep_office(office, keep_office_key(office, half, public))
        self._has_key = True
