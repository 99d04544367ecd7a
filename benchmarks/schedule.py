"""Which benchmarks a run has, in which order, and how long each may take; and what the last runs took.

The ordinary run fits into twenty minutes on two processors. A run that is cut should lose the least, so what is done
soon comes first. A full run is the ordinary one, and then what is asked for at a million, in the order of how surely it
ends; its results lie apart (`build/bench/full`), so that an ordinary run does not take them away.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

PATIENCE: Final = 3
"""Who takes so many times as long as planned is stopped, and the next one runs."""
KEPT: Final = "runs.json"
WITHOUT_PEER: Final = "analytics"
OF_CONSOLES: Final = "team_load"
"""Knows neither customers nor rounds."""


@dataclass(frozen=True, slots=True)
class Run:
    """One benchmark of a run.

    Attributes:
        name: its module.
        planned_s: seconds that it should take.
        words: of its command line.
        is_full: whether it stands in the full run alone.
        took_s: seconds that it took.
        ended: `done`, `failed` or `stopped`.
    """

    name: str
    planned_s: int
    words: tuple[str, ...] = ()
    is_full: bool = False
    took_s: float = 0.0
    ended: str = ""

    def after(self, seconds: float, ended: str) -> "Run":
        """The same once it has run."""
        return replace(self, took_s=round(seconds, 1), ended=ended)


ORDINARY: Final = (
    Run("first_window", 20),
    Run("unlock", 25),
    Run("wipe", 30),
    Run("changes", 40),
    Run("search", 45),
    Run("reveal", 50),
    Run("table", 50),
    Run("footprint", 60),
    Run("lock", 60),
    Run("cache_fill", 60),
    Run("gateway_fill", 75),
    Run(OF_CONSOLES, 80, ("--consoles", "24", "--customers", "500", "--seconds", "10", "--gateways", "1")),
    Run("fill", 90),
    Run("import_customers", 105),
    Run("audit", 90),
    Run("peers", 90),
    Run(WITHOUT_PEER, 50, ("--n", "20000")),
)
FULL: Final = tuple(
    replace(run, is_full=True)
    for run in (
        Run("changes", 180, ("--full",)),
        Run("search", 240, ("--full",)),
        Run("wipe", 180, ("--full",)),
        Run("table", 300, ("--full",)),
        Run("fill", 480, ("--full",)),
        Run("footprint", 480, ("--full",)),
        Run("import_customers", 600, ("--full",)),
        Run("peers", 300, ("--full",)),
        Run("audit", 600, ("--full",)),
        Run(OF_CONSOLES, 900, ("--consoles", "500", "--gateways", "1", "2", "--full")),
        Run(WITHOUT_PEER, 240, ("--n", "100000")),
    )
)
NAMES: Final = tuple(run.name for run in ORDINARY)


def keep(runs: Sequence[Run], folder: Path) -> None:
    """Write down what these took; what others took before stays."""
    after = {(run.name, run.is_full): run for run in [*kept(folder), *runs]}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / KEPT).write_text(json.dumps([asdict(run) for run in after.values()], indent=1) + "\n", encoding="utf-8")


def kept(folder: Path) -> list[Run]:
    """What the last run of each took, in the order of the schedule."""
    if not (folder / KEPT).exists():
        return []
    said = json.loads((folder / KEPT).read_text(encoding="utf-8"))
    known = {(one["name"], one["is_full"]): Run(**one | {"words": tuple(one["words"])}) for one in said}
    return [known[key] for key in ((run.name, run.is_full) for run in (*ORDINARY, *FULL)) if key in known]


def table(runs: Sequence[Run]) -> str:
    """What each took beside what was planned, and the sum."""
    lines = ["| benchmark | planned | took | |", "|---|---:|---:|---|"]
    for run in runs:
        name = f"{run.name}, full" if run.is_full else run.name
        lines.append(
            f"| {name} | {run.planned_s} s | {run.took_s:.0f} s | {'' if run.ended == 'done' else run.ended} |"
        )
    for is_full, name in ((False, "all of `make bench`"), (True, "what a full run adds")):
        some = [run for run in runs if run.is_full == is_full]
        if some:
            planned, took = sum(run.planned_s for run in some), sum(run.took_s for run in some)
            lines.append(f"| {name} | {planned / 60:.1f} min | {took / 60:.1f} min | |")
    return "\n".join(lines)
