"""The word by which workstations go on after a restore: the root's alone, for the office that they know."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from app.auth.audit_chain import Witness
from app.auth.go_on import GoOn, go_on_of
from app.crypto import signing
from app.domain.errors import InputRefusedError
from app.session.witness import Remembered, go_on_with, recall, remember
from app.storage.keyring_store import KeyStore
from tests.office.made import DictShelf

LONGER = Remembered(Witness(90, b"9" * 32), Witness(9, b"8" * 32))


def said(seed: bytes) -> GoOn:
    return GoOn.signed(seed, Witness(40, b"a" * 32), Witness(7, b"b" * 32), 1_800_000_000_000)


def test_that_a_workstation_goes_on_where_the_root_says() -> None:
    seed, store = signing.new_seed(), KeyStore(DictShelf(), DictShelf())
    word = said(seed)
    remember(store, word.office, LONGER)
    assert go_on_of(word.word()) == word
    assert go_on_with(store, word.word()) == word.audit
    assert recall(store, word.office) == Remembered(word.audit, word.book)


def test_that_a_word_of_another_root_moves_nothing() -> None:
    store, office = KeyStore(DictShelf(), DictShelf()), said(signing.new_seed()).office
    remember(store, office, LONGER)
    with pytest.raises(InputRefusedError):
        go_on_with(store, said(signing.new_seed()).word())
    assert recall(store, office) == LONGER


@pytest.mark.parametrize("part", range(7))
def test_that_a_word_with_one_part_changed_is_refused(part: int) -> None:
    parts = json.loads(urlsafe_b64decode(said(signing.new_seed()).word()))
    parts[part] = parts[part] + 1 if isinstance(parts[part], int) else parts[part][:-1] + "0f"[parts[part][-1] == "0"]
    with pytest.raises(InputRefusedError):
        go_on_of(urlsafe_b64encode(json.dumps(parts).encode()).decode())


@pytest.mark.parametrize("word", ["", "x", "W10=", "é", "bnVsbA==", "A" * 5000])
def test_that_what_is_no_word_is_refused(word: str) -> None:
    with pytest.raises(InputRefusedError):
        go_on_of(word)
