"""What holds at this workstation, once it is judged. Imports little: the first window waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.machine_policy.setting import Level, Value


@dataclass(frozen=True, slots=True)
class MachinePolicy:
    """What holds at this workstation.

    Attributes:
        mandatory: what nobody here changes.
        recommended: what holds until a person chooses.
        sources: which source says it, by level and key.
        digest: SHA-256 of all that is said, in hex; the same on each system that says the same; empty: nothing is said.
    """

    mandatory: Mapping[str, "Value"] = field(default_factory=dict)
    recommended: Mapping[str, "Value"] = field(default_factory=dict)
    sources: Mapping[tuple["Level", str], str] = field(default_factory=dict)
    digest: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody says anything."""
        return not self.digest

    @property
    def places(self) -> tuple[str, ...]:
        """The sources that say something, sorted."""
        return tuple(sorted(set(self.sources.values())))

    @property
    def origin(self) -> str:
        """What kind of source says it: `files`, `registry` or `profile`; empty where nobody says anything."""
        if self.is_empty:
            return ""
        first = self.places[0]
        return "registry" if first.startswith("HKLM") else "files" if first.startswith("/") else "profile"

    def is_managed(self, key: str) -> bool:
        """Whether nobody here changes this."""
        return key in self.mandatory

    def allows(self, key: str) -> bool:
        """What a boolean comes to."""
        if key in self.mandatory:
            return bool(self.mandatory[key])
        from app.domain.machine_policy.settings import BY_KEY  # not before the first window

        return bool(BY_KEY[key].default)

    def number(self, key: str) -> int | None:
        """A mandatory number, or None."""
        value = self.mandatory.get(key)
        return value if type(value) is int else None

    def text(self, key: str) -> str:
        """A mandatory text or choice, or nothing."""
        value = self.mandatory.get(key, "")
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A mandatory list, or nothing."""
        value = self.mandatory.get(key, ())
        return value if isinstance(value, tuple) else ()

    def suggested(self, key: str) -> "Value | None":
        """What holds until a person chooses, or None."""
        return self.recommended.get(key)


NOTHING_MANAGED = MachinePolicy()
