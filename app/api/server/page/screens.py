"""The pages themselves: notice with consent, rights, what was received, and why something goes no further.

Plain HTML in landmarks; each question is a fieldset whose legend asks it; nothing is chosen beforehand but what the
customer chose a moment ago; an error stands in words beside its field and in a summary that leads there.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.api.server.page.html import Html, Inside, document, element, paragraphs, pieces
from app.api.server.page.texts import NAMES, said
from app.domain.access_texts import MONTHS
from app.domain.privacy.consent import Said, Speaker
from app.domain.privacy.means import LARGE_PRINT
from app.domain.privacy.notice import Content
from app.domain.privacy.page import LONGEST_DETAILS, AnswerState, PageLink, PageNotice, PageResult
from app.domain.subject_requests.words import NAMES_PURPOSES, RequestKind

RIGHTS: Final = (
    RequestKind.ACCESS,
    RequestKind.CORRECTION,
    RequestKind.ERASURE,
    RequestKind.RESTRICTION,
    RequestKind.OBJECTION,
    RequestKind.PORTABILITY,
    RequestKind.WITHDRAWAL,
)
_SUMMARY: Final = "errors"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page is shown with.

    Attributes:
        token: of the link, for the page's own addresses.
        link: what it opens.
        notice: its notice, in the language of the page.
        language: of the page.
        nonce: for its form.
        is_used: whether the link takes nothing more.
    """

    token: str
    link: PageLink
    notice: PageNotice
    language: str
    nonce: str = ""
    is_used: bool = False

    def say(self, key: str, **filled: str | int) -> str:
        """A text of the page."""
        return said(self.language, key, **filled)

    def at(self, place: str = "", language: str = "") -> str:
        """The address of a page of this link."""
        return f"/p/{self.token}{place}?lang={language or self.language}"

    def purpose(self, code: str) -> str:
        """What a purpose is called."""
        toggle = self.notice.notice.toggle_for(code)
        asked = toggle.label(self.language) if toggle is not None else ""
        return asked or self.notice.labels.get(code, code)


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in, and what is wrong with it.

    Attributes:
        said: the answer to each purpose.
        right: which one was chosen.
        purposes: that a request names.
        details: its text.
        errors: keys of texts, by the id of the field that they stand beside.
    """

    said: Mapping[str, Said] = field(default_factory=dict)
    right: RequestKind | None = None
    purposes: frozenset[str] = frozenset()
    details: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


EMPTY: Final = Filled()


def notice_page(shown: Shown, filled: Filled = EMPTY) -> bytes:
    """The notice, and the questions of consent."""
    notice, say = shown.notice.notice, shown.say
    sections = [
        element("section", element("h3", say(content.value)), paragraphs(text))
        for content in Content
        if (text := notice.text(shown.language, content) or notice.text("id", content))
    ]
    return _page(
        shown,
        say("title"),
        "",
        filled,
        element("p", say("lead")),
        element("p", say("until", until=_moment(shown.link.expires_ms, shown.language)), class_="note"),
        element("h2", say("notice"), id="notice"),
        element("p", say("version", version=notice.code), class_="note"),
        element("div", *sections, class_="card"),
        element("h2", say("consent"), id="consent"),
        _consent_form(shown, filled) if shown.link.purposes else element("p", say("consent.none")),
        element("p", say("more"), " ", element("a", say("more.link"), href=shown.at("/rights"))),
    )


def _consent_form(shown: Shown, filled: Filled) -> Html:
    say = shown.say
    questions = [_question(shown, filled, number, code) for number, code in enumerate(shown.link.purposes)]
    return element(
        "form",
        element("p", say("consent.lead"), id="lead"),
        _error(shown, filled, "q0"),
        *questions,
        element("p", say("withdraw.hint"), class_="note"),
        element("button", say("consent.send"), name="do", value="send"),
        element("button", say("withdraw.all"), name="do", value="withdraw", class_="other"),
        _hidden(shown),
        method="post",
        action=shown.at("/consent"),
        aria_labelledby="consent",
    )


def _question(shown: Shown, filled: Filled, number: int, code: str) -> Html:
    now, chosen = shown.link.purposes[code], filled.said.get(code)
    wrong = number == 0 and "q0" in filled.errors
    return element(
        "fieldset",
        element("legend", shown.purpose(code)),
        element("p", shown.say(f"now.{now.value}"), id=f"q{number}-now", class_="note"),
        _choice("radio", f"q{number}", f"c.{code}", "yes", shown.say("yes"), is_on=chosen is Said.GIVEN),
        _choice("radio", f"q{number}-no", f"c.{code}", "no", shown.say("no"), is_on=chosen is Said.WITHDRAWN),
        class_="wrong" if wrong else None,
        aria_describedby=f"q{number}-now" + (" q0-error" if wrong else ""),
    )


def rights_page(shown: Shown, filled: Filled = EMPTY) -> bytes:
    """The form of rights."""
    say = shown.say
    kinds = [
        _choice("radio", f"r{number}", "right", kind.value, say(kind.value), say(f"{kind.value}.hint"),
                is_on=filled.right is kind)
        for number, kind in enumerate(RIGHTS) if shown.link.may_name or kind not in NAMES_PURPOSES
    ]  # fmt: skip
    most = {"most": LONGEST_DETAILS}
    form = element(
        "form",
        element(
            "fieldset",
            element("legend", say("right.which")),
            _error(shown, filled, "r0"),
            *kinds,
            class_="wrong" if "r0" in filled.errors else None,
            aria_describedby="r0-error" if "r0" in filled.errors else None,
        ),
        _purposes(shown, filled) if shown.link.may_name else None,
        element("h2", element("label", say("right.text"), for_="details")),
        element("p", say("right.text.hint", **most), id="details-hint", class_="note"),
        _error(shown, filled, "details"),
        element(
            "textarea",
            filled.details,
            id="details",
            name="details",
            rows=6,
            maxlength=LONGEST_DETAILS,
            aria_invalid="true" if "details" in filled.errors else None,
            aria_describedby="details-hint" + (" details-error" if "details" in filled.errors else ""),
        ),
        element("button", say("right.send"), name="do", value="send"),
        _hidden(shown),
        method="post",
        action=shown.at("/rights"),
    )
    return _page(shown, say("right.title"), "/rights", filled, element("p", say("right.lead")), form)


def _purposes(shown: Shown, filled: Filled) -> Html:
    wrong = "p0" in filled.errors
    boxes = [
        _choice("checkbox", f"p{number}", f"p.{code}", "yes", shown.purpose(code), is_on=code in filled.purposes)
        for number, code in enumerate(shown.link.may_name)
    ]
    return element(
        "fieldset",
        element("legend", shown.say("right.purposes")),
        element("p", shown.say("right.purposes.hint"), id="p-hint", class_="note"),
        _error(shown, filled, "p0"),
        *boxes,
        class_="wrong" if wrong else None,
        aria_describedby="p-hint" + (" p0-error" if wrong else ""),
    )


def done_page(shown: Shown, result: PageResult) -> bytes:
    """What was received, its number and what happens next."""
    say = shown.say
    at_office = say("state.number", number=result.office_number) if result.office_number else ""
    return _page(
        shown,
        say("done.title"),
        f"/done/{result.number}",
        EMPTY,
        element(
            "div",
            element("p", say("done.receipt"), " ", element("strong", result.number)),
            element("p", say("done.keep")),
            class_="receipt",
        ),
        element("h2", say("done.next")),
        element("p", say(f"done.{result.kind.value}")),
        element(
            "div",
            element("p", say(f"state.{result.state.value}")),
            element("p", at_office) if at_office else None,
            element("p", say("done.again"), class_="note") if result.state is AnswerState.WAITING else None,
            class_="state",
            role="status",
        ),
        None if shown.is_used else element("p", element("a", say("done.back"), href=shown.at())),
    )


def plain_page(key: str, languages: Sequence[str] = ("id", "en")) -> bytes:
    """A page that needs no link: why something goes no further, in both languages after each other.

    Args:
        key: of its title; its text is the same with `.text`.
        languages: in which, the first one first.
    """
    first, *others = languages
    parts = [
        element(
            "section",
            element("h2", said(other, key), id=f"title-{other}"),
            element("p", said(other, f"{key}.text")),
            lang=other,
            aria_labelledby=f"title-{other}",
        )
        for other in others
    ]
    main = element("main", element("h1", said(first, key)), element("p", said(first, f"{key}.text")), *parts, id="main")
    return document(first, said(first, key), main)


def _page(shown: Shown, title: str, place: str, filled: Filled, *inside: Inside) -> bytes:
    say = shown.say
    whole = " – ".join(part for part in (title, shown.notice.sender) if part)
    if filled.errors:
        whole = f"{say('error.mark')} {whole}"
    return document(
        shown.language,
        whole,
        element("div", element("a", say("skip"), href="#main", class_="skip"), class_="skip-place"),
        element("header", element("p", shown.notice.sender or say("title")), _languages(shown, place)),
        element(
            "main",
            element("h1", title),
            _speaker(shown),
            None if shown.is_used else _pages(shown, place),
            _summary(shown, filled),
            *inside,
            id="main",
            tabindex=-1,
        ),
        element("footer", element("p", say("footer"))),
        is_large=shown.link.speaking.means == LARGE_PRINT,
    )


def _speaker(shown: Shown) -> Html | None:
    """Whose data it is about, where somebody else sits at the page or helps."""
    speaker = shown.link.speaking.speaker
    if speaker not in {Speaker.GUARDIAN, Speaker.CARER}:
        return None
    return element("p", shown.say(f"speaker.{speaker.value}"), class_="receipt")


def _languages(shown: Shown, place: str) -> Html | None:
    if len(shown.link.languages) < 2:
        return None
    items = [
        element("li", element("span", NAMES[one], lang=one, aria_current="true"))
        if one == shown.language
        else element("li", element("a", NAMES[one], href=shown.at(place, one), lang=one, hreflang=one))
        for one in shown.link.languages
    ]
    return element("nav", element("ul", *items), aria_label=shown.say("languages"))


def _pages(shown: Shown, place: str) -> Html:
    pages = (("", "page.notice"), ("/rights", "page.rights"))
    items = [
        element("span", shown.say(key), aria_current="page")
        if place == own
        else element("a", shown.say(key), href=shown.at(own))
        for own, key in pages
    ]
    return element("nav", *items, aria_label=shown.say("pages"))


def _summary(shown: Shown, filled: Filled) -> Html | None:
    if not filled.errors:
        return None
    words = {place: _wrong(shown, key) for place, key in filled.errors.items()}
    items = [element("li", element("a", text, href=f"#{place}") if place else text) for place, text in words.items()]
    title = element("h2", shown.say("error.title"), id=f"{_SUMMARY}-title")
    return element(
        "div", title, element("ul", *items), class_="summary", role="alert", id=_SUMMARY,
        aria_labelledby=f"{_SUMMARY}-title",
    )  # fmt: skip


def _wrong(shown: Shown, key: str) -> str:
    return shown.say(key, most=LONGEST_DETAILS)


def _error(shown: Shown, filled: Filled, place: str) -> Html | None:
    if place not in filled.errors:
        return None
    words = f"{shown.say('error.mark')} {_wrong(shown, filled.errors[place])}"
    return element("p", words, id=f"{place}-error", class_="error")


def _choice(kind: str, place: str, name: str, value: str, label: str, hint: str = "", *, is_on: bool) -> Html:
    hint_id = f"{place}-hint" if hint else None
    return element(
        "div",
        element("input", type=kind, id=place, name=name, value=value, checked=is_on, aria_describedby=hint_id),
        element(
            "div",
            element("label", label, for_=place),
            element("span", hint, id=hint_id, class_="hint") if hint else None,
            class_="words",
        ),
        class_="choice",
    )


def _hidden(shown: Shown) -> Html:
    return pieces(
        element("input", type="hidden", name="form", value=shown.nonce),
        element("input", type="hidden", name="lang", value=shown.language),
    )


def _moment(at_ms: int, language: str) -> str:
    """A moment in the time of western Indonesia, and said so: the reader's zone is not known without a script."""
    at = time.gmtime(at_ms / 1000 + 7 * 3600)
    day = f"{at.tm_mday} {MONTHS[language][at.tm_mon - 1]} {at.tm_year}"
    return f"{day}, {at.tm_hour:02}{'.' if language == 'id' else ':'}{at.tm_min:02} WIB (UTC+7)"
