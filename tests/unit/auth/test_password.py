"""What a new password must be, and why one is refused: by length, by its own names, by what everybody tries first."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth import password_words
from app.auth.password import LONGEST, SHORTEST, check_password, judged
from app.auth.password_strength import strength_of
from app.auth.password_words import common_words, own_words
from app.domain.errors import InputRefusedError

NAMES = ("ratna", "Ratna Dewanti", "PT Acme Sejahtera")


def why_not(password: str, *names: str) -> str:
    """The code of the refusal, empty if there is none; the refusal repeats nothing of the password."""
    try:
        check_password(password, *(names or NAMES))
    except InputRefusedError as e:
        refusal = e
    else:
        return ""
    assert not password or len(password) < 4 or password not in str(refusal)
    return refusal.code


@pytest.mark.asvs("V6.2.5")
@pytest.mark.parametrize(
    "password",
    [
        "kopi pagi di Braga",
        "4 kata yang mudah",
        "mxqzpvtrwkbnhdy",
        "coffee dragon purple river",
        "こんにちは世界、今日はいい天気です",
        "🙂 🌧 🌴 🙃 🐈 🐕 🐘 🌋",
        "  spasi di  mana-mana  ",
        "kata sandi hujan pertama",
        "0f3b 7c19 a4d2 5e88 c61a",
        "tradisional adinda radius",
    ],
)
def test_that_a_long_password_is_taken_whatever_its_signs(password: str) -> None:
    assert not why_not(password)


@pytest.mark.parametrize("length", [SHORTEST, 64, 128, LONGEST])
def test_that_fifteen_to_256_signs_are_taken_as_they_are(length: int) -> None:
    text = "".join(itertools.islice(itertools.cycle("mxqz pvtrwé kbnh🙂 dyjgc"), length))
    assert len(text) == length
    check_password("Å" + text[1:], *NAMES) if length < 40 else why_not(text)
    assert why_not("x" + "mqz pvtrwkbnhdygc 4"[: SHORTEST - 2]) == "password_short"
    assert why_not("mqz pvtr" * 40) == "password_long"


@pytest.mark.asvs("V6.2.1")
def test_that_signs_are_code_points_of_the_normal_form() -> None:
    assert why_not("e\u0301" * 7 + "mqzpvtr") == "password_short"  # 21 code points as typed, 14 normalised
    assert not why_not("e\u0301f\u0301mqzpvtrwkbnhdy")
    assert why_not("é🙂mqzpvtrwkbn" + "d") == "password_short"  # 14 signs, 19 bytes


@pytest.mark.parametrize("password", ["", "short", "fourteen signs"])
def test_that_a_short_one_is_refused(password: str) -> None:
    assert why_not(password) == "password_short"


@pytest.mark.parametrize("password", ["a" * 15, "abab" * 8, "12341234123412341234", "kopi" * 20, "?!" * 9])
def test_that_a_repetition_is_refused(password: str) -> None:
    assert why_not(password) == "password_easy"


@pytest.mark.asvs("V6.1.2", "V6.2.11")
@pytest.mark.parametrize(
    "password",
    [
        "ratnaratnaratna1",
        "Ratna.Dewanti Ratna.Dewanti",
        "kopi DEWANTI pagi hujan",
        "kopi d3want1 pagi hujan",
        "kopi-de-wanti-hujan",
        "PTAcme-console-2026",
        "sejahtera semua hujan",
        "pt.acme.sejahtera!!",
        "hujan di balik Tirai pagi",
        "Tirai-console-2026",
    ],
)
def test_that_names_of_person_account_office_and_product_are_refused(password: str) -> None:
    assert why_not(password) == "password_named"


def test_that_a_name_of_three_letters_counts_where_it_stands_alone() -> None:
    assert why_not("kopi adi pagi hujan", "adi", "Adi Nugroho") == "password_named"
    assert not why_not("kopi tradisi pagi hujan", "adi", "Adi Nugroho")


@pytest.mark.asvs("V6.2.4", "V6.2.12")
def test_that_every_long_listed_password_is_refused() -> None:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    long = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST]
    assert len(long) == 31
    assert all(why_not(word) for word in long)


@pytest.mark.asvs("V6.2.4")
def test_that_the_three_thousand_commonest_are_refused_with_suffixes_repeated_and_together() -> None:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    words = FREQUENCY_LISTS["passwords"][:3000]
    made = []
    for word, other in itertools.pairwise(words):
        made += [
            word * (SHORTEST // len(word) + 1),
            f"{word}-{word}!{word}2",
            f"{word}{other}!!!!!!!!!!!",
            f"{word}{'!' * 15}",
        ]
        made += [f"{word.upper()} 2026-11-27 !!"]
    too_easy = [password for password in made if len(password) >= SHORTEST and not why_not(password)]
    assert not too_easy


@pytest.mark.asvs("V6.2.12")
@pytest.mark.parametrize(
    "password",
    [
        "P@ssw0rdP@ssw0rd!",
        "1loveyoupassword",
        "password2024summer",
        "qwertyuiopasdfghjkl",
        "poiuytrewqlkjhgf",
        "abcdefghijklmnopqrst",
        "drowssapdrowssap",
        "correct horse battery staple",
        "akusayangkamu2026",
        "20261127 20261127 12",
    ],
)
def test_that_common_words_are_refused_in_disguise(password: str) -> None:
    assert why_not(password) in {"password_common", "password_easy"}


@pytest.mark.parametrize(
    ("password", "hint"),
    [
        ("P@ssw0rdP@ssw0rd!", "words"),
        ("ratna dewanti ratna", "names"),
        ("abcabcabcabcabcabc", "repeats"),
    ],
)
def test_that_what_would_be_refused_is_not_praised_while_it_is_typed(password: str, hint: str) -> None:
    strength = judged(password, "ratna.dewanti", "Ratna Dewanti")
    assert strength.score <= 1
    assert strength.hint == hint


def test_that_a_good_password_is_praised_and_a_short_one_judged_as_far_as_it_is_typed() -> None:
    assert judged("jendela arah barat laut", "ratna.dewanti").score == 4
    assert judged("jendela arah", "ratna.dewanti").score > 1


@pytest.mark.asvs("V6.1.2")
@pytest.mark.parametrize("category", ["role", "workplace", "city", "common"])
def test_that_each_category_of_own_words_is_listed(category: str) -> None:
    """`resources/passwords/words.toml`: no one or two of them make a password."""
    words = sorted(own_words()[category])
    assert len(words) >= 20
    assert set(words) <= common_words()
    for word in words:
        assert why_not(f"{word} {word}!2026 {word}") in {"password_common", "password_easy"}


@pytest.mark.asvs("V6.1.2")
def test_that_product_words_are_refused_wherever_they_stand() -> None:
    for word in own_words()["product"]:
        assert why_not(f"kopi {word} hujan pagi") == "password_named"


def test_that_own_words_are_small_letters_alone() -> None:
    for words in own_words().values():
        assert all(word == password_words.plain(word) and word.isalpha() for word in words)


@given(st.text(min_size=0, max_size=300))
def test_that_no_text_at_all_is_trouble(password: str) -> None:
    why_not(password)


# feedback


def test_that_feedback_says_how_easy_a_password_is_and_why() -> None:
    assert strength_of("").score == 0
    assert strength_of("ratnadewanti", *NAMES).hint == "names"
    assert strength_of("qwertyuiop").hint in {"words", "keyboard"}
    assert strength_of("abcdefgh").hint in {"words", "sequence"}
    strong = strength_of("kopi pagi di Braga hujan lagi", *NAMES)
    assert (strong.score, strong.hint) == (4, "")


def test_that_feedback_takes_a_password_of_any_length() -> None:
    assert strength_of("mxqz pvtr" * 40).score >= 3
