"""The privacy desk: the list of pages that this person has, and the one in front.

It shows nothing of its own and knows no page by name: each is a workspace in small, made when it is first shown, and
what a workspace is told (begin, changes, forget, stop) goes on to the pages that were made.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.commands.command import Command
from app.ui.privacy.page_list import PageList
from app.ui.privacy.pages import PrivacyPage, pages_of
from app.ui.privacy.pressing import Pressing
from app.ui.tasks import Tasks
from app.ui.theme.fonts import TITLE, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.labels import line, text_label
from app.ui.workspace import Workspace

LIST = 216


class PrivacyScreen(Workspace, QWidget):
    """The privacy desk.

    Args:
        look: colours.
        desk: the session.
        tasks: the door off the GUI thread.
        pages: what there is; by default the pages of this person's role.

    Signals:
        counted: how much waits in all pages.
        pressing: what is due soon or overdue in all pages (a tuple of `Pressing`).
        told: what became of something that is not in front any more.
        failed: an exception of looking, for the console to tell.
    """

    counted = Signal(int)
    pressing = Signal(object)
    told = Signal(object)
    failed = Signal(object)

    def __init__(
        self, look: Look, desk: DeskUseCases, tasks: Tasks, pages: Sequence[PrivacyPage] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("privacy")
        self._look, self._desk, self._tasks = look, desk, tasks
        self._pages = {page.key: page for page in (pages_of(desk.person.role) if pages is None else pages)}
        self._made: dict[str, QWidget] = {}
        self._due: dict[str, tuple[Pressing, ...]] = {}
        self._is_begun = False
        self.list = PageList(look, tuple(self._pages.values()))
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())  # in front until a page is: the first one added would be
        self._place()
        self.list.chosen.connect(self._turn_to)

    def _place(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        side = QFrame()
        side.setProperty("ground", "bg")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(10, 14, 10, 10)
        column.setSpacing(10)
        title = text_label(self._look, self.tr("Privacy desk"), size=TITLE, weight=Weight.SEMIBOLD)
        title.setContentsMargins(8, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        fix_panel(side, self._look, LIST)
        row.addWidget(side)
        row.addWidget(line(vertical=True))
        front = QFrame()
        front.setProperty("ground", "surface")
        front.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(front)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.stack)
        row.addWidget(front, 1)

    # pages ---------------------------------------------------------------------------------------------------------
    def screen_of(self, key: str) -> QWidget | None:
        """The widget of a page, if it was made."""
        return self._made.get(key)

    @property
    def current(self) -> str:
        """The page in front; empty before one was."""
        front = self.stack.currentWidget()
        return next((key for key, widget in self._made.items() if widget is front), "")

    def show_page(self, key: str) -> None:
        """Bring a page to the front; one that this person lacks is left alone."""
        if key in self._pages:
            self.list.show_page(key)

    def _turn_to(self, key: str) -> None:
        if key == self.current:
            return
        if (before := self._front()) is not None:
            before.forget()
        self.stack.setCurrentWidget(self._made.get(key) or self._make(self._pages[key]))
        if (front := self._front()) is not None and self.isVisible():
            focus = self.list.hasFocus()
            front.come()
            if focus:  # the arrows go on through the list
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, page: PrivacyPage) -> QWidget:
        widget = page.make(self._look, self._desk, self._tasks)
        joins: dict[str, Callable[..., object]] = {
            "counted": lambda count: self._count(page.key, count),
            "pressing": lambda due: self._press(page.key, due),
            "told": self.told.emit,
            "failed": self.failed.emit,
        }
        for name, slot in joins.items():
            if hasattr(widget, name):
                getattr(widget, name).connect(slot)
        self._made[page.key] = widget
        self.stack.addWidget(widget)
        if self._is_begun and isinstance(widget, Workspace):
            widget.begin()
        return widget

    def _count(self, key: str, count: int) -> None:
        self.list.pages.show_count(key, count)
        self.counted.emit(self.list.pages.waiting)

    def _press(self, key: str, due: tuple[Pressing, ...]) -> None:
        self._due[key] = due
        self.list.pages.show_pressing(key, len(due))
        self.pressing.emit(tuple(one for page in self._due.values() for one in page))

    def show_item(self, page: str, key: str) -> None:
        """Bring a page to the front, and in it one of its things, by its id there.

        Args:
            page: name of the page in code.
            key: id of a request or an incident.
        """
        self.show_page(page)
        front = self._made.get(page)
        if self.current == page and front is not None and hasattr(front, "show_item"):
            front.show_item(key)

    def _front(self) -> Workspace | None:
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Workspace) else None

    def _hooks(self) -> tuple[Workspace, ...]:
        return tuple(widget for widget in self._made.values() if isinstance(widget, Workspace))

    # the frame's hooks ---------------------------------------------------------------------------------------------
    @property
    def topics(self) -> frozenset[str]:  # type: ignore[override]  # of the pages that were made
        """Of the changes that the office tells, those for which a page looks again."""
        return frozenset().union(*(page.topics for page in self._hooks()))

    def begin(self) -> None:
        """Make the pages that tell what waits."""
        role = self._desk.person.role
        for page in self._pages.values():
            if role in page.early and page.key not in self._made:
                self._make(page)
        for hooks in self._hooks():
            hooks.begin()
        self._is_begun = True

    def look_again(self) -> None:
        """Something of a page's topics changed."""
        for hooks in self._hooks():
            hooks.look_again()

    def come(self) -> None:
        """It came to the front; the first page with it."""
        if not self.current:
            self.list.show_page(next(iter(self._pages), ""))
        elif (front := self._front()) is not None:
            front.come()
        self.focus_first()

    def forget(self) -> None:
        """Another workspace comes to the front."""
        if (front := self._front()) is not None:
            front.forget()

    def stop(self) -> None:
        """The session ends."""
        for hooks in self._hooks():
            hooks.stop()

    def focus_first(self) -> None:
        """Put the focus into the list of pages."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """What can be done in the page in front."""
        front = self._front()
        return front.commands() if front is not None else ()

    def close_innermost(self) -> bool:
        """Esc: what is open in the page in front; whether there was something."""
        front = self._front()
        return front.close_innermost() if front is not None else False
