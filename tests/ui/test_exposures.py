"""The exposures of a supervisor: figures, plots that filter the table, flags, thresholds, and what is read live."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.exposures.words import ExposureKind, Rule
from app.domain.role import Role
from app.session.errors import OfficeAwayError
from app.session.shown_exposures import Chosen, Range, ReasonCount, Scope
from app.ui.application import TiraiApplication, dress
from app.ui.console.workspace_entries import EXPOSURES
from app.ui.exposures.acknowledge_popover import AcknowledgePopover
from app.ui.exposures.choosing import by_code
from app.ui.exposures.exposure_model import Column
from app.ui.exposures.flag_scroll import HIGHEST
from app.ui.exposures.flag_words import flag_text
from app.ui.exposures.heat_map import clearer, contrast
from app.ui.exposures.plots import Plots
from app.ui.exposures.screen import ExposuresScreen
from app.ui.exposures.threshold_popover import ThresholdPopover
from app.ui.exposures.words import OfficeClock
from app.ui.shortcuts import keys_for
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from tests.ui.conftest import Signed, named, with_keys
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_exposures import FakeExposures, account_of, office_time
from tests.ui.test_console import screen_of
from tests.ui.walk import nameless

Make = Callable[..., Signed]
YUDHA = account_of("Yudha Saputra")
ROOT = Path(__file__).parents[2]


class Made:
    """A screen over a fake ledger, and what it told the outside."""

    def __init__(self, look: Look, tasks: Tasks, role: Role = Role.SUPERVISOR) -> None:
        self.ledger = FakeExposures(role=role)
        self.screen = ExposuresScreen(look, self.ledger, tasks)
        self.failures: list[Exception] = []
        self.screen.failed.connect(self.failures.append)
        self.screen.resize(1366, 694)

    @property
    def plots(self) -> Plots:
        assert self.screen.plots is not None
        return self.screen.plots

    def asked(self, what: str) -> list[object]:
        return [with_what for name, with_what in self.ledger.said if name == what]

    @property
    def chosen(self) -> Chosen:
        """What the table was narrowed to by the last page that was asked for."""
        asked = self.asked("page")[-1]
        assert isinstance(asked, tuple)
        chosen = asked[1]
        assert isinstance(chosen, Chosen)
        return chosen

    def texts(self, column: Column) -> list[str]:
        table = self.screen.table.exposures
        return [str(table.data(table.index(row, column), 0)) for row in range(table.rowCount())]


def settled(qtbot: QtBot, made: Made) -> None:
    """Wait until nothing is read any more."""
    qtbot.waitUntil(lambda: not made.screen.reading.is_busy)


@pytest.fixture
def made(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Made]:
    made = Made(look, tasks)
    open_screen(qtbot, made)
    yield made
    close_screen(made)


def open_screen(qtbot: QtBot, made: Made) -> None:
    with_keys(made.screen)
    made.screen.show()
    made.screen.activateWindow()
    made.screen.come()
    qtbot.waitUntil(lambda: made.screen.plots is not None)
    settled(qtbot, made)


def close_screen(made: Made) -> None:
    made.screen.stop()
    made.screen.close()
    made.screen.deleteLater()


def chip(made: Made, name: str) -> str:
    """What a chip above the table says."""
    button = named(made.screen, name)
    assert isinstance(button, Button)
    return button.text().strip()


def said(made: Made) -> str:
    """What the card of flags shows."""
    return "\n".join(label.text() for label in made.screen.flags.findChildren(QLabel) if label.isVisible())


def focus(widget: QWidget) -> None:
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    assert widget.window().focusWidget() is widget


def test_that_one_opening_of_the_workspace_is_told_once_and_reading_again_is_not(qtbot: QtBot, made: Made) -> None:
    made.screen.look_again()
    settled(qtbot, made)
    assert len(made.asked("overview")) == 2
    assert len(made.asked("open_anew")) == 1
    made.screen.forget()
    made.screen.come()
    settled(qtbot, made)
    assert len(made.asked("open_anew")) == 2


def test_that_the_figures_say_what_they_are_compared_with(made: Made) -> None:
    words = [named(made.screen, f"figure_{name}").accessibleName() for name in ("shown", "open", "alone", "unlocks")]
    assert words == [
        "300 exposures; usual 240 to 310",
        "21 s median time open; limit 30 s",
        "78 % calls solved by verify alone; 71 % the day before",
        "55 unlocks granted; 6 refused, 3 expired",
    ]
    assert named(made.screen, "figure_flags").accessibleName() == "2 flags to look at; 1 new since your last look"


def test_that_a_bar_narrows_the_table_to_its_hour_and_a_second_press_takes_it_back(qtbot: QtBot, made: Made) -> None:
    bars = made.plots.bars
    spot = bars.point_of(bars.cells[7, 0]).toPoint()
    QTest.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settled(qtbot, made)
    assert (made.chosen.since, made.chosen.until) == (office_time("15:00:00"), office_time("16:00:00"))
    assert {text[:2] for text in made.texts(Column.TIME)} == {"15"}
    assert chip(made, "drop_bar") == "15:00 to 16:00"
    QTest.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settled(qtbot, made)
    assert made.chosen == Chosen()
    assert made.screen.choice.is_empty


def test_that_cell_and_reason_narrow_together_and_each_can_be_dropped(qtbot: QtBot, made: Made) -> None:
    made.plots.bars.picked.emit(office_time("15:00:00"))
    settled(qtbot, made)
    made.plots.heat.picked.emit((YUDHA, 15))
    settled(qtbot, made)
    made.plots.reasons.picked.emit("other")
    settled(qtbot, made)
    assert made.chosen == Chosen(hour=15, agent=YUDHA, reason="other")
    assert [part for part, _words in made.screen.chosen._parts] == ["cell", "reason"], "a cell names its hour"
    assert set(made.texts(Column.AGENT)) == {"Yudha Saputra"}
    named(made.screen, "drop_cell").click()  # type: ignore[attr-defined]
    settled(qtbot, made)
    assert made.chosen == Chosen(reason="other")
    made.plots.heat.picked.emit((YUDHA, 15))
    settled(qtbot, made)  # two pages at once may be asked for in either order
    made.plots.bars.picked.emit(office_time("14:00:00"))
    settled(qtbot, made)
    assert made.chosen == Chosen(office_time("14:00:00"), office_time("15:00:00"), reason="other")
    named(made.screen, "show_all_exposures").click()  # type: ignore[attr-defined]
    settled(qtbot, made)
    assert made.chosen == Chosen()
    assert len(made.texts(Column.TIME)) == 40


def test_that_notes_which_have_no_reason_are_chosen_by_their_kind(qtbot: QtBot, made: Made) -> None:
    made.ledger.whole = replace(made.ledger.whole, reasons=(ReasonCount("", "", 4), *made.ledger.whole.reasons))
    made.screen.look_again()
    settled(qtbot, made)
    made.plots.reasons.picked.emit("")
    settled(qtbot, made)
    assert (made.chosen.reason, made.chosen.kind) == ("", ExposureKind.NOTES)


def test_that_reasons_of_one_code_are_one_bar() -> None:
    reasons = [ReasonCount("a", "A", 5), ReasonCount("b", "To ask", 3), ReasonCount("b", "To reveal", 4)]
    assert by_code(reasons) == (ReasonCount("b", "To reveal", 7), ReasonCount("a", "A", 5))


def test_that_arrows_go_from_cell_to_cell_and_return_narrows(qtbot: QtBot, made: Made) -> None:
    heat = made.plots.heat
    focus(heat)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(heat, key)
    assert heat.accessibleName() == "Hour by agent: Citra Lestari, 15 o’clock, 5 exposures"
    QTest.keyClick(heat, Qt.Key.Key_Return)
    settled(qtbot, made)
    assert (made.chosen.agent, made.chosen.hour) == (account_of("Citra Lestari"), 15)
    assert heat.accessibleName().endswith("chosen")
    QTest.keyClick(heat, Qt.Key.Key_Up)
    QTest.keyClick(heat, Qt.Key.Key_Up)  # the top row: there is nothing above
    assert heat.current == (7, 0)


def test_that_a_reader_hears_each_class_of_a_bar(made: Made) -> None:
    focus(made.plots.bars)
    QTest.keyClick(made.plots.bars, Qt.Key.Key_Right)
    words = "By hour: 09:00 to 10:00, 29 exposures; Contact: 21, Identity: 3, Financial: 4, Special: 1, usual: 30"
    assert made.plots.bars.accessibleName() == words


def test_that_esc_takes_back_what_the_table_is_narrowed_to(qtbot: QtBot, made: Made) -> None:
    made.plots.reasons.picked.emit("refund")
    settled(qtbot, made)
    assert made.screen.close_innermost()
    settled(qtbot, made)
    assert made.chosen == Chosen()
    assert not made.screen.close_innermost()


def test_that_f2_shows_the_plot_with_the_focus_as_a_table_of_the_same_numbers(qtbot: QtBot, made: Made) -> None:
    assert keys_for("plot_as_table") == QKeySequence("F2")
    focus(made.plots.heat)
    QTest.keyClick(made.plots.heat, Qt.Key.Key_F2)
    panel = made.plots.heat_panel
    assert panel.is_table
    assert panel.window().focusWidget() is panel.table
    model = panel.table.figures
    rows = {str(model.data(model.index(at, 0))): at for at in range(model.rowCount())}
    assert len(rows) == 18  # all people, not the busiest alone
    cell = model.index(rows["Yudha Saputra"], 8)
    assert model.data(cell, Qt.ItemDataRole.AccessibleTextRole) == "Yudha Saputra, 15: 17"
    assert made.screen.close_innermost()
    assert not panel.is_table
    assert panel.window().focusWidget() is made.plots.heat


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_that_each_number_of_the_heat_map_stands_out_from_its_ground(qapp: TiraiApplication, theme: str) -> None:
    dress(qapp, theme)
    try:
        inks = [QColor(qapp.look.colour(ink)) for ink in ("ink", "surface")]
        for step in range(5):
            ground = QColor(qapp.look.colour(f"heat{step}"))
            assert contrast(ground, clearer(ground, *inks)) >= 4.5, (theme, step)
    finally:
        dress(qapp, "light")


def test_that_the_numbers_agree(made: Made) -> None:
    overview = made.screen.overview
    assert overview is not None
    assert sum(bar.total for bar in overview.bars) == sum(r.count for r in overview.reasons) == 300
    assert overview.figures.exposures == 300


def test_that_a_plot_neither_zooms_nor_opens_a_menu(made: Made) -> None:
    bars = made.plots.bars
    before = bars.view.viewRange()
    spot = QPointF(bars.rect().center())
    turn = QWheelEvent(
        spot, bars.mapToGlobal(spot), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(bars.viewport(), turn)
    QTest.mousePress(bars.viewport(), Qt.MouseButton.RightButton, pos=spot.toPoint())
    QTest.mouseMove(bars.viewport(), spot.toPoint() + QPoint(40, 40))
    QTest.mouseRelease(bars.viewport(), Qt.MouseButton.RightButton, pos=spot.toPoint() + QPoint(40, 40))
    assert bars.view.viewRange() == before
    assert bars.view.menu is None
    assert QApplication.activePopupWidget() is None


def test_that_days_agent_and_class_are_asked_for_together(qtbot: QtBot, made: Made) -> None:
    named(made.screen, "range_week").click()  # type: ignore[attr-defined]
    settled(qtbot, made)
    agent, data_class = named(made.screen, "exposures_agent"), named(made.screen, "exposures_class")
    agent.setCurrentIndex(agent.findData(YUDHA))  # type: ignore[attr-defined]
    settled(qtbot, made)
    data_class.setCurrentIndex(data_class.findData("financial"))  # type: ignore[attr-defined]
    settled(qtbot, made)
    assert made.asked("overview")[-1] == Scope(Range.WEEK, YUDHA, DataClass.FINANCIAL)
    assert made.plots.bars_panel.title.text() == "By day"
    assert len(made.plots.bars.cells) == 7
    assert all("Mar" in text for text in made.texts(Column.TIME))


def test_that_what_other_days_do_not_have_is_not_asked_for(qtbot: QtBot, made: Made) -> None:
    made.plots.bars.picked.emit(office_time("15:00:00"))
    made.plots.reasons.picked.emit("refund")
    settled(qtbot, made)
    named(made.screen, "range_month").click()  # type: ignore[attr-defined]
    settled(qtbot, made)
    assert made.chosen == Chosen(reason="refund")


def test_that_a_flag_says_what_fired_and_looking_shows_it_over_thirty_days(qtbot: QtBot, made: Made) -> None:
    texts = {child.accessibleName() for child in made.screen.flags.findChildren(QWidget)}
    assert (
        "Yudha Saputra: many views in a short time. 17 exposures today between 15:00 and 16:00; the rule fires at 12; "
        "usual is 3 to 5. 14 of 17 had no call. New" in texts
    )
    made.plots.reasons.picked.emit("refund")
    settled(qtbot, made)
    named(made.screen, f"look_bulk_{YUDHA}").click()  # type: ignore[attr-defined]
    settled(qtbot, made)
    assert made.asked("page")[-1] == (Scope(Range.MONTH), made.ledger.waiting[0].look, None)
    assert chip(made, "drop_flag") == "Yudha Saputra: many views in a short time"
    assert made.screen.window().focusWidget() is made.screen.table
    assert made.plots.reasons.chosen is None


def test_that_acknowledging_takes_a_comment_and_says_so(qtbot: QtBot, made: Made) -> None:
    named(made.screen, f"acknowledge_bulk_{YUDHA}").click()  # type: ignore[attr-defined]
    popover = made.screen.deciding.popover
    assert isinstance(popover, AcknowledgePopover)
    QTest.keyClick(popover.comment, Qt.Key.Key_Return)
    assert made.asked("acknowledge") == []
    QTest.keyClicks(popover.comment, "Asked him; call-backs of a recall")
    QTest.keyClick(popover.comment, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.screen.deciding.popover is None)
    qtbot.waitUntil(lambda: named(made.screen, "figure_flags").accessibleName() == "1 flag to look at; none is new")
    assert made.asked("acknowledge") == [(Rule.BULK, YUDHA, "Asked him; call-backs of a recall")]
    settled(qtbot, made)
    named(made.screen, "all_flags").click()  # type: ignore[attr-defined]
    assert "Hendra Kusuma, 3 Mar 15:59: Asked him; call-backs of a recall" in said(made)


def test_that_a_refused_comment_stays_in_hand(qtbot: QtBot, made: Made) -> None:
    named(made.screen, f"acknowledge_bulk_{YUDHA}").click()  # type: ignore[attr-defined]
    popover = made.screen.deciding.popover
    assert isinstance(popover, AcknowledgePopover)
    made.ledger.refuse["acknowledge"] = NotAllowedError("changed", code="changed")
    QTest.keyClicks(popover.comment, "Seen")
    QTest.keyClick(popover.comment, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(popover.error.text()))
    assert popover.error.text().startswith("Somebody else has changed this")
    assert popover.comment.text() == "Seen"
    assert made.screen.deciding.popover is popover
    settled(
        qtbot, made
    )  # the flags that were read meanwhile wait for the popover, which stands at one of their buttons
    popover.dismiss()


def test_that_nobody_acknowledges_a_flag_about_oneself(qtbot: QtBot, made: Made) -> None:
    made.ledger.waiting = [replace(made.ledger.waiting[0], is_own=True)]
    made.screen.look_again()
    settled(qtbot, made)
    assert "about you, somebody else acknowledges it" in said(made)
    buttons = made.screen.flags.findChildren(Button, f"acknowledge_bulk_{YUDHA}")
    assert not any(button.isVisible() for button in buttons)


def test_that_a_privacy_officer_alone_erases_a_comment(qtbot: QtBot, look: Look, tasks: Tasks) -> None:
    made = Made(look, tasks, Role.PRIVACY_OFFICER)
    made.ledger.acknowledge(made.ledger.waiting[0], "Told me she was ill")
    open_screen(qtbot, made)
    named(made.screen, "all_flags").click()  # type: ignore[attr-defined]
    named(made.screen, f"erase_bulk_{YUDHA}").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: made.asked("erase") == [(Rule.BULK, YUDHA)])
    qtbot.waitUntil(lambda: "the comment was erased" in said(made))
    assert "Told me" not in said(made)
    close_screen(made)


def open_thresholds(qtbot: QtBot, made: Made) -> ThresholdPopover:
    named(made.screen, "exposures_thresholds").click()  # type: ignore[attr-defined]
    popover = made.screen.deciding.popover
    assert isinstance(popover, ThresholdPopover)
    qtbot.waitUntil(lambda: len(popover.rows) == 5)
    return popover


def test_that_the_editor_says_how_often_each_value_would_have_fired(qtbot: QtBot, made: Made) -> None:
    popover = open_thresholds(qtbot, made)
    row = popover.rows[0]
    assert row.value.accessibleName().endswith("fires at 12 and above; that would have been 8 flags in 30 days")
    QTest.keyClick(row.value, Qt.Key.Key_Down)
    assert row.wanted == 11
    assert row.value.accessibleName().endswith("fires at 11 and above; that would have been 10 flags in 30 days")
    row.value.setText("")
    QTest.keyClicks(row.value, "999")
    QTest.keyClick(row.value, Qt.Key.Key_Tab)
    assert row.value.text() == "9"  # the last value within the bounds
    popover.save.click()
    qtbot.waitUntil(lambda: made.asked("set_threshold") == [(Rule.BULK, 9)])
    qtbot.waitUntil(lambda: made.screen.deciding.popover is None)


def test_that_of_two_who_change_a_threshold_the_second_is_told(qtbot: QtBot, made: Made) -> None:
    popover = open_thresholds(qtbot, made)
    made.ledger.limits[0] = replace(made.ledger.limits[0], value=20, version=1)
    popover.rows[0].more.click()
    popover.save.click()
    qtbot.waitUntil(lambda: bool(popover.error.text()))
    assert popover.error.text() == "Somebody else has changed this meanwhile. It is shown as it is now."
    assert popover.rows[0].wanted == 20
    popover.dismiss()


def test_that_who_may_not_set_thresholds_sees_them(qtbot: QtBot, made: Made) -> None:
    made.ledger.may_set_thresholds = False
    popover = open_thresholds(qtbot, made)
    assert not popover.save.isVisible()
    assert not any(row.value.isEnabled() for row in popover.rows)
    popover.dismiss()


def test_that_newer_lines_come_above_and_what_is_read_stays_where_it_is(qtbot: QtBot, made: Made) -> None:
    table = made.screen.table
    table.setCurrentIndex(table.exposures.index(12, 0))
    focus(table)
    table.verticalScrollBar().setValue(8 * 29)
    shown, place = table.exposures.exposure(12), table.visualRect(table.exposures.index(12, 0)).top()
    assert shown is not None
    newer = replace(made.ledger.lines[0], entry=9_001, at=office_time("15:59:30"))
    made.ledger.lines = [newer, *made.ledger.lines]
    made.screen.look_again()
    settled(qtbot, made)
    assert table.exposures.exposure(0) == newer
    assert table.exposures.exposure(table.currentIndex().row()) == shown
    assert table.currentIndex().row() == 13
    assert table.visualRect(table.currentIndex()).top() == place


def test_that_a_line_that_closed_meanwhile_is_brought_up_to_date(qtbot: QtBot, made: Made) -> None:
    made.ledger.lines[0] = replace(made.ledger.lines[0], shown_s=None)
    made.screen.look_again()
    settled(qtbot, made)
    assert made.texts(Column.OPEN)[0] == "up to 30 s"


def test_that_older_lines_come_as_one_scrolls(qtbot: QtBot, made: Made) -> None:
    bar = made.screen.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    settled(qtbot, made)
    assert made.screen.table.exposures.rowCount() == 80
    entries = made.screen.table.exposures.entries()
    assert sorted(set(entries), reverse=True) == entries


def test_that_a_burst_of_changes_is_read_for_once(qtbot: QtBot, made: Made) -> None:
    for _change in range(20):
        made.screen.look_again()
    settled(qtbot, made)
    assert len(made.asked("overview")) == 2
    made.screen._rest.stop()
    made.screen._on_rested()  # what came meanwhile is looked for when the pause is over
    settled(qtbot, made)
    assert len(made.asked("overview")) == 3


def test_that_nothing_is_read_behind_another_workspace(made: Made) -> None:
    made.screen.forget()
    made.screen.look_again()
    assert len(made.asked("overview")) == 1


def test_that_the_same_flags_leave_the_focus_where_it_is(qtbot: QtBot, made: Made) -> None:
    look = named(made.screen, f"look_bulk_{YUDHA}")
    focus(look)
    made.screen.look_again()
    settled(qtbot, made)
    assert made.screen.window().focusWidget() is look
    made.ledger.waiting[1] = replace(made.ledger.waiting[1], value=6)
    made.screen._on_decided()
    settled(qtbot, made)
    again = named(made.screen, f"look_bulk_{YUDHA}")
    assert again is not look
    assert made.screen.window().focusWidget() is again


def test_that_what_takes_long_is_told_over_the_page_and_can_be_stopped(qtbot: QtBot, made: Made) -> None:
    made.ledger.gate.clear()
    named(made.screen, "range_month").click()  # type: ignore[attr-defined]
    assert not made.screen.busy.isVisible()
    qtbot.waitUntil(made.screen.busy.isVisible)
    assert made.screen.busy.accessibleName() == "Counting the exposures…"
    named(made.screen, "exposures_stop").click()  # type: ignore[attr-defined]
    made.ledger.gate.set()
    settled(qtbot, made)
    assert len(made.plots.bars.cells) == 10  # what was stopped does not come after all
    assert made.screen.filter.scope == Scope()  # and the page says what it shows


def test_that_an_office_that_is_away_leaves_the_figures_and_says_of_when_they_are(qtbot: QtBot, made: Made) -> None:
    made.ledger.refuse["overview"] = OfficeAwayError("away")
    made.screen.look_again()
    qtbot.waitUntil(made.screen.fault.isVisible)
    assert made.screen.fault.label.text() == "These figures are of 15:59; newer ones could not be read."
    assert isinstance(made.failures[0], OfficeAwayError)  # the frame knows that the office is away
    assert made.plots.isVisible()
    named(made.screen, "exposures_again").click()  # type: ignore[attr-defined]
    settled(qtbot, made)
    assert not made.screen.fault.isVisible()


def test_that_the_page_says_what_it_shows_when_something_else_could_not_be_read(qtbot: QtBot, made: Made) -> None:
    made.ledger.refuse["overview"] = OfficeAwayError("away")
    named(made.screen, "range_week").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(made.screen.fault.isVisible)
    assert made.screen.filter.scope == Scope()
    made.ledger.refuse["page"] = OfficeAwayError("away")
    made.plots.reasons.picked.emit("refund")
    settled(qtbot, made)
    assert made.screen.choice.is_empty
    assert made.plots.reasons.chosen is None


def test_that_lines_of_a_bar_that_is_gone_do_not_stay(qtbot: QtBot, made: Made) -> None:
    made.plots.bars.picked.emit(office_time("15:00:00"))
    settled(qtbot, made)
    assert len(made.texts(Column.TIME)) < 40
    made.ledger.whole = replace(made.ledger.whole, bars=made.ledger.whole.bars[:5])
    made.screen.look_again()
    settled(qtbot, made)
    assert made.screen.choice.is_empty
    assert made.texts(Column.AGENT)[:5] == [row.agent_name for row in made.ledger.lines[:5]]
    assert len(made.texts(Column.TIME)) == 40


def test_that_a_first_look_that_fails_can_be_tried_again(qtbot: QtBot, look: Look, tasks: Tasks) -> None:
    made = Made(look, tasks)
    made.ledger.refuse["overview"] = NotAllowedError("no", code="role")
    made.screen.show()
    made.screen.come()
    qtbot.waitUntil(made.screen.fault.isVisible)
    assert made.screen.plots is None
    assert made.screen.fault.label.text() == "Your role may not do this."
    assert made.failures == []  # said here; there is nothing for the frame to judge
    named(made.screen, "exposures_again").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: made.screen.plots is not None)
    settled(qtbot, made)
    close_screen(made)


def test_that_a_day_without_exposures_says_so_in_one_sentence(qtbot: QtBot, made: Made) -> None:
    whole = made.ledger.whole
    made.ledger.whole = replace(whole, figures=replace(whole.figures, exposures=0), bars=(), heat=(), reasons=())
    made.ledger.lines, made.ledger.waiting = [], []
    made.screen.look_again()
    settled(qtbot, made)
    assert made.screen.empty.words.text() == "Nobody has opened anything in this time."
    assert not made.plots.isVisible()
    assert made.screen._none.text() == "Nothing was opened."
    named(made.screen, "look_at_month").click()  # type: ignore[attr-defined]
    settled(qtbot, made)
    assert made.plots.isVisible()
    assert not made.screen.empty.isVisible()


def test_that_a_line_is_a_sentence_for_a_reader(made: Made) -> None:
    table = made.screen.table.exposures
    words = table.data(table.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert words == (
        "15:58:12, Yudha Saputra at BDG-0113: Mobile phone of C-121190; Other, say why; Reveal, open 30 s; "
        "call: No call; closed by itself"
    )


def test_that_each_widget_is_named_and_tab_goes_through_the_plots(made: Made) -> None:
    assert nameless(made.screen) == []
    focus(named(made.screen, "exposures_thresholds"))
    names = []
    for _step in range(6):
        QTest.keyClick(made.screen.window().focusWidget(), Qt.Key.Key_Tab)
        now = made.screen.window().focusWidget()
        names.append(now.objectName() if now is not None else "")
    turns = ["plot_bars_turn", "plot_bars", "plot_heat_turn", "plot_heat", "plot_reasons_turn", "plot_reasons"]
    assert names == turns


def test_that_plots_follow_another_theme_as_if_made_in_it(
    qtbot: QtBot, look: Look, tasks: Tasks, qapp: TiraiApplication, made: Made
) -> None:
    def pictures(of: Made) -> list[bytes]:
        QApplication.processEvents()
        images = [panel.grab().toImage() for panel in of.plots.panels]
        return [bytes(image.constBits()) for image in images]  # the bytes are those of an image that is still there

    focus(made.screen.table)
    light = pictures(made)
    try:
        for theme in ("dark", "contrast"):
            dress(qapp, theme)
            other = Made(look, tasks)
            open_screen(qtbot, other)
            focus(other.screen.table)
            assert pictures(made) == pictures(other), theme
            assert pictures(made) != light
            close_screen(other)
    finally:
        dress(qapp, "light")
    assert pictures(made) == light


# in the console


def test_that_a_supervisor_has_the_workspace_and_an_agent_has_not(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR, count=30))
    QTest.keyClick(signed.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    workspaces = screen_of(signed).workspaces
    assert workspaces.current == EXPOSURES
    screen = workspaces.screen_of(EXPOSURES)
    assert isinstance(screen, ExposuresScreen)
    qtbot.waitUntil(lambda: screen.plots is not None and not screen.reading.is_busy)
    before = len([name for name, _with in signed.desk.exposures.said if name == "overview"])
    signed.desk.tell_changed(frozenset({"exposures"}))
    qtbot.waitUntil(lambda: len([n for n, _w in signed.desk.exposures.said if n == "overview"]) == before + 1)
    assert EXPOSURES not in screen_of(console(FakeDesk(Role.AGENT, count=30))).workspaces.keys


def test_that_nothing_before_the_first_plot_imports_pyqtgraph_or_numpy() -> None:
    """Of a console with this workspace: its modules are imported, and it is not shown."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "import app.ui.console.screen, app.ui.exposures.screen;"
        "print(sorted({'numpy', 'pyqtgraph'} & set(sys.modules)));"
        "import app.ui.exposures.plots; print(sorted({'numpy', 'pyqtgraph'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(ROOT)], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.splitlines() == ["[]", "['numpy', 'pyqtgraph']"]


