"""The drawer's page on one reason: for what, of which classes; administrators retire it, or add another one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.policy import Reason
from app.ui.accounts.facts import fact, heading
from app.ui.enrolment.fields import labelled
from app.ui.language import spoken
from app.ui.policy.page import Page
from app.ui.policy.value_words import classes_words, reason_kind, yes_no
from app.ui.theme.fonts import BODY, FIGURES
from app.ui.theme.look import Look
from app.ui.widgets.labels import line, text_label
from app.ui.words import class_name


class ReasonPage(Page):
    """One reason.

    Signals:
        retired: what it is for, its code.
        added: what it is for, the reason.
        new_wanted: the form for another one.
    """

    retired = Signal(str, str)
    added = Signal(str, object)
    new_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "reason_page")

    def show_reason(self, what: str, reason: Reason, *, may_edit: bool) -> None:
        """Show a reason."""
        self.begin()
        look, facts = self._look, self.facts
        facts.addLayout(heading(look, reason.label(spoken().value), reason.code))
        facts.addLayout(fact(look, self.tr("Given"), reason_kind(what)))
        facts.addLayout(fact(look, self.tr("Classes"), classes_words(reason.classes)))
        facts.addLayout(fact(look, self.tr("Own words"), yes_no(reason.needs_text)))
        facts.addLayout(fact(look, self.tr("Caller needed"), yes_no(reason.needs_caller)))
        if reason.purpose:
            facts.addLayout(fact(look, self.tr("Purpose"), reason.purpose))
        facts.addLayout(fact(look, self.tr("English"), _as_declared(look, reason.label_en, "language_en")))
        facts.addLayout(fact(look, self.tr("Indonesian"), _as_declared(look, reason.label_id, "language_id")))
        if not may_edit:
            return
        facts.addWidget(line())
        retire = self.button(self.tr("Retire in the edit"), "danger", "retire_reason")
        retire.clicked.connect(lambda: self.retired.emit(what, reason.code))
        new = self.button(self.tr("New reason"), "quiet", "new_reason", "plus")
        new.clicked.connect(self.new_wanted)
        self.foot.addStretch(1)

    def begin_new(self) -> None:
        """The form for another reason."""
        self.begin()
        look, facts = self._look, self.facts
        facts.addLayout(heading(look, self.tr("New reason")))
        kinds: list[tuple[str, object]] = [(reason_kind(what), what) for what in ("reveal", "ask")]
        kind = self.picker("reason_kind", self.tr("Given"), kinds, "reveal")
        facts.addLayout(labelled(look, self.tr("Given"), kind))
        code = self._edit("reason_code", self.tr("Code: a to z and _"), 32)
        english = self._edit("reason_en", self.tr("English"), 80)
        indonesian = self._edit("reason_id", self.tr("Indonesian"), 80)
        classes: list[tuple[str, object]] = [(class_name(c), c) for c in SEALED_CLASSES]
        data_class = self.picker("reason_class", self.tr("Class"), classes, DataClass.CONTACT)
        facts.addLayout(labelled(look, self.tr("Class"), data_class))
        answers: list[tuple[str, object]] = [(yes_no(value), value) for value in (True, False)]
        words = self.picker("reason_words", self.tr("Own words needed"), answers, False)
        facts.addLayout(labelled(look, self.tr("Own words needed"), words))
        purpose = self._edit("reason_purpose", self.tr("Purpose, as the inventory names it; empty: any"), 40)
        caller = self.picker("reason_caller", self.tr("Caller needed"), answers, True)
        facts.addLayout(labelled(look, self.tr("Caller needed"), caller))
        put = self.button(self.tr("Put into the edit"), "secondary", "put_reason", "pencil")

        def send() -> None:
            chosen = frozenset({DataClass(data_class.currentData())})
            reason = Reason(
                code.text().strip(), english.text().strip(), indonesian.text().strip(),
                bool(words.currentData()), bool(caller.currentData()), chosen, purpose.text().strip(),
            )  # fmt: skip
            self.added.emit(str(kind.currentData()), reason)

        put.clicked.connect(send)
        self.foot.addStretch(1)
        self.focus_first("reason_code")

    def _edit(self, name: str, label: str, longest: int) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(name)
        edit.setFont(self._look.font())
        edit.setMaxLength(longest)
        edit.setAccessibleName(label)
        self.facts.addLayout(labelled(self._look, label, edit))
        return edit


def _as_declared(look: Look, label: str, name: str) -> QLabel:
    """A label in one language, whichever the screen speaks."""
    shown = text_label(look, label, size=BODY, features=FIGURES, wrap=True)
    shown.setObjectName(name)
    return shown
