"""Requests of customers on the screen: the register with its clocks, what is done about one, the form on the card."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMainWindow, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.domain.subject_requests.words import (
    OF_OUTSIDERS,
    Channel,
    IdentityCheck,
    Proposal,
    RefusalReason,
    RequestKind,
    RequestState,
    SentBy,
)
from app.ui.accounts.facts import newest
from app.ui.console.request_taking import RequestTaking
from app.ui.console.search_bar import Picker
from app.ui.privacy.requests.page import RequestsPage
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from tests.ui.fake_privacy import FakePrivacy
from tests.ui.fake_requests import NOW, WORDS, FakeRequests, request


class AskedPath:
    """A person who takes the name that is offered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, _parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog | None:
        on_chosen(self.folder / name)
        return None


Shown = tuple[RequestsPage, FakeRequests]


def shown_to(role: Role, look: Look, tasks: Tasks, folder: Path) -> tuple[QMainWindow, RequestsPage, FakeRequests]:
    window, fake = QMainWindow(), FakeRequests(role)
    page = RequestsPage(look, fake, FakePrivacy(), tasks, AskedPath(folder), lambda: date(2026, 11, 27))
    window.setCentralWidget(page)
    window.resize(1150, 700)
    window.show()
    page.begin()
    return window, page, fake


@pytest.fixture
def officer(qtbot: QtBot, look: Look, tasks: Tasks, tmp_path: Path) -> Iterator[Shown]:
    window, page, fake = shown_to(Role.PRIVACY_OFFICER, look, tasks, tmp_path)
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 6)
    yield page, fake
    page.stop()
    window.close()
    window.deleteLater()


def look_at(page: RequestsPage, number: int) -> None:
    page.show_request(f"{number:032x}")


def offers(page: QWidget, name: str) -> bool:
    """Whether a button stands there: one that was taken away is hidden until the loop turns."""
    button = newest(page, name)
    return button is not None and not button.isHidden()


def press(page: QWidget, name: str) -> None:
    button = newest(page, name)
    assert isinstance(button, Button), name
    button.click()


def test_that_the_register_says_how_each_clock_stands(officer: Shown) -> None:
    page, _fake = officer
    clocks = [line.texts[3] for line in page.table.lines.lines]
    assert clocks[0].startswith("Overdue by")
    assert clocks[1].endswith("left")
    assert clocks[-1] == "In time"
    states = [line.texts[4] for line in page.table.lines.lines]
    assert states == ["Open", "Waits for a second person", "Open", "Identity to check", "Open", "Answered, letter sent"]


def test_that_the_row_of_what_is_pointed_to_is_the_current_one_and_the_keys_go_on_from_there(officer: Shown) -> None:
    page, _fake = officer
    page.table.setFocus()
    page.show_item(f"{9:032x}")
    assert page.table.lines.lines[page.table.currentIndex().row()].key == f"{9:032x}"
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.detail.request is not None
    assert page.detail.request.id == page.table.lines.lines[page.table.currentIndex().row()].key != f"{9:032x}"


def test_that_it_is_counted_for_who_works_it_and_for_the_second_person(
    qtbot: QtBot, look: Look, tasks: Tasks, tmp_path: Path
) -> None:
    for role, waits in ((Role.PRIVACY_OFFICER, 5), (Role.SUPERVISOR, 1)):
        window, page, _fake = shown_to(role, look, tasks, tmp_path)
        counts: list[int] = []
        page.counted.connect(counts.append)
        page.look_again()
        qtbot.waitUntil(lambda counts=counts: bool(counts))  # type: ignore[misc]
        assert counts[-1] == waits
        page.stop()
        window.close()
        window.deleteLater()


def test_that_a_request_names_the_order_that_answers_it(qtbot: QtBot, officer: Shown) -> None:
    page, _fake = officer
    look_at(page, 7)
    qtbot.waitUntil(lambda: "12, Waits for approval" in {label.text() for label in page.findChildren(QLabel)})


