"""The table of workstations."""

from app.session.workstations import Workstation
from app.ui.theme.look import Look
from app.ui.widgets.listed_table import ListedTable, TableWords
from app.ui.workstations.workstation_columns import WORKSTATIONS, Column

_WIDTHS: dict[int, int] = {
    Column.NAME: 128,
    Column.SEEN: 124,
    Column.VERSION: 72,
    Column.PROTECTION: 152,
    Column.KNOWN: 70,
    Column.STATE: 190,
}


class WorkstationTable(ListedTable[Workstation]):
    """Everybody's workstations; `chosen` tells an id."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, WORKSTATIONS, "workstation", _WIDTHS, Column.PEOPLE)

    def say(self) -> TableWords:
        """What it says."""
        return TableWords(
            find=self.tr("Name, or who is there"),
            finding=self.tr("Find workstations"),
            table=self.tr("Workstations"),
            nothing=self.tr("No workstation fits. Check the spelling."),
            all=self.tr("Show all workstations"),
            count=self.tr("{n} of {total} workstations"),
        )
