"""The stage of `test_sign_in_paths.py`: an office with two workstations, its people, what must come of each move, and
what must hold after every one.
"""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from app.api.client.errors import SessionOverError
from app.api.messages.door import EndRequest
from app.auth.throttle import WRONG_CODES_A_DAY
from app.backoffice.clock import boot_id
from app.backoffice.door_tries import DoorTries
from app.backoffice.session_ends import lives
from app.backoffice.standing import standing_of
from app.crypto.derive import sha256
from app.domain.errors import TiraiError
from app.session.accounts import Accounts
from app.session.enrol import Enrol
from tests.office.door import rows_of
from tests.office.moved_clock import MovedClock
from tests.office.two_seats import SEATS, TwoSeats
from tests.security.sign_in_model import STEP_MS, Code, Enrolling, Live, Person

FACTORS = (
    "sign_in",
    "step_up",
    "password.change",
    "authenticator.replace",
    "recovery_codes.new",
    "account.enrol",
    "session.lock",
    "session.resume",
)
AGENTS, NEWCOMER = ("ratna", "yoga"), "sinta"
ANYBODY = (*AGENTS, NEWCOMER)
STAFF = ("adi", "hendra", "dewi")
WRONG = "hujan pertama di kebun"


class CheapArgon2id:
    """Stands for Argon2id where stretching is beside the point: the same parameters give the same bytes."""

    def __init__(self, *, salt: bytes, length: int, **cost: int) -> None:
        self._salt, self._length = salt + repr(sorted(cost.items())).encode(), length

    def derive(self, password: bytes) -> bytes:
        return hashlib.pbkdf2_hmac("sha256", password, self._salt, 1, self._length)


class StillClock(MovedClock):
    """Time passes only when a move says so."""

    _start_ms = 1_790_000_000_000

    def now_ms(self) -> int:
        return self._start_ms + self.ahead_ms

    def boot_s(self) -> float:
        return 1_000_000 + self.ahead_ms / 1000