def test_that_words_are_shown_as_text_once_they_are_asked_for(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    look_at(page, 9)
    assert not [label for label in page.detail.findChildren(QLabel) if label.text() == WORDS]
    press(page, "words_request")
    qtbot.waitUntil(lambda: any(label.text() == WORDS for label in page.detail.findChildren(QLabel)))
    assert fake.done == [("words", f"{9:032x}")]


def test_that_the_identity_comes_before_an_answer(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    look_at(page, 9)
    assert not offers(page, "end_request")
    how = newest(page, "identity_how")
    assert isinstance(how, Picker)
    how.setCurrentIndex(1)
    press(page, "identify")
    qtbot.waitUntil(lambda: ("identity", f"{9:032x}", 1, IdentityCheck.DOCUMENT) in fake.done)


def test_that_what_comes_before_an_answer_is_said_before_somebody_presses(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    checked = {"identity": IdentityCheck.CALLER, "identity_by": "maya.paramita"}
    for number, said in ((7, "with this number: 7"), (9, "correct the field")):
        at = next(at for at, one in enumerate(fake.requests) if one.number == number)
        sent_back = {"proposal": Proposal.NONE, "refusal": None, "order": 0, "order_state": None}
        fake.requests[at] = replace(fake.requests[at], decided_by="hendra.kusuma", **checked, **sent_back)  # type: ignore[arg-type]
        page.look_again()
        look_at(page, number)
        qtbot.waitUntil(partial(is_said, page, said))
        assert "Sent back by" in texts_of(page), "a refusal that the second person did not want"


def is_said(page: RequestsPage, words: str) -> bool:
    """Whether the drawer says it."""
    return any(words in text for text in texts_of(page))


def texts_of(page: RequestsPage) -> list[str]:
    """What the drawer says now: what was taken away is hidden until the loop turns."""
    return [label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden()]


def test_that_a_refusal_offers_the_reasons_that_the_law_has_for_its_kind(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    look_at(page, 4)
    press(page, "ask_propose_refusal")
    reason = newest(page, "refusal_reason")
    assert isinstance(reason, Picker)
    offered = {RefusalReason(reason.itemData(at)) for at in range(reason.count())}
    assert RefusalReason.DEFENCE in offered
    assert not offered & {RefusalReason.SAFETY, RefusalReason.NOT_IDENTIFIED, RefusalReason.KEPT_BY_LAW}
    assert page.close_innermost(), "Esc takes the question back"
    press(page, "ask_propose_refusal")
    press(page, "propose_refusal_now")
    qtbot.waitUntil(lambda: fake.done[-1:] == [("refusal", f"{4:032x}", 2, RefusalReason.DEFENCE)])


def test_that_a_second_person_gives_a_fresh_code_where_the_office_wants_one(
    qtbot: QtBot, look: Look, tasks: Tasks, tmp_path: Path
) -> None:
    window, page, fake = shown_to(Role.SUPERVISOR, look, tasks, tmp_path)
    qtbot.waitUntil(lambda: bool(page.table.lines.lines))
    look_at(page, 7)
    assert not offers(page, "take_back_request"), "a supervisor does not work the register"
    fake.refusal = NotAllowedError("A fresh code is needed.", code="step_up")
    press(page, "approve_request")
    qtbot.waitUntil(lambda: page.acting.asks)
    page.acting.stop()
    press(page, "deny_request")
    qtbot.waitUntil(lambda: ("decide", f"{7:032x}", 2, False) in fake.done)
    page.stop()
    window.close()
    window.deleteLater()


def test_that_copy_and_letter_are_saved_where_the_person_says(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    look_at(page, 8)
    assert not offers(page, "end_request"), "first the copy"
    press(page, "bundle_request")
    qtbot.waitUntil(lambda: ("bundle", f"{8:032x}", "request-8-2026-11-27.zip") in fake.done)
    qtbot.waitUntil(lambda: "1,204" in page.detail.done.text())
    look_at(page, 2)
    press(page, "letter_id")
    qtbot.waitUntil(lambda: ("letter", f"{2:032x}", "id", "request-2-2026-11-27-id-large.pdf") in fake.done)
    qtbot.waitUntil(lambda: not page.acting.is_busy)
    press(page, "lift_request")
    qtbot.waitUntil(lambda: ("lift", f"{2:032x}", 2) in fake.done)


def test_that_a_refusal_of_the_office_is_said_beside_the_request(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    look_at(page, 4)
    fake.refusal = NotAllowedError("Look again.", code="changed")
    press(page, "end_request")
    qtbot.waitUntil(lambda: "Somebody else" in page.detail.error.text())
    page.forget()
    assert page.detail.request is None, "nothing of a customer stays behind another page"


def test_that_an_agent_takes_a_request_down_and_hears_its_number(qtbot: QtBot, look: Look, tasks: Tasks) -> None:
    window, fake, told = QMainWindow(), FakeRequests(Role.AGENT), list[str]()
    button = Button(look, "Request", "link")
    window.setCentralWidget(button)
    window.resize(900, 640)
    window.show()
    taking = RequestTaking(look, fake, tasks, window, told.append)
    taking.open(button, "ab" * 16)
    popover = taking._popover
    assert popover is not None
    assert popover.send.isEnabled()
    popover.kind.setCurrentIndex(popover.kind.findData(RequestKind.RESTRICTION))
    assert not popover.send.isEnabled(), "it names its purposes first"
    popover.purposes["offers"].click()
    popover.channel.setCurrentIndex(popover.channel.findData(Channel.LETTER))
    popover.when.setCurrentIndex(2)
    words = popover.findChild(QPlainTextEdit, "request_words")
    assert isinstance(words, QPlainTextEdit)
    words.setPlainText("x" * 1001)
    popover.send.click()
    assert "1,000" in popover.error.text()
    assert not fake.taken
    words.setPlainText("No more offers")
    popover.send.click()
    qtbot.waitUntil(lambda: bool(told))
    (wish,) = fake.taken
    assert (wish.record, wish.kind, wish.channel, wish.purposes, wish.hours_ago, wish.words) == (
        "ab" * 16, RequestKind.RESTRICTION, Channel.LETTER, ("offers",), 48, "No more offers",
    )  # fmt: skip
    assert "no. 10" in told[0]
    qtbot.waitUntil(lambda: taking.taken is not None)
    assert taking.taken is not None
    assert "10" in taking.taken.accessibleName(), "it stays until the person was told"
    taking.taken.told.click()
    assert taking.taken is None
    window.close()
    window.deleteLater()


def test_that_who_is_no_customer_asks_at_the_register(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    page.outsider.click()
    popover = page.taking._popover
    assert popover is not None
    kinds = {popover.kind.itemData(at) for at in range(popover.kind.count())}
    assert kinds == OF_OUTSIDERS
    assert not popover.send.isEnabled(), "whose request it is stands in the words alone"
    popover.words.setPlainText("Sari, Jalan Kenanga 7")
    popover.send.click()
    qtbot.waitUntil(lambda: bool(fake.taken))
    assert (fake.taken[0].record, fake.taken[0].words) == ("", "Sari, Jalan Kenanga 7")
    qtbot.waitUntil(lambda: "10" in page.head.said.label.text())


def test_that_nothing_is_copied_of_who_is_no_customer(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    look_at(page, 11)
    assert not offers(page, "copy_request")
    press(page, "end_request")
    qtbot.waitUntil(lambda: ("end", f"{11:032x}", 2) in fake.done)


def test_that_whose_it_is_is_asked_with_a_number_and_how_that_was_made_sure_of(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    look_at(page, 11)
    press(page, "ask_attach")
    press(page, "attach_now")
    assert not fake.done, "nobody is meant by an empty number"
    number, how = newest(page, "attach_number"), newest(page, "attach_how")
    assert isinstance(number, QLineEdit)
    assert isinstance(how, Picker)
    number.setText(" 88214 ")
    number.textEdited.emit(" 88214 ")
    page.detail._fill()
    again = newest(page, "attach_number")
    assert isinstance(again, QLineEdit)
    assert again.text() == " 88214 ", "a new look at the register drops nothing that was typed"
    how = newest(page, "attach_how")
    assert isinstance(how, Picker)
    how.setCurrentIndex(how.findData(IdentityCheck.DOCUMENT))
    fake.refusal = NotAllowedError("None.", code="no_customer")
    press(page, "attach_now")
    qtbot.waitUntil(lambda: "No customer of your queues" in page.detail.error.text())
    qtbot.waitUntil(lambda: not page.acting.is_busy)
    press(page, "attach_now")
    done = ("attach", f"{11:032x}", 2, "88214", IdentityCheck.DOCUMENT)
    qtbot.waitUntil(lambda: done in fake.done)
    look_at(page, 9)
    assert not offers(page, "ask_attach"), "it is a customer's"
    assert not offers(page, "ask_detach"), "and was from the start"


def test_that_who_was_found_wrongly_is_undone_after_a_question(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    look_at(page, 8)
    assert any(label.text().startswith("maya.paramita, ") for label in page.detail.findChildren(QLabel))
    press(page, "ask_detach")
    assert page.close_innermost()
    assert not fake.done
    press(page, "ask_detach")
    press(page, "detach_now")
    qtbot.waitUntil(lambda: ("detach", f"{8:032x}", 2) in fake.done)
    qtbot.waitUntil(lambda: "second entry" in page.detail.done.text())


def test_that_a_letter_follows_the_wish_of_its_reader_and_went_out(qtbot: QtBot, officer: Shown) -> None:
    page, fake = officer
    look_at(page, 2)
    way = newest(page, "request_way")
    assert way is not None
    assert "In large print" in " ".join(label.text() for label in way.findChildren(QLabel))
    press(page, "large_print")
    press(page, "letter_en")
    qtbot.waitUntil(lambda: ("letter", f"{2:032x}", "en", "request-2-2026-11-27-en.pdf") in fake.done)
    qtbot.waitUntil(lambda: not page.acting.is_busy)
    assert "RR-118/26" in {label.text() for label in page.detail.findChildren(QLabel)}
    press(page, "ask_sent")
    how, when, reference = (newest(page, f"sent_{one}") for one in ("way", "when", "reference"))
    assert isinstance(how, Picker)
    assert isinstance(when, Picker)
    assert isinstance(reference, QLineEdit)
    how.setCurrentIndex(how.findData(SentBy.HANDED_OVER))
    when.setCurrentIndex(1)
    reference.setText(" KR-9 ")
    press(page, "sent_now")
    qtbot.waitUntil(lambda: ("sent", f"{2:032x}", SentBy.HANDED_OVER, 1, "KR-9") in fake.done)
    fake.requests = [one for one in fake.requests if one.number != 2]
    fake.requests.append(request(3, RequestKind.ACCESS, 9, state=RequestState.DONE, ended_at=NOW))
    page.look_again()
    qtbot.waitUntil(lambda: page.table.lines.lines[-1].texts[4] == "Answered, letter not sent yet")
    look_at(page, 3)
    assert not offers(page, "ask_sent"), "first the letter is made"
    assert not page.detail.is_large
