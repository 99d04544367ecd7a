"""T4, T5: one half opens nothing. Every key of a curious agent, and everything of a thief of master and database, is
tried on every blob; the control joins both halves and opens all, so that these tests can fail.

Enforced by *key*. In the one-user home an agent's OS account can open the office's file by hand and so has the record
keys of the classes held (`protection.md` section 8): what stays shut there are the classes *not* held, and
guessable fields are claimed nowhere.
"""

import contextlib
import itertools
import json
import socket
import threading
from collections.abc import Iterable, Iterator

import httpx
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.crypto import hpke
from app.crypto.account_keys import unwrap_account_keys
from app.crypto.aead import unwrap
from app.crypto.derive import expand, mac, sha256
from app.crypto.errors import SealError
from app.crypto.grants import open_class_key
from app.crypto.labels import lp
from app.crypto.values import BoxedDataKey, batch_of, console_half, open_data_key, open_value
from app.session.approval import Approval
from app.session.command import CommandSession
from app.session.desk import Desk
from app.session.identity import Identity
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import (
    Canary,
    boxes,
    context_of,
    found_in,
    needles,
    new_canary,
    office_file,
    planted,
    record_of,
    sealed_rows,
    share_of,
    spellings,
)

Planted = tuple[list[dict[str, str]], list[Canary]]


@pytest.fixture(scope="module")
def planted_rows() -> Planted:
    return planted(8)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, planted_rows: Planted) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("half")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        made.bring_in(planted_rows[0])
        desk = made.desk("ratna")
        desk.save_note(record_of(desk, "C-"), desk.new_note(), new_canary("note"))
        desk.end("signed_out")
        yield made


