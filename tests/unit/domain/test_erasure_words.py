"""The words of erasure: who makes a pair, which ground belongs to which action, when somebody is the same person."""

import pytest

from app.auth.erasure_order import ErasureOrder, Subject, digest_of
from app.backoffice.erasure.certificate_pdf import BODY, LABELS
from app.backoffice.paper import wrapped
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.erasure.certificate_words import BACKUPS, GROUND_WORDS, NO_BACKUP, SENTENCES, remarks_of, said
from app.domain.erasure.suppression import NUMBER, is_same_person
from app.domain.erasure.words import GROUNDS, Action, Ground, is_pair
from app.domain.role import Role

O = bytes(32)  # noqa: E741  (the office)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (Role.SUPERVISOR, Role.PRIVACY_OFFICER, True),
        (Role.PRIVACY_OFFICER, Role.SUPERVISOR, True),
        (Role.PRIVACY_OFFICER, Role.PRIVACY_OFFICER, True),
        (Role.SUPERVISOR, Role.SUPERVISOR, False),
        (Role.AGENT, Role.PRIVACY_OFFICER, False),
        (Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, False),
        (Role.PRIVACY_OFFICER, Role.RECOVERY, False),
    ],
)
def test_that_one_of_two_is_a_privacy_officer_and_none_an_agent(first: Role, second: Role, both: bool) -> None:
    assert is_pair(first, second) is both


@pytest.mark.parametrize(
    ("kinds", "same"),
    [
        ((NUMBER,), True),
        (("nik",), True),
        (("phone",), False),
        (("email",), False),
        (("phone", "phone"), False),
        (("phone", "email"), True),
        ((), False),
    ],
)
def test_that_a_household_is_not_kept_out_with_one_of_it(kinds: tuple[str, ...], same: bool) -> None:
    assert is_same_person(kinds) is same


def test_that_every_ground_belongs_to_an_action_and_has_words_in_both_languages() -> None:
    assert {ground for grounds in GROUNDS.values() for ground in grounds} == set(Ground) == set(GROUND_WORDS)
    assert Ground.TIME_OVER not in GROUNDS[Action.ERASE]
    assert all(english and indonesian and english != indonesian for english, indonesian in SENTENCES.values())


def test_that_a_certificate_says_what_becomes_of_backups() -> None:
    assert BACKUPS in remarks_of(Action.ERASE, is_shared=False, has_backups=True)
    for shared in (False, True):
        remarks = remarks_of(Action.DESTROY, is_shared=shared, has_backups=False)
        assert NO_BACKUP in remarks
        assert all(said(code, language) for code in remarks for language in ("en", "id"))
    with pytest.raises(AssertionError):
        remarks_of(Action.DESTROY, is_shared=False, has_backups=True)


def test_that_nothing_of_an_order_can_change_under_its_signatures() -> None:
    seed = signing.new_seed()
    public = signing.public_of(seed)
    subjects = [Subject(b"r" * 16), Subject(b"s" * 16, "email")]
    order = ErasureOrder(b"i" * 16, Action.ERASE, Ground.REQUESTED, "DSR-1", 7, digest_of(subjects))
    signature, approval = signing.sign(seed, order.body(O)), signing.sign(seed, order.approval(O))
    order.check(O, public, signature)
    order.check_approval(O, public, approval)
    others = [digest_of(subjects[::-1]), digest_of(subjects[:1]), digest_of([Subject(b"r" * 16, "email"), subjects[1]])]
    for digest in others:
        other = ErasureOrder(order.id, order.action, order.ground, order.reference, order.proposed_ms, digest)
        for check, mark in ((other.check, signature), (other.check_approval, approval)):
            with pytest.raises(SealError):
                check(O, public, mark)
    with pytest.raises(SealError):
        order.check(O, public, approval)


def test_that_each_name_on_a_certificate_ends_before_what_it_names() -> None:
    names = [text for code, texts in SENTENCES.items() if code.startswith("label.") for text in texts]
    assert [name for name in names if len(wrapped(name, BODY, LABELS - 6)) > 1] == []
