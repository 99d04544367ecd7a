"""What one source of the machine policy says, before anybody has judged it. Imports little: a start reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says, as it was read.

    Attributes:
        source: its name for IT.
        mandatory, recommended: keys and values, not judged yet.
        text: of a file, to find lines in it.
    """

    source: str
    mandatory: Mapping[str, object] = field(default_factory=dict)
    recommended: Mapping[str, object] = field(default_factory=dict)
    text: str = ""

    def place(self, level: str, key: str) -> str:
        """Where it says this, for IT."""
        if not self.text:
            return self.source
        from app.domain.toml_places import TomlPlaces

        return f"{self.source}, line {TomlPlaces(self.text).line(level, key)}"
