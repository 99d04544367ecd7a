"""T8, A18, A19: whatever anybody does in whatever order, at two workstations, no path leads to a session with fewer
than two factors, no code of any kind is taken twice, and no workstation locks anybody out at another one.

A state machine (hypothesis) plays people and thieves at a real office: sign-in, enrolment, resets by two, recovery
codes, changes of factors, fresh codes, ends, restarts, time, with right, wrong, used and dead factors. What must come
out is worked out beside it (`sign_in_model.py`), move by move; office, sessions, log and both doors must agree.
Derivations are cheap here: nothing in this file is about how a password is stretched.

Enforced by *authority*. In the one-user home a person with the file key can write rows; there it is *software*.
"""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.api.messages.door import EndRequest
from app.auth.throttle import WRONG_CODES_A_DAY
from app.backoffice.clock import boot_id
from app.backoffice.door_tries import DoorTries
from app.backoffice.session_ends import lives
from app.backoffice.standing import standing_of
from app.crypto.derive import PASSWORD_FLOOR
from app.domain.errors import TiraiError
from app.session.accounts import Accounts, ResetReason
from app.session.enrol import Enrol
from app.session.release import release
from app.session.replacing import Replacing
from tests.office.door import rows_of
from tests.office.moved_clock import MovedClock
from tests.office.two_seats import SEATS, TwoSeats
from tests.security.sign_in_model import STEP_MS, Change, Code, Enrolling, Live, Person

FACTORS = ("sign_in", "step_up", "password.change", "authenticator.replace", "recovery_codes.new", "account.enrol")
AGENTS = ("ratna", "yoga")
STAFF = ("adi", "hendra", "dewi")
WRONG = "hujan pertama di kebun"
HALF_HOUR_MS = 30 * 60 * 1000

agents = st.sampled_from(AGENTS)
seats = st.sampled_from(SEATS)
kinds = st.sampled_from(("command", "console", "approval"))
passwords = st.sampled_from(("right", "right", "right", "old", "wrong", "another's"))
codes = st.sampled_from(("fresh", "fresh", "next", "last", "again", "far", "wrong", "old authenticator", "recovery"))
recoveries = st.sampled_from(("right", "right", "dead", "another's", "wrong", "authenticator"))
proofs = st.sampled_from(
    (
        *3 * (("right", "fresh"),),
        *2 * (("right", ""),),
        ("right", "next"),
        ("right", "again"),
        ("right", "wrong"),
        ("right", "old authenticator"),
        ("right", "recovery"),
        ("old", "fresh"),
        ("wrong", "fresh"),
        ("another's", ""),
    )
)
"""A current password and a fresh code; none where the last one shall count."""
which = st.integers(0, 7)
RESTARTS = 2


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


