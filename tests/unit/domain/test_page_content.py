"""What the public process hands on of an answer, and what the office believes of it."""

import json

import pytest

from app.domain.errors import InputRefusedError
from app.domain.privacy.consent import Said
from app.domain.privacy.page import LONGEST_DETAILS, AnswerKind, PageAnswer
from app.domain.privacy.page_content import answer_from, content_of
from app.domain.subject_requests.words import RequestKind

TOKEN = "t" * 43
CONSENT = PageAnswer(AnswerKind.CONSENT, "", {"offers": Said.GIVEN}, language="en", notice_digest=b"d" * 32)
RIGHT = PageAnswer(AnswerKind.RIGHT, "", right=RequestKind.OBJECTION, purposes=("offers",), details="<b>\nno")


@pytest.mark.parametrize("answer", [CONSENT, RIGHT])
def test_that_an_answer_comes_back_as_it_was(answer: PageAnswer) -> None:
    assert answer_from(content_of(TOKEN, answer)) == (TOKEN, answer)


def test_that_signs_which_no_register_keeps_are_left_out() -> None:
    hidden = PageAnswer(AnswerKind.RIGHT, "", right=RequestKind.ACCESS, details="a\u202eb\tc\x00d\n")
    assert answer_from(content_of(TOKEN, hidden))[1].details == "abcd"


@pytest.mark.parametrize(
    "changed",
    [
        {"token": "short"},
        {"token": 7},
        {"kind": "order"},
        {"kind": "right"},
        {"said": {}},
        {"said": {"offers": "maybe"}},
        {"said": {"offers": "withdrawn"}},
        {"said": {f"p{n}": "given" for n in range(41)}},
        {"right": "access"},
        {"purposes": ["offers"]},
        {"details": "a word beside a consent"},
        {"notice": "no hex"},
        {"more": 1},
    ],
)
def test_that_what_no_page_sends_is_refused(changed: dict[str, object]) -> None:
    told = json.loads(content_of(TOKEN, CONSENT)) | changed
    with pytest.raises(InputRefusedError) as caught:
        answer_from(json.dumps(told).encode())
    assert caught.value.code == "content"


def test_that_nothing_is_larger_than_the_page_allows() -> None:
    told = json.loads(content_of(TOKEN, RIGHT)) | {"details": "x" * (LONGEST_DETAILS + 1)}
    for bad in (json.dumps(told).encode(), b"[" * 100_000, b"\xff", b"null", b"[]"):
        with pytest.raises(InputRefusedError):
            answer_from(bad)
