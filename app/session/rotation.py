"""Rotation of class keys, as a holder's console does it: seal data keys anew, and check what others sealed.

The office holds no class key, so the work is done here, in chunks, off the GUI thread. D, values and shares stay; a
chunk that a kill took is handed out again. Public keys come from the book alone.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.api.messages.rotation import Boxed, Checked, JudgedBox, NewBox, Resealed
from app.auth.book import BookError
from app.auth.names import account_name
from app.auth.resealing import ROTATED, checked_body, resealed_body
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.crypto.values import BoxedDataKey, open_data_key, reseal_data_key
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, VerificationError
from app.domain.role import Role
from app.session.class_keys import grant_again, next_class_key
from app.session.identity import Identity
from app.session.proposals import Proposals

_TRIES = 3
REASON = "rotation"
"""Why a class key is proposed, in the log."""
CHUNK = 200
"""Data keys in one chunk: a tenth of a second, and what a kill loses."""


@dataclass(frozen=True, slots=True)
class KeyState:
    """How far the rotation of one class key has come.

    Attributes:
        data_class: which.
        version: the newest version.
        in_use: versions that something still needs.
        current: data keys under the newest version.
        waiting: data keys that wait to be sealed anew.
        unchecked: data keys that another session has to open before the old box goes.
        stuck: of those that wait, how many did not open for whoever tried last.
        is_held: whether the newest version is here.
        is_lacking: whether the book shows this person holding the class, and a version in use does not open.
        is_due: whether somebody has lost the class since its newest version.
        proposed_by: account whose proposal of the next version waits for an administrator, or empty.
    """

    data_class: DataClass
    version: int
    in_use: tuple[int, ...]
    current: int
    waiting: int
    unchecked: int
    stuck: int
    is_held: bool
    is_lacking: bool
    is_due: bool
    proposed_by: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What one run of the work has done so far.

    Attributes:
        resealed: data keys sealed anew.
        checked: new boxes of others that opened rightly.
        bad: new boxes of others that did not.
        stuck: old boxes that did not open here.
        left: what was left of the class in hand after the last chunk.
    """

    resealed: int = 0
    checked: int = 0
    bad: int = 0
    stuck: int = 0
    left: int = 0

    @property
    def counts(self) -> bool:
        """Whether anything was done: a chunk of boxes that do not open here is no reason for another."""
        return self.resealed + self.checked + self.bad > 0


@dataclass(frozen=True, slots=True)
class NextKey:
    """The next key of a class, proposed or confirmed.

    Attributes:
        version: its version.
        people: to how many it is sealed besides the recovery kit; 0 where that is not known here.
        proposed_by: account that proposed it.
    """

    version: int
    people: int
    proposed_by: str


