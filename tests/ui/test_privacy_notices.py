"""The page of notices: what lacks, what is typed and kept, who publishes."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.domain.privacy.notice import Content
from app.domain.privacy.notice_lint import NoticeFault
from app.ui.privacy.notices.page import NoticesPage
from app.ui.privacy.notices.words import fault_sentence
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.fake_privacy import FakeNotices

Page = tuple[NoticesPage, FakeNotices]


@pytest.fixture
def page(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Page]:
    window, fake = QMainWindow(), FakeNotices()
    made = NoticesPage(look, fake, tasks)
    window.setCentralWidget(made)
    window.resize(1150, 700)
    window.show()
    made.come()
    qtbot.waitUntil(lambda: len(made.table.lines.lines) == 3)
    yield made, fake
    window.close()
    window.deleteLater()


def choose(page: NoticesPage, row: int) -> None:
    page.table.setCurrentIndex(page.table.lines.index(row, 0))


def test_that_a_draft_says_what_it_lacks_and_cannot_be_published(qtbot: QtBot, page: Page) -> None:
    shown, fake = page
    choose(shown, 0)
    assert "gap" in shown.editor.lacks.label.text()
    assert not shown.editor.publish.isEnabled()
    assert set(shown.editor.boxes) == set(Content)
    box = shown.editor.boxes[Content.RIGHTS]
    box.setPlainText("Hak Anda. Kontak: privasi@uji.example")
    shown.editor.languages.button(1).click()
    assert shown.editor.boxes[Content.RIGHTS].toPlainText() != box_text(fake)
    shown.editor.languages.button(0).click()
    assert shown.editor.boxes[Content.RIGHTS].toPlainText().startswith("Hak Anda."), "what was typed stays"
    shown.editor.save.click()
    qtbot.waitUntil(lambda: not shown.head.said.isHidden())
    assert fake.all[0].notice.text("id", Content.RIGHTS).startswith("Hak Anda.")


def box_text(fake: FakeNotices) -> str:
    return fake.all[0].notice.text("id", Content.RIGHTS)


def test_that_another_persons_whole_draft_is_published_as_it_was_read(qtbot: QtBot, page: Page) -> None:
    shown, fake = page
    choose(shown, 1)
    assert shown.editor.publish.isEnabled()
    shown.editor.boxes[Content.RIGHTS].setPlainText("Other words.")
    shown.editor.publish.click()
    assert fake.published == [], "not with a change that nobody has kept"
    choose(shown, 0)
    choose(shown, 1)
    fake.refusal = NotAllowedError("Somebody else publishes what you wrote.", code="own_notice")
    shown.editor.publish.click()
    qtbot.waitUntil(lambda: shown.head.said.property("tone") == "danger")
    fake.refusal = None
    shown.editor.publish.click()
    qtbot.waitUntil(lambda: fake.published == ["b" * 32])


def test_that_what_is_published_can_only_be_read(page: Page) -> None:
    shown, _fake = page
    choose(shown, 2)
    assert all(box.isReadOnly() for box in shown.editor.boxes.values())
    assert all(line.isReadOnly() for line in shown.editor.questions)
    assert not shown.editor.save.isVisible()


def test_that_a_draft_begins_from_the_inventory_and_goes_again(qtbot: QtBot, page: Page) -> None:
    shown, fake = page
    shown.begin_draft.click()
    qtbot.waitUntil(lambda: len(shown.table.lines.lines) == 4)
    choose(shown, 0)
    shown.editor.drop.click()
    qtbot.waitUntil(lambda: fake.dropped == ["d" * 32])


@pytest.mark.parametrize(
    "code",
    [
        "missing", "unfinished", "two_purposes", "no_purpose", "ticked", "unknown_purpose", "not_consent", "twice",
        "no_label", "no_toggle", "purpose_not_named", "specific_not_named",
    ],
)  # fmt: skip
def test_that_each_fault_has_its_sentence(code: str) -> None:
    place = "rights" if code in {"missing", "unfinished"} else "offers"
    assert fault_sentence(NoticeFault(code, "id", place), lambda _kind, name: name.title())
