"""The kit: two of three codes, in any order; a page of paper that can be typed in again; and what is refused."""

import itertools
import json
from dataclasses import replace

import pytest

from app.auth.recovery_kit import PAIRS, RecoveryKit, page_of, parse_code
from app.crypto import signing
from app.crypto.account_keys import AccountKeys
from app.crypto.derive import sha256
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError

ROOT, KEYS = signing.new_seed(), AccountKeys.new()
KIT, CODES = RecoveryKit.make("Nusantara Care", ROOT, KEYS)
OTHER, OTHER_CODES = RecoveryKit.make("Other", signing.new_seed(), AccountKeys.new())


@pytest.mark.parametrize(("i", "j"), list(itertools.permutations(range(3), 2)))
def test_that_any_two_codes_open_it_in_any_order(i: int, j: int) -> None:
    opened = KIT.open(CODES[i], CODES[j])
    assert (opened.root, opened.keys) == (ROOT, KEYS)
    assert opened.holders == "".join(sorted((str(i + 1), str(j + 1))))


def test_that_a_code_is_read_as_people_type_it() -> None:
    typed = CODES[0].lower().replace("-", " ").replace("o", "0").replace("i", "1")
    assert parse_code(typed) == parse_code(CODES[0])
    assert KIT.open(typed, CODES[1]).root == ROOT


NO_CODES = {"nothing": "", "short": "ABCD", "two letters more": CODES[0] + "AB", "cut": CODES[0][:-3], "signs": "!!!!"}


@pytest.mark.parametrize("code", NO_CODES.values(), ids=NO_CODES)
def test_that_what_is_no_code_is_refused_with_what_to_do(code: str) -> None:
    with pytest.raises(InputRefusedError, match="seven groups"):
        KIT.open(code, CODES[1])


def test_that_one_code_is_not_enough() -> None:
    with pytest.raises(InputRefusedError, match="same code twice"):
        KIT.open(CODES[0], CODES[0].lower())
    for other in OTHER_CODES:
        with pytest.raises(NotAllowedError) as refusal:
            KIT.open(CODES[0], other)
        assert refusal.value.code == "kit_codes"


def test_that_a_kit_put_together_from_two_does_not_open() -> None:
    for mixed in (replace(KIT, root=OTHER.root), replace(KIT, secret=OTHER.secret)):
        with pytest.raises(VerificationError, match="was changed"):
            mixed.open(CODES[0], CODES[1])
    with pytest.raises(NotAllowedError):
        replace(KIT, office=OTHER.office).open(CODES[0], CODES[1])


def test_that_the_file_gives_the_kit_back_and_holds_no_code() -> None:
    text = KIT.text()
    assert RecoveryKit.of(text) == KIT
    assert not any(code in text or code.replace("-", "") in text for code in CODES)
    assert not any(code in repr(KIT.open(CODES[0], CODES[1])) for code in CODES)


@pytest.mark.parametrize("part", ["office", "secret", "root", "pairs", "name"])
def test_that_a_file_without_a_part_is_refused(part: str) -> None:
    data = json.loads(KIT.text())
    del data[part]
    with pytest.raises(InputRefusedError, match="not a recovery kit"):
        RecoveryKit.of(json.dumps(data))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "hello"])
def test_that_something_else_is_no_kit(text: str) -> None:
    with pytest.raises(InputRefusedError):
        RecoveryKit.of(text)


# paper

PAGE = f"Office: Nusantara Care\n\n{page_of(KIT)}\n\nKeep it in a safe."


def test_that_a_page_fits_on_paper_and_gives_the_kit_back() -> None:
    assert len(PAGE.splitlines()) < 40
    assert max(map(len, PAGE.splitlines())) <= 72
    assert RecoveryKit.of(PAGE) == KIT
    assert KIT.office == sha256(signing.public_of(ROOT))


def test_that_a_page_typed_in_small_letters_and_with_other_gaps_is_the_same() -> None:
    typed = "\n".join("   ".join(line.split()) for line in PAGE.lower().splitlines())
    assert RecoveryKit.of(typed).parts == KIT.parts


def test_that_a_mistyped_line_is_named() -> None:
    lines = page_of(KIT).splitlines()
    number, *groups, check = lines[6].split()
    wrong = "A" if groups[2][0] != "A" else "B"
    lines[6] = " ".join([number, *groups[:2], wrong + groups[2][1:], *groups[3:], check])
    with pytest.raises(InputRefusedError, match="Line 7"):
        RecoveryKit.of("\n".join(lines))


def test_that_two_lines_changed_for_each_other_and_a_missing_one_are_named() -> None:
    lines = page_of(KIT).splitlines()
    lines[2], lines[3] = "03" + lines[3].strip()[2:], "04" + lines[2].strip()[2:]
    with pytest.raises(InputRefusedError, match="Line 3"):
        RecoveryKit.of("\n".join(lines))
    lines = page_of(KIT).splitlines()
    del lines[-1]
    with pytest.raises(InputRefusedError, match=f"line {len(lines) + 1} is missing"):
        RecoveryKit.of("\n".join(lines))


def test_that_there_are_three_pairs() -> None:
    assert PAIRS == ("12", "13", "23") == tuple(KIT.pairs)
