"""The page of the office's proof: controls by source, what is not met, and the files that it has made."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.domain.compliance.controls import CONTROLS, Source
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
