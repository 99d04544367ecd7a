"""Notices: seven contents, one purpose a question, nothing ticked; judged against the inventory, named by a digest."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.domain.errors import InputRefusedError
from app.domain.inventory_reader import load_inventory
from app.domain.policy_reader import load_policy
from app.domain.privacy.notice import Content, Notice, Toggle, notice_from
from app.domain.privacy.notice_draft import GAP, draft
from app.domain.privacy.notice_lint import NoticeFault, lint
from app.domain.privacy.under_age import is_of_age, may_be_under_age
from app.resource_files import resource_text

TEXT = resource_text("inventory", "customer.toml")
TOLD = '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\n[purposes]'
INVENTORY = load_inventory(TEXT.replace("[purposes]", TOLD))
POLICY = load_policy(resource_text("policy", "default.toml"))
GOOD = draft(INVENTORY, POLICY, "2026-01")


def without(notice: Notice, language: str, content: Content, text: str = "") -> Notice:
    texts = {one: dict(said) for one, said in notice.texts.items()}
    texts[language][content] = text
    return replace(notice, texts=texts)


def with_toggles(*toggles: Toggle) -> Notice:
    return replace(GOOD, toggles=toggles)


def codes(notice: Notice) -> set[str]:
    return {fault.code for fault in lint(notice, INVENTORY)}


def test_that_a_draft_from_a_whole_inventory_may_be_published() -> None:
    assert lint(GOOD, INVENTORY) == ()
    assert {one.purposes for one in GOOD.toggles}
    assert not any(one.is_ticked for one in GOOD.toggles)


def test_that_what_the_inventory_does_not_say_is_a_gap_that_keeps_it_back() -> None:
    bare = load_inventory(TEXT)
    told = draft(bare, POLICY, "1")
    assert GAP in told.text("id", Content.RIGHTS)
    assert NoticeFault("unfinished", "id", "rights") in lint(told, bare)


@pytest.mark.parametrize("content", list(Content))
def test_that_each_of_the_seven_contents_must_be_there_in_indonesian(content: Content) -> None:
    assert NoticeFault("missing", "id", content.value) in lint(without(GOOD, "id", content, "  \n"), INVENTORY)
    only = replace(GOOD, texts={"id": GOOD.texts["id"]})
    assert lint(only, INVENTORY) == (), "English is optional"
    half = replace(GOOD, texts={"id": GOOD.texts["id"], "en": {content: "Half."}})
    others = {one.value for one in Content} - {content.value}
    assert {f.place for f in lint(half, INVENTORY) if f.code == "missing" and f.language == "en"} == others


def test_that_english_alone_is_no_notice() -> None:
    assert NoticeFault("missing", "id", "rights") in lint(replace(GOOD, texts={"en": GOOD.texts["en"]}), INVENTORY)


def test_that_two_purposes_in_one_question_are_refused() -> None:
    first, second, *rest = GOOD.toggles
    both = replace(first, purposes=(*first.purposes, *second.purposes))
    assert "two_purposes" in codes(with_toggles(both, *rest))


def test_that_a_ticked_box_is_refused() -> None:
    first, *rest = GOOD.toggles
    assert codes(with_toggles(replace(first, is_ticked=True), *rest)) == {"ticked"}


def test_that_questions_fit_what_rests_on_consent() -> None:
    first, *rest = GOOD.toggles
    assert codes(with_toggles(*rest)) == {"no_toggle"}
    assert codes(with_toggles(first, first, *rest)) == {"twice"}
    assert codes(with_toggles(*GOOD.toggles, replace(first, purposes=("tax",)))) == {"not_consent"}
    assert codes(with_toggles(*GOOD.toggles, replace(first, purposes=("ads",)))) == {"unknown_purpose"}
    assert codes(with_toggles(*GOOD.toggles, replace(first, purposes=()))) == {"no_purpose"}
    assert codes(with_toggles(replace(first, labels={"en": "Yes?"}), *rest)) == {"no_label"}


def test_that_a_changed_field_changes_what_a_notice_lacks() -> None:
    street = next(part for part in INVENTORY.text.split("[[field]]") if 'name = "street_address"' in part)
    special = street.replace('"general"', '"specific"').replace('label_en = "Address"', 'label_en = "Dwelling"')
    other = load_inventory(INVENTORY.text.replace(street, special))
    assert lint(GOOD, INVENTORY) == ()
    assert NoticeFault("specific_not_named", "en", "street_address") in lint(GOOD, other)
    renamed = load_inventory(INVENTORY.text.replace('en = "Meet tax duties"', 'en = "File taxes"'))
    assert NoticeFault("purpose_not_named", "en", "tax") in lint(GOOD, renamed)


def test_that_its_digest_names_every_word_of_it() -> None:
    again = notice_from(GOOD.as_json())
    assert again == GOOD
    assert again.digest == GOOD.digest
    others = [
        replace(GOOD, code="2026-02"),
        without(GOOD, "en", Content.RIGHTS, "None."),
        with_toggles(*reversed(GOOD.toggles)),
        with_toggles(replace(GOOD.toggles[0], is_ticked=True), *GOOD.toggles[1:]),
    ]
    assert len({GOOD.digest, *(one.digest for one in others)}) == 5


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "{}", '{"code":"a b","texts":{},"toggles":[]}', '{"code":"1","texts":{"fr":{}},"toggles":[]}',
        '{"code":"1","texts":{"id":{"other":"x"}},"toggles":[]}', '{"code":"1","texts":{},"toggles":[{}]}',
        '{"code":"1","texts":{"id":{"rights":1}},"toggles":[]}', '{"code":"1","texts":{},"toggles":[],"more":1}',
        '{"code":"1","texts":{"id":{"rights":"a\\u0000b"}},"toggles":[]}',
        '{"code":"1","texts":{},"toggles":[{"purposes":["a"],"labels":{},"ticked":1}]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_that_what_is_no_notice_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InputRefusedError) as caught:
        notice_from(text)
    assert caught.value.code == "notice_text"
    assert str(caught.value) == "This is no notice."


@pytest.mark.parametrize(
    ("masks", "is_child"),
    [
        ({}, False),
        ({"guardian_name": ["", "", 4]}, True),
        ({"birth_date": ["", "2009", 6]}, True),
        ({"birth_date": ["", "2008", 6]}, False),
        ({"birth_date": ["", "1987", 6]}, False),
        ({"birth_date": ["", "", 6]}, False),
        ({"birth_date": ["", "2008", 6], "guardian_name": ["", "", 4]}, True),
        ({"birth_date": ["", "2007", 6], "guardian_name": ["", "", 4]}, False),
        ({"birth_date": ["", "", 6], "guardian_name": ["", "", 4]}, True),
    ],
)
def test_that_a_child_is_known_by_its_guardian_or_its_birth_year(
    masks: Mapping[str, list[object]], is_child: bool
) -> None:
    assert may_be_under_age(INVENTORY, masks, 2026) is is_child


@pytest.mark.parametrize(("year", "surely"), [("2009", False), ("2008", False), ("2007", True), ("", False)])
def test_that_nobody_is_surely_of_age_before_the_year_after_their_eighteenth_birthday(year: str, surely: bool) -> None:
    assert is_of_age(INVENTORY, {"birth_date": ["", year, 6]}, 2026) is surely
    assert not is_of_age(INVENTORY, {}, 2026)
