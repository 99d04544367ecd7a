"""T8, A18, A19: whatever anybody does in whatever order, at two workstations, no path leads to a session with fewer
than two factors, no code of any kind is taken twice, and no workstation locks anybody out at another one.

A state machine (hypothesis) plays people and thieves at a real office: sign-in, enrolment, resets by two, recovery
codes, changes of factors, fresh codes, locks and resumes, ends, restarts, time, with right, wrong, used and dead
factors. What must come out is worked out beside it (`sign_in_model.py`), move by move; office, sessions, log and both
doors must agree.
Derivations are cheap here: nothing in this file is about how a password is stretched.

Enforced by *authority*. In the one-user home a person with the file key can write rows; there it is *software*.
"""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from app.api.client.errors import SessionOverError
from app.crypto.derive import PASSWORD_FLOOR
from app.domain.role import Role
from app.session.accounts import Accounts, ResetReason
from app.session.enrol import Enrol
from app.session.release import release
from app.session.replacing import Replacing
from tests.office.two_seats import SEATS
from tests.security.sign_in_locks import LockMoves, passwords, people, seats, which
from tests.security.sign_in_model import STEP_MS, Change, Enrolling
from tests.security.sign_in_stage import AGENTS, NEWCOMER, STAFF, CheapArgon2id, plain
from tests.security.sign_in_tour import TOUR

NEVER_CAME = {"absent", "invited"}
kinds = st.sampled_from(("command", "console", "approval"))
codes = st.sampled_from(
    ("fresh", "fresh", "next", "last", "again", "far", "told", "wrong", "old authenticator", "recovery")
)
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
RESTARTS = 2


