"""The reference page and the templates of the machine policy are those of the table, whole, in both languages."""

import plistlib
import re
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest

from app.domain.machine_policy.judging import judge
from app.domain.machine_policy.setting import Kind, Level, Value
from app.domain.machine_policy.settings import SETTINGS
from app.storage.machine_policy.files import said_by
from app.storage.machine_policy.preferences import DOMAIN, read_preferences
from app.storage.machine_policy.registry import (
    POLICIES,
    REG_DWORD,
    REG_MULTI_SZ,
    REG_SZ,
    read_registry,
)
from tests.architecture import machine_policy_pages as pages
from tests.architecture.machine_policy_templates import LANGUAGES, SCHEMA, policies
from tests.unit.storage.test_machine_policy_systems import FakePreferences, FakeRegistry, Values

SPACE = {"p": SCHEMA}


@pytest.mark.parametrize("path", pages.files(), ids=lambda path: path.name)
def test_that_what_is_written_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == pages.files()[path], (
        "run: python -m tests.architecture.machine_policy_pages"
    )


def test_that_the_page_names_each_setting_in_both_languages() -> None:
    page = pages.PAGE.read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"| `{setting.key}` |" in page
        assert setting.text in page
        assert setting.text_id in page


def test_that_the_pages_sample_is_good() -> None:
    assert judge([said_by("sample", pages.SAMPLE)]).digest


def admx() -> Tree.Element:
    return Tree.parse(pages.WINDOWS / "Tirai.admx").getroot()


@pytest.mark.parametrize("folder", LANGUAGES.values())
def test_that_every_word_and_control_of_the_template_is_there(folder: str) -> None:
    words = Tree.parse(pages.WINDOWS / folder / "Tirai.adml").getroot()
    strings = {one.get("id"): one.text for one in words.iterfind(".//p:string", SPACE)}
    shown = {one.get("id"): one for one in words.iterfind(".//p:presentation", SPACE)}
    asked = re.findall(r"\$\((string|presentation)\.([a-z0-9_]+)\)", Tree.tostring(admx(), encoding="unicode"))
    assert {name for kind, name in asked if kind == "string"} == set(strings)
    assert {name for kind, name in asked if kind == "presentation"} == set(shown)
    assert all(strings.values())
    for policy in admx().iterfind(".//p:policy", SPACE):
        elements = [one.get("id") for one in policy.iterfind("p:elements/*", SPACE)]
        controls = [one.get("refId") for one in shown[policy.get("name")]] if elements else []
        assert elements == controls


def test_that_the_languages_say_different_things() -> None:
    texts = [
        {
            one.get("id"): one.text
            for one in Tree.parse(pages.WINDOWS / folder / "Tirai.adml").getroot().iterfind(".//p:string", SPACE)
        }
        for folder in LANGUAGES.values()
    ]
    same = {name for name, text in texts[0].items() if texts[1][name] == text}
    choices = {f"{s.key}_{choice}" for s in SETTINGS for choice in s.choices}
    assert same <= choices | {"tirai", "group_program"}


def test_that_each_setting_stands_at_each_of_its_levels() -> None:
    found = {(one.get("name"), one.get("key"), one.get("class")) for one in admx().iterfind(".//p:policy", SPACE)}
    keys = {Level.MANDATORY: POLICIES, Level.RECOMMENDED: rf"{POLICIES}\Recommended"}
    assert found == {(name, keys[level], "Machine") for _setting, level, name in policies()}
    assert len(found) == sum(len(setting.levels) for setting in SETTINGS)


def test_that_what_the_template_writes_is_what_the_program_reads() -> None:
    """Each element writes a type that the reader takes, at its lower bound or first choice."""
    written: dict[str, list[tuple[str, object, int]]] = {POLICIES: [], rf"{POLICIES}\Recommended": []}
    wanted: dict[tuple[Level, str], Value] = {}
    for policy in admx().iterfind(".//p:policy", SPACE):
        key = str(policy.get("key"))
        level = Level.MANDATORY if key == POLICIES else Level.RECOMMENDED
        name, value, type_number = _written(policy)
        written[key].append((name, value, type_number))
        setting = next(s for s in SETTINGS if s.key == name)
        wanted[level, name] = bool(value) if setting.kind is Kind.BOOL else value  # type: ignore[assignment]
    keys: dict[str, Values | None] = dict(written)
    policy_read = judge(read_registry(FakeRegistry(keys)))
    for (level, name), value in wanted.items():
        said = policy_read.mandatory if level is Level.MANDATORY else policy_read.recommended
        assert said[name] == (tuple(value) if isinstance(value, list) else value), name


TEXTS = {
    "gateway_url": "https://it.example",
    "gateway_ca": r"C:\ca.pem",
    "minimum_version": "1.0",
    "updates_from": "https://it.example/tirai",
    "updates_proxy": "http://proxy.example:3128",
}


def _written(policy: Tree.Element) -> tuple[str, object, int]:
    if policy.get("valueName"):
        low = policy.find("p:disabledValue/p:decimal", SPACE)
        high = policy.find("p:enabledValue/p:decimal", SPACE)
        assert low is not None
        assert high is not None
        assert (low.get("value"), high.get("value")) == ("0", "1")
        return str(policy.get("valueName")), 0, REG_DWORD
    element = policy.find("p:elements/*", SPACE)
    assert element is not None
    name, kind = str(element.get("valueName")), element.tag.removeprefix(f"{{{SCHEMA}}}")
    if kind == "decimal":
        return name, int(str(element.get("minValue"))), REG_DWORD
    if kind == "multiText":
        setting = next(one for one in SETTINGS if one.key == name)
        return name, list(setting.choices[:1]) or ["ab" * 32], REG_MULTI_SZ
    if kind == "enum":
        number = element.find("p:item/p:value/p:decimal", SPACE)
        text = element.find("p:item/p:value/p:string", SPACE)
        return (name, int(str(number.get("value"))), REG_DWORD) if number is not None else (name, text.text, REG_SZ)  # type: ignore[union-attr]
    return name, TEXTS[name], REG_SZ


def test_that_the_sample_profile_is_good() -> None:
    profile = plistlib.loads(pages.MACOS.read_bytes())
    forced = profile["PayloadContent"][0]["PayloadContent"][DOMAIN]["Forced"][0]["mcx_preference_settings"]
    policy = judge(read_preferences(FakePreferences(forced)))
    assert policy.text("gateway_url") == "https://tirai.example"
    assert policy.suggested("language") == "id"
