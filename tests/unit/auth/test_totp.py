"""Codes: a window of one step each way, each once, and the same work whatever was typed."""

import pyotp
import pytest

from app.auth import totp
from app.auth.totp import CodeVerdict, TotpHash, judge_code

SECRET = bytes(range(20))
STEP = 60_000_000
NOW_S = STEP * 30 + 12


def code(step: int) -> str:
    return str(pyotp.TOTP(totp.as_text(SECRET)).generate_otp(step))


def at(step: int, told_step: int, now: int, last: int = 0) -> CodeVerdict:
    """The verdict on the code of a step, at another step's time, after one was told."""
    return judge_code(SECRET, code(step), now * 30 + 12, last, told_step).verdict


# RFC 4226, appendix D: counters 0 to 9.
HOTP = ("755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489")


@pytest.mark.parametrize(("counter", "digits"), list(enumerate(HOTP)))
def test_that_the_codes_of_counters_are_those_of_rfc_4226(counter: int, digits: str) -> None:
    judged = judge_code(b"12345678901234567890", digits, counter * 30, counter - 1, told_step=-1)
    assert (judged.verdict, judged.step) == (CodeVerdict.RIGHT, counter)


# RFC 6238, appendix B, its eight digits; an authenticator shows the last six.
TIMES = (59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000)
VECTORS = {
    TotpHash.SHA1: ("94287082", "07081804", "14050471", "89005924", "69279037", "65353130"),
    TotpHash.SHA256: ("46119246", "68084774", "67062674", "91819424", "90698825", "77737706"),
}
SEEDS = {TotpHash.SHA1: b"12345678901234567890", TotpHash.SHA256: b"12345678901234567890123456789012"}


