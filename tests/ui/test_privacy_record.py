"""The page of the record of processing: what the inventory gives, in the language of the screen; the document of it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.ui.privacy.record.page import RecordPage
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.fake_privacy import FakeRecord


class AskedPath:
    """A person who takes the name that is offered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, _parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog | None:
        on_chosen(self.folder / name)
        return None


@pytest.fixture
def page(qtbot: QtBot, look: Look, tasks: Tasks, tmp_path: Path) -> Iterator[tuple[RecordPage, FakeRecord]]:
    window, fake = QMainWindow(), FakeRecord()
    made = RecordPage(look, fake, tasks, AskedPath(tmp_path), lambda: date(2026, 11, 27))
    window.setCentralWidget(made)
    window.resize(1150, 700)
    window.show()
    made.come()
    yield made, fake
    window.close()
    window.deleteLater()


def test_that_purposes_and_fields_stand_there_and_what_the_inventory_lacks(page: tuple[RecordPage, FakeRecord]) -> None:
    shown, fake = page
    purposes = [line.texts[0] for line in shown.activities.lines.lines]
    assert purposes == [purpose.label_en for purpose in fake.inventory.purposes]
    assert [line.key for line in shown.fields.lines.lines] == [field.name for field in fake.inventory.fields]
    assert "controller" in shown.gaps.label.text()
    assert shown.gaps.isVisible()
    shown.sections.button(1).click()
    assert shown.fields.isVisible()
    shown.focus_first()
    assert shown.fields.hasFocus()


def test_that_the_document_is_made_in_the_language_of_its_button(
    qtbot: QtBot, page: tuple[RecordPage, FakeRecord], tmp_path: Path
) -> None:
    shown, fake = page
    shown.pdfs["id"].click()
    qtbot.waitUntil(lambda: not shown.head.said.isHidden())
    assert fake.saved == [("id", tmp_path / "processing-record-2026-11-27-id.pdf")]
    assert "1,204" in shown.head.said.label.text()
    assert shown.close_innermost()
    assert not shown.close_innermost()
    fake.refusal = NotAllowedError("Your role does not do this.", code="role_privacy")
    shown.pdfs["en"].click()
    qtbot.waitUntil(lambda: shown.head.said.property("tone") == "danger")


def test_that_what_nobody_used_comes_first_and_proposes_to_stop(
    qtbot: QtBot, page: tuple[RecordPage, FakeRecord]
) -> None:
    shown, fake = page
    shown.sections.button(2).click()
    qtbot.waitUntil(lambda: len(shown.uses.lines.lines) == len(fake.inventory.fields))
    first = shown.uses.lines.lines[0]
    assert fake.inventory.field(first.key).is_sealed
    assert "Stop collecting it?" in first.texts[1]
    used = next(line for line in shown.uses.lines.lines if line.key == "nik")
    assert (used.texts[1], used.texts[2]) == ("Used", "12")


def test_that_the_record_is_made_as_a_page_in_the_language_of_the_screen(
    qtbot: QtBot, page: tuple[RecordPage, FakeRecord], tmp_path: Path
) -> None:
    shown, fake = page
    shown.page.click()
    qtbot.waitUntil(lambda: not shown.head.said.isHidden())
    assert fake.saved == [("en", tmp_path / "processing-record-2026-11-27-en.html")]
