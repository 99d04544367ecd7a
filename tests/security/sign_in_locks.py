"""The moves of `test_sign_in_paths.py` around a lock: locking, resuming with right and wrong things, ends meanwhile.

A thief here has whatever there is of a locked session, id, token and account keys, and asks as no console would. What
must come out is worked out beside it, as for every other move.
"""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.api.client import own_account
from app.api.client.client import ApiClient
from app.api.client.errors import SessionOverError, SignInAnswerError
from app.api.messages.door import (
    CardRequest,
    Ended,
    EndReport,
    EndRequest,
    LockRequest,
    Resumed,
    ResumeRequest,
    StepUpRequest,
)
from app.api.messages.own_account import FreshToken
from app.auth.session_card import SessionCard
from app.backoffice.clock import boot_id
from app.crypto import hpke, signing
from app.crypto.account_keys import slot_key
from app.domain.errors import TiraiError
from app.session.own_password import derive
from tests.office.two_seats import SEATS
from tests.security.sign_in_model import Live, Person, Shown
from tests.security.sign_in_stage import AGENTS, ANYBODY, NEWCOMER, SignInStage, tries_at

people = st.sampled_from((*AGENTS, *AGENTS, NEWCOMER))
seats = st.sampled_from(SEATS)
which = st.integers(0, 7)
passwords = st.sampled_from(("right", "right", "right", "old", "wrong", "another's"))
tokens = st.sampled_from(("own", "zeros", "before", "another's", "end"))
right = st.just(Shown())
one_thing_wrong = st.one_of(
    st.builds(Shown, password=st.sampled_from(("old", "wrong", "another's"))),
    st.builds(Shown, token=tokens),
    st.builds(Shown, card=st.sampled_from(("another's", "elsewhere"))),
    st.sampled_from((Shown(at_home=False), Shown(by_another=True))),
)
anything = st.builds(Shown, passwords, tokens, st.just("own"), st.booleans(), st.booleans())
named = st.sampled_from((0, 0, 0, 0, 1, 2, 3))
"""Mostly the session that was locked last."""
NO_KEY = bytes(32)


