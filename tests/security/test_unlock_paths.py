"""A10, A11, A20: whatever agents, supervisors, locks and clocks do in whatever order, a value opens only with an unlock
that is neither over, closed nor used up, for exactly the field, record and session that it names; and every opening and
every refusal has exactly one entry, which stands in the log before anybody hears of it.

A state machine (hypothesis) plays two agents and two supervisors at a real office, with another model of what must come
of each move beside it (`unlock_model.py`). One walk goes through every move; faults that are planted in the office make
that same walk fail, so it can. Derivations are cheap here: nothing is about how a password is stretched.

Enforced by *authority*; that a released half fits nothing else is *key* (`test_unlock_replay.py`).
"""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.api.messages.reveals import RevealRequest
from app.backoffice import locking, reveal, session_ends, unlock_answers, unlock_grants, unlock_rules, unlocks
from app.backoffice.audit_log import AuditLog
from app.domain.errors import TiraiError
from tests.security.sign_in_stage import CheapArgon2id
from tests.security.unlock_stage import AGENTS, DECIDERS, FIELDS, Place, Walk

agents, deciders, fields = st.sampled_from(AGENTS), st.sampled_from(DECIDERS), st.sampled_from(FIELDS)
which, disks = st.integers(0, 3), st.sampled_from(("", "", "", "full"))
Move = tuple[Any, ...]


class UnlockPaths(RuleBasedStateMachine):
    """Every move that anybody can make."""

    place: Place
    walk: Walk

    @initialize()
    def begin(self) -> None:
        self.walk = Walk(self.place)

    @rule(agent=agents, at=st.integers(0, 1), field=fields)
    def ask(self, agent: str, at: int, field: str) -> None:
        self.walk.ask(agent, at, field)

    @rule(agent=agents, n=which)
    def withdraw(self, agent: str, n: int) -> None:
        self.walk.withdraw(agent, n)

    @rule(agent=agents, n=which, elsewhere=st.sampled_from(("", "", "", "record", "field")), disk=disks)
    def reveal(self, agent: str, n: int, elsewhere: str, disk: str) -> None:
        self.walk.reveal(agent, n, elsewhere, disk)

    @rule(agent=agents)
    def reveal_again(self, agent: str) -> None:
        self.walk.reveal_again(agent)

    @rule(decider=deciders)
    def look(self, decider: str) -> None:
        self.walk.look(decider)

    @rule(
        decider=deciders, n=which, how=st.sampled_from(("right", "right", "right", "altered", "too_long")), disk=disks
    )
    def approve(self, decider: str, n: int, how: str, disk: str) -> None:
        self.walk.approve(decider, n, how, disk)

    @rule(agent=agents, at=st.integers(0, 1), field=fields, decider=deciders)
    def ask_and_approve(self, agent: str, at: int, field: str, decider: str) -> None:
        """The usual way, so that walks come far."""
        self.walk.ask(agent, at, field)
        self.walk.look(decider)
        self.walk.approve(decider, 0, "right", "")

    @rule(decider=deciders, n=which)
    def deny(self, decider: str, n: int) -> None:
        self.walk.deny(decider, n)

    @rule(decider=deciders, n=which)
    def ask_back(self, decider: str, n: int) -> None:
        self.walk.ask_back(decider, n)

    @rule(decider=deciders, n=which)
    def revoke(self, decider: str, n: int) -> None:
        self.walk.revoke(decider, n)

    @rule(agent=agents, n=which, what=st.sampled_from(("refuse", "revoke", "ask_back")))
    def meddle(self, agent: str, n: int, what: str) -> None:
        self.walk.meddle(agent, n, what)

    @rule(decider=deciders)
    def fresh_code(self, decider: str) -> None:
        self.walk.fresh_code(decider)

    @rule(seconds=st.sampled_from((1, 29, 31, 60, 119, 121, 301)))
    def time_passes(self, seconds: int) -> None:
        self.walk.time_passes(seconds)

    @rule(seconds=st.sampled_from((0, 0, 60, 110, 600)))
    def clock_is_set(self, seconds: int) -> None:
        self.walk.clock_is_set(seconds)

    @rule(agent=agents)
    def lock(self, agent: str) -> None:
        self.walk.lock(agent)

    @rule(agent=agents)
    def resume(self, agent: str) -> None:
        self.walk.resume(agent)

    @invariant()
    def agree(self) -> None:
        if hasattr(self, "walk"):
            self.walk.agree()

    def teardown(self) -> None:
        if hasattr(self, "walk"):
            self.walk.end()