@pytest.fixture
def desk(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


def own_keys(identity: Identity) -> list[bytes]:
    """Every secret that a signed-in process has, and what can be cut from it."""
    whole = [*identity.class_keys.values(), identity.keys.kem, identity.keys.seed]
    whole += [identity.session_kem, identity.session_seed, identity.session, identity.office]
    return whole


def pieces(secrets_: Iterable[bytes]) -> set[bytes]:
    """Each secret's 32-byte pieces and its digest: whatever somebody may try as a symmetric key."""
    cut = {s[at : at + 32] for s in secrets_ for at in range(0, max(1, len(s) - 31), 32)}
    return {p for p in cut if len(p) == 32} | {sha256(s) for s in secrets_} | {bytes(32)}


def boxed_keys(office: MadeOffice) -> list[BoxedDataKey]:
    return [BoxedDataKey(batch, c, v, box, check) for batch, (c, v, box, check) in boxes(office).items()]


def opened_boxes(office: MadeOffice, secrets_: Iterable[bytes]) -> dict[bytes, bytes]:
    """Data keys by batch that any of these secrets opens, tried on every box under every class's label."""
    opened = {}
    kems = [s for s in secrets_ if len(s) == hpke.SECRET_BYTES]
    for box, secret in itertools.product(boxed_keys(office), kems):
        try:
            opened[box.batch] = open_data_key(office.made.plate.office, secret, box)
        except SealError:
            continue
    return opened


def opens(half: bytes, share: bytes, ctx: bytes, blob: bytes) -> bool:
    try:
        open_value(half, share, ctx, blob)
    except SealError:
        return False
    return True


def opens_raw(key: bytes, ctx: bytes, blob: bytes) -> bool:
    """Whether the blob opens with this very key, without any derivation."""
    try:
        AESGCM(key).decrypt(bytes(12), blob[33:], ctx)
    except InvalidTag:
        return False
    return True


# --- the curious agent


def test_that_an_agents_keys_open_the_boxes_of_the_classes_held_and_no_other(office: MadeOffice, desk: Desk) -> None:
    classes = {batch: c for batch, (c, *_rest) in boxes(office).items()}
    assert set(classes.values()) == {"contact", "identity", "financial", "special", "note"}
    opened = opened_boxes(office, own_keys(desk._identity))
    assert {classes[batch] for batch in opened} == {"contact", "note"}
    assert set(opened) == {batch for batch, c in classes.items() if c in {"contact", "note"}}


def test_that_class_keys_and_boxes_without_a_share_open_nothing(office: MadeOffice, desk: Desk) -> None:
    """Every key and every data key that it opens, as half, as share and as the key itself, on every blob."""
    identity, rows = desk._identity, sealed_rows(office)
    data_keys = opened_boxes(office, own_keys(identity))
    guesses = pieces([*own_keys(identity), *data_keys.values(), office.store.seat_half()])
    tried = 0
    for row in rows:
        ctx = context_of(office, row)
        halves = {g: console_half(g, ctx) for g in guesses}
        for key in {*guesses, *halves.values()}:
            tried += 1
            assert not opens_raw(key, ctx, row.blob)
            assert not opens_raw(mac(key, lp("field-key", bytes(32))), ctx, row.blob)
        if (data_key := data_keys.get(batch_of(row.blob))) is not None:
            half = console_half(data_key, ctx)
            assert not any(opens(half, g, ctx, row.blob) for g in {*guesses, half, bytes(32)})
    assert tried > 1000


def test_that_a_share_of_one_value_opens_no_other(office: MadeOffice, desk: Desk) -> None:
    rows = [r for r in sealed_rows(office) if r.data_class == "contact"]
    data_keys = opened_boxes(office, own_keys(desk._identity))
    for mine, other in itertools.permutations(rows, 2):
        ctx = context_of(office, other)
        half = console_half(data_keys[batch_of(other.blob)], ctx)
        assert not opens(half, share_of(office, mine), ctx, other.blob)


@pytest.mark.attack("A5")
def test_that_classes_not_held_stay_shut_even_with_every_box_and_every_share(office: MadeOffice, desk: Desk) -> None:
    """What the one-user home leaves to mathematics alone: the agent has the file, so all record keys and shares."""
    data_keys = opened_boxes(office, own_keys(desk._identity))
    not_held = [r for r in sealed_rows(office) if r.data_class not in {"contact", "note"}]
    assert len(not_held) > 30
    guesses = pieces([*own_keys(desk._identity), *data_keys.values()])
    for row in not_held:
        ctx, share = context_of(office, row), share_of(office, row)
        assert not any(opens(console_half(g, ctx), share, ctx, row.blob) for g in guesses)
        assert not any(opens(g, share, ctx, row.blob) for g in guesses)


def test_that_both_halves_of_a_held_class_open(office: MadeOffice, desk: Desk, planted_rows: Planted) -> None:
    """The control, and the honest limit of the one-user home: an agent with the file opens what the agent holds."""
    data_keys = opened_boxes(office, own_keys(desk._identity))
    found = []
    for row in sealed_rows(office):
        if (data_key := data_keys.get(batch_of(row.blob))) is not None:
            ctx = context_of(office, row)
            found.append(open_value(console_half(data_key, ctx), share_of(office, row), ctx, row.blob))
    assert {c.value for c in planted_rows[1] if c.data_class == "contact"} <= set(found)


class Listening(httpx.BaseTransport):
    """A line on which everything that comes in is kept."""

    is_private = True  # so nothing is packed

    def __init__(self, inner: SocketTransport) -> None:
        self._inner, self.heard = inner, b""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        self.heard += answer.content
        return answer

    def open_line(self) -> socket.socket:
        """A line through two pumps; one of them keeps what comes in."""
        real, (ours, theirs) = self._inner.open_line(), socket.socketpair()
        threading.Thread(target=self._pump, args=(ours, real, False), daemon=True).start()
        threading.Thread(target=self._pump, args=(real, ours, True), daemon=True).start()
        return theirs

    def _pump(self, source: socket.socket, target: socket.socket, kept: bool) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                self.heard += part if kept else b""
                target.sendall(part)
        for line in (source, target):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        source.close()

    def close(self) -> None:
        self._inner.close()


def test_that_the_office_hands_an_agent_no_blob_box_or_tag_before_a_reveal(
    office: MadeOffice, planted_rows: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything but a reveal, on the wire: sign-in, filling, cards, quota, an unlock asked for, notes counted."""
    lines: list[Listening] = []

    def connect() -> ApiClient:
        lines.append(Listening(SocketTransport(office.places.socket("office"))))
        return ApiClient(lines[-1])

    monkeypatch.setattr(office, "connect", connect)
    desk = office.desk("ratna")
    record = record_of(desk, "C-")
    desk.beat()
    desk.budgets()
    desk.note_count(record)
    desk.ask(record, "bank_account", "refund", "the caller disputes the charge")
    desk.requests()
    heard = b"".join(line.heard for line in lines)
    wanted = [part for row in sealed_rows(office) for part in (row.blob, row.blob[33:65], share_of(office, row))]
    wanted += [part for box in boxed_keys(office) for part in (box.box, box.check)]
    with office_file(office) as db:
        tags = [t for row in db.execute("SELECT verify_tag, lookup_tag FROM sealed_values") for t in row if t]
    assert b"Sari Wulandari" in heard
    assert found_in(heard, [s for part in (*wanted, *tags) for s in spellings(part)]) == []
    assert found_in(heard, needles(planted_rows[1])) == []
    before = len(b"".join(line.heard for line in lines))
    desk.reveal(record, "street_address", "confirm_delivery")
    after = b"".join(line.heard for line in lines)[before:]
    assert any(found_in(after, spellings(row.blob)) for row in sealed_rows(office)), "the control: a reveal brings one"
    desk.end("signed_out")


# --- the thief of master and database


def everything_in_the_file(office: MadeOffice) -> list[bytes]:
    """Each blob of at least 16 bytes in any table, and all that the master unwraps."""
    keys = office.back_office.opened.keys
    stolen = [*keys.master.values(), keys.pepper, keys.index_key, keys.office_kem, keys.checkpoint_seed, keys.log_key]
    with office_file(office) as db:
        tables = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [c for n in tables for row in db.execute(f'SELECT * FROM "{n}"') for c in row]
    stolen += [c for c in cells if isinstance(c, bytes) and len(c) >= 16]
    return [*stolen, office.back_office.file_key, office.store.seat_half()]


def test_that_a_thief_of_master_and_database_opens_no_sealed_value(office: MadeOffice, planted_rows: Planted) -> None:
    """All keys of the file on all boxes and grants, then all record keys and shares on all blobs: nothing opens."""
    stolen, rows = everything_in_the_file(office), sealed_rows(office)
    record_keys = {row.record_key for row in rows}
    assert opened_boxes(office, [s for s in stolen if len(s) == hpke.SECRET_BYTES]) == {}
    guesses = {s for s in stolen if len(s) == 32} | record_keys | {expand(z, b"") for z in record_keys}
    for row in rows:
        ctx, share = context_of(office, row), share_of(office, row)
        for guess in guesses:
            assert not opens(console_half(guess, ctx), share, ctx, row.blob)
            assert not opens_raw(guess, ctx, row.blob)
        assert not opens_raw(share, ctx, row.blob)
        assert not opens(share, share, ctx, row.blob)
    whole = b"".join(stolen)
    assert found_in(whole, needles(planted_rows[1])) == []


def test_that_no_class_grant_and_no_account_key_opens_with_the_master(office: MadeOffice) -> None:
    keys, office_id = office.back_office.opened.keys, office.made.plate.office
    symmetric = [*keys.master.values(), keys.pepper, keys.index_key, keys.log_key, office.back_office.file_key]
    book = office.back_office.opened.book
    with office_file(office) as db:
        grants = db.execute("SELECT account, data_class, version, sealed FROM class_grants").fetchall()
        accounts = db.execute("SELECT name, wrapped_keys FROM accounts WHERE length(wrapped_keys) > 0").fetchall()
    assert len(grants) >= 12
    for account, data_class, version, sealed in grants:
        public = next(book.class_public(c, version) for c in book.granted(account) if c.value == data_class)
        with pytest.raises(SealError):
            open_class_key(keys.office_kem, sealed, office_id, account, data_class, version, public)
    for (account, wrapped), key in itertools.product(accounts, symmetric):
        with pytest.raises(SealError):
            unwrap_account_keys(office_id, account, key, wrapped)


def test_that_the_master_opens_authenticator_secrets_but_no_sealed_value(office: MadeOffice) -> None:
    """Said openly: M wraps TOTP secrets, so its thief makes codes; without a password that signs nobody in."""
    keys = office.back_office.opened.keys
    with office_file(office) as db:
        (wrapped,) = db.execute("SELECT totp FROM accounts WHERE name = 'ratna'").fetchone()
    assert len(unwrap(keys.master[1], wrapped, b"ratna")) == 20


@pytest.mark.parametrize("who", ["approval", "command"])
def test_that_a_class_key_with_master_and_database_opens_every_canary(
    office: MadeOffice, planted_rows: Planted, who: str
) -> None:
    """The control: with the missing half (a supervisor's class keys) each planted value opens."""
    session: Approval | CommandSession = office.approval("hendra") if who == "approval" else office.command("hendra")
    data_keys = opened_boxes(office, session._identity.class_keys.values())
    opened = set()
    for row in sealed_rows(office):
        ctx = context_of(office, row)
        opened.add(open_value(console_half(data_keys[batch_of(row.blob)], ctx), share_of(office, row), ctx, row.blob))
    assert {c.value for c in planted_rows[1]} <= opened
    session.end()


def test_that_the_masks_beside_a_canary_show_nothing_of_its_digits(office: MadeOffice, planted_rows: Planted) -> None:
    with office_file(office) as db:
        masks = {number: json.loads(text) for number, text in db.execute("SELECT number, masks FROM customers")}
    for canary in planted_rows[1]:
        before, after, _pleats = masks[canary.number][canary.field]
        longest = 6 if canary.field == "bank_account" else 4
        assert not any(canary.needle[at : at + longest] in before + after for at in range(32 - longest))
