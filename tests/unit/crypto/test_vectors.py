"""Known answers for every key, context and signed body of docs/architecture.md, "Keys".

Each value stands twice: pinned in vectors.json, made once, and worked out here from the standard library alone
(struct, hmac, hashlib), so that neither a changed program nor a changed library moves a format unseen. What the
standard library cannot make (AES-GCM, Argon2id, Ed25519, HPKE) is pinned, and must open for ever.
"""

import hashlib
import hmac
import json
import struct
import unicodedata
from pathlib import Path

import pytest

from app.auth import consent_receipt
from app.auth.audit_chain import AuditEntry, Checkpoint, first_hash, link
from app.auth.book import Entry, Kind, Proposal
from app.auth.book_state import BookState
from app.auth.contact_entry import ContactState, contact_payload
from app.auth.outbox_entry import EntryKind, OutboxEntry, first_link, link_of, note_payload, open_entry
from app.auth.outbox_payload import unbound
from app.auth.policy_version import PolicyVersion
from app.auth.resealing import checked_body, resealed_body
from app.auth.session_card import (
    SessionCard,
    consent_request,
    edit_request,
    empty_request,
    new_customer_request,
    reveal_request,
    use_request,
)
from app.auth.unlock_grant import UnlockGrant
from app.auth.wipe_receipt import WipeReceipt
from app.backoffice.enrolment import activation_proof
from app.backoffice.exposure_answers import comment_info
from app.backoffice.field_states import mark_of
from app.backoffice.incidents.rows import text_info
from app.backoffice.subject_requests.outsiders import outsider_info
from app.backoffice.subject_requests.rows import words_info
from app.crypto import hpke, signing, values
from app.crypto.account_keys import (
    AccountKeys,
    ActivationCode,
    PasswordKeys,
    cache_key,
    password_keys,
    seat_id,
    seat_sign_seed,
    slot_key,
    stored_recovery_code,
    stored_verifier,
    unwrap_account_keys,
)
from app.crypto.aead import unwrap
from app.crypto.derive import PASSWORD_FLOOR, expand, two
from app.crypto.grants import (
    class_grant_info,
    edit_info,
    new_customer_info,
    open_class_key,
    unlock_info,
    use_info,
)
from app.crypto.labels import lp
from app.crypto.puncture import PuncturedKey
from app.domain.data_class import DataClass

PINNED: dict[str, str] = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


def pinned(name: str) -> bytes:
    return bytes.fromhex(PINNED[name])


def some(name: str, size: int = 32) -> bytes:
    """Bytes that look random and are the same in every run."""
    return hashlib.shake_256(name.encode()).digest(size)


# the specification, worked out anew


def plain_lp(label: str, *parts: bytes | str | int) -> bytes:
    out = b""
    for part in (f"tirai/{label}/v1", *parts):
        plain = part
        if isinstance(part, str):
            plain = unicodedata.normalize("NFC", part).encode("utf-8")
        elif isinstance(part, int):
            plain = part.to_bytes(8, "big")
        assert isinstance(plain, bytes)
        out += struct.pack(">L", len(plain)) + plain
    return out


def plain_mac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def plain_expand(key: bytes, info: bytes, size: int = 32) -> bytes:
    return plain_mac(key, info + b"\x01")[:size]


def plain_two(salt: bytes, ikm: bytes, info: bytes) -> bytes:
    return plain_expand(plain_mac(salt, ikm), info)


O = hashlib.sha256(some("root")).digest()  # noqa: E741  (the specification's name)
RECORD, SALT, BATCH, SESSION, REQUEST = (some(n, 16) for n in ("record", "salt", "batch", "session", "request"))
D, Z, M, H = (some(n) for n in ("D", "Z", "M", "H"))
VALUE = "+62 809-1234-5647"
PASSWORD, PASSWORD_SALT = "kopi pagi di café Braga", some("password-salt", 16)
CTX = plain_lp("value", O, RECORD, "mobile_phone", "contact", SALT)
E = plain_expand(D, plain_lp("console-half", CTX))
S = plain_mac(Z, plain_lp("share", CTX))
K = plain_mac(E, plain_lp("field-key", S))
ROOT_KEY = pinned("argon2id-floor")
W, V, C = (plain_expand(ROOT_KEY, plain_lp(f"password-{x}", "ratna")) for x in "wvc")


