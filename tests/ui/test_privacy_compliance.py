"""The page of the office's proof: controls by source, what is not met, and the files that it has made."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.domain.compliance.controls import CONTROLS, Source
from app.domain.compliance.figures import Part, Series
from app.domain.errors import NotAllowedError
from app.ui.privacy.compliance.page import CompliancePage
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.fake_proofs import NOT_MET, FakeProofs


class AskedPath:
    """A person who takes the name that is offered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, _parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog | None:
        on_chosen(self.folder / name)
        return None


@pytest.fixture
def page(qtbot: QtBot, look: Look, tasks: Tasks, tmp_path: Path) -> Iterator[tuple[CompliancePage, FakeProofs]]:
    window, fake = QMainWindow(), FakeProofs()
    made = CompliancePage(look, fake, tasks, AskedPath(tmp_path), lambda: date(2026, 11, 28))
    window.setCentralWidget(made)
    window.resize(1150, 700)
    window.show()
    made.come()
    qtbot.waitUntil(lambda: bool(made.table.lines.lines))
    yield made, fake
    window.close()
    window.deleteLater()


def test_that_controls_are_chosen_by_source_and_by_what_is_not_met(page: tuple[CompliancePage, FakeProofs]) -> None:
    shown, fake = page
    assert len(shown.table.lines.lines) == len(CONTROLS)
    assert [one.source for one in shown.bars.tallies] == list(Source)
    not_met = [one for one in fake.controls() if not one.found.is_met]
    shown.sources.button(1).click()
    assert [line.key for line in shown.table.lines.lines] == [one.control.name for one in not_met]
    shown.sources.button(2).click()
    assert all("UU PDP" in line.texts[1] for line in shown.table.lines.lines)
    assert "UU PDP" in shown.bars.accessibleDescription()
    shown.sources.button(1).click()
    shown.table.setCurrentIndex(shown.table.lines.index(0, 0))
    assert NOT_MET.en in shown.detail.text()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("report", "compliance-report-2026-11-28-en.pdf"), ("review", "access-review-2026-11-28-en.pdf"),
        ("assessment", "impact-assessment-2026-11-28-en.pdf"), ("pack", "evidence-2026-11-28-en.zip"),
    ],
)  # fmt: skip
def test_that_each_button_has_its_file_made_or_says_why_not(
    qtbot: QtBot, page: tuple[CompliancePage, FakeProofs], tmp_path: Path, key: str, name: str
) -> None:
    shown, fake = page
    shown.files[key].click()
    qtbot.waitUntil(lambda: not shown.head.said.isHidden())
    assert fake.saved == [(key, "en", tmp_path / name)]
    assert "1,204" in shown.head.said.label.text()
    assert shown.close_innermost()
    fake.refusal = NotAllowedError("Your role does not do this.", code="role_privacy")
    shown.files[key].click()
    qtbot.waitUntil(lambda: shown.head.said.property("tone") == "danger")


def test_that_figures_over_time_are_read_when_they_are_wanted_and_each_plot_is_a_table_too(
    qtbot: QtBot, page: tuple[CompliancePage, FakeProofs]
) -> None:
    shown, _fake = page
    assert shown.plots is None
    table_command = next(one for one in shown.commands() if one.does == "plot_as_table")
    assert table_command.why_not()
    shown.sections.button(1).click()
    qtbot.waitUntil(lambda: shown.plots is not None and shown.plots.isVisible())
    plots = shown.plots
    assert plots is not None
    assert not shown.sections.button(1).is_busy
    assert "December 2025: in time 2, open, in time 0, late 0" in plots.requests.bars.accessibleName()
    assert not table_command.why_not()
    table_command.act()
    assert plots.requests.is_table
    figures = plots.requests.table.figures
    assert [figures.headerData(at, Qt.Orientation.Horizontal) for at in range(4)] == [
        "Month", "in time", "open, in time", "late"
    ]  # fmt: skip
    assert figures.rowCount() == 12
    assert shown.close_innermost()
    assert not plots.requests.is_table
    plots.training.bars.picked.emit("notes")
    assert plots.training.bars.chosen == "notes"
    plots.training.bars.picked.emit("notes")
    assert plots.training.bars.chosen is None
    shown.sections.button(0).click()
    assert not plots.isVisible()


def test_that_figures_that_cannot_be_read_are_said(qtbot: QtBot, page: tuple[CompliancePage, FakeProofs]) -> None:
    shown, fake = page
    fake.refusal = NotAllowedError("Your role does not do this.", code="role_privacy")
    shown.sections.button(1).click()
    qtbot.waitUntil(lambda: shown.head.said.property("tone") == "danger")
    assert shown.plots is None


def test_that_parts_beyond_those_that_can_be_told_apart_are_drawn_as_one() -> None:
    from app.ui.privacy.compliance.part_bars import MOST_PARTS, drawn

    series = Series(("2026-10", "2026-11"), tuple(Part(f"p{at}", (at, 1)) for at in range(8)))
    shown = drawn(series)
    assert [part.code for part in shown.parts] == ["p7", "p6", "p5", "p4", "others"]
    assert len(shown.parts) == MOST_PARTS
    assert [shown.total(column) for column in (0, 1)] == [series.total(column) for column in (0, 1)]


def test_that_a_long_look_says_how_far_it_is_and_stops(
    qtbot: QtBot, page: tuple[CompliancePage, FakeProofs], tmp_path: Path
) -> None:
    shown, fake = page
    fake.waits_to_be_stopped = True
    for begin in (shown.look_again, shown.files["report"].click):
        begin()
        qtbot.waitUntil(shown.looking.isVisible)
        assert "12 of 50" in shown.looking.label.text()
        assert (shown.looking.bar.value(), shown.looking.bar.maximum()) == (12, 50)
        assert shown.close_innermost()
        qtbot.waitUntil(shown.looking.isHidden)
        assert "Stopped" in shown.head.said.label.text()
    assert fake.saved == []
    assert len(shown.table.lines.lines) == len(CONTROLS), "what was seen before stays"
    fake.waits_to_be_stopped = False
    shown.files["report"].click()
    qtbot.waitUntil(lambda: bool(fake.saved))
