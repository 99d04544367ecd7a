"""Signing in, as the console sees it: nothing goes to another office; a lying one is found out before any use."""

import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.api.messages.door import Salt, SignedIn, SignInRequest
from app.auth.book import BookError
from app.backoffice.office import DATABASE_FILE
from app.crypto import hpke, signing
from app.crypto.errors import SealError
from app.domain import patience
from app.domain.errors import TiraiError, VerificationError
from app.session.errors import OfficeAwayError, RolledBackError, SignInRefusedError
from app.session.sign_in import SignIn
from tests.office.lying import Json, Lying
from tests.office.made import MadeOffice, made_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.command("ratna").end()  # this workstation has seen the whole book
        yield office


def lied_to(office: MadeOffice, path: str, change: Callable[[Json], object]) -> tuple[TiraiError, list[str]]:
    """Sign ratna in at an office that lies, and give back the refusal and what was sent."""
    lines: list[Lying] = []

    def connect() -> ApiClient:
        lines.append(Lying(office, path, change))
        return ApiClient(lines[-1])

    sign_in = SignIn(
        office.places, connect, lambda: office.store, office.policy, start_office=lambda: None, announce=office.guardian
    )
    shelf = dict(office.lasting_shelf.entries)
    with pytest.raises(TiraiError) as refusal:
        sign_in.sign_in_for_command("ratna", office.people["ratna"].password, office.code("ratna"))
    assert office.lasting_shelf.entries == shelf  # nothing of it is remembered
    return refusal.value, [path for line in lines for path in line.sent]


def text(data: bytes) -> str:
    return b64encode(data).decode()


def flip(data: str) -> str:
    raw = b64decode(data)
    return text(raw[:-1] + bytes([raw[-1] ^ 1]))


# another office


def test_that_an_office_with_another_root_gets_neither_account_nor_password(office: MadeOffice) -> None:
    refusal, sent = lied_to(office, "/v1/hello", lambda a: a.update(root=text(bytes(32))))
    assert isinstance(refusal, SignInRefusedError)
    assert refusal.code == "unknown_office"
    assert set(sent) == {"/v1/hello"}


@pytest.mark.parametrize("weak", [{"memory_kib": 1024}, {"passes": 1}, {"lanes": 0}])
def test_that_an_office_which_weakens_the_password_gets_nothing(office: MadeOffice, weak: Json) -> None:
    refusal, sent = lied_to(office, "/v1/door/salt", lambda a: a.update(weak))
    assert isinstance(refusal, VerificationError)
    assert "/v1/door/sign-in" not in sent


def test_that_an_office_which_is_away_is_waited_for_and_started(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "OFFICE_COMES_S", 0.0)
    started: list[bool] = []
    nowhere = office.places.socket("office").with_name("none")
    sign_in = SignIn(
        office.places, lambda: ApiClient(SocketTransport(nowhere)), lambda: office.store, office.policy,
        start_office=lambda: started.append(True),
    )  # fmt: skip
    with pytest.raises(OfficeAwayError):
        sign_in.office()
    monkeypatch.setattr(patience, "OFFICE_COMES_S", 60.0)
    path = [nowhere]

    def start() -> None:
        started.append(True)
        path[0] = office.places.socket("office")

    waking = SignIn(
        office.places, lambda: _following(path), lambda: office.store, office.policy, start_office=start
    )  # fmt: skip
    assert waking.office().name == "Nusantara Care"
    assert started == [True]