def the_entry() -> Entry:
    return Entry(
        7,
        some("previous"),
        Kind.ACCOUNT,
        "ratna",
        role="agent",
        queues=("billing", "delivery"),
        state="active",
        kem=some("kem", 1216),
        sign=some("sign"),
        activation=b"",
    )


def the_body() -> bytes:
    queues = plain_lp("queues", "billing", "delivery")
    keys = (some("kem", 1216), some("sign"), b"")
    return plain_lp("book-entry", O, 7, some("previous"), "account", "ratna", "agent", queues, "active", *keys)


def the_proposal() -> Proposal:
    """A reset, as its first person signs it."""
    place = (Kind.ACCOUNT, "ratna", "agent", ("billing", "delivery"), "reset")
    return Proposal(*place, activation=some("activation-key"))


def the_proposal_body() -> bytes:
    queues = plain_lp("queues", "billing", "delivery")
    keys = (b"", b"", some("activation-key"))
    return plain_lp("book-proposal", O, "account", "ratna", "agent", queues, "reset", *keys)


def the_entry_of_two() -> Entry:
    """The reset as it stands in the book: the second person signed the entry, the first its proposal."""
    consent = the_proposal().signed_by(O, "adi", some("seed"))
    place = (7, some("previous"), Kind.ACCOUNT, "ratna", "agent", ("billing", "delivery"), "reset")
    return Entry(*place, activation=some("activation-key")).signed(O, [("hendra", some("seed"))], [consent])


def the_link_of_two() -> bytes:
    """The link's form is as before; the signer's name says which signature is under the proposal."""
    queues = plain_lp("queues", "billing", "delivery")
    what = ("account", "ratna", "agent", queues, "reset", b"", b"", some("activation-key"))
    body = plain_lp("book-entry", O, 7, some("previous"), *what)
    whole, consent = (signing.sign(some("seed"), signed) for signed in (body, the_proposal_body()))
    return hashlib.sha256(
        plain_lp("book-link", some("previous"), body, "hendra", whole, "adi#proposal", consent)
    ).digest()  # fmt: skip


def the_state() -> BookState:
    """Two hold the class; a third account does not."""
    people = {"recovery": some("kem-2", 1216), "ratna": some("kem", 1216), "yoga": some("kem-3", 1216)}
    accounts = {n: Entry(0, b"", Kind.ACCOUNT, n, state="active", kem=kem) for n, kem in people.items()}
    held = {name: frozenset({DataClass.CONTACT if name == "yoga" else DataClass.NOTE}) for name in people}
    holding = {DataClass.NOTE: frozenset({"recovery", "ratna"}), DataClass.CONTACT: frozenset({"yoga"})}
    return BookState(lambda _role: frozenset(), accounts=accounts, held=held, holding=holding)


def the_card() -> SessionCard:
    return SessionCard("ratna", SESSION, some("kem", 1216), some("sign"), "SBY-0417", 1_764_000_000_000)


def the_grant() -> UnlockGrant:
    sealed = some("sealed", 200)
    return UnlockGrant(REQUEST, "ratna", SESSION, RECORD, "card_number", SALT, 1_764_000_120_000, 1, sealed)


NOTE_TEXT = "re\u0301mi asked twice"


def the_outbox_record_key() -> bytes:
    path = f"{int.from_bytes(hashlib.sha256(plain_lp('outbox-path', RECORD)).digest()[:5], 'big'):040b}"
    node = some("outbox-root")
    for bit in path:
        node = plain_expand(node, plain_lp("outbox-branch", int(bit)))
    return plain_expand(node, plain_lp("outbox-leaf", RECORD))


def the_outbox_entry() -> OutboxEntry:
    note = note_payload(RECORD, 7, NOTE_TEXT)
    return OutboxEntry("ratna", SESSION, 3, some("previous"), EntryKind.NOTE, REQUEST, note)


def the_outbox_body() -> bytes:
    """A note's text is not normalised: what comes back is what was typed."""
    payload = plain_lp("outbox-note", RECORD, 7, NOTE_TEXT.encode())
    return plain_lp("outbox-entry", O, "ratna", SESSION, 3, some("previous"), "note", REQUEST, payload)