ASK: Move = ("ask", "ratna", 0, "bank_account")
OTHER: Move = ("ask", "yoga", 1, "bank_name")
LOOK: Move = ("look", "hendra")
APPROVE: Move = ("approve", "hendra", 0, "right", "")
OPEN: Move = ("reveal", "ratna", 0, "", "")
OPENED: tuple[Move, ...] = (ASK, LOOK, APPROVE, OPEN)
TOUR: tuple[Move, ...] = (
    # the usual way, and the same request once more
    *OPENED, ("reveal_again", "ratna"), OPEN, ("time_passes", 31), ("reveal_again", "ratna"),
    # closed while it is on the screen, and before it is
    *OPENED, ("revoke", "rina", 0), ("reveal_again", "ratna"), OPEN, ("revoke", "rina", 0),
    ASK, LOOK, APPROVE, ("revoke", "hendra", 0), OPEN,
    # for nothing and nobody else
    ASK, LOOK, APPROVE, ("reveal", "ratna", 0, "field", ""), ("reveal", "ratna", 0, "record", ""),
    ("reveal", "yoga", 0, "", ""), ("reveal", "ratna", 0, "", "full"), OPEN,
    # decided by others, withdrawn, over
    ASK, OPEN, LOOK, ("look", "rina"), ("approve", "rina", 0, "right", ""), APPROVE, ("deny", "hendra", 0),
    ASK, LOOK, ("withdraw", "yoga", 0), ("withdraw", "ratna", 0), ("withdraw", "ratna", 0), APPROVE, OPEN,
    ASK, LOOK, ("time_passes", 121), APPROVE, ("ask_back", "rina", 0), ("withdraw", "ratna", 0), ("revoke", "rina", 0),
    ASK, LOOK, APPROVE, ("time_passes", 121), OPEN,
    ASK, ASK, LOOK, ("approve", "hendra", 1, "right", ""), ("ask_back", "hendra", 0), OPEN,
    # what is not as it should be
    ("fresh_code", "hendra"), ASK, LOOK, ("approve", "hendra", 0, "altered", ""),
    ("approve", "hendra", 0, "too_long", ""), ("approve", "hendra", 0, "right", "full"),
    ("meddle", "ratna", 0, "revoke"), ("meddle", "yoga", 0, "refuse"), ("meddle", "ratna", 0, "ask_back"),
    ("time_passes", 60), APPROVE, ("reveal", "ratna", 0, "", "full"), OPEN,
    ("time_passes", 301), ASK, LOOK, APPROVE, ("fresh_code", "hendra"), LOOK, APPROVE, OPEN,
    # a lock ends what was approved, not what waits; what was seen before it is not for the keys after it
    ASK, LOOK, APPROVE, ("lock", "ratna"), ("resume", "ratna"), OPEN,
    ASK, LOOK, ("lock", "ratna"), LOOK, APPROVE, ("resume", "ratna"), APPROVE, LOOK, APPROVE, OPEN,
    # a clock that is set back gives nothing more time
    ("fresh_code", "hendra"), ASK, LOOK, APPROVE, ("clock_is_set", 600), ("time_passes", 119), ("time_passes", 1), OPEN,
    ("clock_is_set", 0), ("fresh_code", "hendra"), ASK, LOOK, APPROVE,
    ("clock_is_set", 600), ("time_passes", 121), OPEN,
    ("clock_is_set", 0), ("fresh_code", "hendra"), ASK, LOOK, ("clock_is_set", 600), ("time_passes", 121), APPROVE,
    ("clock_is_set", 0), ("fresh_code", "hendra"), *OPENED, ("clock_is_set", 600), ("time_passes", 31),
    ("reveal_again", "ratna"), ("clock_is_set", 0),
    # after a refusal
    OTHER, ("deny", "rina", 0), OTHER, ("time_passes", 121), OTHER, ("ask_back", "rina", 0), OTHER,
    ("ask_and_approve", "yoga", 0, "bank_name", "rina"), ("reveal", "yoga", 0, "", ""),
)  # fmt: skip
CODES = {
    "ask_again", "unlock", "unlock_used", "unlock_revoked", "unlock_over", "withdrawn", "decided", "expired",
    "too_long", "step_up", "asker_locked", "asker_resumed", "altered", "not_open", "own_request", "class_not_held",
    "audit",
}  # fmt: skip


@pytest.fixture(autouse=True)
def cheap_derivations() -> Iterator[None]:
    with patch("app.crypto.derive.Argon2id", CheapArgon2id):
        yield


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with patch("app.crypto.derive.Argon2id", CheapArgon2id):
        made = Place(tmp_path_factory.mktemp("unlocks"))
        yield made
        made.office.stop()


