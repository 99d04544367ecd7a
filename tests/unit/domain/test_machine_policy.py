"""What the machine policy may say: known keys, right types, nothing looser, no two sources that disagree."""

import pytest

from app.domain.machine_policy.errors import CONTENT, DISAGREE, MachinePolicyError
from app.domain.machine_policy.judging import effective, judge
from app.domain.machine_policy.policy import NOTHING_MANAGED
from app.domain.machine_policy.said import Said
from app.domain.machine_policy.setting import Kind, Level, Tighter
from app.domain.machine_policy.settings import BY_KEY, SETTINGS
from app.domain.policy import CEILINGS
from app.domain.policy_edit import FLOORS

GATEWAY = {"gateway_url": "https://gateway.example"}


def refused(mandatory: dict[str, object], recommended: dict[str, object] | None = None) -> MachinePolicyError:
    with pytest.raises(MachinePolicyError) as error:
        judge([Said("here", mandatory, recommended or {})])
    return error.value


def test_that_nothing_said_is_nothing_managed() -> None:
    assert judge([]) == NOTHING_MANAGED
    assert judge([Said("empty")]).is_empty
    assert not NOTHING_MANAGED.is_managed("theme")


def test_that_each_setting_is_whole() -> None:
    assert len(BY_KEY) == len(SETTINGS)
    for setting in SETTINGS:
        texts = (setting.title, setting.title_id, setting.text, setting.text_id)
        assert all(texts), setting.key
        assert setting.title != setting.title_id, setting.key
        assert setting.text != setting.text_id, setting.key
        assert setting.levels, setting.key
        if setting.kind is Kind.NUMBER:
            assert setting.least < setting.most, setting.key
        if setting.kind is Kind.BOOL:
            assert setting.default is {Tighter.OFF: True, Tighter.ON: False}[setting.tighter], setting.key
        if Level.RECOMMENDED in setting.levels:
            assert setting.tighter is Tighter.NONE, f"{setting.key}: a person may loosen what is only recommended"


@pytest.mark.parametrize("setting", [s for s in SETTINGS if s.key in CEILINGS], ids=lambda s: s.key)
def test_that_numbers_stay_within_what_an_office_may_say(setting: object) -> None:
    key = setting.key  # type: ignore[attr-defined]
    assert BY_KEY[key].most == CEILINGS[key]
    assert BY_KEY[key].least >= FLOORS.get(key, 1)


def test_that_mandatory_comes_before_recommended() -> None:
    policy = judge([Said("a", {"theme": "dark"}, {"theme": "light", "language": "id"})])
    shown = {setting.key: (value, level, source) for setting, value, level, source in effective(policy)}
    assert shown["theme"] == ("dark", "mandatory", "a")
    assert shown["language"] == ("id", "recommended", "a")
    assert shown["clipboard_allowed"] == (True, "", "")
    assert policy.is_managed("theme")
    assert not policy.is_managed("language")


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("no_such_key", 1, "no setting no_such_key"),
        ("no\x1bsuch", 1, "no setting an unprintable one"),
        ("idle_lock_s", "120", "whole number"),
        ("idle_lock_s", True, "whole number"),
        ("idle_lock_s", 120.0, "whole number"),
        ("idle_lock_s", 301, "only be tightened"),
        ("idle_lock_s", 29, "from 30 to 300"),
        ("idle_lock_s", -1, "from 30 to 300"),
        ("session_s", 36_001, "only be tightened"),
        ("clipboard_allowed", 1, "true or false"),
        ("clipboard_allowed", "false", "true or false"),
        ("theme", "pink", "one of"),
        ("theme", 1, "a text"),
        ("gateway_url", "http://gateway.example", "https"),
        ("gateway_url", "https://user@gateway.example", "https"),
        ("gateway_url", "", "characters"),
        ("gateway_pins", "ab" * 32, "list of texts"),
        ("gateway_pins", ["ab"], "64 digits"),
        ("gateway_pins", ["ab" * 32] * 9, "8 texts"),
        ("gateway_ca", "ca.pem", "whole path"),
        ("minimum_version", "newest", "a version"),
        ("text_percent", 125, "only be recommended"),
    ],
)
def test_that_a_wrong_value_is_refused_with_its_place(key: str, value: object, why: str) -> None:
    error = refused({**(GATEWAY if key in {"gateway_pins", "gateway_ca"} else {}), key: value})
    assert error.code == CONTENT
    assert error.exit_code == 3
    assert error.source == "here"
    assert why in error.reason


def test_that_a_recommended_value_of_a_mandatory_setting_is_refused() -> None:
    assert "only be mandatory" in refused({}, {"idle_lock_s": 60}).reason
    assert "one of" in refused({}, {"text_percent": 113}).reason


def test_that_two_sources_that_disagree_are_refused_by_name() -> None:
    with pytest.raises(MachinePolicyError) as error:
        judge([Said("10-a.toml", {"idle_lock_s": 60}), Said("20-b.toml", {"idle_lock_s": 120})])
    assert error.value.code == DISAGREE
    assert error.value.source == "10-a.toml and 20-b.toml"
    assert "idle_lock_s" in error.value.reason
    same = judge([Said("10-a.toml", {"idle_lock_s": 60}), Said("20-b.toml", {"idle_lock_s": 60})])
    assert same.number("idle_lock_s") == 60


def test_that_recommendations_that_disagree_are_refused_too() -> None:
    with pytest.raises(MachinePolicyError, match="different things of theme"):
        judge([Said("a", {}, {"theme": "dark"}), Said("b", {}, {"theme": "light"})])


@pytest.mark.parametrize("key", ["gateway_pins", "gateway_ca"])
def test_that_what_belongs_to_a_gateway_needs_one(key: str) -> None:
    value: object = ["ab" * 32] if key == "gateway_pins" else "/etc/tirai/ca.pem"
    assert "without gateway_url" in refused({key: value}).reason
    assert judge([Said("a", {key: value}), Said("b", GATEWAY)]).text("gateway_url")


def test_that_the_lock_does_not_come_after_the_end() -> None:
    assert "above idle_end_s" in refused({"idle_lock_s": 120, "idle_end_s": 60}).reason


def test_that_the_digest_is_of_what_is_said_not_of_where() -> None:
    one = judge([Said("a", {"theme": "dark"}), Said("b", {"language": "id"})])
    other = judge([Said("c", {"language": "id", "theme": "dark"})])
    assert one.digest == other.digest
    assert len(one.digest) == 64
    assert one.digest != judge([Said("c", {"language": "en", "theme": "dark"})]).digest
    assert one.digest != judge([Said("c", {}, {"language": "id", "theme": "dark"})]).digest
