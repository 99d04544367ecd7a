"""The twelve ways in which every screen has its picture: three themes, two languages, two scales."""

import itertools
from dataclasses import dataclass

from app.ui.language import Language
from app.ui.theme.tokens import ThemeName

SIZE = (1366, 768)


@dataclass(frozen=True, slots=True)
class Variant:
    """One of them. `scale` is of the screen: at 2, each px of the design has four of the picture."""

    theme: ThemeName
    language: Language
    scale: int

    def __str__(self) -> str:
        return f"{self.theme.value}-{self.language.value}-{self.scale}x"

    @classmethod
    def of(cls, name: str) -> "Variant":
        """The one of this name, such as `dark-id-2x`."""
        return next(variant for variant in VARIANTS if str(variant) == name)


VARIANTS = tuple(Variant(*parts) for parts in itertools.product(ThemeName, Language, (1, 2)))
