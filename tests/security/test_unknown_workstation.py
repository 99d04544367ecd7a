"""The unknown workstation: everything of a person, and whatever can be copied of a desk but its key, lets nobody in.

Claim (docs/threat-model.md, *Known workstations*): where policy wants known workstations, a gateway begins no session
from another one, and no code of a workstation can be read, guessed from its row, or used by who saw it used.
"""

from collections.abc import Iterator

import pytest

from app.api.client import seats as calls
from app.api.client.client import ApiClient
from app.api.client.errors import SignInAnswerError
from app.api.messages.door import SignInRequest
from app.api.messages.seats import EnrolSeat, SeatProof
from app.auth.seat_code import parse_seat_code
from app.auth.seat_proof import enrol_proof, sign_in_proof
from app.crypto import signing
from app.crypto.account_keys import seat_id, seat_sign_seed
from app.domain.errors import NotAllowedError
from app.session.identity import new_id
from app.session.seat_here import proved, seat_here
from tests.office.coming_back import clients_closed
from tests.office.door import derive, request_of, rows_of
from tests.office.known_seats import code_for, enrol_at, enrol_own, only_known
from tests.office.team import TeamMade, team_office

pytestmark = pytest.mark.slow
A_WAIT_S = 7_200
"""After refusals tries wait, which is not what is tried here."""
THIEF = b"the half of a computer at home.."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamMade]:
    with team_office(tmp_path_factory.mktemp("office")) as made, clients_closed(made):
        made.hire("ratna", "Ratna Dewanti")
        enrol_own(made)
        only_known(made)
        yield made


def right(office: TeamMade, account: str = "ratna") -> SignInRequest:
    """All that is right, and the workstation's id and public key, as anybody could copy them; no proof."""
    office.clock.pass_s(A_WAIT_S)
    client = office.connect()
    try:
        return request_of(office, account, derive(office, client, account), office.code(account))
    finally:
        client.close()


def sent(office: TeamMade, request: SignInRequest) -> str:
    """What comes of it."""
    client: ApiClient = office.connect()
    client.show_seat(request.seat_id)
    try:
        client.sign_in(request)
    except SignInAnswerError as e:
        return e.code
    finally:
        client.close()
    return "signed in"


def with_proof(office: TeamMade, request: SignInRequest, half: bytes, **said: object) -> SignInRequest:
    """With a proof by the key of this half; `said` is what the signature says otherwise."""
    o = office.made.plate.office
    about = {"account": request.account, "kind": request.kind, "code": request.code, "verifier": request.verifier}
    seed = seat_sign_seed(o, half)

    def body(nonce: bytes) -> bytes:
        return sign_in_proof(o, request.seat_id, nonce, **(about | said))  # type: ignore[arg-type]

    return request.model_copy(update={"proof": proved(seed, request.seat_id, body)})


@pytest.mark.parametrize("kind", ["console", "approval", "command"])
def test_that_a_copied_id_and_public_key_are_not_enough(office: TeamMade, kind: str) -> None:
    request = right(office).model_copy(update={"kind": kind})
    assert sent(office, request) == "seat_unknown"
    assert sent(office, with_proof(office, right(office), THIEF)) == "seat_unknown"


def test_that_an_own_key_that_no_administrator_let_in_is_not_enough(office: TeamMade) -> None:
    o = office.made.plate.office
    seed, here = seat_sign_seed(o, THIEF), seat_id(o, THIEF)
    request = right(office).model_copy(update={"seat_id": here, "seat": seat_here(seed, "desk-1")})
    assert sent(office, with_proof(office, request, THIEF)) == "seat_unknown"
    assert here not in {row.id for row in rows_of(office, "seats")}


def test_that_the_key_of_a_known_one_cannot_be_replaced(office: TeamMade) -> None:
    seed = seat_sign_seed(office.made.plate.office, THIEF)
    request = right(office).model_copy(update={"seat": seat_here(seed, "desk-1")})
    assert sent(office, with_proof(office, request, THIEF)) == "seat_key"


def test_that_a_proof_that_was_seen_goes_with_no_other_request(office: TeamMade) -> None:
    own = office.store.seat_half()
    seen = with_proof(office, right(office), own)
    assert sent(office, seen) == "signed in"
    assert sent(office, right(office).model_copy(update={"proof": seen.proof})) == "seat_unknown"
    for said in ({"account": "hendra"}, {"kind": "console"}, {"code": "000000"}, {"verifier": bytes(32)}):
        assert sent(office, with_proof(office, right(office), own, **said)) == "seat_unknown"
    assert sent(office, with_proof(office, right(office), own)) == "signed in"


def test_that_every_such_try_stands_in_the_log_with_its_person(office: TeamMade) -> None:
    before = len([r for r in rows_of(office, "audit") if r.reason == "seat_unproved"])
    assert sent(office, right(office)) == "seat_unknown"
    now = [r for r in rows_of(office, "audit") if r.reason == "seat_unproved"]
    assert len(now) == before + 1
    assert (now[-1].event, now[-1].outcome, now[-1].actor) == ("sign_in", "failed", "ratna")


def test_that_who_has_no_right_password_learns_nothing_of_workstations(office: TeamMade) -> None:
    request = right(office).model_copy(update={"verifier": bytes(32)})
    assert sent(office, request) == "wrong"
    office.command("ratna").end()


def test_that_a_code_is_in_no_row_and_in_no_line_of_the_log(office: TeamMade) -> None:
    code = code_for(office, "desk-9")
    secret = parse_seat_code(code).secret  # 128 random bits: the canary
    enrol_at(office, b"the half of desk number nine...9", code)
    for table in ("seat_codes", "seats", "audit", "settings"):
        text = "".join(
            repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in rows_of(office, table)
        )
        assert code not in text
        assert secret.hex() not in text
        assert repr(secret)[2:-1] not in text


def test_that_a_code_goes_to_nobody_who_does_not_prove_the_key_that_they_bring(office: TeamMade) -> None:
    """Who sees a code being shown cannot have it count for another key than the one that signed."""
    o, secret = office.made.plate.office, parse_seat_code(code_for(office, "desk-10")).secret
    own, here = seat_sign_seed(o, THIEF), seat_id(o, THIEF)
    nonce = new_id()
    other = SeatProof(seat=here, nonce=nonce, signature=signing.sign(signing.new_seed(), b"x"))
    moved = proved(own, seat_id(o, office.store.seat_half()), lambda n: enrol_proof(o, here, n, secret))
    client = office.connect()
    for proof in (other, moved):
        with pytest.raises(NotAllowedError) as no:
            calls.enrol_seat(client, EnrolSeat(secret=secret, seat=seat_here(own, "x"), proof=proof))
        assert no.value.code == "seat_code_wrong"
    client.close()
    assert [row.used_ms for row in rows_of(office, "seat_codes") if row.name == "desk-10"] == [None]


def test_that_guesses_fill_no_log(office: TeamMade) -> None:
    o = office.made.plate.office
    own, here, client = seat_sign_seed(o, THIEF), seat_id(o, THIEF), office.connect()
    for _ in range(30):
        secret = new_id()
        proof = proved(own, here, lambda n, s=secret: enrol_proof(o, here, n, s))  # type: ignore[misc]
        with pytest.raises(NotAllowedError):
            calls.enrol_seat(client, EnrolSeat(secret=secret, seat=seat_here(own, "x"), proof=proof))
    client.close()
    assert len([r for r in rows_of(office, "audit") if r.event == "seat.enrol" and r.outcome == "refused"]) == 20
