"""How an open value is grouped so that a person can read it aloud. Layout only: the signs themselves stay."""

from app.domain.kinds import Kind


def _groups(text: str, *sizes: int) -> str:
    """Cut into groups of these sizes, the last one repeated."""
    parts, at, rest = [], 0, list(sizes)
    while at < len(text):
        size = rest.pop(0) if len(rest) > 1 else rest[0]
        parts.append(text[at : at + size])
        at += size
    return " ".join(parts)


def reading_form(kind: Kind, value: str) -> str:
    """The value in groups, as people read such numbers aloud; other kinds as they are."""
    if kind is Kind.PHONE and value.startswith("+62"):
        return f"+62 {_groups(value[3:], 3, 4)}"
    if kind in {Kind.PAN, Kind.NIK, Kind.NPWP} and value.isdigit():
        return _groups(value, 4)
    return value
