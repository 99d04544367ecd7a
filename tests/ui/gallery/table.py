"""The table face: filters as chips, an order, what changes it, and what stands where nobody fits."""

from PySide6.QtWidgets import QWidget

from app.ui.console.table_panel import TablePanel
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait


def table(gallery: Studio) -> None:
    desk = fake_desk.FakeDesk()
    window, console = gallery.console(desk)
    console.switch_face()
    panel, state = console.table_panel, console.area.table_state
    state.filter_by("city", ("Bandung", "Surabaya"))
    state.filter_by("last_contact", ("not_month",))
    state.sort_by("last_contact")
    state.sort_by("last_contact")
    _until_answered(panel)
    panel.table.go_to(2)
    for row in (4, 7):
        desk.cities[panel.id_at(panel.table.model().index(row, 0)) or 0] = "Surabaya"  # what a sync has just brought
    console.syncing.now()
    _until_answered(panel)
    gallery.shoot(window, "table")
    panel.bar.choose_filter()
    wait(100)
    gallery.shoot(window, "table-filter")
    _close(window)
    panel.bar._edit("city", panel.bar._chips["city"])
    for _ in range(500):
        wait(20)
        if (values := window.findChild(QWidget, "filter_values")) is not None and values.isVisible():
            break
    gallery.shoot(window, "table-values")
    _close(window)
    panel.bar.arrange.click()
    wait(100)
    gallery.shoot(window, "table-columns")
    _close(window)
    state.save(console.tr("Table") + " 1")
    panel.bar.views.click()
    wait(100)
    popover = window.findChild(QWidget, "views_popover")
    popover.edit.setText("Budi 0812-3456-7890")  # type: ignore[union-attr]
    popover._save()  # type: ignore[union-attr]
    wait(100)
    gallery.shoot(window, "table-views")
    _close(window)
    panel.header.setFocus()
    wait(60)
    gallery.shoot(window, "table-header")
    state.filter_by("plan", ("Rumah 1 Gbps",))
    _until_answered(panel)
    gallery.shoot(window, "table-empty")
    state.clear()
    _until_answered(panel)
    desk.unordered.add("plan")
    state.sort_by("plan")
    wait(150)
    gallery.shoot(window, "table-making")
    panel.foot.stop.click()
    wait(100)
    window.resize(1920, 1080)
    wait(150)
    gallery.shoot(window, "table-1920")
    window._console = None
    window.close()


def _until_answered(panel: TablePanel) -> None:
    """On a busy machine an answer takes longer than the pictures' own waits."""
    wait(150)
    for _ in range(500):
        if panel.foot.label.text() != panel.tr("Sorting and filtering…"):
            break
        wait(20)


def _close(window: QWidget) -> None:
    for name in ("filter_columns_popover", "filter_values_popover", "columns_popover", "views_popover"):
        for popover in window.findChildren(QWidget, name):
            popover.dismiss()  # type: ignore[attr-defined]
    wait(60)


SHOTS = (table,)
