"""A secret that a field has forgotten does not come back by Undo, whatever is pressed first."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.enrolment.account_page import AccountPage
from app.ui.enrolment.password_page import PasswordPair
from app.ui.lost.recovery_page import RecoveryPage
from app.ui.my_account.authenticator_card import AuthenticatorCard
from app.ui.my_account.cards import CurrentFactors
from app.ui.sign_in.password_edit import PasswordEdit
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.fake_my_account import FakeMyAccount

Field = tuple[QWidget, QLineEdit, Callable[[], object]]


def sign_in_password(look: Look) -> Field:
    field = PasswordEdit(look)
    return field, field.edit, field.take


def new_password(look: Look) -> Field:
    pair = PasswordPair(look)
    return pair, pair.first.edit, pair.forget


def activation_code(look: Look) -> Field:
    page = AccountPage(look)
    return page, page.code, page.forget


def recovery_code(look: Look) -> Field:
    page = RecoveryPage(look)
    return page, page.code, page.forget


def fresh_code(look: Look) -> Field:
    factors = CurrentFactors(look, "any")
    return factors, factors.code.boxes, factors.forget


def recovery_code_for_another(look: Look) -> Field:
    card = AuthenticatorCard(look, FakeMyAccount(), Tasks())
    return card, card.recovery, card.forget


@pytest.mark.parametrize(
    "make",
    [sign_in_password, new_password, activation_code, recovery_code, fresh_code, recovery_code_for_another],
)
def test_that_undo_brings_nothing_back(qtbot: QtBot, look: Look, make: Callable[[Look], Field]) -> None:
    widget, edit, forget = make(look)
    qtbot.addWidget(widget)
    widget.show()
    QTest.keyClicks(edit, "73190")
    assert edit.text() == "73190"
    forget()
    edit.setEchoMode(QLineEdit.EchoMode.Normal)  # as by Show: with dots, Qt itself undoes nothing
    QTest.keySequence(edit, QKeySequence(QKeySequence.StandardKey.Undo))
    assert edit.text() == ""
