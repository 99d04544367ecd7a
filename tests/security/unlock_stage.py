"""The stage of `test_unlock_paths.py`: two agents, two supervisors, and every move that they or the clock can make.

Each move works out beforehand what must come of it, makes it at the real office, and compares: the answer, the entries
that the log has then, and how each agent's requests stand.
"""

from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Any
from unittest.mock import patch

from app.api.client import decisions
from app.api.messages.door import CardRequest, ResumeRequest
from app.api.messages.reveals import AskUnlock, RefuseUnlock, RevealAnswer, RevealRequest
from app.auth.audit_chain import AuditEntry
from app.auth.session_card import SessionCard, reveal_request
from app.crypto import hpke, signing
from app.crypto.account_keys import slot_key
from app.crypto.grants import unlock_info
from app.domain.data_class import DataClass
from app.domain.errors import TiraiError
from app.session.deciding import Deciding
from app.session.identity import Identity, new_id
from app.session.own_password import derive
from app.session.revealing import _context, check_grant
from app.storage import sealing
from tests.office.door import nothing_can_be_written
from tests.office.made import Bare, MadeOffice
from tests.office.moved_clock import MovedClock
from tests.security.canaries import planted
from tests.security.unlock_model import AGAIN_MS, SAME_MS, STEP_UP_MS, USE_MS, WAIT_MS, Agent, Asked, Decider, Times

AGENTS, DECIDERS, FIELDS = ("ratna", "yoga"), ("hendra", "rina"), ("bank_account", "bank_name")
WORDS = "the caller disputes the charge"
LOCKED_AT_MOST_MS = 600_000


class SetClock(MovedClock):
    """Time passes only when a move says so; the wall's clock may be set, the boot's may not."""

    set_ms = 0

    def __init__(self) -> None:
        self._start_ms = int(time() * 1000)

    def now_ms(self) -> int:
        return self._start_ms + self.ahead_ms + self.set_ms

    def boot_s(self) -> float:
        return 1_000_000 + self.ahead_ms / 1000


class Place:
    """An office with customers and people, for many walks."""

    def __init__(self, folder: Path) -> None:
        with patch("tests.office.made.MovedClock", SetClock):
            self.office = MadeOffice(folder)
        self.office.serve()
        for agent in AGENTS:
            self.office.hire(agent, agent.title(), queues=("*",))
        self.office.hire("rina", "Rina", "supervisor", ("*",))
        rows, canaries = planted(2)
        self.office.bring_in(rows)
        self.values = {(c.number, c.field): c.value for c in canaries if c.field in FIELDS}

    @property
    def clock(self) -> SetClock:
        assert isinstance(self.office.clock, SetClock)
        return self.office.clock


