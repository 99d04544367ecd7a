"""The privacy panel of a customer: in the card's place, by command and by key; what is said goes to the office once."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from typer import Context
from typer.main import get_command

from app.domain.errors import NotAllowedError, WorkstationError
from app.domain.privacy.consent import Channel, Said, Speaker
from app.domain.privacy.means import MEANS
from app.domain.privacy.notice import Content
from app.domain.privacy.purpose_state import PurposeState
from app.domain.privacy.say import SAY
from app.session.privacy.customer import ShownPrivacy
from app.terminal.page import page_app
from app.ui.clipboard.keeper import MARK_FORMAT
from app.ui.console.screen import ConsoleScreen
from app.ui.faults import fault_of
from app.ui.privacy.customer.panel import PrivacyPanel
from app.ui.privacy.customer.show_here import ShowHere, desk_command
from app.ui.privacy.customer.words import SIGNS, channel_name, means_name, speaker_name, state_name
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_privacy import told_notice

Make = Callable[..., Signed]


def opened(qtbot: QtBot, signed: Signed) -> tuple[ConsoleScreen, PrivacyPanel]:
    screen = signed.window.console
    assert screen is not None
    screen.commands.run("customer_privacy")
    panel = screen.privacy.panel
    assert panel is not None
    qtbot.waitUntil(lambda: bool(panel.findChildren(QWidget, "purpose_offers")))
    return screen, panel


def press(panel: PrivacyPanel, name: str) -> None:
    button = panel.findChildren(QPushButton, name)[-1]
    assert button.isEnabled()
    button.click()


def picker(panel: PrivacyPanel, name: str) -> QComboBox:
    return panel.findChildren(QComboBox, name)[-1]


def test_that_the_panel_takes_the_cards_place_and_leaves_it_by_esc(qtbot: QtBot, console: Make) -> None:
    screen, panel = opened(qtbot, console(FakeDesk(count=30)))
    assert screen.card.is_covered_by(panel)
    assert not named(screen.card, "customer_privacy").findChildren(QWidget, "form")
    chips = {label.text() for label in panel.findChildren(QLabel)}
    assert {state_name(state) for state in PurposeState if state is not PurposeState.OBJECTED} - chips <= {"Open"}
    press(panel, "give_offers")
    assert panel.form is not None
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert panel.form is None
    assert screen.card.is_covered_by(panel), "the form is the innermost thing"
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert not screen.card.is_covered
    assert panel.record == "", "nothing of the customer stays behind the card"


def test_that_a_consent_wants_the_recording_and_goes_to_the_office(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    _screen, panel = opened(qtbot, console(desk))
    press(panel, "give_offers")
    form = panel.form
    assert form is not None
    assert form.script.text() == "I agree that my data is used to: serve special needs."
    picker(panel, "consent_language").setCurrentIndex(1)
    assert form.script.text() == "Saya setuju data saya dipakai.", "what is read aloud is the notice's own words"
    press(panel, "consent_send")
    assert "recording" in form.error.text()
    assert desk.privacy.customers.said == []
    form.reference.setText(" REC-2026/1 ")
    desk.privacy.customers.refusal = NotAllowedError("Check who is calling first.", code="not_identified")
    press(panel, "consent_send")
    qtbot.waitUntil(lambda: form.error.text() != "" and form.drop.isEnabled())
    desk.privacy.customers.refusal = None
    press(panel, "consent_send")
    qtbot.waitUntil(lambda: panel.form is None and not panel.said.isHidden())
    (words,) = desk.privacy.customers.said
    assert (words.purpose, words.said, words.channel) == ("offers", Said.GIVEN, Channel.SPOKEN)
    assert (words.language, words.recording, words.speaker) == ("id", "REC-2026/1", Speaker.SELF)


def test_that_a_form_which_opens_below_what_is_seen_is_scrolled_to(qtbot: QtBot, console: Make) -> None:
    screen, panel = opened(qtbot, console(FakeDesk(count=30)))
    screen.window().resize(1366, 560)
    last = [one.objectName() for one in panel.findChildren(QPushButton) if one.objectName().startswith("give_")][-1]
    qtbot.waitUntil(lambda: panel._scroll.verticalScrollBar().maximum() > 0)
    press(panel, last)
    form = panel.form
    assert form is not None
    seen = panel._scroll.viewport()
    qtbot.waitUntil(lambda: seen.rect().contains(form.send.mapTo(seen, form.send.rect().bottomLeft())))


def test_that_withdrawing_asks_for_less(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    _screen, panel = opened(qtbot, console(desk))
    press(panel, "withdraw_billing")
    press(panel, "consent_send")
    qtbot.waitUntil(lambda: bool(desk.privacy.customers.said))
    assert desk.privacy.customers.said[0].said is Said.WITHDRAWN
    assert not panel.findChildren(QPushButton, "withdraw_offers"), "nothing was agreed to there"
    assert not panel.findChildren(QPushButton, "give_service"), "nobody is asked about what rests on a contract"


def test_that_a_childs_consent_is_a_guardians_and_says_how_one_knows(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    desk.privacy.customers.is_child = True
    _screen, panel = opened(qtbot, console(desk))
    assert panel.findChildren(QWidget, "privacy_child")
    press(panel, "give_offers")
    speakers = picker(panel, "consent_speaker")
    assert [Speaker(speakers.itemData(at)) for at in range(speakers.count())] == [Speaker.GUARDIAN]
    channel = picker(panel, "consent_channel")
    channel.setCurrentIndex(channel.findData(Channel.DESK))
    assert not panel.findChildren(QLineEdit, "consent_reference")[-1].text(), "there need be none"
    press(panel, "consent_send")
    qtbot.waitUntil(lambda: bool(desk.privacy.customers.said))
    assert desk.privacy.customers.said[0].means == "document"


def test_that_another_customer_takes_the_panel_away(qtbot: QtBot, console: Make) -> None:
    screen, panel = opened(qtbot, console(FakeDesk(count=30)))
    before = screen.card.customer
    assert before is not None
    screen.find_panel.list.setCurrentIndex(screen.model.index(1, 0))
    qtbot.waitUntil(lambda: screen.card.customer is not None and screen.card.customer.record != before.record)
    assert not screen.card.is_covered
    assert panel.record == ""


def test_that_a_receipt_is_kept_where_the_person_says(qtbot: QtBot, console: Make, tmp_path: Path) -> None:
    desk = FakeDesk(count=30)
    _screen, panel = opened(qtbot, console(desk))

    def ask(_parent: QWidget, name: str, chosen: Callable[[Path], object]) -> None:
        chosen(tmp_path / name)

    panel._ask = ask
    press(panel, "receipt_billing")
    qtbot.waitUntil(lambda: desk.privacy.customers.saved == [tmp_path / "consent-billing.json"])


@pytest.mark.parametrize("speaker", list(Speaker))
def test_that_every_word_has_its_text(speaker: Speaker) -> None:
    assert speaker_name(speaker)
    assert all(means_name(means) for means in MEANS[speaker])
    assert all(channel_name(channel) for channel in Channel)
    assert all(state_name(state) and state in SIGNS for state in PurposeState)


def test_that_the_page_is_sent_where_the_office_sends_it_and_told_in_a_sentence(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    customers = desk.privacy.customers
    _screen, panel = opened(qtbot, console(desk))
    customers.refusal = WorkstationError("It ended with 3.", code="page_not_sent")
    press(panel, "send_page")
    qtbot.waitUntil(lambda: not panel.said.isHidden())
    assert panel.said.label.text() == "The page was not sent, and its link opens nothing. Try again, or call IT."
    assert customers.pages == []
    customers.refusal = None
    press(panel, "send_page")
    qtbot.waitUntil(lambda: bool(customers.pages) and panel.said.label.text().startswith("The page was sent."))
    assert customers.pages == [panel.record]
    assert panel.send is not None
    assert panel.send.accessibleName() == "Send the page"
    assert not panel.send.is_busy


def click(qtbot: QtBot, window: QWidget, name: str) -> None:
    qtbot.waitUntil(lambda: any(widget.isVisible() for widget in window.findChildren(QWidget, name)))
    QTest.mouseClick(named(window, name), Qt.MouseButton.LeftButton)


def test_that_an_office_that_sends_no_pages_offers_none(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    desk.privacy.customers.sends_page = False
    _screen, panel = opened(qtbot, console(desk))
    assert panel.send is None
    assert not panel.findChildren(QPushButton, "send_page")
    assert panel.show_here is not None, "it is shown here then"


def test_that_the_page_is_shown_here_by_a_command_with_the_customers_number(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    desk.privacy.customers.sends_page = False
    screen, panel = opened(qtbot, console(desk))
    customer = screen.card.customer
    assert customer is not None
    (box,) = panel.findChildren(ShowHere)
    assert box.isHidden()
    press(panel, "show_page_here")
    assert box.isVisible()
    assert box.command.toPlainText() == f"tirai privacy page show {customer.number} --loopback"
    assert box.command.isReadOnly()
    press(panel, "copy_desk_command")
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == box.command.toPlainText()
    assert copied.hasFormat(MARK_FORMAT), "it names a customer, so it goes at a lock"
    press(panel, "show_page_here")
    assert box.isHidden()


@pytest.mark.parametrize("sends", [True, False])
def test_that_who_writes_down_no_consent_shows_no_page(qtbot: QtBot, console: Make, sends: bool) -> None:
    desk = FakeDesk(count=30)
    customers = desk.privacy.customers
    whole = customers.panel
    customers.panel = lambda record: replace(whole(record), may_record=sends, notice="")  # type: ignore[method-assign]
    _screen, panel = opened(qtbot, console(desk))
    assert panel.show_here is None
    assert not panel.findChildren(ShowHere)


def test_that_a_shell_sees_a_number_as_one_word() -> None:
    for number in ("C-001", "a b", "x; rm -rf ~", "$(id)", "it's", "-x", "--help"):
        words = shlex.split(desk_command(number))
        assert words[:4] == ["tirai", "privacy", "page", "show"]
        show = get_command(page_app).get_command(Context(get_command(page_app)), "show")  # type: ignore[attr-defined]
        taken = show.make_context("show", words[4:]).params
        assert (taken["customer"], taken["loopback"]) == (number, True), "the command takes it as it stands"


def test_that_no_sentence_names_a_command_that_is_not_taken() -> None:
    sentence = fault_of(NotAllowedError("none", code="page_not_offered")).sentence
    assert sentence.endswith("tirai privacy page show NUMBER --loopback")


def test_that_the_whole_notice_is_there_to_be_read_aloud(qtbot: QtBot, console: Make) -> None:
    _screen, panel = opened(qtbot, console(FakeDesk(count=30)))
    press(panel, "give_offers")
    form = panel.form
    assert form is not None
    notice = form.notice
    assert notice is not None
    assert notice.button.text() == "Notice, version 2026-01"
    assert notice.text.isHidden()
    notice.button.setFocus()
    qtbot.waitUntil(notice.button.hasFocus)
    QTest.keyClick(notice.button, Qt.Key.Key_Space)
    qtbot.waitUntil(notice.text.isVisible)
    assert notice.text.accessibleName() == "Notice, version 2026-01"
    assert notice.text.isReadOnly()
    assert notice.text.focusPolicy() & Qt.FocusPolicy.TabFocus
    told = told_notice()
    english = notice.text.toPlainText()
    assert english.startswith("a. legality (en)")
    assert "f. period (id)" in english, "what is missing in English is told in Indonesian, as on the page"
    assert english.endswith(told.toggles[0].labels["en"])
    picker(panel, "consent_language").setCurrentIndex(1)
    indonesian = notice.text.toPlainText()
    assert all(told.text("id", content) in indonesian for content in Content)
    assert indonesian.endswith("Saya setuju data saya dipakai.")
    press(panel, "consent_cancel")
    press(panel, "withdraw_billing")
    assert panel.form is not None
    assert panel.form.notice is None, "a withdrawal refers to no notice"


@pytest.mark.parametrize("code", list(SAY))
def test_that_the_card_says_what_to_tell_the_customer(qtbot: QtBot, console: Make, code: str) -> None:
    signed = console(FakeDesk(count=30))
    screen = signed.window.console
    assert screen is not None
    signed.desk.refuse_reveal = NotAllowedError("The purpose is shut.", code=code)
    for name in ("reveal_mobile_phone", "confirm_reveal"):
        click(qtbot, signed.window, name)
    fault = screen.card.fault
    qtbot.waitUntil(lambda: fault.isVisible() and bool(fault.label.text()))
    indonesian, english = SAY[code]
    assert f"Say: “{indonesian}” · “{english}”" in fault.label.text()


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_that_who_has_come_of_age_is_asked_anew_and_no_guardian_speaks(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    customers = desk.privacy.customers
    whole = customers.panel

    def grown(record: str) -> ShownPrivacy:
        shown = whole(record)
        by_guardian = {"speaker": Speaker.GUARDIAN, "means": "document", "asks_anew": True}
        changed = tuple(replace(p, **by_guardian) if p.name == "billing" else p for p in shown.purposes)  # type: ignore[arg-type]
        return replace(shown, purposes=changed, is_of_age=True)

    customers.panel = grown  # type: ignore[method-assign]
    _screen, panel = opened(qtbot, console(desk))
    assert "ask them anew" in words_of(panel.findChildren(QWidget, "privacy_of_age")[-1])
    texts = words_of(panel.findChildren(QWidget, "purpose_billing")[-1])
    assert "A parent or guardian, for a child (A document was seen)" in texts
    assert "They are of age now" in texts
    press(panel, "give_offers")
    speakers = picker(panel, "consent_speaker")
    assert Speaker.GUARDIAN not in [speakers.itemData(at) for at in range(speakers.count())]


def test_that_the_way_of_speaking_is_shown_at_the_head(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    customers = desk.privacy.customers
    whole = customers.panel

    def assisted(record: str) -> ShownPrivacy:
        shown = whole(record)
        way = {"speaker": Speaker.ASSISTED, "means": "sign_language"}
        return replace(shown, purposes=tuple(replace(p, **way) if p.said else p for p in shown.purposes))  # type: ignore[arg-type]

    customers.panel = assisted  # type: ignore[method-assign]
    _screen, panel = opened(qtbot, console(desk))
    assert "How to speak with this customer: In sign language." in words_of(
        panel.findChildren(QWidget, "privacy_way")[-1]
    )


def test_that_a_guardian_at_the_desk_has_evidence_to_refer_to(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    customers = desk.privacy.customers
    whole = customers.panel
    customers.panel = lambda record: replace(whole(record), is_child=True)  # type: ignore[method-assign]
    _screen, panel = opened(qtbot, console(desk))
    press(panel, "give_offers")
    form = panel.form
    assert form is not None
    channel = picker(panel, "consent_channel")
    channel.setCurrentIndex(channel.findData(Channel.DESK))
    qtbot.waitUntil(form.reference.isVisible)
    assert form.reference.placeholderText() == "of the evidence that was seen"
    form.reference.setText("KK/2026/17")
    with qtbot.waitSignal(form.sent) as sent:
        press(panel, "consent_send")
    words = sent.args[0]
    assert (words.speaker, words.recording) == (Speaker.GUARDIAN, "KK/2026/17")
