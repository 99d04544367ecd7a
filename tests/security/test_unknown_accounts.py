"""T8: nobody learns from the outside whether an account exists, or which of password and code was wrong.

Asserted by path: the same calls, the same derivations, the same work at the front door, the same words. Times are
printed by `python -m benchmarks.sign_in` and judged by nobody.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.backoffice import front_door
from app.crypto.account_keys import open_slots
from app.session.errors import SignInRefusal, SignInRefusedError
from tests.office.made import MadeOffice, made_office
from tests.office.quick import at_full_cost

WRONG = "hujan pertama di kebun"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("unknown")) as made:
        made.hire("ratna", "Ratna Dewanti", grant=False)
        yield made


@pytest.fixture(autouse=True)
def at_real_cost(office: MadeOffice) -> Iterator[None]:
    with at_full_cost():
        yield


class Counted:
    """What one refused sign-in did: calls, derivations, slots tried, durable writes; and what it said."""

    def __init__(
        self,
        office: MadeOffice,
        monkeypatch: pytest.MonkeyPatch,
        account: str,
        password: str,
        code: str,
        *,
        lost: bool = False,
    ) -> None:
        self.calls: list[tuple[str, str]] = []
        self.answers: list[tuple[int, dict[str, Any]]] = []
        self.counts = {"derivations": 0, "slots": 0, "writes": 0}
        with monkeypatch.context() as patch:
            self._watch(patch)
            door = office.sign_in()
            sign_in = door.sign_in_to_replace if lost else door.sign_in_for_command
            with pytest.raises(SignInRefusedError) as refusal:
                sign_in(account, password, code)
        self.why, self.words = refusal.value.why, refusal.value.message

    def _watch(self, patch: pytest.MonkeyPatch) -> None:
        def counting(real: Callable[..., Any], name: str) -> Callable[..., Any]:
            def counted(*args: object, **rest: object) -> object:
                self.counts[name] += 1
                return real(*args, **rest)

            return counted

        patch.setattr("app.crypto.derive.Argon2id", counting(Argon2id, "derivations"))
        patch.setattr("app.backoffice.front_door.open_slots", counting(open_slots, "slots"))
        patch.setattr(front_door, "write_durably", counting(front_door.write_durably, "writes"))
        send = httpx.Client.request

        def sending(client: httpx.Client, method: str, url: str, **rest: Any) -> httpx.Response:
            answer = send(client, method, url, **rest)
            self.calls.append((method, url))
            if answer.status_code != 200:
                self.answers.append((answer.status_code, json.loads(answer.content)))
            return answer

        patch.setattr(httpx.Client, "request", sending)

    @property
    def path(self) -> tuple[object, ...]:
        return self.calls, self.counts["derivations"], self.counts["slots"], self.why, self.words


@pytest.fixture
def refusals(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> dict[str, Counted]:
    office.clock.pass_s(25 * 3600)
    office.command("ratna").end()
    office.command("hendra").end()
    password = office.people["ratna"].password
    return {
        "unknown account": Counted(office, monkeypatch, "nobody", WRONG, "123456"),
        "wrong password": Counted(office, monkeypatch, "ratna", WRONG, office.code("ratna")),
        "wrong password and code": Counted(office, monkeypatch, "ratna", WRONG, "000000"),
        "wrong code": Counted(office, monkeypatch, "ratna", password, "000000"),
    }


@pytest.mark.asvs("V6.3.8")
def test_that_an_unknown_account_a_wrong_password_and_a_wrong_code_go_the_same_way(
    refusals: dict[str, Counted],
) -> None:
    paths = {what: counted.path for what, counted in refusals.items()}
    first = paths["unknown account"]
    assert first[0] == [("GET", "/v1/hello"), ("POST", "/v1/door/salt"), ("POST", "/v1/door/sign-in")]
    assert first[1:4] == (1, 1, SignInRefusal.WRONG)
    assert all(path == first for path in paths.values())


@pytest.mark.asvs("V6.3.8")
def test_that_the_answers_have_one_form(refusals: dict[str, Counted]) -> None:
    """Status, code, words and number of parts; what differs are the tries left, which are the account's own."""
    answers = [counted.answers for counted in refusals.values()]
    assert all(len(found) == 1 for found in answers)
    bodies = [{**found[0][1], "number": 0, "wait_s": 0} for found in answers]
    assert {found[0][0] for found in answers} == {401}
    assert all(body == bodies[0] for body in bodies)


def test_that_an_unknown_account_and_a_wrong_password_write_as_often(refusals: dict[str, Counted]) -> None:
    """A wrong code is judged behind an open slot, by the database; before that, the door writes once for each."""
    assert {counted.counts["writes"] for counted in refusals.values()} == {1}


def test_that_a_wrong_recovery_code_costs_what_a_wrong_password_costs(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One derivation in the console, one in the office."""
    office.clock.pass_s(25 * 3600)
    office.command("hendra").end()
    code, right = "ABCD-EFGH-IJKL-MNOP", office.people["ratna"].password
    tries = [("nobody", WRONG), ("ratna", WRONG), ("ratna", right)]
    found = [Counted(office, monkeypatch, account, password, code, lost=True) for account, password in tries]
    assert {counted.counts["derivations"] for counted in found} == {2}
    assert all(counted.path == found[0].path for counted in found)


def test_that_a_shut_office_tells_no_more(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    office.clock.pass_s(25 * 3600)
    office.command("ratna").end()
    office.stop()
    office.serve()
    unknown = Counted(office, monkeypatch, "nobody.else", WRONG, "123456")
    known = Counted(office, monkeypatch, "ratna", WRONG, office.code("ratna"))
    assert unknown.path == known.path
    assert unknown.counts == known.counts


def test_that_the_made_up_salt_never_changes_and_looks_like_the_others(office: MadeOffice) -> None:
    client = office.connect()
    before = client.salt("nobody.at.all")
    office.stop()
    office.serve()
    known, after = client.salt("ratna"), client.salt("nobody.at.all")
    client.close()
    assert after == before
    assert after.salt != client_salt_of_another(office)
    assert (known.memory_kib, known.passes, known.lanes) == (after.memory_kib, after.passes, after.lanes)
    assert len(known.salt) == len(after.salt) == 16


def client_salt_of_another(office: MadeOffice) -> bytes:
    client = office.connect()
    salt = client.salt("somebody.else").salt
    client.close()
    return salt


def test_that_no_file_of_the_office_lists_who_has_an_account(office: MadeOffice) -> None:
    for path in Path(office.places.home).iterdir():
        if path.is_file():
            assert b"ratna" not in path.read_bytes(), path.name
