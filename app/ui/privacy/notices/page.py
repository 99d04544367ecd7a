"""Privacy notices: versions at the left, the one in hand at the right; one person writes, another publishes."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.privacy.notices import ShownNotice
from app.ui.faults import fault_of
from app.ui.language import spoken
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.notices.editor import NoticeEditor
from app.ui.privacy.notices.words import state_words
from app.ui.privacy.page_head import PageHead
from app.ui.privacy.use_cases import NoticeUseCases
from app.ui.saying import filled
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import line
from app.ui.workspace import Workspace

VERSIONS = 300


class NoticesPage(Workspace, QWidget):
    """The page.

    Args:
        look: colours.
        notices: the use cases.
        tasks: the door off the GUI thread.

    Signals:
        counted: how many drafts this person may publish.
        failed: an exception of looking.
    """

    counted = Signal(int)
    failed = Signal(object)

    def __init__(self, look: Look, notices: NoticeUseCases, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("privacy_notices")
        self._notices, self._tasks = notices, tasks
        self._all: tuple[ShownNotice, ...] = ()
        self._is_fresh = False
        """Whether what comes next is newer than what stands in the boxes."""
        about = self.tr("Seven contents (UU PDP article 21), Indonesian always. One person writes, another publishes.")
        self.head = PageHead(look, self.tr("Notices"), about, "notices")
        self.begin_draft = Button(
            look, self.tr("Begin a draft from the inventory"), "secondary", icon="plus", name="notice_begin"
        )
        self.begin_draft.clicked.connect(self._on_begin)
        self.head.tools.addWidget(self.begin_draft)
        self.table = PolicyTable(
            look, "notice_versions", self.tr("Versions of the notice"), (self.tr("Version"),), {}, tall=True
        )
        self.editor = NoticeEditor(look, self._label)
        self._place(look)
        self.table.chosen.connect(lambda key, _at: self._show(key))
        self.editor.save_wanted.connect(self._on_save)
        self.editor.publish_wanted.connect(self._on_publish)
        self.editor.drop_wanted.connect(self._on_drop)
        self.editor.show_notice(None)

    def _place(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        row = QHBoxLayout()
        row.setSpacing(0)
        fix_panel(self.table, look, VERSIONS)
        row.addWidget(self.table)
        row.addWidget(line(vertical=True))
        row.addWidget(self.editor, 1)
        column.addLayout(row, 1)

    def _label(self, kind: str, name: str) -> str:
        return self._notices.label(kind, name, spoken().value)

    # the workspace -------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Look for drafts that wait."""
        self.look_again()

    def come(self) -> None:
        """Look again: another person may have written or published."""
        self.look_again()
        self.focus_first()

    def stop(self) -> None:
        """The session ends."""
        self.editor.show_notice(None)

    def retranslate(self) -> None:
        """The other language."""
        self._fill()

    def focus_first(self) -> None:
        """Put the focus into the list of versions."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_innermost(self) -> bool:
        """Esc: the sentence about what was done."""
        if self.head.said.isHidden():
            return False
        self.head.tell("")
        return True

    def look_again(self) -> None:
        """Ask for the versions."""
        self._tasks.run(self._notices.listing, self._on_looked, self.failed.emit, owner=self)

    def _on_looked(self, all_: tuple[ShownNotice, ...]) -> None:
        self._all = all_
        self._fill()
        self.counted.emit(sum(one.is_draft and one.may_publish and not one.faults for one in all_))
        in_hand = self.editor.shown
        if in_hand is None or self._is_fresh or not self.editor.is_changed:
            self._is_fresh = False
            self._show(in_hand.id if in_hand is not None else "")

    def _fill(self) -> None:
        lines = (Line(one.id, (filled("{}\n{}", one.notice.code, state_words(one)),)) for one in self._all)
        self.table.show_lines(tuple(lines))

    def _show(self, key: str) -> None:
        self.editor.show_notice(next((one for one in self._all if one.id == key), None))

    # what is done ----------------------------------------------------------------------------------------------------
    def _on_begin(self) -> None:
        words = self.tr("A draft was begun. What the inventory does not say is left as a gap.")
        self._do(self._notices.begin, words)

    def _on_save(self) -> None:
        shown, notice = self.editor.shown, self.editor.notice
        if shown is not None and notice is not None:
            self._do(lambda: self._notices.write(shown.id, notice), self.tr("The draft is kept."))

    def _on_publish(self) -> None:
        shown = self.editor.shown
        if shown is None:
            return
        if self.editor.is_changed:
            self.head.tell(self.tr("Keep your change first; then somebody else publishes it."), "warn")
            return
        self._do(lambda: self._notices.publish(shown), self.tr("Published. Customers are told this one from now on."))

    def _on_drop(self) -> None:
        shown = self.editor.shown
        if shown is not None:
            self._do(lambda: self._notices.drop(shown.id), self.tr("The draft is gone."))

    def _do(self, work: Callable[[], object], done: str) -> None:
        self.head.tell("")
        self.editor.set_working(True)
        self._tasks.run(work, lambda _answer: self._on_done(done), self._on_not_done, owner=self)

    def _on_done(self, sentence: str) -> None:
        self._is_fresh = True
        self.editor.set_working(False)
        self.head.tell(sentence)
        self.look_again()

    def _on_not_done(self, error: Exception) -> None:
        self.editor.set_working(False)
        self.head.tell(fault_of(error).sentence, "danger")