class LockMoves(SignInStage):
    """Every move around a lock."""

    @rule(n=which, cause=st.sampled_from(("by_hand", "idle")))
    def lock(self, n: int, cause: str) -> None:
        others = ("command", "approval", "replace") if n % 4 == 0 else ()
        if session := self._live(n // 4, "console", *others):
            self._lock(session, cause)

    @precondition(lambda self: self._locked())
    @rule(n=which)
    def use_the_token_of_a_locked_session(self, n: int) -> None:
        locked = self._locked()
        session = locked[n % len(locked)]
        shown, keys = self._fresh(session.person), session.identity.keys.seed  # the code stays a fresh one
        for seat in SEATS:
            thief = self.office.connect_at(seat)
            thief.use_token(session.token)
            self._is_nobodys(thief, shown, self._card(session, keys, session.seat, *_session_keys()))
            thief.close()

    @rule(n=named, shown=st.one_of(right, right, one_thing_wrong, anything))
    def resume(self, n: int, shown: Shown) -> None:
        if session := self._named(n):
            person = self._another(session.person) if shown.by_another else session.person
            seat = next(s for s in SEATS if (s == session.seat) == shown.at_home)
            self._resume(session, seat, person, self._password(person, shown.password), shown.token, shown.card)

    @precondition(lambda self: self._locked())
    @rule(n=named, at_home=st.booleans(), tries=st.integers(2, 7), wait=st.booleans(), token=tokens)
    def a_thief_tries_at_a_lock_screen(self, n: int, at_home: bool, tries: int, wait: bool, token: str) -> None:
        if session := self._named(n):
            seat = next(s for s in SEATS if (s == session.seat) == at_home)
            for _ in range(tries):
                self._resume(session, seat, session.person, self._password(session.person, "wrong"), token, "own")
                if wait:
                    self.office.clock.pass_s(121)

    @rule(n=named, proof=st.sampled_from(("own", "own", "another's", "zeros", "token")))
    def a_guardian_reports_an_end(self, n: int, proof: str) -> None:
        if (session := self._named(n)) is None:
            return
        others = (s.end_token for s in self.sessions if s is not session)
        known = {"own": session.end_token, "another's": next(others, NO_KEY), "token": session.token}
        report = EndReport(session=session.identity.session, end_token=known.get(proof, NO_KEY), cause="idle")
        is_open, client = self.office.back_office.is_open, self.office.connect_at(session.seat)
        told = self._did(lambda: (client.report_end(report), "told"))
        client.close()
        assert bool(told) == (proof == "own" or not is_open), "a shut office judges it once it is open"
        if proof == "own" and is_open:
            session.over = True
        elif proof == "own":
            self.noted.append(session)

    @rule(account=people, seat=seats, tries=st.integers(0, 4), elsewhere=st.integers(0, 6), stale=st.booleans())
    def lock_and_come_back(self, account: str, seat: str, tries: int, elsewhere: int, stale: bool) -> None:
        """Nothing but wrong passwords at the own workstation stands between a person and the own locked session."""
        person = self.people[account]
        if person.state != "active":
            return
        session = self._rightly(account, seat, "console")
        if stale:
            self.office.clock.pass_s(self.office.policy.step_up_s + 1)
        self._lock(session, "by_hand")
        other = next(s for s in SEATS if s != seat)
        for _ in range(elsewhere):
            self._resume(session, other, person, self._password(person, "wrong"), "own", "own")
        for _ in range(tries):
            self._resume(session, seat, person, self._password(person, "wrong"), "zeros", "own")
        self._wait(account, seat)
        assert self._resume(session, seat, person, person.password, "own", "own")

    # how

    def _named(self, n: int) -> Live | None:
        """A session that a resume may name: locked ones first, then living ones, then some that are over."""
        now, mine = self.now_ms, [s for s in reversed(self.sessions) if s.person.account in ANYBODY]
        over = [s for s in mine if not s.lives(now)]
        found = [*reversed(self._locked()), *(s for s in mine if s.works(now)), *over[:2]]
        return found[n % len(found)] if found else None

    def _locked(self) -> list[Live]:
        return [s for s in self.sessions if s.locked_ms is not None and s.lives(self.now_ms)]

    def _another(self, person: Person) -> Person:
        return self.people[next(a for a in AGENTS if a != person.account)]

    def _lock(self, session: Live, cause: str) -> None:
        ok = session.works(self.now_ms) and session.kind == "console"
        asked = LockRequest(cause=cause)  # without the half second that a console waits at most
        done = self._did(lambda: session.identity.client.call("POST", "/v1/session/lock", Ended, asked))
        assert bool(done) == ok
        if ok:
            session.locked_ms = self.now_ms
            session.lease_ms = self.now_ms + self.office.policy.idle_end_s * 1000
            self._expect("session.lock", "ok", session.person.account, cause)
            self.office.clock.ahead_ms += 1  # whatever follows comes after it

    def _is_nobodys(self, thief: ApiClient, code: str, card: CardRequest) -> None:
        step_up, lock = StepUpRequest(code=code), LockRequest(cause="by_hand")
        for act in (
            thief.lease,
            lambda: thief.turn("POST", "/v1/session/step-up", FreshToken, step_up),
            lambda: thief.call("POST", "/v1/session/lock", Ended, lock),
            lambda: thief.end(EndRequest(cause="signed_out")),
            lambda: thief.bring_card(card),
            lambda: own_account.sessions(thief),
            lambda: own_account.end_others(thief),
            thief.own_requests,
            thief.own_grants,
        ):
            try:
                act()
            except SessionOverError:
                continue
            raise AssertionError("the token of a locked session did something")

    def _resume(self, session: Live, seat: str, person: Person, password: str, token: str, card: str) -> bool:
        """Resume, and hold what comes out against what must; whether it went on."""
        account = person.account
        waits = self.office.door_at(seat).wait_s(account, self.office.clock.boot_s(), boot_id())
        others = (s.token for s in self.sessions if s is not session)
        known = {
            "own": session.token,
            "another's": next(others, NO_KEY),
            "before": (self.dead_tokens or [NO_KEY])[-1],
            "end": session.end_token,
        }
        shown = known.get(token, NO_KEY)
        must = "throttled"
        if not waits:
            must = self._resume_judged(session, seat, person, password, token == "own", card == "own")
        elsewhere = {at: tries_at(self.office.door_at(at)) for at in SEATS if at != seat}
        client = self.office.connect_at(seat)
        kem, seed = _session_keys()
        signer = (session if card != "another's" else self._stranger(session)).identity.keys.seed
        brought = self._card(session, signer, session.seat if card != "elsewhere" else "SBY-9999", kem, seed)
        answer, told = None, "ok"
        try:
            answer = self._ask(client, session, person, password, shown, brought)
        except SignInAnswerError as refusal:
            told = refusal.code
        except SessionOverError:
            told = "over"
        except TiraiError:
            told = "no card"
        assert told == must, f"{account} at {seat}"
        assert all(tries_at(self.office.door_at(at)) == before for at, before in elsewhere.items())
        self.office.mirror()
        if answer is None:
            client.close()
            return False
        assert self.begun[session.identity.session] == ("password", "code")
        self.failed[seat, account] = 0
        self.dead_tokens.append(session.token)
        session.identity.client.close()
        session.identity.client, session.identity.session_kem, session.identity.session_seed = client, kem, seed
        client.use_token(answer.token)
        session.locked_ms = None
        session.lease_ms = self.now_ms + self.office.policy.lease_s * 1000
        assert (answer.ends_ms, answer.lease_ms) == (session.ends_ms, min(session.lease_ms, session.ends_ms))
        assert client.lease().ends_ms == session.ends_ms
        return True

    def _resume_judged(
        self, session: Live, seat: str, person: Person, password: str, own_token: bool, own_card: bool
    ) -> str:
        """What must be told of password, session, token and card; what is counted and written down by it is."""
        account, is_open, is_here = person.account, self.office.back_office.is_open, seat == session.seat
        self.failed[seat, account] += 1
        is_own = session.person is person and session.kind == "console"
        if person.state != "active" or password != person.password:
            self._expect("session.resume", "failed", account if person.state == "active" else "", "wrong_password")
            if is_own and is_here:
                session.wrong_resumes.append(self.now_ms)
                session.over = session.over or (is_open and session.tries() >= self.office.policy.lock_tries)
            return "wrong"
        self._file_opens()
        if not is_own or not is_here or not own_token:
            self._expect("session.resume", "failed", account, "no_session")
            return "over" if is_own else "wrong"  # nothing tells that the password was right
        if not session.lives(self.now_ms):
            self._expect("session.resume", "failed", account, "session_over")
            return "over"
        if session.tries() >= self.office.policy.lock_tries:
            session.over = True
            return "over"
        if own_card:
            self._expect("session.resume", "ok", account)
        return "ok" if own_card else "no card"

    def _ask(
        self, client: ApiClient, session: Live, person: Person, password: str, token: bytes, card: CardRequest
    ) -> Resumed:
        derived, _cost = derive(client, person.account, password)
        identity = session.identity
        return client.resume(
            ResumeRequest(
                account=person.account,
                session=identity.session,
                token=token,
                verifier=derived.verifier,
                slot_key=slot_key(identity.office, person.account, self.office.store.seat_half(), derived.console),
                card=card,
                cause="by_hand",
            )
        )

    def _card(self, session: Live, signer: bytes, seat: str, kem: bytes, seed: bytes) -> CardRequest:
        publics = hpke.public_of(kem), signing.public_of(seed)
        card = SessionCard(session.person.account, session.identity.session, *publics, seat, session.ends_ms)
        signature = signing.sign(signer, card.body(session.identity.office))
        return CardRequest(kem=card.kem, sign=card.sign, signature=signature)

    def _stranger(self, session: Live) -> Live:
        """A session of somebody else."""
        return next(s for s in self.sessions if s.person is not session.person)

    def locked_people_come_back(self) -> None:
        """Whose session waits still, with less than five own wrong passwords, goes on after the wait of the door."""
        for session in self.sessions:
            if session.locked_ms is None or session.person.state != "active" or session in self.noted:
                continue
            self._wait(session.person.account, session.seat)
            if session.lives(self.now_ms) and session.tries() < self.office.policy.lock_tries:
                assert self._resume(session, session.seat, session.person, session.person.password, "own", "own")


def _session_keys() -> tuple[bytes, bytes]:
    return hpke.new_secret(), signing.new_seed()