class SignInPaths(LockMoves):
    """Every move that anybody can make; those of locks stand in `sign_in_locks.py`."""

    @rule(account=people, seat=seats, kind=kinds, password=passwords, code=codes)
    def sign_in(self, account: str, seat: str, kind: str, password: str, code: str) -> None:
        person = self.people[account]
        self._sign_in(person, seat, kind, self._password(person, password), self._code(person, code))

    @rule(account=people, seat=seats, kind=kinds)
    def sign_in_rightly(self, account: str, seat: str, kind: str) -> None:
        if self.people[account].state == "active":
            self._rightly(account, seat, kind)

    @rule(account=people, seat=seats, password=passwords, code=recoveries)
    def sign_in_with_a_recovery_code(self, account: str, seat: str, password: str, code: str) -> None:
        person = self.people[account]
        shown = self._fresh(person) if code == "authenticator" and person.secret else self._recovery(person, code)
        self._sign_in(person, seat, "replace", self._password(person, password), plain(shown))

    @rule(
        account=people,
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
        shown, alive = self._code(session.person, code), session.works(self.now_ms)
        ok = alive and self._fresh_code(session, shown) == "ok"
        turned = len(self.dead_tokens)
        assert bool(self._in(session, lambda: session.identity.client.step_up(shown))) == ok
        assert len(self.dead_tokens) == turned + ok

    @rule(n=which, proof=proofs)
    def change_the_password(self, n: int, proof: tuple[str, str]) -> None:
        if (session := self._live(n, "command", "console")) is None:
            return
        person = session.person
        given, shown = self._password(person, proof[0]), self._code(person, proof[1]) if proof[1] else ""
        new, self.made = f"perahu kertas {self.made} di selokan", self.made + 1
        ok = session.works(self.now_ms) and self._proof(session, given, shown) == "ok"
        assert bool(self._in(session, lambda: session.account.change_password(given, new, shown))) == ok
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
        ok = session.works(self.now_ms) and self._proof(session, given, shown) == "ok"
        new = self._in(session, lambda: session.account.new_recovery_codes(given, shown))
        assert bool(new) == ok
        if ok:
            person.take_recovery_codes([plain(c.reveal()) for c in new])
            self._expect("recovery_codes.new", "ok", person.account)

    @rule(n=which, proof=proofs, recovery=st.one_of(st.just(""), recoveries))
    def begin_another_authenticator(self, n: int, proof: tuple[str, str], recovery: str) -> None:
        if (session := self._live(n, "command", "console")) is None:
            return
        person = session.person
        paper = self._recovery(person, recovery) if recovery else ""
        given, shown = self._password(person, proof[0]), self._code(person, proof[1]) if proof[1] and not paper else ""
        ok = session.works(self.now_ms) and self._proof(session, given, shown, plain(paper)) == "ok"
        offer = self._in(session, lambda: session.account.begin_authenticator(given, shown, recovery_code=paper))
        assert bool(offer) == ok
        if ok:
            session.change = Change(offer.secret.reveal(), self.now_ms + self.office.policy.sign_in_s * 1000)

    @rule(n=which)
    def begin_another_authenticator_after_a_recovery_code(self, n: int) -> None:
        if (session := self._live(n, "replace")) is None:
            return
        replacing = Replacing(session.identity, "")
        offer = self._in(session, replacing.begin)
        assert bool(offer) == session.works(self.now_ms)
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
        alive = session.works(self.now_ms) and self.now_ms <= change.until_ms and change.tries < 5
        change.tries += alive
        ok = alive and fits
        assert bool(self._did(lambda: session.account.finish_authenticator(shown))) == ok
        if ok:
            session.change = None
            person.take_authenticator(change.secret, step)
            self._accept_step(person)
            self._expect("authenticator.replace", "ok", person.account)
            self._end(None if session.kind == "replace" else session, lambda s: s.person is person)

    @rule(n=which)
    def sign_out(self, n: int) -> None:
        if session := self._live(n, "command", "console", "approval", "replace"):
            self._leave(session)  # its token stays here, as a thief would keep it

    @precondition(lambda self: self.dead_tokens)
    @rule(n=which)
    def use_a_dead_token(self, n: int) -> None:
        thief = self.office.connect_at(SEATS[0])
        thief.use_token(self.dead_tokens[-1 - n % len(self.dead_tokens)])
        with pytest.raises(SessionOverError):
            thief.lease()
        thief.close()

    @rule(n=which)
    def end_ones_other_sessions(self, n: int) -> None:
        if (session := self._live(n, "command", "console")) is None:
            return
        ok = session.works(self.now_ms)
        assert bool(self._did(session.account.end_others)) == ok
        if ok:
            self._end(session, lambda s: s.person is session.person)

    # accounts

    @rule(account=people, seat=seats, signed_in=st.booleans())
    def close(self, account: str, seat: str, signed_in: bool) -> None:
        person = self.people[account]
        if signed_in and person.state == "active":
            self._rightly(account, seat, "console")
        ok = person.state not in {"closed", "absent"}
        assert bool(self._by("adi", seat, lambda a: a.close(account))) == ok
        if ok:
            person.lose_place("closed")
            self.proposed.pop(account, None)
            self._end(None, lambda s: s.person is person)

    @rule(account=people, seat=seats, by=st.sampled_from(("adi", "dewi")))
    def propose_a_reset(self, account: str, seat: str, by: str) -> None:
        proposed = self._by(by, seat, lambda a: a.propose_reset(account, ResetReason.LOST_PASSWORD))
        assert bool(proposed) == (account not in self.proposals and self.people[account].state not in NEVER_CAME)
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

    @rule(account=people, seat=seats)
    def end_somebodys_sessions(self, account: str, seat: str) -> None:
        ended = self._by("dewi", seat, lambda a: a.end_sessions(account))
        assert bool(ended) == (self.people[account].state != "absent")
        self._end(None, lambda s: s.person.account == account)

    @rule(account=people, seat=seats, signed_in=st.booleans())
    def change_somebodys_place(self, account: str, seat: str, signed_in: bool) -> None:
        person = self.people[account]
        if signed_in and person.state == "active":
            self._rightly(account, seat, "console")
        self.made += 1
        queues = ("billing", f"queue-{self.made}")
        ok = person.state == "active"
        assert bool(self._by("dewi", seat, lambda a: a.change(account, queues=queues))) == ok
        if ok:
            self.proposed.pop(account, None)
            self._end(None, lambda s: s.person is person)

    @rule(account=people, seat=seats)
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

    @rule(seat=seats)
    def invite_somebody(self, seat: str) -> None:
        code = self._by("adi", seat, lambda a: a.invite(NEWCOMER, "Sinta", Role.AGENT, ("billing",)))
        assert bool(code) == (self.people[NEWCOMER].state == "absent")
        if code:
            self.people[NEWCOMER].state = "invited"
            self._invited(NEWCOMER, seat, code.reveal())

    @rule(account=people, seat=seats)
    def give_another_activation_code(self, account: str, seat: str) -> None:
        code = self._by("dewi", seat, lambda a: a.new_code(account))
        assert bool(code) == (self.people[account].state == "invited")
        if code:
            self._invited(account, seat, code.reveal())

    def _invited(self, account: str, seat: str, code: str) -> None:
        self.people[account].invite(code, self.now_ms + self.office.policy.activation_s * 1000)
        self.failed[seat, account] = 0

    @rule(account=people, seat=seats, choice=st.sampled_from(("right", "right", "dead", "waiting")))
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
            self._file_opens()
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
            person.take_recovery_codes([plain(c.reveal()) for c in given])
            self._expect("account.enrol", "ok", person.account)

    # whole ways, so that what lies behind them is reached, too

    @rule(account=people, seat=seats)
    def replace_the_authenticator(self, account: str, seat: str) -> None:
        if self.people[account].state == "active":
            self._rightly(account, seat)
            self.begin_another_authenticator(n=0, proof=("right", ""), recovery="")
            self.prove_another_authenticator(n=-1, right=True)

    @rule(account=people, seat=seats)
    def lose_the_authenticator(self, account: str, seat: str) -> None:
        if self.people[account].state == "active":
            self._rightly(account, seat)
            self.take_new_recovery_codes(n=0, proof=("right", "fresh"))
            self.sign_in_with_a_recovery_code(account=account, seat=seat, password="right", code="right")
            self.begin_another_authenticator_after_a_recovery_code(n=0)
            self.prove_another_authenticator(n=-1, right=True)

    @rule(account=people, seat=seats)
    def come_back_after_a_reset(self, account: str, seat: str) -> None:
        if self.people[account].state in NEVER_CAME:
            return
        if self.people[account].state == "active":
            self._rightly(account, seat, "console")
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
        self._office_comes_anew()


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


@pytest.mark.slow
@pytest.mark.asvs("V6.3.3", "V6.5.1", "V7.2.4", "V7.4.1")
def test_that_one_walk_through_every_move_holds() -> None:
    walk = SignInPaths()
    assert {move for move, _ in TOUR} == {rule.function.__name__ for rule in walk.rules}
    try:
        walk.people_come()
        for move, chosen in TOUR:
            getattr(walk, move)(**chosen)
            for invariant in walk.invariants:
                invariant.function(walk)
        reasons = {reason for event, _outcome, _actor, reason in walk.logged if event == "session.resume"}
        assert reasons == {"", "wrong_password", "no_session", "session_over"}
    finally:
        walk.teardown()


@pytest.mark.slow
@pytest.mark.asvs("V6.3.3", "V6.5.1", "V6.1.1")
def test_that_no_path_leads_past_two_factors_takes_a_code_twice_or_locks_somebody_out_elsewhere() -> None:
    play(6, 40)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(1200)
def test_that_no_long_path_does() -> None:
    play(45, 50)
