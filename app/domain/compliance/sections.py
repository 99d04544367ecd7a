"""A document of headings, paragraphs and tables, in one language: what a page or a paper is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document.

    Attributes:
        heading: its name.
        texts: paragraphs above the table.
        columns: headings of the table; none: no table.
        rows: cells, as many as columns.
    """

    heading: str
    texts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionedDocument:
    """A whole document.

    Attributes:
        title, about: what it is.
        language: `en` or `id`.
        office_name: whose.
        made_ms: when.
        facts: labels and texts at its head.
        sections: in order.
        page: how a page's foot is said, with `{n}` and `{total}`.
    """

    title: str
    about: str
    language: str
    office_name: str
    made_ms: int
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    page: str