class Rotation:
    """Looks after the class keys that this person holds."""

    def __init__(
        self, identity: Identity, *, renews: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Work as this identity.

        Args:
            identity: who signed in.
            renews: whether to renew the session's lease meanwhile; a console does that itself.
            clock: seconds that never go back.
        """
        self._identity = identity
        self._renews = renews
        self._clock = clock
        self._renewed = clock()

    def states(self) -> tuple[KeyState, ...]:
        """Every class key.

        Raises:
            NotAllowedError: the role looks after no class keys.
        """
        identity = self._identity
        identity.follow_grants()
        states, granted = identity.client.class_keys().states, identity.book.granted(identity.account)
        return tuple(
            KeyState(
                data_class=(data_class := DataClass(s.data_class)),
                version=s.version,
                in_use=s.in_use,
                current=s.current,
                waiting=s.waiting,
                unchecked=s.unchecked,
                stuck=s.stuck,
                is_held=(data_class, s.version) in identity.class_keys,
                is_lacking=data_class in granted and any((data_class, v) not in identity.class_keys for v in s.in_use),
                is_due=data_class in identity.book.rotation_due,
                proposed_by=s.proposed_by,
            )
            for s in states
        )

    def propose(self, data_class: DataClass) -> NextKey:
        """Make the next key of a class and propose it; an own proposal that waits still makes room for it.

        Raises:
            NotAllowedError: no supervisor, the class is not held, or `step_up`.
            InputRefusedError: code `waits`: somebody else's proposal waits.
        """
        identity, proposals = self._identity, Proposals(self._identity)
        for waiting in proposals.waiting():
            if waiting.is_own and waiting.data_class is data_class:
                proposals.drop(waiting.id)
        identity.follow_book()
        proposal, grants = next_class_key(identity, data_class)
        proposals.propose(proposal, REASON, grants=grants)
        people = sum(g.account != Role.RECOVERY for g in grants)
        return NextKey(identity.book.class_version(data_class) + 1, people, identity.account)

    def confirm(self, data_class: DataClass) -> NextKey:
        """Confirm the next key of a class, which somebody else proposed.

        Raises:
            NotAllowedError: none waits (code `over`), no administrator, or `step_up`.
            BookError: code `holders_changed`: it has to be proposed anew.
        """
        proposals = Proposals(self._identity)
        found = next((w for w in proposals.waiting() if w.data_class is data_class), None)
        if found is None:
            raise NotAllowedError(
                "No next key of this class waits. A supervisor who holds it proposes one.", code="over"
            )
        proposals.confirm(found.id)
        return NextKey(found.version, 0, found.proposed_by)

    def mend(self, account: str) -> tuple[DataClass, ...]:
        """Seal the class keys that somebody holds to them again, since they cannot open theirs.

        Returns:
            The classes.

        Raises:
            InputRefusedError, NotAllowedError, BookError: as `class_keys.grant_again`.
        """
        return grant_again(self._identity, account_name(account))

    def work(self, max_chunks: int | None = None) -> Iterator[Progress]:
        """Seal anew what waits, then check what others sealed; stop at any time, go on at any time.

        Args:
            max_chunks: stop after so many chunks, for a screen that works between other things; None: all there is.

        Yields:
            After each chunk, what this run has done so far.

        Raises:
            OfficeAwayError, SessionOverError: as for every call; what was done is kept.
        """
        progress, chunks = Progress(), 0
        for data_class in self._classes():
            for act in (self._reseal, self._check):
                while max_chunks is None or chunks < max_chunks:
                    self._renew()
                    done = self._chunk(act, data_class)
                    if done is None:
                        break
                    chunks += 1
                    progress = _sum(progress, done)
                    yield progress
                    if not done.counts:
                        break

    def _chunk(self, act: Callable[[DataClass], Progress | None], data_class: DataClass) -> Progress | None:
        """One chunk; if the class gets a newer key in the midst of it, once more with that."""
        for left in reversed(range(_TRIES)):
            try:
                return act(data_class)
            except VerificationError as e:
                if e.code != ROTATED or not left:
                    raise
                self._identity.follow_grants()
        raise AssertionError("unreachable")

    def _classes(self) -> list[DataClass]:
        """The classes of which there is something to do, and of which this person holds the newest key."""
        return [s.data_class for s in self.states() if s.is_held and s.waiting + s.unchecked]

    def _renew(self) -> None:
        if self._renews and self._clock() - self._renewed >= self._identity.policy.beat_s:
            self._identity.renew()
            self._renewed = self._clock()

    def _reseal(self, data_class: DataClass) -> Progress | None:
        """One chunk: open D with the old class key, seal it to the newest that *the book* shows."""
        identity, client = self._identity, self._identity.client
        chunk = client.boxes(data_class.value, CHUNK)
        if not chunk.boxes:
            return None
        public = self._newest_public(data_class, chunk.version)
        secrets = {v: self._class_key(data_class, v) for v in {b.version for b in chunk.boxes}}
        sealed, stuck = [], []
        for boxed in chunk.boxes:
            secret = secrets[boxed.version]
            try:
                key = reseal_data_key(identity.office, secret, _boxed(data_class, boxed), chunk.version, public)
                sealed.append((boxed.batch, key.box))
            except SealError:
                stuck.append(boxed.batch)
        body = resealed_body(identity.office, identity.session, data_class.value, chunk.version, sealed, stuck)
        client.bring_resealed(
            Resealed(
                data_class=data_class.value,
                version=chunk.version,
                boxes=tuple(NewBox(batch=batch, box=box) for batch, box in sealed),
                stuck=tuple(stuck),
                signature=identity.sign(body),
            )
        )
        return Progress(resealed=len(sealed), stuck=len(stuck), left=max(0, chunk.left - len(sealed)))

    def _check(self, data_class: DataClass) -> Progress | None:
        """One chunk: does each new box hold the data key that its check names?"""
        identity, client = self._identity, self._identity.client
        chunk = client.new_boxes(data_class.value, CHUNK)
        if not chunk.boxes:
            return None
        self._newest_public(data_class, chunk.version)
        secret = identity.class_key(data_class, chunk.version)
        good, bad = [], []
        for boxed in chunk.boxes:
            judged = (boxed.batch, sha256(boxed.box))
            try:
                open_data_key(identity.office, secret, _boxed(data_class, boxed))
                good.append(judged)
            except SealError:
                bad.append(judged)
        body = checked_body(identity.office, identity.session, data_class.value, chunk.version, good, bad)
        client.bring_checked(
            Checked(
                data_class=data_class.value,
                version=chunk.version,
                good=tuple(JudgedBox(batch=batch, digest=digest) for batch, digest in good),
                bad=tuple(JudgedBox(batch=batch, digest=digest) for batch, digest in bad),
                signature=identity.sign(body),
            )
        )
        done = len(good) + len(bad)
        return Progress(checked=len(good), bad=len(bad), left=max(0, chunk.left - done))

    def _class_key(self, data_class: DataClass, version: int) -> bytes:
        """A class key, or what opens nothing where this person never got that version."""
        try:
            return self._identity.class_key(data_class, version)
        except NotAllowedError:
            return b""

    def _newest_public(self, data_class: DataClass, version: int) -> bytes:
        """The public half of the newest class key; the office's word on the version is compared with the book.

        Raises:
            BookError: the book shows another newest version.
        """
        identity = self._identity
        if version > identity.book.class_version(data_class):
            identity.follow_grants()
        if version != identity.book.class_version(data_class):
            raise BookError("The office names another class key than the book. Nothing was sealed to it.", code=ROTATED)
        return identity.book.class_public(data_class, version)


def _boxed(data_class: DataClass, boxed: Boxed) -> BoxedDataKey:
    return BoxedDataKey(boxed.batch, data_class.value, boxed.version, boxed.box, boxed.check)


def _sum(so_far: Progress, done: Progress) -> Progress:
    return Progress(
        so_far.resealed + done.resealed,
        so_far.checked + done.checked,
        so_far.bad + done.bad,
        so_far.stuck + done.stuck,
        done.left,
    )