@pytest.mark.asvs("V6.5.5")
@pytest.mark.parametrize(
    ("totp_hash", "time_s", "digits"),
    [(h, t, d) for h, found in VECTORS.items() for t, d in zip(TIMES, found, strict=True)],
)
def test_that_the_codes_of_times_are_those_of_rfc_6238(totp_hash: TotpHash, time_s: int, digits: str) -> None:
    judged = judge_code(SEEDS[totp_hash], digits[-6:], time_s, 0, 0, totp_hash)
    assert (judged.verdict, judged.step) == (CodeVerdict.RIGHT, time_s // 30)


def test_that_the_two_hashes_give_other_codes() -> None:
    judged = judge_code(SECRET, code(STEP), NOW_S, 0, 0, TotpHash.SHA256)
    assert judged.verdict is not CodeVerdict.RIGHT


def test_that_a_narrowed_window_takes_the_present_step_alone_and_tells_to_wait_for_the_next() -> None:
    for off in (-1, 1):
        judged = judge_code(SECRET, code(STEP + off), NOW_S, 0, window=0)
        assert (judged.verdict, judged.step) == (CodeVerdict.USED, 0)
        assert 1 <= judged.wait_s <= 60
    assert judge_code(SECRET, code(STEP), NOW_S, 0, window=0).verdict is CodeVerdict.RIGHT


@pytest.mark.asvs("V6.5.5")
@pytest.mark.parametrize("off", [-1, 0, 1])
def test_that_a_code_of_this_step_or_its_neighbours_is_right(off: int) -> None:
    judged = judge_code(SECRET, code(STEP + off), NOW_S, 0)
    assert (judged.verdict, judged.step) == (CodeVerdict.RIGHT, STEP + off)


@pytest.mark.asvs("V6.5.5")
@pytest.mark.parametrize("off", [-40, -3, -2, 2, 3, 40])
def test_that_a_code_of_another_step_tells_how_far_off_the_clock_is(off: int) -> None:
    judged = judge_code(SECRET, code(STEP + off), NOW_S, 0)
    assert (judged.verdict, judged.off_s) == (CodeVerdict.CLOCK_OFF, abs(off) * 30)


@pytest.mark.parametrize("off", [-41, 41, 1000])
def test_that_a_code_from_further_away_is_just_wrong(off: int) -> None:
    assert judge_code(SECRET, code(STEP + off), NOW_S, 0).verdict is CodeVerdict.WRONG


@pytest.mark.parametrize(("last", "off"), [(STEP, 0), (STEP, -1), (STEP + 1, 0), (STEP + 1, 1), (STEP + 9, 1)])
def test_that_a_code_at_or_before_the_last_used_step_is_used(last: int, off: int) -> None:
    judged = judge_code(SECRET, code(STEP + off), NOW_S, last)
    assert judged.verdict is CodeVerdict.USED
    assert judged.wait_s >= 1
    assert judge_code(SECRET, code(STEP + off), NOW_S, STEP + off - 1).verdict is CodeVerdict.RIGHT


def test_that_a_used_code_tells_when_the_authenticator_shows_a_fresh_one() -> None:
    wait_s = judge_code(SECRET, code(STEP), NOW_S, STEP).wait_s
    assert wait_s == 18
    shown_then = (NOW_S + wait_s) // 30
    assert judge_code(SECRET, code(shown_then), NOW_S + wait_s, STEP).verdict is CodeVerdict.RIGHT


def test_that_spaces_in_a_code_are_forgiven() -> None:
    digits = code(STEP)
    assert judge_code(SECRET, f" {digits[:3]} {digits[3:]} ", NOW_S, 0).verdict is CodeVerdict.RIGHT


@pytest.mark.parametrize(
    "typed",
    ["", " ", "12345", "1234567", "abcdef", "٣٤٥٦٧٨", "１２３４５６", "12345\x00", "-12345", "12.345", "é", "9" * 400],
)
def test_that_something_else_than_six_digits_is_wrong_and_nothing_worse(typed: str) -> None:
    assert judge_code(SECRET, typed, NOW_S, 0).verdict is CodeVerdict.WRONG


def test_that_a_longer_text_around_a_right_code_is_wrong() -> None:
    for typed in (code(STEP) + "0", "0" + code(STEP), code(STEP)[:5]):
        assert judge_code(SECRET, typed, NOW_S, 0).verdict is CodeVerdict.WRONG


def test_that_every_judgement_costs_the_same_computations(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pyotp.TOTP.generate_otp
    counted: list[int] = []

    def generate(self: pyotp.TOTP, step: int) -> str:
        counted.append(step)
        return str(real(self, step))

    monkeypatch.setattr(pyotp.TOTP, "generate_otp", generate)
    costs = []
    for typed, last in ((code(STEP), 0), (code(STEP), STEP), (code(STEP + 5), 0), ("000000", 0), ("", 0), ("é", 0)):
        counted.clear()
        judge_code(SECRET, typed, NOW_S, last)
        costs.append(len(counted))
    assert len(set(costs)) == 1


def test_that_the_first_seconds_of_1970_are_no_trouble() -> None:
    assert judge_code(SECRET, "000000", 0, 0).verdict is CodeVerdict.WRONG


@pytest.mark.asvs("V6.5.3")
def test_that_secrets_are_fresh_and_long_enough() -> None:
    assert len({totp.new_secret() for _ in range(20)}) == 20
    assert len(totp.new_secret()) == 20
    assert len(totp.new_secret(TotpHash.SHA256)) == 32


def test_that_the_uri_names_account_and_office() -> None:
    uri = totp.provisioning_uri(SECRET, "ratna", "Nusantara Care")
    assert uri.startswith("otpauth://totp/Tirai%20Nusantara%20Care:ratna?")
    assert totp.as_text(SECRET) in uri
    assert "algorithm" not in uri  # SHA-1 is what every authenticator takes without being told
    assert "algorithm=SHA256" in totp.provisioning_uri(SECRET, "ratna", "Nusantara Care", TotpHash.SHA256)


# what was told


def test_that_a_hint_tells_the_step_that_it_burns() -> None:
    judged = judge_code(SECRET, code(STEP + 20), NOW_S, 0)
    assert (judged.verdict, judged.step) == (CodeVerdict.CLOCK_OFF, STEP + 20)


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_that_a_told_code_does_not_work_when_its_time_has_come(off: int) -> None:
    told = STEP + 20
    assert at(told, told, told + off) is CodeVerdict.USED
    assert at(told, 0, told + off) is CodeVerdict.RIGHT


@pytest.mark.parametrize("now", [*range(STEP, STEP + 22)])
def test_that_nothing_more_is_told_until_the_told_step_is_past(now: int) -> None:
    """Also not while it is in the window: a second hint would make the first one's code work again."""
    told = STEP + 20
    for other in (now + 5, now - 5, now + 40):
        if other != told:
            assert at(other, told, now) is CodeVerdict.WRONG


def test_that_a_hint_may_come_again_once_the_told_step_is_past() -> None:
    told = STEP + 20
    assert at(told + 12, told, told + 2) is CodeVerdict.CLOCK_OFF
    assert at(STEP - 5, STEP - 20, STEP) is CodeVerdict.CLOCK_OFF


def test_that_a_burnt_step_does_not_keep_its_neighbours_out() -> None:
    told = STEP + 20
    for off in (-1, 1):
        assert at(told + off, told, told) is CodeVerdict.RIGHT
