"""What is in force, as tables: rights, reasons, numbers and rules, versions; one of them in front."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.data_class import DataClass
from app.session.policies import PolicyShown
from app.ui.policy import lines
from app.ui.policy.policy_table import PolicyTable
from app.ui.policy.words import version_name
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label


class PolicyTables(QWidget):
    """The tables under their sections.

    Signals:
        chosen: the section's table, the key of what is chosen in it, its column.
        new_reason_wanted, text_wanted: an administrator's buttons.
    """

    chosen = Signal(object, str, int)
    new_reason_wanted = Signal()
    text_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._may_edit = False
        self._make_tables(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head(look))
        self.stack = QStackedWidget()
        for table in self.all:
            self.stack.addWidget(table)
            table.chosen.connect(lambda key, at, table=table: self.chosen.emit(table, key, at))
        column.addWidget(self.stack, 1)
        self.sections.idToggled.connect(self._on_section)

    def _make_tables(self, look: Look) -> None:
        self.rights = PolicyTable(
            look, "policy_rights", self.tr("Rights by role and class"),
            (self.tr("Role"), *lines.headings_of_classes()), {0: 150}, by_cell=True, tall=True,
        )  # fmt: skip
        self.reasons = PolicyTable(
            look, "policy_reasons", self.tr("Reasons"), (self.tr("Reason"), self.tr("Classes")), {1: 330}, tall=True
        )
        self.numbers = PolicyTable(
            look, "policy_numbers", self.tr("Numbers and rules"), (self.tr("Number or rule"), self.tr("Now")), {0: 320}
        )
        self.versions = PolicyTable(
            look, "policy_versions", self.tr("Versions"),
            (self.tr("Version"), self.tr("Why"), self.tr("Proposed by"), self.tr("Confirmed by"), self.tr("Time")),
            {0: 150, 2: 130, 3: 130, 4: 110},
        )  # fmt: skip
        self.all = (self.rights, self.reasons, self.numbers, self.versions)

    def _make_head(self, look: Look) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 10)
        head.setSpacing(4)
        self.sections = QButtonGroup(self)
        names = (
            (self.tr("Rights"), "section_rights"),
            (self.tr("Reasons"), "section_reasons"),
            (self.tr("Numbers"), "section_numbers"),
            (self.tr("Versions"), "section_versions"),
        )
        for at, (words, name) in enumerate(names):
            button = Button(look, words, "segment", name=name)
            button.setCheckable(True)
            button.setChecked(at == 0)
            self.sections.addButton(button, at)
            head.addWidget(button)
        head.addStretch(1)
        self.state = text_label(look, "", ink="ink2", size=SMALL)
        self.state.setObjectName("policy_state")
        head.addWidget(self.state)
        head.addSpacing(8)
        self._new_reason = Button(look, self.tr("New reason"), "quiet", icon="plus", name="new_reason_head")
        self._new_reason.clicked.connect(self.new_reason_wanted)
        self._as_text = Button(look, self.tr("Edit as text"), "secondary", icon="pencil", name="edit_text")
        self._as_text.clicked.connect(self.text_wanted)
        for button in (self._new_reason, self._as_text):
            head.addWidget(button)
            button.hide()
        return head

    def fill(self, shown: PolicyShown) -> None:
        """Show what is in force."""
        self._may_edit = shown.may_edit
        self.rights.show_lines(lines.right_lines(shown.policy))
        self.reasons.show_lines(lines.reason_lines(shown.policy))
        self.numbers.show_lines(lines.number_lines(shown.policy))
        self.versions.show_lines(lines.version_lines(shown))
        self.state.setText(version_name(shown.version))
        self._as_text.setVisible(shown.may_edit)
        self._show_new_reason()

    def _show_new_reason(self) -> None:
        self._new_reason.setVisible(self._may_edit and self.front is self.reasons)

    @property
    def front(self) -> PolicyTable:
        """The table in front."""
        return self.all[self.stack.currentIndex()]

    def _on_section(self, at: int, on: bool) -> None:
        if on:
            self.stack.setCurrentIndex(at)
            self._show_new_reason()
            self.tell_chosen()

    def tell_chosen(self) -> bool:
        """Tell again what is chosen in front, at first the first of it; whether there is anything."""
        table = self.front
        if not table.lines.lines:
            return False
        index = table.currentIndex()
        if index.isValid():
            self.chosen.emit(table, table.lines.lines[index.row()].key, index.column())
        else:
            first = 1 + lines.GRID.index(DataClass.CONTACT) if table.by_cell else 0
            table.setCurrentIndex(table.lines.index(0, first))
        return True

    def focus_first(self) -> None:
        """Put the focus into the table in front."""
        self.front.setFocus(Qt.FocusReason.OtherFocusReason)
