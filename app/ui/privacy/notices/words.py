"""The words of the page of notices: the seven contents, and what keeps a draft back."""

from collections.abc import Callable

from app.domain.privacy.notice import Content
from app.domain.privacy.notice_lint import NoticeFault
from app.session.privacy.notices import ShownNotice
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import day_and_time

Label = Callable[[str, str], str]
"""The label of a purpose or a field, by `purpose` or `field` and its name."""


@said
def content_name(content: Content) -> str:
    """A content of article 21, as it stands over its text."""
    names = {
        Content.LEGALITY: _tr("a. On which grounds"),
        Content.PURPOSE: _tr("b. For which purposes"),
        Content.TYPES: _tr("c. Which data, and what it is needed for"),
        Content.KEPT: _tr("d. How long documents are kept"),
        Content.DETAIL: _tr("e. What is collected, in detail"),
        Content.PERIOD: _tr("f. How long it is processed"),
        Content.RIGHTS: _tr("g. The customer’s rights"),
    }
    return names[content]


@said
def language_name(language: str) -> str:
    """A language, in a sentence."""
    return _tr("Indonesian") if language == "id" else _tr("English")


@said
def state_words(notice: ShownNotice) -> str:
    """What a version is."""
    if notice.published_at is None:
        words = _tr("Draft, one thing lacks") if len(notice.faults) == 1 else _tr("Draft, {n} things lack")
        return words.format(n=len(notice.faults)) if notice.faults else _tr("Draft, may be published")
    words = _tr("In force since {t}") if notice.is_in_force else _tr("Published {t}")
    return words.format(t=day_and_time(notice.published_at))


def fault_sentence(fault: NoticeFault, label: Label) -> str:
    """One fault, with where it is."""
    sentences = {
        "missing": _tr("{language}: “{place}” is missing."),
        "unfinished": _tr("{language}: “{place}” still has a gap [...] to fill in."),
        "purpose_not_named": _tr("{language}: the purpose “{place}” is not named under b."),
        "specific_not_named": _tr("{language}: “{place}” is specific data and is not named under c or e."),
        "two_purposes": _tr("One question asks about two purposes: {place}."),
        "no_purpose": _tr("A question asks about no purpose."),
        "ticked": _tr("The question about {place} is ticked beforehand."),
        "unknown_purpose": _tr("The inventory has no purpose {place}."),
        "not_consent": _tr("“{place}” rests on another ground than consent; asking would mislead."),
        "twice": _tr("“{place}” is asked about twice."),
        "no_label": _tr("{language}: the question about {place} has no text."),
        "no_toggle": _tr("“{place}” rests on consent, and nobody is asked."),
    }
    place = fault.place
    if fault.code in {"missing", "unfinished"}:
        place = content_name(Content(fault.place))
    elif fault.code == "specific_not_named":
        place = label("field", fault.place)
    elif fault.place:
        place = ", ".join(label("purpose", name) for name in fault.place.split(", "))
    language = language_name(fault.language) if fault.language else ""
    return sentences[fault.code].format(language=language, place=place)
