"""The customer's page: what it shows, takes and refuses; over a store in memory, without a network."""

import re
from dataclasses import replace

import httpx
import pytest

from app.api.server.page import texts
from app.api.server.page.guard import CSP, HEADERS
from app.api.server.page.screens import _moment
from app.domain.privacy.consent import Said, Speaker
from app.domain.privacy.means import Speaking
from app.domain.privacy.notice import Content, Notice, Toggle
from app.domain.privacy.page import LONGEST_DETAILS, AnswerKind, AnswerState, PageNotice, PageResult
from app.domain.request_limits import PAGE_LIMITS, Rate
from app.domain.subject_requests.words import NEEDS_PURPOSES, RequestKind
from tests.page.asked import Asked
from tests.page.memory import HOSTILE, NOTICE, MemoryStore

UNKNOWN = "A" * 43


@pytest.fixture
def page() -> Asked:
    return Asked()


def test_that_both_languages_say_the_same_things() -> None:
    indonesian, english = texts.TEXTS["id"], texts.TEXTS["en"]
    assert list(indonesian) == list(english)
    for key, text in indonesian.items():
        assert text.strip()
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), key


def test_that_the_notice_comes_in_indonesian_first_and_nothing_is_ticked(page: Asked) -> None:
    token = page.store.new()
    shown = page.get(f"/p/{token}").text
    assert '<html lang="id">' in shown
    assert all(f"Isi tentang {content.value}." in shown for content in Content)
    assert "Sekarang: Anda setuju." in shown
    assert " checked" not in shown
    assert "<script" not in shown
    assert '<html lang="en">' in page.get(f"/p/{token}?lang=en").text
    assert '<html lang="id">' in page.get(f"/p/{token}?lang=xx").text


@pytest.mark.parametrize(("language", "until"), [("id", "1 Desember 2026, 00.05"), ("en", "1 December 2026, 00:05")])
def test_that_the_end_of_a_link_is_a_day_in_words(page: Asked, language: str, until: str) -> None:
    at_ms = 1_796_058_300_000  # 30 November 2026, 17:05 UTC
    assert _moment(at_ms, language) == f"{until} WIB (UTC+7)"
    assert re.search(
        r"\d+ [A-Z][a-z]+ \d{4}, \d\d[.:]\d\d WIB", page.get(f"/p/{page.store.new()}?lang={language}").text
    )


@pytest.mark.parametrize(
    ("speaking", "says", "is_large"),
    [
        (Speaking(), "", False),
        (Speaking(Speaker.GUARDIAN, "document", "KK/17"), "as the parent or guardian of a child", False),
        (Speaking(Speaker.CARER, "known"), "with a person with a disability", False),
        (Speaking(Speaker.ASSISTED, "large_print"), "", True),
    ],
)
def test_that_whoever_sits_there_for_somebody_is_told_whose_data_it_is(
    page: Asked, speaking: Speaking, says: str, is_large: bool
) -> None:
    token = page.store.new(speaking=speaking)
    for place in ("", "/rights"):
        shown = page.get(f"/p/{token}{place}?lang=en").text
        assert says in shown
        assert ("You answer" in shown) is bool(says)
        assert ('<html lang="en" class="large">' in shown) is is_large
        assert "KK/17" not in shown


