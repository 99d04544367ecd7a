"""What came of an export: its measures, what it lost, and the linkage test on the file itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.analytics.linkage import Linked, linked
from app.domain.analytics.measures import Measured, grouped, kept_groups, measured
from app.domain.analytics.settings import Settings

Rows = Mapping[str, Sequence[str]]
"""By pseudonym: quasi values, then the sensitive one."""


@dataclass(frozen=True, slots=True)
class Report:
    """One export.

    Attributes:
        settings: as they were signed.
        before: measures of everybody, before anything was left out.
        after: measures of what the file holds.
        attack: the linkage test of everybody against the file.
        naive: the same against a file from which nothing was left out.
        held: how many customers were not looked at, since processing is restricted or objected to; None: fewer than k.
    """

    settings: str
    before: Measured
    after: Measured
    attack: Linked
    naive: Linked
    held: int | None = None

    @property
    def lost(self) -> float:
        """The share of rows that were left out."""
        return 1 - self.after.rows / self.before.rows if self.before.rows else 0.0

    def as_json(self) -> dict[str, object]:
        """For the report's file, and for programs."""
        return {
            "settings": self.settings,
            "rows": self.before.rows,
            "restricted_or_objected": "fewer than k" if self.held is None else self.held,
            "exported": self.after.rows,
            "left_out_share": round(self.lost, 6),
            "groups": self.after.groups,
            "rows_per_group": round(self.after.average, 3),
            "k": self.after.k,
            "l": self.after.l,
            "t": round(self.after.t, 6),
            "before": {"k": self.before.k, "l": self.before.l, "t": round(self.before.t, 6)},
            "linkage": {
                "looked_for": self.attack.people,
                "re_identified": self.attack.found,
                "re_identified_share": round(self.attack.share_found, 6),
                "learned": self.attack.learned,
                "best_guess": round(self.attack.best_guess, 6),
                "re_identified_share_without_leaving_out": round(self.naive.share_found, 6),
            },
        }


def left_in(rows: Mapping[str, tuple[str, ...]], settings: Settings) -> dict[str, tuple[str, ...]]:
    """What may be exported: people whose group is large and mixed enough, and not too far from everybody's."""
    kept = kept_groups(grouped(rows.values()), settings.k, settings.l, settings.most_t / 100)
    return {name: row for name, row in rows.items() if tuple(row[:-1]) in kept}


def report_of(settings: Settings, everybody: Rows, exported: Rows, held: int | None = None) -> Report:
    """The report.

    Args:
        settings: of the export.
        everybody: everybody's coarse values.
        exported: the rows of the file, as they were read back from it.
        held: how many customers are not among everybody, since processing is restricted or objected to; None: fewer
            than k, or nobody.
    """
    return Report(
        settings.text,
        measured(grouped(everybody.values())),
        measured(grouped(exported.values())),
        linked(everybody, exported),
        linked(everybody, everybody),
        held,
    )
