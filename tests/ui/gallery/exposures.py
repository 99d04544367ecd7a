"""What was shown to whom."""

from dataclasses import replace

from PySide6.QtWidgets import QPushButton

from app.domain.role import Role
from app.session.errors import OfficeAwayError
from app.ui.console.workspace_entries import EXPOSURES
from app.ui.exposures.screen import ExposuresScreen
from app.ui.exposures.threshold_popover import ThresholdPopover
from tests.ui import fake_desk, fake_people
from tests.ui.gallery.studio import Studio, wait


def exposures(gallery: Studio) -> None:
    """What was shown to whom."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER, count=30)
    desk.approvals.queue = []
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace(EXPOSURES)
    screen = console.workspaces.screen_of(EXPOSURES)
    assert isinstance(screen, ExposuresScreen)
    read_whole(screen)
    plots = screen.plots
    assert plots is not None
    gallery.shoot(window, "exposures")
    plots.bars.picked.emit(plots.bars.bars[7].start)
    plots.heat.picked.emit(("yudha.saputra", 15))
    plots.heat.setFocus()
    read_whole(screen)
    gallery.shoot(window, "exposures-chosen")
    window.resize(1180, 640)
    gallery.shoot(window, "exposures-small")
    open_thresholds(screen)
    gallery.shoot(window, "exposures-thresholds-small")
    screen.deciding.close()
    window.resize(1366, 768)
    screen.flags.look_wanted.emit(desk.exposures.waiting[0])
    read_whole(screen)
    gallery.shoot(window, "exposures-flag")
    screen.findChild(QPushButton, "acknowledge_bulk_yudha.saputra").click()  # type: ignore[union-attr]
    gallery.shoot(window, "exposures-acknowledge")
    screen.deciding.close()
    desk.exposures.acknowledge(desk.exposures.waiting[0], fake_people.local("Asked him; call-backs of a recall"))
    screen._on_decided()
    read_whole(screen)
    screen.flags.show_most(22)
    screen.filter._ranges.buttons()[2].click()
    read_whole(screen)
    gallery.shoot(window, "exposures-month")
    open_thresholds(screen).rows[0].less.click()
    gallery.shoot(window, "exposures-thresholds")
    screen.deciding.close()
    for panel in plots.panels:
        panel.turn_over()
    gallery.shoot(window, "exposures-tables")
    desk.exposures.refuse["overview"] = OfficeAwayError("away")
    screen.look_again()
    screen._on_decided()
    read_whole(screen)
    gallery.shoot(window, "exposures-away")
    whole = desk.exposures.whole
    figures = replace(whole.figures, exposures=0, usual=None, median_s=None, calls=0)
    desk.exposures.whole = replace(whole, figures=figures, bars=(), heat=(), reasons=())
    desk.exposures.lines, desk.exposures.waiting = [], []
    screen.filter._ranges.buttons()[0].click()
    read_whole(screen)
    gallery.shoot(window, "exposures-none")
    window.close()
    wait(100)


def open_thresholds(screen: ExposuresScreen) -> ThresholdPopover:
    """Open the editor and wait for what it shows."""
    screen.filter.thresholds.click()
    popover = screen.deciding.popover
    assert isinstance(popover, ThresholdPopover)
    while not popover.rows:
        wait(20)
    wait(60)
    return popover


def read_whole(screen: ExposuresScreen) -> None:
    """Wait until all that the exposures show is there."""
    wait(30)
    while screen.reading.is_busy:
        wait(20)
    wait(80)


SHOTS = (exposures,)