class SignInPaths(RuleBasedStateMachine):
    """Two agents, two administrators, a supervisor, two workstations."""

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
        mine = [s for s in reversed(self.sessions) if s.kind in kinds and s.person.account in AGENTS]
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

    # signing in

    def _sign_in(self, person: Person, seat: str, kind: str, password: str, code: str) -> Live | None:
        """Sign in, and hold what comes out against what must."""
        door, account = self.office.door_at(seat), person.account
        waits = door.wait_s(account, self.office.clock.boot_s(), boot_id())
        factors = ("password", "recovery" if kind == "replace" else "code")
        right = not waits and self._judged(person, seat, kind, password, code)
        elsewhere = {at: _counts(self.office.door_at(at)) for at in SEATS if at != seat}
        try:
            signed = self.office.enter(seat, kind, account, password, code)  # type: ignore[arg-type]
        except TiraiError:
            signed = None
        assert (signed is not None) == right, f"{account} at {seat}, {kind}: must {'' if right else 'not '}come in"
        assert all(_counts(self.office.door_at(at)) == counts for at, counts in elsewhere.items())
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
            0 if kind == "replace" else now,
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

    def _rightly(self, account: str, seat: str, kind: str = "command") -> Live:
        """Somebody signs in with right factors, after the wait of that very workstation: nothing else may stop them."""
        person = self.people[account]
        self.office.clock.pass_s(self.office.door_at(seat).wait_s(account, self.office.clock.boot_s(), boot_id()))
        if person.wrong_today(seat, self.now_ms) >= WRONG_CODES_A_DAY:
            self.office.clock.pass_s(24 * 60 * 60)
        live = self._sign_in(person, seat, kind, person.password, self._fresh(person))
        assert live is not None
        return live

    @rule(account=agents, seat=seats, kind=kinds, password=passwords, code=codes)
    def sign_in(self, account: str, seat: str, kind: str, password: str, code: str) -> None:
        person = self.people[account]
        self._sign_in(person, seat, kind, self._password(person, password), self._code(person, code))

    @rule(account=agents, seat=seats, kind=kinds)
    def sign_in_rightly(self, account: str, seat: str, kind: str) -> None:
        if self.people[account].state == "active":
            self._rightly(account, seat, kind)

    @rule(account=agents, seat=seats, password=passwords, code=recoveries)
    def sign_in_with_a_recovery_code(self, account: str, seat: str, password: str, code: str) -> None:
        person = self.people[account]
        shown = self._fresh(person) if code == "authenticator" and person.secret else self._recovery(person, code)
        self._sign_in(person, seat, "replace", self._password(person, password), _plain(shown))

    @rule(
        account=agents,
        seat=seats,
        tries=st.integers(2, 7),
        password=st.sampled_from(("right", "wrong")),
        wait=st.booleans(),
    )
    def a_thief_tries_again_and_again(self, account: str, seat: str, tries: int, password: str, wait: bool) -> None:
        person = self.people[account]
        for _ in range(tries):
            self._sign_in(person, seat, "command", self._password(person, password), person.no_code(self.now_ms))
            if wait:
                self.office.clock.pass_s(1801)

    # in a session

    @rule(n=which, code=codes)
    def give_a_fresh_code(self, n: int, code: str) -> None:
        if (session := self._live(n, "command", "console", "approval")) is None:
            return
        shown, alive = self._code(session.person, code), session.lives(self.now_ms)
        ok = alive and self._fresh_code(session, shown) == "ok"
        old = session.identity.client._token
        assert bool(self._did(lambda: session.identity.client.step_up(shown))) == ok
        assert not ok or session.identity.client._token != old

    @rule(n=which, proof=proofs)
    def change_the_password(self, n: int, proof: tuple[str, str]) -> None:
        if (session := self._live(n, "command", "console")) is None:
            return
        person = session.person
        given, shown = self._password(person, proof[0]), self._code(person, proof[1]) if proof[1] else ""
        new, self.made = f"perahu kertas {self.made} di selokan", self.made + 1
        ok = session.lives(self.now_ms) and self._proof(session, given, shown) == "ok"
        assert bool(self._did(lambda: session.account.change_password(given, new, shown))) == ok
        if ok:
            person.take_password(new)
            self._expect("password.change", "ok", person.account)
            self._end(session, lambda s: s.person is person)

    @rule(n=which, proof=proofs)
    def take_new_recovery_codes(self, n: int, proof: tuple[str, str]) -> None:
        if (session := self._live(n, "command", "console")) is None:
            return
        person = session.person
        given, shown = self._password(person, proof[0]), self._code(person, proof[1]) if proof[1] else ""
        ok = session.lives(self.now_ms) and self._proof(session, given, shown) == "ok"
        new = self._did(lambda: session.account.new_recovery_codes(given, shown))
        assert bool(new) == ok
        if ok:
            person.take_recovery_codes([_plain(c.reveal()) for c in new])
            self._expect("recovery_codes.new", "ok", person.account)

    @rule(n=which, proof=proofs, recovery=st.one_of(st.just(""), recoveries))
    def begin_another_authenticator(self, n: int, proof: tuple[str, str], recovery: str) -> None:
        if (session := self._live(n, "command", "console")) is None:
            return
        person = session.person
        paper = self._recovery(person, recovery) if recovery else ""
        given, shown = self._password(person, proof[0]), self._code(person, proof[1]) if proof[1] and not paper else ""
        ok = session.lives(self.now_ms) and self._proof(session, given, shown, _plain(paper)) == "ok"
        offer = self._did(lambda: session.account.begin_authenticator(given, shown, recovery_code=paper))
        assert bool(offer) == ok
        if ok:
            session.change = Change(offer.secret.reveal(), self.now_ms + self.office.policy.sign_in_s * 1000)

    @rule(n=which)
    def begin_another_authenticator_after_a_recovery_code(self, n: int) -> None:
        if (session := self._live(n, "replace")) is None:
            return
        replacing = Replacing(session.identity, "")
        offer = self._did(replacing.begin)
        assert bool(offer) == session.lives(self.now_ms)
        if offer:
            session.account._change = replacing._change
            session.change = Change(offer.secret.reveal(), self.now_ms + self.office.policy.sign_in_s * 1000)

    @precondition(lambda self: any(s.change for s in self.sessions))
    @rule(n=which, right=st.booleans())
    def prove_another_authenticator(self, n: int, right: bool) -> None:
        begun = [s for s in self.sessions if s.change]
        session = begun[n % len(begun)]
        person, change = session.person, session.change
        assert change is not None
        step = self.now_ms // STEP_MS
        shown = person.code(step, change.secret) if right else person.code(step, change.secret[::-1])
        fits = shown in {person.code(s, change.secret) for s in (step - 1, step, step + 1)}
        alive = session.lives(self.now_ms) and self.now_ms <= change.until_ms and change.tries < 5
        change.tries += alive
        ok = alive and fits
        assert bool(self._did(lambda: session.account.finish_authenticator(shown))) == ok
        if ok:
            session.change = None
            person.take_authenticator(change.secret, step)
            self._accept_step(person)
            self._expect("authenticator.replace", "ok", person.account)
            self._end(None if session.kind == "replace" else session, lambda s: s.person is person)

    def _leave(self, session: Live) -> None:
        self._did(lambda: session.identity.client.end(EndRequest(cause="signed_out")))
        session.over = True

    @rule(n=which)
    def sign_out(self, n: int) -> None:
        if session := self._live(n, "command", "console", "approval", "replace"):
            self._leave(session)  # its token stays here, as a thief would keep it

    @rule(n=which)
    def end_ones_other_sessions(self, n: int) -> None:
        if (session := self._live(n, "command", "console")) is None:
            return
        ok = session.lives(self.now_ms)
        assert bool(self._did(session.account.end_others)) == ok
        if ok:
            self._end(session, lambda s: s.person is session.person)

    # accounts

    def _by(self, account: str, seat: str, act: Callable[[Accounts], Any]) -> Any:
        """Have one of the staff do something in a session of its own."""
        staff = self._rightly(account, seat)
        try:
            return self._did(lambda: act(Accounts(staff.identity)))
        finally:
            self._leave(staff)

    @rule(account=agents, seat=seats)
    def close(self, account: str, seat: str) -> None:
        person = self.people[account]
        ok = person.state != "closed"
        assert bool(self._by("adi", seat, lambda a: a.close(account))) == ok
        if ok:
            person.lose_place("closed")
            self.proposed.pop(account, None)
            self._end(None, lambda s: s.person is person)

    @rule(account=agents, seat=seats, by=st.sampled_from(("adi", "dewi")))
    def propose_a_reset(self, account: str, seat: str, by: str) -> None:
        proposed = self._by(by, seat, lambda a: a.propose_reset(account, ResetReason.LOST_PASSWORD))
        assert bool(proposed) == (account not in self.proposals and self.people[account].state != "invited")
        if proposed:
            until = self.now_ms + self.office.policy.activation_s * 1000
            self.proposed[account] = (by, proposed.code.reveal(), until)

    @precondition(lambda self: self.proposals)
    @rule(n=which, seat=seats, by=st.sampled_from((*STAFF, *AGENTS)))
    def confirm_a_reset(self, n: int, seat: str, by: str) -> None:
        account = sorted(self.proposals)[n % len(self.proposals)]
        proposer, code = self.proposals[account]
        person = self.people[account]
        if self.people[by].state != "active":
            return

        def confirm(accounts: Accounts) -> bool:
            key = next((w.id for w in accounts.proposals.waiting() if w.account == account), "")
            return bool(accounts.proposals.confirm(key))

        confirmed = bool(self._by(by, seat, confirm))
        ok = by in STAFF and by != proposer and account in self.proposals  # a sign-in takes time, too
        assert confirmed == ok
        if ok:
            del self.proposed[account]
            person.lose_place("reset", code, self.now_ms + self.office.policy.activation_s * 1000)
            self.failed[seat, account] = 0
            self._end(None, lambda s: s.person is person)

    @rule(account=agents, seat=seats)
    def end_somebodys_sessions(self, account: str, seat: str) -> None:
        assert self._by("dewi", seat, lambda a: a.end_sessions(account))
        self._end(None, lambda s: s.person.account == account)

    @rule(account=agents, seat=seats)
    def release(self, account: str, seat: str) -> None:
        person, key = self.people[account], (seat, account)
        staff = self._rightly("hendra", seat)
        waits = person.state == "active" and bool(self.failed[key] or any(person.wrong_codes.values()))
        released = bool(self._did(lambda: release(staff.identity, account)))
        if waits:
            assert released
        if released:
            self.failed[key] = 0
            person.wrong_codes = {}
        self._leave(staff)

    # enrolment

    @rule(account=agents, seat=seats, choice=st.sampled_from(("right", "right", "dead", "waiting")))
    def begin_an_enrolment(self, account: str, seat: str, choice: str) -> None:
        person = self.people[account]
        waiting = [self.proposals[account][1]] if account in self.proposals else []
        known = {"right": [person.activation], "dead": person.dead_activations, "waiting": waiting}
        code = next((c for c in reversed(known[choice]) if c), "")
        if not code:
            return
        enrol = Enrol(lambda: self.office.connect_at(seat), lambda: self.office.store, self.office.policy)
        self.lines.append(enrol)
        ok = code == person.activation and self.now_ms <= person.activation_until_ms
        offer = self._did(lambda: enrol.begin(account, code))
        assert bool(offer) == ok
        if ok:
            self.enrolments = [e for e in self.enrolments if (e.person, e.seat) != (person, seat)]
            until = self.now_ms + self.office.policy.sign_in_s * 1000
            self.enrolments.append(Enrolling(enrol, person, seat, code, offer.secret.reveal(), until))

    @precondition(lambda self: self.enrolments)
    @rule(n=which, right=st.sampled_from((True, True, False)))
    def finish_an_enrolment(self, n: int, right: bool) -> None:
        half = self.enrolments[n % len(self.enrolments)]
        person, step = half.person, self.now_ms // STEP_MS
        shown = person.code(step, half.secret) if right else person.code(step, half.secret[::-1])
        fits = shown in {person.code(s, half.secret) for s in (step - 1, step, step + 1)}
        alive = half.activation == person.activation and self.now_ms <= half.until_ms and half.tries < 5
        half.tries += 1
        new, self.made = f"perahu kertas {self.made} di selokan", self.made + 1
        given = self._did(lambda: half.enrol.finish(new, shown, PASSWORD_FLOOR))
        assert bool(given) == (alive and fits)
        if given:
            self._accept("activation", person.account, half.activation)
            person.invite("", 0)
            person.state = "active"
            person.take_password(new)
            person.take_authenticator(half.secret, step)
            self._accept_step(person)
            person.take_recovery_codes([_plain(c.reveal()) for c in given])
            self._expect("account.enrol", "ok", person.account)

    # whole ways, so that what lies behind them is reached, too

    @rule(account=agents, seat=seats)
    def replace_the_authenticator(self, account: str, seat: str) -> None:
        if self.people[account].state == "active":
            self._rightly(account, seat)
            self.begin_another_authenticator(n=0, proof=("right", ""), recovery="")
            self.prove_another_authenticator(n=-1, right=True)

    @rule(account=agents, seat=seats)
    def lose_the_authenticator(self, account: str, seat: str) -> None:
        if self.people[account].state == "active":
            self._rightly(account, seat)
            self.take_new_recovery_codes(n=0, proof=("right", "fresh"))
            self.sign_in_with_a_recovery_code(account=account, seat=seat, password="right", code="right")
            self.begin_another_authenticator_after_a_recovery_code(n=0)
            self.prove_another_authenticator(n=-1, right=True)

    @rule(account=agents, seat=seats)
    def come_back_after_a_reset(self, account: str, seat: str) -> None:
        if account not in self.proposals:
            self.propose_a_reset(account=account, seat=seat, by="dewi")
        by = self.proposals[account][0]
        at = sorted(self.proposals).index(account)
        self.confirm_a_reset(n=at, seat=seat, by="hendra" if by != "hendra" else "adi")
        self.begin_an_enrolment(account=account, seat=seat, choice="right")
        self.finish_an_enrolment(n=-1, right=True)

    # the world

    @rule(seconds=st.sampled_from((29, 31, 61, 299, 301, 1799, 1801, 9 * 3600, 25 * 3600)))
    def time_passes(self, seconds: int) -> None:
        self.office.clock.pass_s(seconds)

    @precondition(lambda self: self.restarts < RESTARTS)
    @rule()
    def the_office_restarts(self) -> None:
        self.restarts += 1
        self.office.stop()
        self.office.serve()
        self._end(None, lambda _s: True)
        self.enrolments.clear()

    # what always holds

    @invariant()
    def sessions_are_those_that_two_factors_began(self) -> None:
        if not self.people or not self.office.back_office.is_open:
            return
        rows = rows_of(self.office, "sessions")
        assert {row.id for row in rows} <= self.begun.keys()
        opened = self.office.back_office.opened
        living = {row.id for row in rows if lives(opened, row)}
        assert living == {s.identity.session for s in self.sessions if s.lives(self.now_ms)}
        for row in rows:
            person = self.people[row.account]
            assert person.state == "active" or row.ended_ms is not None

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
        self.log_read = page[-1].number if page else self.log_read

    def teardown(self) -> None:
        """Everybody who has both factors comes in, at both workstations; and the log holds."""
        try:
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


def _counts(door: DoorTries) -> str:
    """All that a door counts."""
    return repr((door._device, {n: (d.failed_count, d.failed_ms, d.wait_until_boot_s) for n, d in door._doors.items()}))


def _plain(code: str) -> str:
    return code.replace("-", "")


@pytest.fixture(autouse=True)
def cheap_derivations() -> Iterator[None]:
    with patch("app.crypto.derive.Argon2id", CheapArgon2id):
        yield


def play(examples: int, moves: int) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=moves,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        phases=(Phase.generate,),  # a path of some dozen moves says enough, and making it shorter takes minutes
    )
    run_state_machine_as_test(SignInPaths, settings=chosen)


@pytest.mark.asvs("V6.3.3", "V6.5.1", "V6.1.1")
def test_that_no_path_leads_past_two_factors_takes_a_code_twice_or_locks_somebody_out_elsewhere() -> None:
    play(10, 30)


@pytest.mark.slow
def test_that_no_long_path_does() -> None:
    play(150, 60)