def tour(place: Place) -> Walk:
    """Go through every move once."""
    machine = UnlockPaths()
    machine.place = place
    machine.walk = Walk(place)
    try:
        for move, *chosen in TOUR:
            if move == "ask_and_approve":
                machine.ask_and_approve(**dict(zip(("agent", "at", "field", "decider"), chosen, strict=True)))
            else:
                getattr(machine.walk, move)(*chosen)
            machine.walk.agree()
    finally:
        machine.walk.end()
    return machine.walk


@pytest.mark.attack("A10", "A11", "A20")
def test_that_one_walk_through_every_move_holds_and_meets_every_refusal(place: Place) -> None:
    assert {move for move, *_ in TOUR} == {rule.function.__name__ for rule in UnlockPaths().rules}
    walk = tour(place)
    assert walk.refused == CODES
    assert walk.opened >= 8


def play(place: Place, examples: int, moves: int) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=moves,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        deadline=None,
        phases=(Phase.generate,),
    )
    machine = type("UnlockPathsHere", (UnlockPaths,), {"place": place})
    run_state_machine_as_test(machine, settings=chosen)


@pytest.mark.slow
@pytest.mark.attack("A10", "A11", "A20")
def test_that_no_path_opens_a_value_without_an_unlock_that_holds_or_without_its_entry(place: Place) -> None:
    play(place, 8, 40)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(900)
def test_that_no_path_does_in_many_more_walks(place: Place) -> None:
    play(place, 40, 50)


# faults that are planted: the walk must find each


def _nothing(*_args: object, **_named: object) -> None:
    return None


def _never(*_args: object, **_named: object) -> bool:
    return False


def _for_any_field(original: Callable[..., Any]) -> Callable[..., Any]:
    """A grant that opens every field of its record."""

    def use(office: Any, db: Any, session: Any, request: RevealRequest, salt: bytes) -> Any:
        query = "SELECT field, salt FROM unlocks WHERE id = ?"
        row = db.exec_driver_sql(query, (request.unlock,)).first()
        if row is None or row.salt is None:
            return original(office, db, session, request, salt)
        return original(office, db, session, request.model_copy(update={"field": row.field}), row.salt)

    return use


def _twice(original: Callable[..., int]) -> Callable[..., int]:
    def append(self: AuditLog, db: Any, event: str, outcome: str = "ok", **rest: str) -> int:
        if event == "reveal":
            original(self, db, event, outcome, **rest)
        return original(self, db, event, outcome, **rest)

    return append


def _not_of(event: str, original: Callable[..., int]) -> Callable[..., int]:
    def append(self: AuditLog, db: Any, what: str, outcome: str = "ok", **rest: str) -> int:
        return self.head(db)[0] if what == event else original(self, db, what, outcome, **rest)

    return append


FAULTS: dict[str, tuple[object, str, object]] = {
    "a grant never runs out": (unlock_grants, "is_over", _never),
    "a request never runs out": (unlock_rules, "is_over", _never),
    "a used or closed grant opens again": (unlock_grants, "must_be_open", _nothing),
    "a closed grant's answer is given again": (reveal, "must_not_be_revoked", _nothing),
    "a grant opens other fields": (reveal, "use_grant", _for_any_field(unlock_grants.use_grant)),
    "a lock drops nothing": (session_ends, "drop_approved", _nothing),
    "a withdrawn request is approved": (unlock_answers, "must_wait", _nothing),
    "whose keys a half was sealed to is not asked": (unlock_answers, "_check_asker", _nothing),
    "a grant's signature is not checked": (unlock_answers, "_check_signature", _nothing),
    "a grant may be of any length": (unlock_answers, "_check_length", _nothing),
    "a stale code approves": (unlock_answers, "needs_step_up", _nothing),
    "the boot clock is not asked": (unlock_rules, "boot_ms", lambda _office: 0),
    "an answer is given again for ever": (reveal, "SAME_ANSWER_MS", 2**62),
    "a refused reveal is not written down": (reveal, "_log_refusal", _nothing),
    "a refused decision is not written down": (unlock_rules, "refused", _nothing),
    "a refused withdrawal is not written down": (unlocks, "refused", _nothing),
    "an opening is written down twice": (AuditLog, "append", _twice(AuditLog.append)),
    "an opening is not written down": (AuditLog, "append", _not_of("reveal", AuditLog.append)),
    "a revocation is not written down": (AuditLog, "append", _not_of("unlock.revoke", AuditLog.append)),
    "somebody decides for themselves": (unlock_rules, "_theirs", lambda _office, _session, row: row),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_that_the_walk_finds_a_planted_fault(place: Place, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    target, name, instead = FAULTS[fault]
    with monkeypatch.context() as planted:
        planted.setattr(target, name, instead)
        if fault == "a lock drops nothing":
            planted.setattr(locking, name, instead)  # the resume looks once more
        with pytest.raises((AssertionError, TiraiError)):
            tour(place)