def the_contact() -> ContactState:
    begun, ended = 1_764_000_000_000, 1_764_000_060_000
    return ContactState(RECORD, 2, begun, ended, "solved", ("billing", "fraud"), "2026-12-01", "10:00", REQUEST, "ab12")


def the_contact_payload() -> bytes:
    return plain_lp(
        "outbox-contact", RECORD, 2, 1_764_000_000_000, 1_764_000_060_000, "solved",
        plain_lp("outbox-tags", "billing", "fraud"), "2026-12-01", "10:00", REQUEST, "ab12",
    )  # fmt: skip


def the_audit_entry() -> AuditEntry:
    return AuditEntry(
        3,
        1_764_000_000_123,
        "reveal",
        "ok",
        actor="ratna",
        acting_with="hendra",
        session=SESSION.hex(),
        seat="SBY-0417",
        record=RECORD.hex(),
        field="card_number",
        data_class="financial",
        reason="dispute",
        reference=REQUEST.hex(),
        detail="words=00",
    )


def the_digest() -> bytes:
    who = ("reveal", "ok", "ratna", "hendra", SESSION.hex(), "SBY-0417")
    what = (RECORD.hex(), "card_number", "financial", "dispute", REQUEST.hex(), "words=00")
    return hashlib.sha256(plain_lp("audit-entry", O, 3, 1_764_000_000_123, *who, *what)).digest()


def the_link() -> bytes:
    mark = pinned("ed25519-signature")
    return hashlib.sha256(plain_lp("book-link", some("previous"), the_body(), "adi", mark)).digest()


def the_linked_entry() -> Entry:
    return the_entry().signed(O, [("adi", some("seed"))])


def keys_of_password() -> PasswordKeys:
    return password_keys("ratna", PASSWORD, PASSWORD_SALT, PASSWORD_FLOOR)


CODE = ActivationCode(some("activation", 16), O[:16])

