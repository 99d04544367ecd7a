"""What keeps a notice from being published: each fault has a code, and a place that a screen can show.

It is judged against the inventory: a purpose, a kind of specific data or a question that the inventory calls for
must be there, so that a changed field changes what a notice lacks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.inventory import Inventory
from app.domain.privacy.consent import asks_for_consent
from app.domain.privacy.notice import LANGUAGES, Content, Notice
from app.domain.privacy.processing_record import is_specific

_GAP = re.compile(r"\[\.\.\.\]|\[…\]|TODO|XXX")
"""What a draft leaves for a person to fill in."""


@dataclass(frozen=True, slots=True)
class NoticeFault:
    """One fault.

    Attributes:
        code: `missing` (a content), `unfinished` (a gap of a draft is left), `two_purposes`, `no_purpose`, `ticked`,
            `unknown_purpose`, `not_consent` (the purpose rests on something else: asking would mislead), `twice`,
            `no_label`, `no_toggle` (a purpose rests on consent and nobody is asked), `purpose_not_named`,
            `specific_not_named`.
        language: in which language; empty: in all.
        place: the content, the purpose or the field that it is about; for questions their purposes.
    """

    code: str
    language: str = ""
    place: str = ""


def lint(notice: Notice, inventory: Inventory) -> tuple[NoticeFault, ...]:
    """All faults, in the order of the document; none: it may be published."""
    found = [fault for language in _judged(notice) for fault in _texts(notice, inventory, language)]
    return (*found, *_toggles(notice, inventory))


def _judged(notice: Notice) -> tuple[str, ...]:
    """Indonesian whatever is there (Permenkominfo 20/2016 article 6); English once anything of it is."""
    return tuple(one for one in LANGUAGES if one == "id" or one in notice.languages)


def _texts(notice: Notice, inventory: Inventory, language: str) -> Iterator[NoticeFault]:
    for content in Content:
        text = notice.text(language, content)
        if not text.strip():
            yield NoticeFault("missing", language, content.value)
        elif _GAP.search(text):
            yield NoticeFault("unfinished", language, content.value)
    purposes = notice.text(language, Content.PURPOSE).casefold()
    for purpose in inventory.purposes:
        if purposes and purpose.label(language).casefold() not in purposes:
            yield NoticeFault("purpose_not_named", language, purpose.name)
    types = f"{notice.text(language, Content.TYPES)}\n{notice.text(language, Content.DETAIL)}".casefold()
    for field in inventory.fields:
        if types.strip() and is_specific(field) and field.label(language).casefold() not in types:
            yield NoticeFault("specific_not_named", language, field.name)


def _toggles(notice: Notice, inventory: Inventory) -> Iterator[NoticeFault]:
    known = {purpose.name for purpose in inventory.purposes}
    asked = {purpose.name for purpose in asks_for_consent(inventory)}
    seen: set[str] = set()
    for toggle in notice.toggles:
        place = ", ".join(toggle.purposes)
        if not toggle.purposes:
            yield NoticeFault("no_purpose")
        if len(toggle.purposes) > 1:
            yield NoticeFault("two_purposes", place=place)
        if toggle.is_ticked:
            yield NoticeFault("ticked", place=place)
        for name in toggle.purposes:
            if name not in known:
                yield NoticeFault("unknown_purpose", place=name)
            elif name not in asked:
                yield NoticeFault("not_consent", place=name)
            if name in seen:
                yield NoticeFault("twice", place=name)
            seen.add(name)
        for language in _judged(notice):
            if not toggle.labels.get(language, "").strip():
                yield NoticeFault("no_label", language, place)
    for purpose in asks_for_consent(inventory):
        if purpose.name not in seen:
            yield NoticeFault("no_toggle", place=purpose.name)
