"""HTML that is built, never pasted together: whatever is text is escaped, and only this module makes markup.

There is no way to mark a text of somebody as safe, so a notice, a name or an answer cannot become a tag or a script.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_EMPTY = frozenset({"br", "hr", "input", "link", "meta"})


@dataclass(frozen=True, slots=True)
class Html:
    """Markup. To be made by `element` and `pieces`."""

    text: str


Inside = Html | str | None


def element(tag: str, *inside: Inside, **attributes: str | int | bool | None) -> Html:
    """One element.

    Args:
        tag: its name.
        inside: what stands in it: text, which is escaped, or elements.
        attributes: by name; an underscore is a hyphen, one at the end is dropped (`class_`). None and False leave one
            out, True is one without a value.
    """
    opening = f"<{tag}{''.join(_attribute(name, value) for name, value in attributes.items())}>"
    if tag in _EMPTY:
        return Html(opening)
    return Html(f"{opening}{pieces(*inside).text}</{tag}>")


def _attribute(name: str, value: str | int | bool | None) -> str:
    key = name.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {key}" if value is True else f' {key}="{escape(str(value), quote=True)}"'


def pieces(*inside: Inside) -> Html:
    """Several things after each other."""
    return Html("".join(one.text if isinstance(one, Html) else escape(one, quote=True) for one in inside if one))


def paragraphs(text: str) -> Html:
    """A text of several paragraphs, which empty lines part; a line's end within one stays one."""
    return pieces(*(element("p", *_lines(part)) for part in text.split("\n\n") if part.strip()))


def _lines(text: str) -> Iterable[Inside]:
    for number, line in enumerate(text.strip().split("\n")):
        if number:
            yield element("br")
        yield line


def document(language: str, title: str, *body: Inside, is_large: bool = False) -> bytes:
    """A whole page.

    Args:
        language: of its words.
        title: of its window.
        body: what stands in it.
        is_large: in large print.
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex, nofollow"),
        element("title", title),
        element("link", rel="stylesheet", href="/style.css"),
    )
    size = "large" if is_large else None
    return (
        b"<!DOCTYPE html>\n" + element("html", head, element("body", *body), lang=language, class_=size).text.encode()
    )