KNOWN: dict[str, tuple[bytes, bytes]] = {
    "lp": (plain_lp("x", b"\0\1", "é", 258), lp("x", b"\0\1", "e\u0301", 258)),
    "ctx": (CTX, values.value_context(O, RECORD, "mobile_phone", "contact", SALT)),
    "console-half": (E, values.console_half(D, CTX)),
    "share": (S, values.share(Z, CTX)),
    "field-key": (K, values._field_key(E, S)),
    "data-key-check": (plain_expand(D, plain_lp("data-key-check", BATCH), 16), values.data_key_check(D, BATCH)),
    "lookup-tag": (plain_mac(M, plain_lp("lookup", "phone", "+6280")), values.lookup_tag(M, "phone", "+6280")),
    "verify-tag": (plain_mac(Z, plain_lp("verify", "nik", "32")), values.verify_tag(Z, "nik", "32")),
    "verifier": (plain_mac(M, plain_lp("verifier", "ratna", V)), stored_verifier(M, "ratna", V)),
    "recovery-code": (
        plain_mac(M, plain_lp("recovery-code", "ratna", ROOT_KEY)),
        stored_recovery_code(M, "ratna", PASSWORD, PASSWORD_SALT),
    ),
    "seat-id": (plain_expand(H, plain_lp("seat-id", O), 16), seat_id(O, H)),
    "seat-sign": (plain_expand(H, plain_lp("seat-sign", O)), seat_sign_seed(O, H)),
    "wipe-receipt": (
        plain_lp("wipe-receipt", O, REQUEST, BATCH, SESSION, 4, 1, 1_764_000_000_000),
        WipeReceipt(REQUEST, BATCH, SESSION, 4, 1, 1_764_000_000_000).body(O),
    ),
    "slot-key": (plain_two(H, C, plain_lp("slot", O, "ratna")), slot_key(O, "ratna", H, C)),
    "cache-key": (
        plain_two(some("h"), C, plain_lp("cache", O, "ratna", SESSION)),
        cache_key(O, "ratna", SESSION, some("h"), C),
    ),
    "activation-sign": (
        plain_expand(some("activation", 16), plain_lp("activation-sign", O, "ratna")),
        CODE.sign_seed(O, "ratna"),
    ),
    "activation-slot": (
        plain_expand(some("activation", 16), plain_lp("activation-slot", O, "ratna")),
        CODE.slot_key(O, "ratna"),
    ),
    "kit-pair": (
        plain_two(some("code-1", 16), some("code-2", 16), plain_lp("recovery", O)),
        two(some("code-1", 16), some("code-2", 16), lp("recovery", O)),
    ),
    "class-grant": (plain_lp("class-grant", O, "ratna", "contact", 1), class_grant_info(O, "ratna", "contact", 1)),
    "unlock": (plain_lp("unlock", O, REQUEST, SESSION, CTX), unlock_info(O, REQUEST, SESSION, CTX)),
    "use": (plain_lp("use", O, SESSION, CTX), use_info(O, SESSION, CTX)),
    "edit": (
        plain_lp("edit", O, SESSION, RECORD, "email", REQUEST), edit_info(O, SESSION, RECORD, "email", REQUEST)
    ),
    "new-customer": (plain_lp("new-customer", O, SESSION, REQUEST), new_customer_info(O, SESSION, REQUEST)),
    "field-mark": (hashlib.sha256(plain_lp("field-mark", some("sealed", 200))).digest()[:16],
                   mark_of(some("sealed", 200))),
    "unlock-grant": (
        plain_lp(
            "unlock-grant", O, REQUEST, "ratna", SESSION, RECORD, "card_number", SALT, 1_764_000_120_000, 1,
            hashlib.sha256(some("sealed", 200)).digest(),
        ),
        the_grant().body(O),
    ),
    "session-card": (
        plain_lp(
            "session-card", O, "ratna", SESSION, some("kem", 1216), some("sign"), "SBY-0417", 1_764_000_000_000
        ),
        the_card().body(O),
    ),
    "reveal-request": (
        plain_lp("reveal-request", O, SESSION, RECORD, "nik", "other", "why", REQUEST),
        reveal_request(O, SESSION, RECORD, "nik", "other", "why", REQUEST),
    ),
    "use-request": (
        plain_lp(
            "use-request", O, SESSION, RECORD, "email", "mail", "other", "why", REQUEST,
            hashlib.sha256(some("sealed", 200)).digest(),
        ),
        use_request(O, SESSION, RECORD, "email", "mail", "other", "why", REQUEST, some("sealed", 200)),
    ),
    "edit-request": (
        plain_lp(
            "edit-request", O, SESSION, RECORD, "email", SALT, REQUEST, hashlib.sha256(some("sealed", 200)).digest()
        ),
        edit_request(O, SESSION, RECORD, "email", SALT, REQUEST, some("sealed", 200)),
    ),
    "empty-request": (
        plain_lp("empty-request", O, SESSION, RECORD, "email", SALT, REQUEST, "wrong"),
        empty_request(O, SESSION, RECORD, "email", SALT, REQUEST, "wrong"),
    ),
    "new-customer-request": (
        plain_lp(
            "new-customer-request", O, SESSION, "2026-01", REQUEST, hashlib.sha256(some("sealed", 200)).digest()
        ),
        new_customer_request(O, SESSION, "2026-01", REQUEST, some("sealed", 200)),
    ),
    "consent-request": (
        plain_lp("consent-request", O, SESSION, '{"purpose":"offers"}'),
        consent_request(O, SESSION, '{"purpose":"offers"}'),
    ),
    "consent-receipt": (plain_lp("consent-receipt", O, '{"id":"1"}'), consent_receipt.body(O, '{"id":"1"}')),
    "flag-comment": (
        plain_expand(some("log-key"), plain_lp("flag-comment", O, REQUEST)),
        expand(some("log-key"), comment_info(O, REQUEST)),
    ),
    "subject-words": (
        plain_expand(Z, plain_lp("subject-words", O, RECORD, REQUEST)), expand(Z, words_info(O, RECORD, REQUEST))
    ),
    "outsider-words": (
        plain_expand(some("log-key"), plain_lp("outsider-words", O, REQUEST)),
        expand(some("log-key"), outsider_info(O, REQUEST)),
    ),
    "incident-text": (
        plain_expand(some("log-key"), plain_lp("incident-text", O, REQUEST, "how")),
        expand(some("log-key"), text_info(O, REQUEST, "how")),
    ),
    "enrol-begin": (plain_lp("enrol-begin", O, "ratna", SALT), activation_proof(O, "ratna", SALT)),
    "book-entry": (the_body(), the_entry().body(O)),
    "book-link": (the_link(), the_linked_entry().link(O)),
    "book-proposal": (the_proposal_body(), the_proposal().body(O)),
    "book-proposal-signature": (
        signing.sign(some("seed"), the_proposal_body()), the_proposal().signed_by(O, "adi", some("seed")).value
    ),
    "book-link-of-two": (the_link_of_two(), the_entry_of_two().link(O)),
    "class-recipients": (
        hashlib.sha256(
            plain_lp("class-recipients", "ratna", some("kem", 1216), "recovery", some("kem-2", 1216))
        ).digest(),
        the_state().recipients_mark(DataClass.NOTE),
    ),
    "policy-text": (
        hashlib.sha256(
            plain_lp("policy-text", O, 3, 1_764_000_000_000, "Fewer", hashlib.sha256("é = 1\n".encode()).digest())
        ).digest(),
        PolicyVersion(3, 1_764_000_000_000, "Fewer", "é = 1\n").mark(O),
    ),
    "resealed": (
        plain_lp(
            "resealed", O, SESSION, "note", 2, plain_lp("boxes", BATCH, b"box", SALT, b"box 2"), plain_lp("stuck", D)
        ),
        resealed_body(O, SESSION, "note", 2, [(BATCH, b"box"), (SALT, b"box 2")], [D]),
    ),
    "reseal-checked": (
        plain_lp("reseal-checked", O, SESSION, "note", 2, plain_lp("good", BATCH, D), plain_lp("bad", SALT, Z)),
        checked_body(O, SESSION, "note", 2, [(BATCH, D)], [(SALT, Z)]),
    ),
    "outbox-entry": (the_outbox_body(), the_outbox_entry().body(O)),
    "outbox-contact": (the_contact_payload(), contact_payload(the_contact())),
    "outbox-record-key": (the_outbox_record_key(), PuncturedKey.of_root(some("outbox-root")).key_of(RECORD)),
    "outbox-start": (hashlib.sha256(plain_lp("outbox-start", O, SESSION)).digest(), first_link(O, SESSION)),
    "outbox-link": (
        hashlib.sha256(plain_lp("outbox-link", some("sealed", 200))).digest(), link_of(some("sealed", 200))
    ),
    "audit-start": (hashlib.sha256(plain_lp("audit-start", O)).digest(), first_hash(O)),
    "audit-digest": (the_digest(), the_audit_entry().digest(O)),
    "audit-link": (
        hashlib.sha256(plain_lp("audit-link", some("previous"), the_digest())).digest(),
        link(some("previous"), the_audit_entry().digest(O)),
    ),
    "audit-checkpoint": (plain_lp("audit-checkpoint", O, 100, some("head")), Checkpoint.body(O, 100, some("head"))),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_that_a_format_is_the_specification_and_the_pinned_one(name: str) -> None:
    worked_out, made = KNOWN[name]
    assert made.hex() == worked_out.hex() == PINNED[name]


def test_that_the_vectors_pin_every_format() -> None:
    elsewhere = {
        "argon2id-floor", "value-blob", "account-keys", "slot", "kit-wrap", "hpke-secret", "hpke-public",
        "hpke-box", "class-secret-box", "data-key-box", "ed25519-public", "ed25519-signature", "outbox-box",
        "outbox-bound",
    }  # fmt: skip
    assert set(PINNED) == set(KNOWN) | elsewhere


def test_that_a_password_gives_the_pinned_w_v_and_c() -> None:
    keys = keys_of_password()
    assert (keys.wrapping, keys.verifier, keys.console) == (W, V, C)


def test_that_two_keyboards_give_one_key() -> None:
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert password_keys("ratna", decomposed, PASSWORD_SALT, PASSWORD_FLOOR).verifier == V


def test_that_a_value_seals_to_the_pinned_blob(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.crypto.values.secrets.token_bytes", lambda size: SALT[:size])
    blob = values.seal_value(O, values.DataKey(BATCH, D), Z, RECORD, "mobile_phone", "contact", VALUE)
    assert blob.hex() == PINNED["value-blob"]
    assert blob[:33] == b"\x01" + BATCH + SALT
    assert len(blob) == 33 + 32 + 16


def test_that_the_pinned_blob_opens_with_both_halves() -> None:
    assert values.open_value(E, S, CTX, pinned("value-blob")) == VALUE


def test_that_the_pinned_account_keys_open() -> None:
    keys = unwrap_account_keys(O, "ratna", W, pinned("account-keys"))
    assert (keys.kem, keys.seed) == (some("account-kem", 96), some("account-seed"))


def test_that_the_pinned_slot_opens() -> None:
    key = plain_two(H, C, plain_lp("slot", O, "ratna"))
    assert unwrap(key, pinned("slot"), plain_lp("slot", O, "ratna")) == some("file-key")


def test_that_the_pinned_kit_opens_with_two_codes() -> None:
    aad = plain_lp("recovery", O)
    key = plain_two(some("code-1", 16), some("code-2", 16), aad)
    assert unwrap(key, pinned("kit-wrap"), aad) == some("X")


def test_that_the_pinned_hpke_box_opens() -> None:
    assert hpke.unseal(pinned("hpke-secret"), pinned("hpke-box"), plain_lp("vector", O)) == b"for ever"


def test_that_the_pinned_hpke_secret_has_the_pinned_public_half() -> None:
    secret, public = pinned("hpke-secret"), pinned("hpke-public")
    assert (len(secret), len(public)) == (96, 1216) == (hpke.SECRET_BYTES, hpke.PUBLIC_BYTES)
    assert hpke.public_of(secret) == public


def test_that_a_box_has_the_size_of_its_parts() -> None:
    box = hpke.seal(pinned("hpke-public"), b"for ever", b"")
    assert len(box) == len(pinned("hpke-box")) == 1 + (1088 + 32) + 8 + 16


def test_that_the_pinned_class_grant_opens() -> None:
    secret = some("class-secret", 96)
    box = pinned("class-secret-box")
    assert open_class_key(pinned("hpke-secret"), box, O, "ratna", "contact", 1, hpke.public_of(secret)) == secret


def test_that_the_pinned_data_key_opens() -> None:
    check = plain_expand(D, plain_lp("data-key-check", BATCH), 16)
    boxed = values.BoxedDataKey(BATCH, "contact", 1, pinned("data-key-box"), check)
    assert values.open_data_key(O, pinned("hpke-secret"), boxed) == D


def test_that_the_pinned_entry_of_the_outbox_opens() -> None:
    box = pinned("outbox-box")
    opened = open_entry(O, pinned("hpke-secret"), box)
    opened.check_author(pinned("ed25519-public"))
    assert opened.entry == the_outbox_entry()
    inner = plain_lp("outbox-sealed", the_outbox_body(), signing.sign(some("seed"), the_outbox_body())) + b"\x80"
    padded = inner + bytes(-len(inner) % 512)
    assert hpke.unseal(pinned("hpke-secret"), box, plain_lp("outbox", O)) == padded
    assert len(box) == 1 + (1088 + 32) + len(padded) + 16


def test_that_the_pinned_payload_of_the_outbox_opens_under_its_customers_key() -> None:
    said = plain_lp("outbox-note", RECORD, 7, NOTE_TEXT.encode())
    aad = plain_lp("outbox-about", O, SESSION, RECORD)
    sealed = pinned("outbox-bound").removeprefix(plain_lp("outbox-bound", RECORD))[4:]
    assert unwrap(the_outbox_record_key(), sealed, aad) == said
    key = PuncturedKey.of_root(some("outbox-root"))
    assert unbound(key, O, SESSION, pinned("outbox-bound")) == said


def test_that_a_signature_is_the_pinned_one() -> None:
    assert signing.public_of(some("seed")) == pinned("ed25519-public")
    assert signing.sign(some("seed"), the_body()) == pinned("ed25519-signature")
    signing.check(pinned("ed25519-public"), pinned("ed25519-signature"), the_body())


def test_that_fresh_account_keys_are_of_the_specified_sizes() -> None:
    keys = AccountKeys.new()
    assert (len(keys.kem), len(keys.seed), len(keys.kem_public), len(keys.sign_public)) == (96, 32, 1216, 32)