def _following(path: list[Path]) -> ApiClient:
    class Follow(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            line = SocketTransport(path[0])
            try:
                return line.handle_request(request)
            finally:
                line.close()

    return ApiClient(Follow())


# a lying answer to the sign-in

SIGNED_IN = "/v1/door/sign-in"


def book_entry(answer: Json, name: str) -> Json:
    found: Json = next(e for e in reversed(answer["book"]) if e["name"] == name)
    return found


LIES: dict[str, tuple[Callable[[Json], object], type[TiraiError]]] = {
    "keys of another": (lambda a: a.update(wrapped_keys=flip(a["wrapped_keys"])), SealError),
    "another role": (lambda a: book_entry(a, "ratna").update(role="supervisor"), BookError),
    "another public key": (
        lambda a: book_entry(a, "hendra").update(kem=text(hpke.public_of(hpke.new_secret()))),
        BookError,
    ),
    "another signing key": (
        lambda a: book_entry(a, "hendra").update(sign=text(signing.public_of(bytes(32)))),
        BookError,
    ),
    "a false signature": (lambda a: a["book"][-1]["signatures"][0].update(value=text(bytes(64))), BookError),
    "a shorter book": (lambda a: a["book"].pop(), RolledBackError),
    "an empty book": (lambda a: a["book"].clear(), RolledBackError),
    "a gap in the book": (lambda a: a["book"].pop(3), BookError),
    "a shorter log": (lambda a: a["audit"].update(length=a["audit"]["length"] - 1), RolledBackError),
    "another log": (lambda a: a["audit"].update(head=text(bytes(32))), RolledBackError),
    "no proof": (lambda a: a["audit_proof"].clear(), RolledBackError),
    "a false proof": (lambda a: a["audit_proof"].__setitem__(0, text(bytes(32))), RolledBackError),
    "another session": (lambda a: a.update(session=text(bytes(16))), VerificationError),
    "another end": (lambda a: a.update(ends_ms=a["ends_ms"] + 1), VerificationError),
}


@pytest.mark.parametrize("lie", LIES)
def test_that_a_lying_office_is_found_out_before_anything_is_remembered(office: MadeOffice, lie: str) -> None:
    change, kind = LIES[lie]
    refusal, sent = lied_to(office, SIGNED_IN, change)
    assert isinstance(refusal, kind), refusal
    if kind is not VerificationError:
        assert "/v1/session/card" not in sent


def test_that_a_false_class_grant_is_left_out_not_used(office: MadeOffice) -> None:
    def swap(answer: Json) -> None:
        answer["grants"] = [g | {"data_class": "note"} for g in answer["grants"] if g["data_class"] == "contact"]

    sign_in = SignIn(
        office.places, lambda: ApiClient(Lying(office, SIGNED_IN, swap)), lambda: office.store, office.policy,
        start_office=lambda: None,
    )  # fmt: skip
    session = sign_in.sign_in_for_command("ratna", office.people["ratna"].password, office.code("ratna"))
    assert session._identity.class_keys == {}
    session.end()


# an older copy put back


def test_that_an_older_copy_of_the_office_is_refused(office: MadeOffice, tmp_path: Path) -> None:
    database = office.places.home / DATABASE_FILE
    office.command("ratna").end()
    office.back_office.shut()
    for file in database.parent.glob(f"{DATABASE_FILE}*"):
        shutil.copy(file, tmp_path / file.name)
    office.hire("budi", "Budi Santoso")
    office.command("ratna").end()
    newest = tmp_path / "newest"
    newest.mkdir()
    office.back_office.shut()
    _move_all(database.parent, newest)
    _copy_all(tmp_path, database.parent)
    try:
        for _ in range(2):
            with pytest.raises(VerificationError, match="older than this workstation remembers"):
                office.command("ratna")
    finally:
        office.back_office.shut()
        for file in database.parent.glob(f"{DATABASE_FILE}*"):
            file.unlink()
        _copy_all(newest, database.parent)
    office.clock.pass_s(3600)
    office.command("ratna").end()


def test_that_a_book_of_an_older_copy_is_refused_too(office: MadeOffice) -> None:
    """A forger who kept the log's length has still to show the book that was seen."""
    refusal, _ = lied_to(office, SIGNED_IN, lambda a: a["book"].pop())
    assert isinstance(refusal, RolledBackError)
    assert "book" in refusal.message


def _copy_all(source: Path, target: Path) -> None:
    for file in source.glob(f"{DATABASE_FILE}*"):
        shutil.copy(file, target / file.name)


def _move_all(source: Path, target: Path) -> None:
    for file in source.glob(f"{DATABASE_FILE}*"):
        file.rename(target / file.name)


# what stays behind


def test_that_a_console_announces_its_session_before_it_makes_anything(office: MadeOffice) -> None:
    before = len(office.guardian.sessions)
    desk = office.desk("ratna")
    session, name, end_token = office.guardian.sessions[before]
    assert (session, name) == (desk.session, "Ratna Dewanti")
    assert len(end_token) == 64
    assert office.store.session(session) is not None
    desk.end("signed_out")
    assert office.store.session(session) is None


def test_that_a_console_without_a_guardian_does_not_sign_in(office: MadeOffice) -> None:
    sign_in = SignIn(office.places, office.connect, lambda: office.store, office.policy, start_office=lambda: None)
    with pytest.raises(RuntimeError, match="guardian"):
        sign_in.sign_in("ratna", office.people["ratna"].password, office.code("ratna"))


def test_that_command_and_approval_leave_no_cache_and_no_keyring_entry(office: MadeOffice) -> None:
    command, approval = office.command("ratna"), office.approval("hendra")
    assert office.store.session_ids() == []
    assert not list(office.places.session_ids())
    command.end()
    approval.end()


@pytest.mark.parametrize("step", ["salt", "sign_in"])
def test_that_an_office_which_leaves_during_a_sign_in_is_followed_by_the_next(tmp_path: Path, step: str) -> None:
    """A command that comes a second after another one meets an office that is on its way out."""
    with made_office(tmp_path) as office:
        left: list[str] = []

        class MeetsOneThatLeaves(ApiClient):
            def salt(self, account: str) -> Salt:
                self._leave("salt")
                return super().salt(account)

            def sign_in(self, request: SignInRequest) -> SignedIn:
                self._leave("sign_in")
                return super().sign_in(request)

            def _leave(self, name: str) -> None:
                if name == step and not left:
                    left.append(name)
                    office.stop()

        def connect() -> ApiClient:
            return MeetsOneThatLeaves(SocketTransport(office.places.socket("office")))

        door = SignIn(office.places, connect, lambda: office.store, office.policy, start_office=office.serve)
        person = office.people["hendra"]
        session = door.sign_in_for_command("hendra", person.password, office.code(person))
        assert left == [step]
        session.end()
