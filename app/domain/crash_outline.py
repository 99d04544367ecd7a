"""What may be told of an exception that nobody expected: its types and the places it passed; never what it says.

Invariants (`protection.md` section 7, rule 6): no text, note, argument, local variable or line of source is read. A
type or a module is named only if the program has it under that name, so that nothing made of a value at run time can
pass for one.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, TracebackType

MOST_PARTS, FIRST_PLACES, LAST_PLACES = 8, 12, 28
_CODE_NAME = re.compile(r"[A-Za-z_<][A-Za-z0-9_.<>]{0,119}")
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CrashPart:
    """One exception of a chain.

    Attributes:
        joined: how it belongs to the one before it: empty for the first, `cause`, `context` or `member` (of a group).
        kind: its type, `module.Name`.
        places: where it passed, outermost first, each `module:function:line`.
    """

    joined: str
    kind: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrashOutline:
    """An exception with its causes."""

    parts: tuple[CrashPart, ...]

    def lines(self) -> tuple[str, ...]:
        """As a report shows it."""
        return tuple(line for part in self.parts for line in _part_lines(part))

    def number(self, about: str) -> str:
        """Six hexadecimal digits: the same for the same fault of the same program.

        Args:
            about: what else tells one fault from another, such as process and version.
        """
        told = "\n".join((about, *self.lines()))
        return hashlib.sha256(told.encode()).hexdigest()[:6].upper()


def outline_of(error: BaseException) -> CrashOutline:
    """The outline of an exception, of its causes, and of the members of a group."""
    parts = []
    for joined, one in _chain(error):
        parts.append(CrashPart(joined, kind_of(one), _places(one.__traceback__)))
        if len(parts) == MOST_PARTS:
            break
    return CrashOutline(tuple(parts))


def kind_of(error: BaseException) -> str:
    """`module.Name` of an exception's type, or `unknown` where the program has no such name."""
    kind = type(error)
    module = _module_name(getattr(kind, "__module__", None))
    found: object = sys.modules.get(module)
    for name in kind.__qualname__.split("."):
        found = getattr(found, name, None)
    return f"{module}.{kind.__qualname__}".removeprefix("builtins.") if found is kind else _UNKNOWN


def _part_lines(part: CrashPart) -> Iterator[str]:
    yield f"{part.joined}: {part.kind}" if part.joined else part.kind
    yield from (f"  {place}" for place in part.places)


def _chain(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    """Each exception once, however they refer to each other."""
    waiting: list[tuple[str, BaseException]] = [("", error)]
    seen: set[int] = set()
    while waiting:
        joined, one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield joined, one
        if isinstance(one, BaseExceptionGroup):
            waiting += [("member", member) for member in one.exceptions]
        if one.__cause__ is not None:
            waiting.append(("cause", one.__cause__))
        elif one.__context__ is not None and not one.__suppress_context__:
            waiting.append(("context", one.__context__))


def _places(trace: TracebackType | None) -> tuple[str, ...]:
    places = []
    while trace is not None:
        frame = trace.tb_frame
        places.append(f"{_module_name(frame.f_globals.get('__name__'))}:{_code_name(frame.f_code)}:{trace.tb_lineno}")
        trace = trace.tb_next
    left_out = len(places) - FIRST_PLACES - LAST_PLACES
    if left_out <= 0:
        return tuple(places)
    return (*places[:FIRST_PLACES], f"({left_out} more)", *places[-LAST_PLACES:])


def _module_name(name: object) -> str:
    return name if isinstance(name, str) and name in sys.modules and _CODE_NAME.fullmatch(name) else _UNKNOWN


def _code_name(code: CodeType) -> str:
    return code.co_qualname if _CODE_NAME.fullmatch(code.co_qualname) else _UNKNOWN