class SignInStage(RuleBasedStateMachine):
    """Two agents and one who may come, two administrators, a supervisor, two workstations."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="tirai-paths-"))
        with patch("tests.office.made.MovedClock", StillClock):
            self.office = TwoSeats(self.folder)
        self.people: dict[str, Person] = {}
        self.sessions: list[Live] = []
        self.enrolments: list[Enrolling] = []
        self.lines: list[Enrol] = []
        self.proposed: dict[str, tuple[str, str, int]] = {}
        """Account: by whom, the activation code that waits, and until when, ms."""
        self.failed: Counter[tuple[str, str]] = Counter()
        self.dead_tokens: list[bytes] = []
        self.noted: list[Live] = []
        """Sessions whose end a guardian has reported to a shut office."""
        self.begun: dict[bytes, tuple[str, str]] = {}
        """Every session that ever was, with its two factors."""
        self.accepted: set[tuple[str, ...]] = set()
        """Every code that was ever accepted."""
        self.expected: Counter[tuple[str, str, str, str]] = Counter()
        self.logged: Counter[tuple[str, str, str, str]] = Counter()
        self.log_read = 0
        self.made = self.restarts = 0

    @initialize()
    def people_come(self) -> None:
        office = self.office
        office.serve()
        office.hire("dewi", "Dewi", "administrator", ("*",), grant=False)
        for agent in AGENTS:
            office.hire(agent, agent.title(), grant=False)
        for name, person in office.people.items():
            secret, step = person.authenticator.secret, person.authenticator.last_step
            self.people[name] = Person(name, password=person.password, secret=secret, last_step=step)
        self.people[NEWCOMER] = Person(NEWCOMER, state="absent")
        for row in rows_of(office, "sessions"):
            self.begun[row.id] = ("password", "code")
        office.mirror()
        self._read_log()
        self.expected = Counter(self.logged)
        self._rightly("ratna", SEATS[0], "console")
        self._rightly("yoga", SEATS[1])

    # ways to name things

    @property
    def now_ms(self) -> int:
        return self.office.clock.now_ms()

    @property
    def proposals(self) -> dict[str, tuple[str, str]]:
        """Resets that wait for a second person."""
        return {name: (by, code) for name, (by, code, until) in self.proposed.items() if self.now_ms < until}

    def _until_step(self, step: int) -> None:
        if step * STEP_MS > self.now_ms:
            self.office.clock.ahead_ms += step * STEP_MS - self.now_ms

    def _fresh(self, person: Person) -> str:
        """A code that nobody has used; time passes if need be."""
        step = person.fresh_step(self.now_ms)
        self._until_step(step)
        return person.code(step)

    def _password(self, person: Person, choice: str) -> str:
        others = {"old": [p for p in person.old_passwords if p], "another's": [self.people["adi"].password]}
        return (person.password if choice == "right" else next(iter(others.get(choice, [])[-1:]), "")) or WRONG

    def _code(self, person: Person, choice: str) -> str:
        now = self.now_ms // STEP_MS
        if not person.secret:
            return "123456"
        if choice == "recovery":
            return (person.recovery or ["234567"])[0].replace("-", "")
        if choice == "old authenticator":
            old = [s for s in person.old_secrets if s]
            return person.code(now, old[-1]) if old else person.no_code(self.now_ms)
        if choice == "fresh":
            return self._fresh(person)
        if choice == "told" and person.told_step:
            self._until_step(person.told_step)
            return person.code(person.told_step)
        steps = {"next": now + 1, "last": now - 1, "again": person.last_step, "far": now + 20}
        return person.code(steps[choice]) if choice in steps else person.no_code(self.now_ms)

    def _recovery(self, person: Person, choice: str) -> str:
        known = {
            "right": person.recovery,
            "dead": person.dead_recovery,
            "another's": self.people["adi"].recovery,
        }
        return next(iter(known.get(choice, [])[-1:]), "ABCD-EFGH-IJKL-MNOP")

    def _live(self, n: int, *kinds: str) -> Live | None:
        """An agent's session of these kinds: one that lives, or the newest that is over."""
        mine = [s for s in reversed(self.sessions) if s.kind in kinds and s.person.account in ANYBODY]
        over = [s for s in mine if not s.lives(self.now_ms)]
        found = [*(s for s in mine if s not in over), *over[:1]]
        return found[n % len(found)] if found else None

    # what is expected

    def _expect(self, event: str, outcome: str, actor: str, reason: str = "") -> None:
        self.expected[event, outcome, actor, reason] += 1

    def _accept(self, *code: str) -> None:
        assert code not in self.accepted, "a code was taken twice"
        self.accepted.add(code)

    def _accept_step(self, person: Person) -> None:
        self._accept("step", person.account, person.secret, str(person.last_step))

    def _end(self, keep: Live | None, which: Callable[[Live], bool]) -> None:
        for session in self.sessions:
            if session is not keep and which(session):
                session.over = True

    def _proof(self, session: Live, password: str, code: str, recovery: str = "") -> str:
        """What a session must be told of a password and a fresh code; used up and written down as it must be."""
        person, reason = session.person, ""
        if password != person.password:
            reason = "wrong_password"
        elif recovery:
            if person.use_recovery_code(recovery):
                self._accept("recovery", person.account, recovery)
                return "ok"
            reason = "wrong_recovery_code"
        elif not code:
            return "ok" if self.now_ms <= session.code_ms + self.office.policy.step_up_s * 1000 else "stale"
        else:
            return self._fresh_code(session, code)
        return self._failed_proof(session, reason)

    def _fresh_code(self, session: Live, code: str) -> str:
        person = session.person
        verdict = person.judge(code, self.now_ms)
        if verdict is not Code.RIGHT:
            return self._failed_proof(session, verdict)
        self._accept_step(person)
        session.code_ms = self.now_ms
        self._expect("step_up", "ok", person.account)
        return "ok"

    def _failed_proof(self, session: Live, reason: str) -> str:
        self._expect("step_up", "failed", session.person.account, reason)
        session.wrong_proofs += 1
        if session.wrong_proofs >= self.office.policy.lock_tries:
            session.over = True
        return "refused"

    def _did(self, act: Callable[[], Any]) -> Any:
        """Do it: what it gave, or True; None where it was refused, however."""
        try:
            return act() or True
        except TiraiError:
            return None
        finally:
            self.office.mirror()

    def _in(self, session: Live, act: Callable[[], Any]) -> Any:
        """Do something in a session; the token that it had before a turn is dead."""
        client = session.identity.client
        before = client._token
        done = self._did(act)
        if client._token != before:
            self.dead_tokens.append(before)
        return done

    # signing in

    def _sign_in(self, person: Person, seat: str, kind: str, password: str, code: str) -> Live | None:
        """Sign in, and hold what comes out against what must."""
        door, account = self.office.door_at(seat), person.account
        waits = door.wait_s(account, self.office.clock.boot_s(), boot_id())
        factors = ("password", "recovery" if kind == "replace" else "code")
        right = not waits and self._judged(person, seat, kind, password, code)
        elsewhere = {at: tries_at(self.office.door_at(at)) for at in SEATS if at != seat}
        try:
            signed = self.office.enter(seat, kind, account, password, code)  # type: ignore[arg-type]
        except TiraiError:
            signed = None
        assert (signed is not None) == right, f"{account} at {seat}, {kind}: must {'' if right else 'not '}come in"
        assert all(tries_at(self.office.door_at(at)) == counts for at, counts in elsewhere.items())
        self.office.mirror()
        if signed is None:
            return None
        assert person.state == "active"
        self.failed[seat, account] = 0
        self._end(None, lambda s: s.person is person and s.kind == kind)
        policy, now = self.office.policy, self.now_ms
        lasts_s = {"approval": policy.step_up_s, "replace": policy.sign_in_s}.get(kind, policy.session_s)
        live = Live(
            person, seat, kind, factors, signed.identity, now + lasts_s * 1000, now + policy.lease_s * 1000,
            0 if kind == "replace" else now, signed.answer.end_token,
        )  # fmt: skip
        self.begun[signed.identity.session] = factors
        self.sessions.append(live)
        return live

    def _judged(self, person: Person, seat: str, kind: str, password: str, code: str) -> bool:
        """Whether account, password and second factor are all right; what is used up by it is used up."""
        account = person.account
        self.failed[seat, account] += 1
        if person.state != "active" or password != person.password:
            self._expect("sign_in", "failed", account if person.state == "active" else "", "wrong")
            return False
        self._file_opens()
        reason = self._second_factor(person, seat, kind, code)
        self._expect("sign_in", "failed" if reason else "ok", account, reason)
        return not reason

    def _second_factor(self, person: Person, seat: str, kind: str, code: str) -> str:
        if kind == "replace":
            if not person.use_recovery_code(code):
                return "wrong_recovery_code"
            self._accept("recovery", person.account, code)
            return ""
        wrong = person.wrong_today(seat, self.now_ms)
        verdict = person.judge(code, self.now_ms, window=0 if wrong >= 2 else 1)
        if verdict is Code.WRONG:
            person.wrong_codes.setdefault(seat, []).append(self.now_ms)
        if verdict is not Code.RIGHT:
            return {Code.WRONG: "wrong_code", Code.USED: "used_code", Code.CLOCK_OFF: "clock_off"}[verdict]
        if wrong >= WRONG_CODES_A_DAY:
            return "codes_refused"
        self._accept_step(person)
        return ""

    def _wait(self, account: str, seat: str) -> None:
        """The wait of that very workstation passes."""
        self.office.clock.pass_s(self.office.door_at(seat).wait_s(account, self.office.clock.boot_s(), boot_id()))

    def _rightly(self, account: str, seat: str, kind: str = "command") -> Live:
        """Somebody signs in with right factors, after the wait of that very workstation: nothing else may stop them."""
        person = self.people[account]
        self._wait(account, seat)
        if person.wrong_today(seat, self.now_ms) >= WRONG_CODES_A_DAY:
            self.office.clock.pass_s(24 * 60 * 60)
        live = self._sign_in(person, seat, kind, person.password, self._fresh(person))
        assert live is not None
        return live

    # leaving, and acting for others

    def _leave(self, session: Live) -> None:
        works = session.works(self.now_ms)
        assert bool(self._did(lambda: session.identity.client.end(EndRequest(cause="signed_out")))) == works
        session.over = session.over or works

    def _file_opens(self) -> None:
        """Somebody's password, or activation code, opens the file: what guardians have reported is judged."""
        for session in self.noted:
            session.over = True
        self.noted.clear()

    def _office_comes_anew(self) -> None:
        """Another process serves: consoles are locked, what was half finished and the other sessions are gone."""
        self.office.serve()
        self._end(None, lambda s: s.locked_ms is None and s.kind != "console")
        for session in self.sessions:
            if session.locked_ms is None and session.lives(self.now_ms):
                session.locked_ms = min(self.now_ms, session.lease_ms - self.office.policy.lease_s * 1000)
                session.is_lost = True
        for half in self.enrolments:
            half.until_ms = 0
        for session in self.sessions:
            if session.change:
                session.change.until_ms = 0
            if session.lives(self.now_ms):
                token = session.token
                session.identity.client.close()
                session.identity.client = self.office.connect_at(session.seat)
                session.identity.client.use_token(token)

    def _by(self, account: str, seat: str, act: Callable[[Accounts], Any]) -> Any:
        """Have one of the staff do something in a session of its own."""
        staff = self._rightly(account, seat)
        try:
            return self._did(lambda: act(Accounts(staff.identity)))
        finally:
            self._leave(staff)

    # what always holds

    @invariant()
    def sessions_are_those_that_two_factors_began(self) -> None:
        if not self.people or not self.office.back_office.is_open:
            return
        rows = rows_of(self.office, "sessions")
        assert {row.id for row in rows} <= self.begun.keys()
        opened = self.office.back_office.opened
        found = {row.id: _of_row(row) for row in rows if lives(opened, row)}
        assert found == {s.identity.session: self._of_live(s) for s in self.sessions if s.lives(self.now_ms)}
        for row in rows:
            person = self.people[row.account]
            assert person.state == "active" or row.ended_ms is not None

    def _of_live(self, session: Live) -> tuple[object, ...]:
        """What the row of a living session must say: no lock, resume or lease ever prolongs a code or a session."""
        code_until = session.code_ms + self.office.policy.step_up_s * 1000 if session.code_ms else 0
        is_locked = session.locked_ms is not None
        until = min(session.lease_ms, session.ends_ms)
        return is_locked, not is_locked, sha256(session.token), until, session.ends_ms, code_until, session.seat

    @invariant()
    def locked_sessions_do_nothing(self) -> None:
        for session in self.sessions:
            if session.locked_ms is not None and session.lives(self.now_ms):
                with pytest.raises(SessionOverError):
                    session.identity.client.lease()

    @invariant()
    def the_office_leaves_with_the_last_lock(self) -> None:
        if not self.people or not self.office.back_office.is_open:
            return
        living = [s for s in self.sessions if s.lives(self.now_ms)]
        is_needed = self.office.is_at_work() or any(s.works(self.now_ms) for s in living)
        left = self.office.let_go()
        assert left == (bool(living) and not is_needed)
        if left:
            self._office_comes_anew()

    @invariant()
    def every_factor_that_was_judged_stands_in_the_log(self) -> None:
        if self.people:
            self._read_log()
            waiting = [e for seat in SEATS for e in self.office.door_at(seat).pending if e["event"] in FACTORS]
            pending = Counter((e["event"], e["outcome"], e["actor"], e.get("reason", "")) for e in waiting)
            assert self.logged + pending == self.expected

    @invariant()
    def tries_are_counted_where_they_were_made(self) -> None:
        for seat in SEATS if self.people else ():
            for account in self.people:
                door = self.office.door_at(seat).door(account)
                assert (door.failed_count if door else 0) == self.failed[seat, account]

    def _read_log(self) -> None:
        if not self.office.back_office.is_open:
            return
        opened = self.office.back_office.opened
        with opened.database.reading() as db:
            page = opened.log.page(db, self.log_read, 100_000)
        self.logged.update((e.event, e.outcome, e.actor, e.reason) for e in page if e.event in FACTORS)
        locked = {e.session for e in page if (e.event, e.reason) == ("session.lock", "office_lost")}
        for session in self.sessions:
            if session.is_lost and session.identity.session.hex() in locked:
                session.is_lost = False
                self.expected["session.lock", "ok", session.person.account, "office_lost"] += 1
        assert not [s for s in self.sessions if s.is_lost and s.lives(self.now_ms)], "an open office has locked them"
        self.log_read = page[-1].number if page else self.log_read

    def locked_people_come_back(self) -> None:
        """See `sign_in_locks.py`."""

    def teardown(self) -> None:
        """Locked ones come back, everybody who has both factors comes in, at both workstations; and the log holds."""
        try:
            self.locked_people_come_back()
            for account, person in self.people.items():
                for seat in SEATS if person.state == "active" else ():
                    self._rightly(account, seat)
            if self.people:
                self.every_factor_that_was_judged_stands_in_the_log()
                assert standing_of(self.office.back_office.opened, None, None).verdict.ok
        finally:
            for session in self.sessions:
                session.identity.client.close()
            for enrol in self.lines:
                enrol.close()
            if self.people:
                self.office.stop()
            shutil.rmtree(self.folder, ignore_errors=True)


def _of_row(row: Any) -> tuple[object, ...]:
    """Of a session's row: locked, with a card, token, lease, end, until when a code counts, workstation."""
    is_locked, has_card = row.locked_ms is not None, row.card_kem is not None
    return is_locked, has_card, row.token_hash, row.lease_ms, row.ends_ms, row.step_up_ms, row.seat


def tries_at(door: DoorTries) -> str:
    """All that a door counts."""
    return repr((door._device, {n: (d.failed_count, d.failed_ms, d.wait_until_boot_s) for n, d in door._doors.items()}))


def plain(code: str) -> str:
    return code.replace("-", "")
