"""What a person does at the windows of `service_console.py`: signs in, opens a value, locks, comes back, is wiped."""

import os
from collections.abc import Generator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.lock.screen import LockScreen
from app.ui.main_window import MainWindow
from app.ui.sign_in.screen import SignInScreen
from app.ui.wiped.screen import WipedScreen
from tests.demo.driver import Driver, Play, Until, click, press, scroll_to, seen, shows, write
from tests.demo.spool import Spool

FIELD = "street_address"


class Window:
    """The person at one window; each process of a console has its own."""

    def __init__(self, window: MainWindow, spool: Spool) -> None:
        self._window, self._spool = window, spool
        self._driver = Driver(self._told(), window)

    def _told(self) -> Play:
        try:
            yield from self._play()
        except Exception as error:  # noqa: BLE001 -- the test tells it
            self._spool.say("fault", error=f"{type(error).__name__}: {error}", sees=seen(self._window))

    def _play(self) -> Play:
        screen = self._window.centralWidget()
        if isinstance(screen, SignInScreen):
            yield from self._sign_in(screen)
            yield from self._open()
            yield Until("the word to lock", lambda: self._spool.answered("lock"))
            console = self._window.console
            assert console is not None
            console.commands.run("lock")
        elif isinstance(screen, LockScreen):
            self._spool.say("locked", pid=os.getpid(), sees=seen(screen))
            password = str((yield from self._person())["password"])
            click(screen.card.password.edit)
            write(password)
            press(Qt.Key.Key_Return)
            yield Until("the console again", lambda: self._window.console is not None, 60)
            yield from self._open()
        elif isinstance(screen, WipedScreen):
            receipt = screen.receipt
            self._spool.say("receipt", cause=receipt.cause, ok=receipt.ok, sees=seen(screen))
            yield Until("the word to close", lambda: self._spool.answered("close"))
            self._window.close()
        else:
            self._spool.say("fault", error=f"unknown screen {type(screen).__name__}", sees=seen(self._window))

    def _person(self) -> Generator[Until, None, dict[str, str]]:
        yield Until("who signs in", lambda: self._spool.answered("person"))
        return self._spool.answered("person") or {}

    def _sign_in(self, screen: SignInScreen) -> Play:
        form = screen.form
        yield Until("the back office and the keyring", lambda: any("keyring ready" in line for line in seen(form)), 60)
        self._spool.say("door", sees=seen(form))
        person = yield from self._person()
        for widget, text in ((form.account, "ratna"), (form.password.edit, person["password"])):
            click(widget)
            write(text)
        click(form.code)
        write(person["code"])
        yield Until("the console", lambda: self._window.console is not None, 60)

    def _open(self) -> Play:
        """Open a value of the one customer, and say which process has it on its screen."""
        console = self._window.console
        assert console is not None
        yield Until("the customer in the list", lambda: console.model.index(0, 0).data() is not None, 60)
        view = console.find_panel.list
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(console.model.index(0, 0)).center()
        )
        yield Until("the card", lambda: console.card.row(FIELD) is not None, 60)
        row = console.card.row(FIELD)
        assert row is not None
        scroll_to(row.button)
        click(row.button)
        yield Until("the question for a reason", lambda: shows(self._window, "reveal_popover"))
        press(Qt.Key.Key_1)
        yield Until("the open value", lambda: row.curtain.is_open, 60)
        value = row.curtain._secret
        self._spool.say("open", pid=os.getpid(), value=value.reveal() if value is not None else "")
