"""Texts that know how they were said, so that a screen that stands can say them again in another language.

`tr` gives a `Said`: plain text to everybody, with a recipe that makes it anew. Whatever is formatted from one, or comes
out of a function marked `@said`, is one too. Qt's own setters lose it, so `saying_widgets.py` has them remember.
Only `str` counts: a value of a customer never passes through here as one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from app.domain.two_languages import TwoLanguages

P = ParamSpec("P")
T = TypeVar("T")


class _Tongue:
    """What is spoken now, and how often that has changed."""

    code = "en"
    turn = 0


def speak_now(code: str) -> None:
    """From now on labels of an office are said in this language."""
    _Tongue.code = code


def turn() -> None:
    """All texts that were said before have to be said again."""
    _Tongue.turn += 1


class Said(str):
    """A text with its recipe. It compares, hashes and travels as the text it is."""

    __slots__ = ("_recipe", "_turn", "source")
    _recipe: Callable[[], str]
    _turn: int
    source: str
    """The sentence as it stands in the code; empty where several make one text."""

    def __new__(cls, text: str, recipe: Callable[[], str], source: str = "") -> "Said":
        """A text that the recipe gives again, in the language of then."""
        words = super().__new__(cls, text)
        words._recipe, words._turn, words.source = recipe, _Tongue.turn, source
        return words

    def again(self) -> "Said":
        """The same, said in the language of now."""
        if self._turn == _Tongue.turn:
            return self
        return Said(self._recipe(), self._recipe, self.source)

    def format(self, *args: object, **named: object) -> "Said":
        """Fill the places; what fills them is said again with the sentence."""

        def fill() -> str:
            return str.format(self.again(), *map(now, args), **{name: now(part) for name, part in named.items()})

        return Said(fill(), fill, self.source)

    def __format__(self, how: str) -> str:
        """Inside another text: said again with it."""
        return str.__format__(self.again(), how)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """A copy in a file or a pipe is plain text."""
        return str, (str(self),)


def say(recipe: Callable[[], str]) -> Said:
    """A text as the recipe makes it, now and whenever the language changes."""
    return Said(recipe(), recipe)


def said(function: Callable[P, str]) -> Callable[P, str]:
    """Mark a function that puts a text together: what it gives can be said again."""

    @wraps(function)
    def saying(*args: P.args, **named: P.kwargs) -> str:
        def recipe() -> str:
            parts: Any = (now(part) for part in args)
            return function(*parts, **{name: now(part) for name, part in named.items()})  # type: ignore[arg-type]

        return say(recipe)

    return saying


def now(part: T) -> T | str:
    """A part of a text in the language of now; anything else stays as it is."""
    if isinstance(part, Said):
        return part.again()
    if isinstance(part, TwoLanguages):
        return part.in_language(_Tongue.code)
    return part


@said
def as_sentence(words: str) -> str:
    """Words with a capital first, as a sentence begins."""
    return words[:1].upper() + words[1:]


def joined(between: str, *parts: str) -> Said:
    """The parts that are not empty, one after the other."""
    return say(lambda: between.join(str(now(part)) for part in parts if part))


def filled(places: str, *parts: object) -> Said:
    """A frame of no language, such as `{}: {}`, with parts in its places."""
    return say(lambda: places.format(*map(now, parts)))


def is_sayable(part: object) -> bool:
    """Whether a text can be said again."""
    return isinstance(part, Said | TwoLanguages)
