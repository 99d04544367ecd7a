"""Outcomes and tags: what a policy may declare, and what an edit must keep."""

import pytest

from app.domain.policy import PolicyError
from app.domain.policy_difference import ChangeKind, difference
from app.domain.policy_edit import read_edit
from app.domain.policy_reader import load_policy
from app.domain.wrap_up import WrapUpError, offered, read_wrap_words
from app.resource_files import resource_text

BASE = load_policy(resource_text("policy", "default.toml"))
SOLVED = {"code": "solved", "label_en": "Solved", "label_id": "Selesai", "needs_call_back": False, "retired": False}


def with_outcomes(*words: dict[str, object]) -> str:
    lines = []
    for word in words:
        lines.append("[[outcome]]")
        for key, value in word.items():
            lines.append(f"{key} = {str(value).lower()}" if isinstance(value, bool) else f'{key} = "{value}"')
    return "\n".join(lines)


def as_declared(*, retired: str = "") -> list[dict[str, object]]:
    return [
        {
            "code": word.code,
            "label_en": word.label_en,
            "label_id": word.label_id,
            "needs_call_back": word.needs_call_back,
            "retired": word.code == retired,
        }
        for word in BASE.outcomes
    ]


def test_that_the_shipped_policy_offers_outcomes_and_tags_for_the_digit_keys_in_both_languages() -> None:
    assert 1 <= len(offered(BASE.outcomes)) <= 9
    assert 1 <= len(offered(BASE.tags)) <= 9
    assert {word.label("id_ID") for word in BASE.outcomes}.isdisjoint(word.label("en") for word in BASE.outcomes)
    assert [word.code for word in BASE.outcomes if word.needs_call_back] == ["call_back"]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"code": "Solved"}, "code"),
        ({"code": "a b"}, "code"),
        ({"label_id": ""}, "label_id"),
        ({"label_en": "x" * 41}, "label_en"),
        ({"retired": "no"}, "retired"),
        ({"free_text": True}, "free_text"),
    ],
)
def test_that_a_word_that_is_none_is_refused_with_its_place(change: dict[str, object], key: str) -> None:
    with pytest.raises(WrapUpError) as caught:
        read_wrap_words("outcome", [SOLVED, {**SOLVED, "code": "other", **change}])
    assert (caught.value.key, caught.value.index) == (key, 1)


def test_that_a_code_stands_once_and_something_is_offered() -> None:
    with pytest.raises(WrapUpError, match="twice"):
        read_wrap_words("outcome", [SOLVED, SOLVED])
    with pytest.raises(WrapUpError, match="offered"):
        read_wrap_words("outcome", [{**SOLVED, "retired": True}])
    with pytest.raises(WrapUpError, match="offered"):
        read_wrap_words("outcome", [{**SOLVED, "code": f"solved_{'x' * at}"} for at in range(10)])


def test_that_a_policy_names_the_line_of_a_bad_outcome() -> None:
    text = BASE.text.replace('code = "solved"', 'code = "So lved"')
    with pytest.raises(PolicyError) as caught:
        load_policy(text)
    assert text.splitlines()[caught.value.line - 1] == 'code = "So lved"'


def test_that_an_edit_retires_an_outcome_and_does_not_take_it_out() -> None:
    policy = read_edit(with_outcomes(*as_declared(retired="nothing_to_do")), BASE)
    assert "nothing_to_do" in [word.code for word in policy.outcomes]
    assert "nothing_to_do" not in [word.code for word in offered(policy.outcomes)]
    assert [(c.kind, c.of) for c in difference(BASE, policy)] == [(ChangeKind.WRAP_UP, ("outcome", "nothing_to_do"))]
    with pytest.raises(PolicyError, match="retired"):
        read_edit(with_outcomes(*as_declared()[1:]), BASE)