class Walk:
    """One walk through moves, from a fresh sign-in of everybody.

    Attributes:
        refused: codes of all refusals so far.
        opened: how often a value came out.
    """

    def __init__(self, place: Place) -> None:
        self.place, self.office = place, place.office
        self.place.clock.set_ms = 0
        self.place.clock.pass_s(3600)  # whatever an earlier walk was refused is long ago
        self.people: dict[str, Bare] = {name: self.office.bare(name) for name in (*AGENTS, *DECIDERS)}
        self.agents = {name: Agent(name, self.identity(name).session) for name in AGENTS}
        self.deciders = {name: Decider(name, self.now.wall) for name in DECIDERS}
        for name in DECIDERS:
            self._fresh_code(self.deciders[name])
        with self.office.back_office.opened.database.reading() as db:
            query = "SELECT record, number FROM customers ORDER BY id"
            self.numbers = {bytes(r): str(n) for r, n in db.exec_driver_sql(query).all()}
        self.records = sorted(self.numbers, key=lambda record: self.numbers[record])
        self.asked: list[Asked] = []
        self.refused: set[str] = set()
        self.opened = 0
        self._kems: dict[bytes, list[bytes]] = {}
        """The public keys that each session has had, in turn."""

    def end(self) -> None:
        for agent in AGENTS:
            self.resume(agent)  # an office whose sessions are all locked leaves
        self.place.clock.set_ms = 0
        for person in self.people.values():
            person.end()
            person.client.close()

    # naming

    @property
    def now(self) -> Times:
        return Times(self.place.clock.now_ms(), int(self.place.clock.boot_s() * 1000))

    def identity(self, name: str) -> Identity:
        return self.people[name].identity

    def the(self, n: int) -> Asked | None:
        """One of the last requests."""
        return self.asked[-1 - n % min(len(self.asked), 4)] if self.asked else None

    @property
    def length(self) -> int:
        """How long the log is."""
        opened = self.office.back_office.opened
        with opened.database.reading() as db:
            return opened.log.head(db)[0]

    def entries_after(self, number: int) -> list[AuditEntry]:
        opened = self.office.back_office.opened
        with opened.database.reading() as db:
            return opened.log.page(db, number, 1000)

    # what must come of a move

    def _does(
        self, act: Callable[[], Any], must: str, entry: tuple[str, ...], more: tuple[tuple[str, ...], ...] = ()
    ) -> Any:
        """Make a move: what it answers, `must` being the code of its refusal, and exactly these entries.

        Args:
            act: the call.
            must: the code of the refusal, or empty.
            entry: event, actor, reference, and further columns.
            more: entries besides, of what was refused or not.
        """
        before = self.length
        answer, told = None, ""
        try:
            answer = act()
        except TiraiError as refusal:
            told = refusal.code
            self.refused.add(told)
        assert told == must, f"{entry[0]}: {told or 'done'}, and must be {must or 'done'}"
        event, actor, reference = entry
        outcome = ("refused", must) if must else ("ok", "")
        found = [
            (e.event, e.actor, e.reference, e.outcome, e.reason if e.outcome == "refused" else "")
            for e in self.entries_after(before)
        ]
        wanted = [(e, actor, ref, "ok", "") for e, ref in more] + [(event, actor, reference, *outcome)]
        assert found == wanted, f"{event}: the log has {found}, and must have {wanted}"
        return answer

    def _nothing_happens(self, act: Callable[[], Any]) -> None:
        """The same call while the disk takes nothing: it is refused, nothing is released and nothing is changed."""
        before = self.length
        answer, told = None, ""
        with nothing_can_be_written(self.office):
            try:
                answer = act()
            except TiraiError as refusal:
                told = refusal.code
        self.refused.add(told)
        assert (answer, told) == (None, "audit"), "something was released without an entry"
        assert self.length == before

    def agree(self) -> None:
        """The office shows each agent their requests as they should stand."""
        for agent in self.agents.values():
            if agent.is_locked:
                continue
            own = {r.id: r.state for r in self.identity(agent.name).client.own_requests().requests}
            known = {a.id: a.state_at(self.now) for a in self.asked if a.session == agent.session}
            assert own == {key: state for key, state in known.items() if key in own}

    # the agent's moves

    def ask(self, agent: str, at: int, field: str) -> None:
        who, record, now = self.agents[agent], self.records[at % 2], self.now
        if who.is_locked:
            return
        same = [a for a in self.asked if (a.session, a.record, a.field) == (who.session, record, field)]
        must = ""
        if any(a.state == "refused" and a.decided_wall > now.wall - AGAIN_MS for a in same):
            must = "ask_again"
        request = new_id()
        message = AskUnlock(request=request, record=record, field=field, reason="refund", words=WORDS)
        replaced = [a for a in same if a.state == "waiting" and not must]
        more = tuple(("unlock.withdraw", a.id.hex()) for a in replaced if a.state_at(now) == "waiting")
        self._does(
            lambda: self.identity(agent).client.ask_unlock(message),
            must,
            ("unlock.ask", agent, request.hex()),
            more,
        )
        for a in replaced:
            a.state = "withdrawn"
        if not must:
            self.asked.append(Asked(request, agent, who.session, record, field, now.later(WAIT_MS)))

    def withdraw(self, agent: str, n: int) -> None:
        asked, who = self.the(n), self.agents[agent]
        if asked is None or who.is_locked:
            return
        must = asked.must_wait(self.now) if asked.session == who.session else "unlock"
        entry = ("unlock.withdraw", agent, asked.id.hex())
        self._does(lambda: self.identity(agent).client.withdraw(asked.id), must, entry)
        if not must:
            asked.state = "withdrawn"

    def reveal(self, agent: str, n: int, elsewhere: str, disk: str) -> None:
        """Open by an unlock: the field that it names, or another field, record or person's."""
        asked, who = self.the(n), self.agents[agent]
        if asked is None or who.is_locked:
            return
        record, field = asked.record, asked.field
        if elsewhere == "record":
            record = next(r for r in self.records if r != record)
        elif elsewhere == "field":
            field = next(f for f in FIELDS if f != field)
        message = self._signed(agent, record, field, asked.id, new_id())
        act = lambda: self.identity(agent).client.reveal(message)  # noqa: E731
        if disk == "full":
            self._nothing_happens(act)
            return
        must = asked.opens(who.session, record, field, self.now)
        answer = self._does(act, must, ("reveal", agent, asked.id.hex()))
        if must:
            return
        assert answer.entry == self.length, "the entry was there before the answer"
        assert self._value(who, asked, answer) == self.place.values[self.numbers[record], field]
        self.opened += 1
        asked.views -= 1
        asked.state, asked.used_wall = ("used" if asked.views <= 0 else "approved"), self.now.wall
        who.answered[message.request] = (self.now.boot, message, answer)

    def reveal_again(self, agent: str) -> None:
        """The same request once more, as after a broken line: the same answer for a while, and no other entry."""
        who = self.agents[agent]
        if who.is_locked or not who.answered:
            return
        at, before, answer = list(who.answered.values())[-1]
        assert before.unlock is not None
        asked = next(a for a in self.asked if a.id == before.unlock)
        message = self._signed(agent, before.record, before.field, before.unlock, before.request)
        client = self.identity(agent).client
        if self.now.boot - at >= SAME_MS:
            must = asked.opens(who.session, before.record, before.field, self.now)
        elif asked.state == "revoked":
            must = "unlock_revoked"
        else:
            length = self.length
            assert client.reveal(message) == answer
            assert self.length == length
            return
        assert must, "an unlock with views left would need another request"
        self._does(lambda: client.reveal(message), must, ("reveal", agent, asked.id.hex()))

    def _signed(self, agent: str, record: bytes, field: str, unlock: bytes, request: bytes) -> RevealRequest:
        identity = self.identity(agent)
        body = reveal_request(identity.office, identity.session, record, field, "unlock", "", request)
        return RevealRequest(request=request, record=record, field=field, reason="unlock", words="", unlock=unlock,
                             signature=identity.sign(body))  # fmt: skip

    def _value(self, who: Agent, asked: Asked, answer: RevealAnswer) -> str:
        """What the console makes of it, by the grant that it checks itself."""
        identity = self.identity(who.name)
        assert asked.keys == who.keys, "a half that was sealed to the keys before a lock was used up"
        own = next(r for r in identity.client.own_requests().requests if r.id == asked.id)
        check_grant(identity, own, DataClass.FINANCIAL)
        assert answer.sealed_half is not None
        ctx = _context(identity, asked.record, asked.field, DataClass.FINANCIAL, answer)
        info = unlock_info(identity.office, asked.id, identity.session, ctx)
        half = sealing.unsealed_half(identity.session_kem, answer.sealed_half, info)
        return sealing.value_of(half, answer.share, ctx, answer.blob)

    # the supervisor's moves

    def look(self, decider: str) -> None:
        """See what waits: everything that waits, and nothing else."""
        who = self.deciders[decider]
        found = self.identity(decider).client.waiting_requests().requests
        waits = [a for a in self.asked if a.state_at(self.now) == "waiting"]
        assert {r.id for r in found} == {a.id for a in waits}
        for request in found:
            asked = next(a for a in waits if a.id == request.id)
            assert (request.card is None) == self.agents[asked.agent].is_locked
        who.seen |= {r.id: r for r in found if r.card is not None}

    def approve(self, decider: str, n: int, how: str, disk: str) -> None:
        """Approve what was seen last, perhaps before a lock; with a grant that is right, altered or too long."""
        asked, who = self.the(n), self.deciders[decider]
        if asked is None or asked.id not in who.seen:
            return
        seen, identity, now = who.seen[asked.id], self.identity(decider), self.now
        agent = self.agents[asked.agent]
        assert seen.card is not None
        usable_ms = USE_MS + (60_000 if how == "too_long" else 0)
        made = Deciding(identity, self._inventory(), "en")._grant(
            seen, seen.card, DataClass.FINANCIAL, now.wall + usable_ms
        )
        if how == "altered":
            made = made.model_copy(update={"signature": made.signature[:-1] + bytes([made.signature[-1] ^ 1])})
        act = lambda: identity.client.approve(asked.id, made)  # noqa: E731
        if disk == "full":
            self._nothing_happens(act)
            return
        keys = self._keys_of(agent, seen.card.kem)
        stale = now.wall > who.coded_wall + STEP_UP_MS
        refusals = (
            (asked.must_wait(now), True),
            ("too_long", how == "too_long"),
            ("step_up", stale),
            ("asker_locked", agent.is_locked),
            ("asker_resumed", keys != agent.keys),
            ("altered", how == "altered"),
        )
        must = next((code for code, applies in refusals if applies and code), "")
        self._does(act, must, ("unlock.approve", decider, asked.id.hex()))
        if not must:
            asked.state, asked.views, asked.until, asked.keys = "approved", 1, now.later(USE_MS), keys
            asked.decided_wall = now.wall

    def _inventory(self) -> Any:
        return self.office.back_office.opened.inventory

    def _keys_of(self, agent: Agent, kem: bytes) -> int:
        return self._generations(agent).index(kem)

    def _generations(self, agent: Agent) -> list[bytes]:
        kept = self._kems.setdefault(agent.session, [])
        public = hpke.public_of(self.identity(agent.name).session_kem)
        if public not in kept:
            kept.append(public)
        return kept

    def deny(self, decider: str, n: int) -> None:
        self._answer(decider, n, "refused")

    def ask_back(self, decider: str, n: int) -> None:
        self._answer(decider, n, "asked_back")

    def _answer(self, decider: str, n: int, state: str) -> None:
        asked = self.the(n)
        if asked is None:
            return
        client, now = self.identity(decider).client, self.now
        calls = {
            "refused": ("unlock.refuse", lambda: client.refuse(asked.id, RefuseUnlock(why="Ask for the last digits"))),
            "asked_back": ("unlock.ask_back", lambda: decisions.ask_back(client, asked.id, "Which?")),
        }
        event, act = calls[state]
        must = asked.must_wait(now)
        self._does(act, must, (event, decider, asked.id.hex()))
        if not must:
            asked.state, asked.decided_wall = state, now.wall

    def revoke(self, decider: str, n: int) -> None:
        asked = self.the(n)
        if asked is None:
            return
        must = "" if asked.is_open(self.now) else "not_open"
        client = self.identity(decider).client
        self._does(lambda: decisions.revoke(client, asked.id), must, ("unlock.revoke", decider, asked.id.hex()))
        if not must:
            asked.state = "revoked"

    def meddle(self, agent: str, n: int, what: str) -> None:
        """An agent who decides, on their own request or a colleague's, decides nothing."""
        asked, who = self.the(n), self.agents[agent]
        if asked is None or who.is_locked:
            return
        client = self.identity(agent).client
        must = "own_request" if asked.agent == agent else "class_not_held"
        acts: dict[str, tuple[str, Callable[[], object]]] = {
            "refuse": ("unlock.refuse", lambda: client.refuse(asked.id, RefuseUnlock(why="No"))),
            "revoke": ("unlock.revoke", lambda: decisions.revoke(client, asked.id)),
            "ask_back": ("unlock.ask_back", lambda: decisions.ask_back(client, asked.id, "Why?")),
        }
        event, act = acts[what]
        self._does(act, must, (event, agent, asked.id.hex()))

    def fresh_code(self, decider: str) -> None:
        self._fresh_code(self.deciders[decider])

    def _fresh_code(self, who: Decider) -> None:
        if self.place.clock.set_ms:
            return  # a clock that was set back fits no code
        self._come_back_in_time(60)  # a code may be one of the next half minutes
        self.identity(who.name).client.step_up(self.office.code(who.name))
        who.coded_wall = self.now.wall
        self._renew_leases()

    # time, and locks

    def time_passes(self, seconds: int) -> None:
        self._come_back_in_time(seconds)
        self.place.clock.pass_s(seconds)
        self._renew_leases()

    def _come_back_in_time(self, seconds: int) -> None:
        """Nobody stays locked until the session ends by itself: that is another test's."""
        for agent in self.agents.values():
            if agent.is_locked and self.now.boot + seconds * 1000 - agent.locked_boot > LOCKED_AT_MOST_MS:
                self.resume(agent.name)

    def _renew_leases(self) -> None:
        for name, person in self.people.items():
            if name not in self.agents or not self.agents[name].is_locked:
                person.client.lease()

    def clock_is_set(self, seconds: int) -> None:
        """Somebody sets the office's clock, back or to what it was."""
        if -seconds * 1000 > self.place.clock.set_ms:
            for agent in AGENTS:
                self.resume(agent)  # a lease is over when the time jumps on
        self.place.clock.set_ms = -seconds * 1000

    def lock(self, agent: str) -> None:
        who = self.agents[agent]
        if who.is_locked:
            return
        self._generations(who)
        self.identity(agent).client.lock("by_hand")
        who.is_locked, who.locked_boot = True, self.now.boot
        for asked in self.asked:
            if asked.session == who.session and asked.state == "approved":
                asked.state = "expired"

    def resume(self, agent: str) -> None:
        """Come back with other keys, as another process does."""
        who = self.agents[agent]
        if not who.is_locked:
            return
        identity = self.identity(agent)
        person, token = self.office.people[agent], identity.client._token
        assert token is not None
        client = self.office.connect()
        derived, _cost = derive(client, agent, person.password)
        kem, seed = hpke.new_secret(), signing.new_seed()
        row = self._session_row(who.session)
        card = SessionCard(
            agent, who.session, hpke.public_of(kem), signing.public_of(seed), row["seat"], row["ends_ms"]
        )
        signature = signing.sign(identity.keys.seed, card.body(identity.office))
        answer = client.resume(
            ResumeRequest(
                account=agent,
                session=who.session,
                token=token,
                verifier=derived.verifier,
                slot_key=slot_key(identity.office, agent, self.office.store.seat_half(), derived.console),
                card=CardRequest(kem=card.kem, sign=card.sign, signature=signature),
                cause="by_hand",
            )
        )
        identity.client.close()
        identity.client, identity.session_kem, identity.session_seed = client, kem, seed
        client.use_token(answer.token)
        who.is_locked, who.keys = False, who.keys + 1
        assert self._generations(who).index(card.kem) == who.keys

    def _session_row(self, session: bytes) -> dict[str, Any]:
        with self.office.back_office.opened.database.reading() as db:
            query = "SELECT seat, ends_ms FROM sessions WHERE id = ?"
            return dict(db.exec_driver_sql(query, (session,)).one()._mapping)
