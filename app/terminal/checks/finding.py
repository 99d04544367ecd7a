"""What one part of the self-check came to, in stable words. *Unknown* is a state of its own and never ok."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import TiraiError, VerificationError
from app.domain.self_check import CheckState

Detail = str | int | float | bool


__all__ = ["CheckState", "Detail", "Finding", "Told", "tried"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a part says of itself.

    Attributes:
        found: what was found, in a few words.
        state: how it stands.
        details: the same for programs, by stable names.
        is_proof: where it does not hold, a verification has failed.
    """

    found: str
    state: CheckState = CheckState.OK
    details: Mapping[str, Detail] = field(default_factory=dict)
    is_proof: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the answer.

    Attributes:
        name: the part, a stable word.
        state: how it stands.
        found: what was found, in a few words.
        advice: what IT can do; empty where it is ok.
        counts: whether Tirai needs it; what only advises changes no exit code.
        details: the same for programs, by stable names.
        is_proof: a verification has failed.
    """

    name: str
    state: CheckState
    found: str
    advice: str = ""
    counts: bool = True
    details: Mapping[str, Detail] = field(default_factory=dict)
    is_proof: bool = False

    @property
    def ok(self) -> bool:
        """Whether it is known to be as it should be."""
        return self.state is CheckState.OK

    @property
    def fails(self) -> bool:
        """Whether it makes the whole check fail."""
        return self.counts and not self.ok


def tried(name: str, part: Callable[[], str | Told], advice: str = "", *, counts: bool = True) -> Finding:
    """Try a part. What it raises is the answer: our own sentence without the home folder, or the type alone."""
    try:
        said = part()
    except VerificationError as error:
        return Finding(name, CheckState.NOT, _sentence(error), advice, counts, is_proof=True)
    except TiraiError as error:
        return Finding(name, CheckState.NOT, _sentence(error), advice, counts)
    except Exception as error:  # noqa: BLE001 -- whatever is missing is the answer; its text may hold a path
        return Finding(name, CheckState.NOT, type(error).__name__, advice, counts)
    told = Told(said) if isinstance(said, str) else said
    is_ok = told.state is CheckState.OK
    is_proof = told.is_proof and told.state is CheckState.NOT
    return Finding(name, told.state, told.found, "" if is_ok else advice, counts, told.details, is_proof)


def _sentence(error: TiraiError) -> str:
    said = error.message.replace(str(Path.home()), "~")
    return f"{error.code}: {said}" if error.code else said