@pytest.mark.parametrize("path", ["/", "/p/short", "/style.css", "/p/" + UNKNOWN, "/nothing"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS"])
def test_that_every_answer_carries_every_header_and_no_cookie(page: Asked, path: str, method: str) -> None:
    answer = page.ask(method, path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "set-cookie" not in answer.headers
    assert "unsafe" not in CSP
    assert answer.headers["strict-transport-security"]


def test_that_consent_is_kept_and_its_number_shown(page: Asked) -> None:
    token = page.store.new()
    sent = page.post(f"/p/{token}/consent", {"form": page.nonce(f"/p/{token}"), "lang": "id", "c.accessibility": "yes"})
    assert sent.status_code == 303
    kept = page.store.last
    assert (kept.kind, kept.said) == (AnswerKind.CONSENT, {"accessibility": Said.GIVEN})
    assert kept.notice_digest == page.store.notice_shown.digest
    done = page.get(sent.headers["location"]).text
    assert "W-1" in done
    assert texts.said("id", "state.waiting") in done
    page.store.results["W-1"] = PageResult("W-1", AnswerKind.CONSENT, AnswerState.TAKEN, "C-77")
    assert "C-77" in page.get(sent.headers["location"]).text


def test_that_withdrawing_takes_the_same_steps_and_all_at_once_even_fewer(page: Asked) -> None:
    token = page.store.new(uses=2)
    form = {"form": page.nonce(f"/p/{token}"), "lang": "id", "c.service": "no", "c.accessibility": "yes"}
    assert page.post(f"/p/{token}/consent", form).status_code == 303
    assert page.store.last.kind is AnswerKind.WITHDRAWAL
    assert page.store.last.said == {"service": Said.WITHDRAWN, "accessibility": Said.GIVEN}
    all_of_it = {"form": page.nonce(f"/p/{token}"), "lang": "id", "do": "withdraw"}
    assert page.post(f"/p/{token}/consent", all_of_it).status_code == 303
    assert set(page.store.last.said.values()) == {Said.WITHDRAWN}


def test_that_an_empty_form_says_what_is_missing_beside_the_field_and_above(page: Asked) -> None:
    token = page.store.new()
    answer = page.post(f"/p/{token}/consent", {"form": page.nonce(f"/p/{token}"), "lang": "en"})
    assert answer.status_code == 422
    assert answer.text.count(texts.said("en", "error.nothing")) == 2
    assert '<a href="#q0">' in answer.text
    assert "<title>Error:" in answer.text
    assert not page.store.answers


@pytest.mark.parametrize("right", list(RequestKind))
def test_that_each_right_can_be_asked_for(page: Asked, right: RequestKind) -> None:
    token = page.store.new()
    path = f"/p/{token}/rights"
    form = {"form": page.nonce(path), "lang": "id", "right": right.value, "details": "nama saya keliru\r\n\r\n\r\n."}
    if right in NEEDS_PURPOSES:
        assert page.post(path, form).status_code == 422
        form |= {"p.service": "yes"}
    assert page.post(path, form).status_code == 303
    kept = page.store.last
    assert (kept.kind, kept.right, kept.details) == (AnswerKind.RIGHT, right, "nama saya keliru\n\n.")


def test_that_what_was_typed_stays_where_something_is_missing(page: Asked) -> None:
    token = page.store.new()
    path = f"/p/{token}/rights"
    answer = page.post(path, {"form": page.nonce(path), "lang": "en", "details": HOSTILE})
    assert answer.status_code == 422
    assert "&lt;script&gt;" in answer.text
    assert "<script" not in answer.text


def test_that_a_notice_cannot_bring_markup() -> None:
    contents = dict.fromkeys(Content, HOSTILE)
    notice = Notice("1", {"id": contents}, (Toggle(("service",), {"id": HOSTILE}),))
    page = Asked(store=MemoryStore(PageNotice(notice, notice.digest, HOSTILE)))
    token = page.store.new()
    for place in ("", "/rights"):
        shown = page.get(f"/p/{token}{place}").text
        assert "<script" not in shown
        assert "&lt;script&gt;" in shown


def test_that_links_that_open_nothing_say_why(page: Asked) -> None:
    assert page.get(f"/p/{UNKNOWN}").status_code == 404
    expired = page.get(f"/p/{page.store.new(valid_ms=-1)}")
    assert expired.status_code == 410
    assert texts.said("id", "link.expired") in expired.text
    assert texts.said("en", "link.expired") in expired.text
    used = page.get(f"/p/{page.store.new(uses=0)}")
    assert used.status_code == 410
    assert texts.said("id", "link.used") in used.text


def test_that_a_used_link_still_shows_what_became_of_it_and_two_clicks_are_one_answer(page: Asked) -> None:
    token = page.store.new()
    form = {"form": page.nonce(f"/p/{token}"), "lang": "id", "c.service": "no"}
    first, second = (page.post(f"/p/{token}/consent", form) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(page.store.answers) == 1
    assert page.get(first.headers["location"]).status_code == 200
    assert page.get(f"/p/{token}").status_code == 410
    other = page.store.new()
    assert page.get(f"/p/{other}/done/W-1").status_code == 404


def test_that_a_form_comes_from_the_page_behind_its_own_link(page: Asked) -> None:
    token, other = page.store.new(), page.store.new()
    answer = {"lang": "en", "c.service": "no"}
    path = f"/p/{token}/consent"
    for nonce in ("", "x" * 48, page.nonce(f"/p/{other}"), page.nonce(f"/p/{token}/rights")):
        refused = page.post(path, answer | {"form": nonce})
        assert refused.status_code == 422
        assert texts.said("en", "error.old") in refused.text
    good = answer | {"form": page.nonce(f"/p/{token}")}
    assert page.post(path, good, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert not page.store.answers
    assert page.post(path, good, **{"sec-fetch-site": "same-origin"}).status_code == 303


@pytest.mark.parametrize(
    "form",
    [
        {"c.unasked": "yes"},
        {"c.service": "maybe"},
        {"unknown": "x"},
        {"right": "access"},
    ],
)
def test_that_what_no_form_offers_is_refused(page: Asked, form: dict[str, str]) -> None:
    token = page.store.new()
    assert page.post(f"/p/{token}/consent", form | {"form": page.nonce(f"/p/{token}")}).status_code == 400
    assert not page.store.answers


@pytest.mark.parametrize("details", ["a\0b", "\x1b[31m", "x" * (LONGEST_DETAILS + 1)])
def test_that_signs_and_length_of_a_text_are_judged(page: Asked, details: str) -> None:
    path = f"/p/{page.store.new()}/rights"
    form = {"form": page.nonce(path), "lang": "en", "right": "access", "details": details}
    assert page.post(path, form).status_code == 422
    assert not page.store.answers


def test_that_a_megabyte_is_refused_before_it_is_read(page: Asked) -> None:
    path = f"/p/{page.store.new()}/rights"
    assert page.post(path, {"details": "x" * 1_000_000}).status_code == 413
    assert page.ask("POST", path, content=b"{}", headers={"content-type": "application/json"}).status_code == 415
    assert page.ask("GET", "/p/" + "x" * 500).status_code == 414


def test_that_bytes_of_no_encoding_are_refused(page: Asked) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    path = f"/p/{page.store.new()}/rights"
    for body in (b"details=%ff", b"details=\xff", b"a=1&a=2", b"&".join(b"c.%d=yes" % n for n in range(200))):
        assert page.ask("POST", path, content=body, headers=kind).status_code == 400


def test_that_a_flood_is_refused_before_the_store_hears_of_it() -> None:
    page = Asked(replace(PAGE_LIMITS, form=Rate(3, 0.001)))
    token = page.store.new(uses=50)
    form = {"form": page.nonce(f"/p/{token}"), "lang": "id", "c.service": "no"}
    answers = [page.post(f"/p/{token}/consent", form) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 3 + [429] * 3
    assert int(answers[-1].headers["retry-after"]) > 0
    assert texts.said("id", "refused.often") in answers[-1].text
    elsewhere = page.ask("GET", f"/p/{token}", client="198.51.100.7")
    assert elsewhere.status_code == 200


def test_that_a_fault_and_an_office_that_is_away_are_told_in_words(page: Asked) -> None:
    token = page.store.new()

    def broken(_token: str) -> None:
        raise RuntimeError("no value")

    page.store.open = broken  # type: ignore[method-assign, assignment]
    answer = page.get(f"/p/{token}")
    assert answer.status_code == 500
    assert "no value" not in answer.text
    assert [type(fault) for fault in page.faults] == [RuntimeError]


def test_that_a_language_that_a_link_does_not_offer_is_not_shown(page: Asked) -> None:
    token = page.store.new(languages=("id",))
    answer: httpx.Response = page.get(f"/p/{token}?lang=en")
    assert '<html lang="id">' in answer.text
    assert "English" not in answer.text


def test_that_whoever_else_has_a_used_link_gets_nothing_by_it_and_can_do_nothing(page: Asked) -> None:
    token = page.store.new()
    places = {"/consent": f"/p/{token}", "/rights": f"/p/{token}/rights"}
    second = {place: page.nonce(path) for place, path in places.items()}  # opened before the first one answered
    own = {"form": page.nonce(f"/p/{token}"), "lang": "id", "c.service": "no"}
    done = page.post(f"/p/{token}/consent", own).headers["location"]
    number = done.rpartition("/")[2]
    kept = dict(page.store.answers)

    asked = [page.ask(method, path) for path in places.values() for method in ("GET", "HEAD")]
    asked += [page.get(f"/p/{token}/done/{guess}") for guess in ("W-0", "W-2", "C-1", number.lower())]
    asked += [
        page.post(f"/p/{token}/consent", {"form": second["/consent"], "lang": "id", "c.service": "yes"}),
        page.post(f"/p/{token}/consent", {"form": second["/consent"], "lang": "id", "do": "withdraw"}),
        page.post(f"/p/{token}/rights", {"form": second["/rights"], "lang": "id", "right": "access", "details": "x"}),
        page.post(f"/p/{token}/rights", {"form": second["/rights"], "lang": "id"}),
    ]
    assert {answer.status_code for answer in asked} <= {404, 410}
    for answer in asked:
        assert number not in answer.text
        assert NOTICE.toggles[0].label("id") not in answer.text
        assert "<form" not in answer.text
    assert page.store.answers == kept, "what the first one said stands, and nothing beside it"
    assert page.get(done).status_code == 200, "whoever answered still sees what became of it"