PLAY = """
import sys
sys.path.insert(0, sys.argv[1])
from app.ui.application import make_application
app = make_application(["play"], "light", hooks=True)
hooks = (sys.excepthook, sys.unraisablehook)
from app.ui.exposures.screen import ExposuresScreen
from app.ui.tasks import Tasks
from tests.ui.fake_exposures import FakeExposures
tasks = Tasks()
screen = ExposuresScreen(app.look, FakeExposures(), tasks)
screen.reading.ended.connect(lambda: app.quit() if screen.plots is not None else None)
screen.show()
screen.come()
code = app.exec()
assert "pyqtgraph" in sys.modules and (sys.excepthook, sys.unraisablehook) == hooks
tasks.close()
app.collector.stop()
sys.exit(code)
"""


def test_that_a_process_that_has_shown_plots_keeps_its_hooks_and_ends_quietly() -> None:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    play = [sys.executable, "-W", "error", "-c", PLAY, str(ROOT)]
    done = subprocess.run(play, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_that_many_flags_come_twenty_at_a_time_and_fold_again(qtbot: QtBot, made: Made) -> None:
    one = made.ledger.waiting[0]
    made.ledger.waiting = [replace(one, subject=f"agent{at:02}", name=f"Agen {at:02}") for at in range(50)]
    made.screen.look_again()
    settled(qtbot, made)

    def shown() -> int:
        looks = [b for b in made.screen.flags.findChildren(Button) if b.objectName().startswith("look_")]
        return sum(button.isVisible() for button in looks)

    assert shown() == 2
    more = named(made.screen, "all_flags")
    assert isinstance(more, Button)
    assert more.text() == "Show 48 more"
    focus(more)
    QTest.keyClick(more, Qt.Key.Key_Return)
    assert shown() == 22
    assert made.screen.flags.rows.height() == HIGHEST
    assert made.screen.window().focusWidget() is named(made.screen, "all_flags")
    named(made.screen, "fewer_flags").click()  # type: ignore[attr-defined]
    assert shown() == 2
    named(made.screen, "all_flags").click()  # type: ignore[attr-defined]
    made.ledger.waiting = made.ledger.waiting[:2]
    made.screen._on_decided()
    settled(qtbot, made)
    links = made.screen.flags.findChildren(Button, "fewer_flags")
    assert not any(link.isVisible() for link in links), "two are all there are: there is nothing to fold"


def test_that_flags_beyond_what_the_office_sends_are_told(qtbot: QtBot, made: Made) -> None:
    one = made.ledger.waiting[0]
    made.ledger.waiting = [replace(one, subject=f"agent{at:02}", name=f"Agen {at:02}") for at in range(30)]
    made.ledger.left_off = 1_214
    made.screen.look_again()
    settled(qtbot, made)
    assert named(made.screen, "figure_flags").accessibleName().startswith("30+ flags to look at")
    named(made.screen, "all_flags").click()  # type: ignore[attr-defined]
    assert "1,214 older flags are not shown; raise a threshold." in said(made)
    made.ledger.acknowledge(made.ledger.waiting[-1], "Asked")
    made.screen._on_decided()
    settled(qtbot, made)
    words = named(made.screen, "figure_flags").accessibleName()
    assert words.startswith("29 flags to look at"), "what waits comes first, so nothing of what was left off waits"


def test_that_what_is_usual_is_said_where_the_value_is_above_it_alone(made: Made) -> None:
    one = made.ledger.waiting[0]
    clock, now = OfficeClock("Asia/Jakarta"), made.ledger.whole.at
    assert "usual is" in flag_text(replace(one, value=6, usual=(3, 5)), clock, now)
    assert "usual is" not in flag_text(replace(one, value=5, usual=(3, 5)), clock, now)


def test_that_a_line_of_a_refusal_says_why(qtbot: QtBot, made: Made) -> None:
    refused = replace(made.ledger.lines[0], reason="", refused="quota", shown_s=None, limit_s=0, takes_caller=False)
    made.ledger.lines = [refused]
    made.screen.look_again()
    settled(qtbot, made)
    assert (made.texts(Column.REASON), made.texts(Column.HOW)) == (["the shift’s reveals were used up"], ["Refused"])
    assert (made.texts(Column.OPEN), made.texts(Column.CALL)) == (["–"], ["–"])


def test_that_one_person_alone_has_a_row_of_the_usual_height_and_nothing_above_it(made: Made) -> None:
    heat = made.plots.heat
    high = heat.point_of(heat.cells[0, 1]).y() - heat.point_of(heat.cells[0, 0]).y()
    heat.show_rows([made.ledger.whole.heat[0]], (8, 18))
    cell = heat.cells[3, 0]
    assert heat.cell_at(heat.point_of(cell)) == cell
    assert heat.cell_at(heat.point_of(cell) - QPointF(0, high)) is None


@pytest.mark.parametrize(("busy", "shown"), [(range(8, 18), 11), (range(24), 24), (range(2, 18), 16)])
def test_that_the_heat_map_has_room_for_odd_hours(made: Made, busy: range, shown: int) -> None:
    hours = tuple(17 if hour in busy else 0 for hour in range(24))
    made.plots.heat.show_rows([replace(made.ledger.whole.heat[0], hours=hours)], (8, 19))
    assert len(made.plots.heat.hours) == shown
