"""The card of one customer: head, facts, and the sealed fields by class, each behind its curtain."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.domain.data_class import DataClass
from app.domain.quota import Shut
from app.session.shown import Person, ShownCheck, ShownCustomer, ShownField
from app.ui.console.card_editing import CardEditing
from app.ui.console.check_panel import CheckPanel
from app.ui.console.facts_grid import FactsGrid
from app.ui.console.field_row import LABEL_WIDTH, FieldRow
from app.ui.managed import is_shut, show_settled
from app.ui.saying import filled, joined
from app.ui.shortcuts import cap_for, tip_for, words_for
from app.ui.theme.fonts import SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label
from app.ui.widgets.nothing_here import NothingHere
from app.ui.widgets.strips import Strip
from app.ui.widgets.watermark import Watermark
from app.ui.words import CLASS_ICONS, class_name, in_a_sentence, mask_reason

INSET, WIDEST_LABEL = 20, 176
WIDEST_CARD = 960
"""Px of the design: on a wide screen the action stays in sight of its field."""


class CustomerCard(QWidget):
    """The card panel.

    Attributes:
        customer: who is shown, or None.
        check: the panel that asks who is calling, where there is something to ask.
        offers_who_saw: whether the head offers who saw this customer's data.
        takes_requests: whether it offers to take a request about personal data down.

    Signals:
        wanted: a row and the offer that the person took.
        copy_wanted: a row whose open value is to be copied.
        act_wanted: a row that is to be used and not shown.
        verify_wanted: a row whose value is to be compared with what the caller says.
        ran_out: the time of an open field is up.
        shut: the cloth of a field that was open hangs again.
        supervisor_wanted: a supervisor is at the desk and wants to sign in here.
        who_saw_wanted: who saw this customer's data.
        privacy_wanted: this customer's privacy panel.
        request_wanted: a request about personal data is to be taken down; the widget to do it at.
        edit_wanted: name of a field that is to be changed.
        edit_menu_wanted: a field to change is to be chosen.
        versions_wanted: a row whose versions are to be listed.
        menu_wanted: a row whose actions are to be listed.
        find_wanted: with nobody on the card, somebody is to be looked for.
    """

    wanted = Signal(object, str)
    copy_wanted = Signal(object)
    act_wanted = Signal(object)
    verify_wanted = Signal(object)
    ran_out = Signal()
    shut = Signal()
    supervisor_wanted = Signal()
    who_saw_wanted = Signal()
    privacy_wanted = Signal()
    request_wanted = Signal(object)
    edit_wanted = Signal(str)
    edit_menu_wanted = Signal()
    versions_wanted = Signal(object)
    menu_wanted = Signal(object)
    find_wanted = Signal()

    def __init__(self, look: Look, person: Person) -> None:
        super().__init__()
        self._look = look
        self.customer: ShownCustomer | None = None
        self.check: CheckPanel | None = None
        self.offers_who_saw = self.takes_requests = False
        self.request_button: Button | None = None
        self._focus_page: Callable[[], None] = lambda: None
        self._takes_letters = True
        self._who_saw: Button | None = None
        self._privacy: Button | None = None
        self.editing = CardEditing(look)
        self.editing.wanted.connect(self.edit_menu_wanted)
        self._rows: list[FieldRow] = []
        self._revealed_heads: list[tuple[DataClass, QLabel]] = []
        self._label_width = look.px(LABEL_WIDTH)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        here = self.tr("Sign in as supervisor here")
        self.strip = Strip(look, "", "warn", action=here, flat=True, sign="hourglass", name="waiting")
        self.strip.action.setObjectName("supervisor_here")
        self.strip.action.clicked.connect(self.supervisor_wanted)
        if is_shut("desk_approval_allowed"):
            show_settled(self.strip.action)
        self.strip.hide()
        self.fault = Strip(look, "", "danger", flat=True, name="refusal")
        self.fault.hide()
        faces = QWidget()
        self._faces = QStackedLayout(faces)
        self._empty = self._make_empty()
        self._faces.addWidget(self._empty)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("card")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda _low, high: self._make_room(high > 0))
        self._faces.addWidget(self._scroll)
        column.addWidget(faces, 1)
        column.addWidget(self.fault)
        column.addWidget(self.strip)
        self.watermark = Watermark(look, person, self)

    def _make_empty(self) -> QWidget:
        text = self.tr("No customer is open. Search on the left, and press Return.")
        empty = NothingHere(self._look, text, self.tr("Find a customer"), cap=cap_for("find"), name="card_empty")
        empty.taken.connect(self.find_wanted)
        return empty

    # in its place ----------------------------------------------------------------------------------------------------
    def cover_with(self, page: QWidget, focus_page: Callable[[], None]) -> None:
        """Show a page in the card's place; what is behind it is hidden, from readers too."""
        self._focus_page = focus_page
        if self._faces.indexOf(page) < 0:
            self._faces.addWidget(page)
        self._faces.setCurrentWidget(page)

    def uncover(self) -> None:
        """Show the card again; the page stays with whoever holds it."""
        self._faces.setCurrentWidget(self._scroll if self.customer is not None else self._empty)

    @property
    def is_covered(self) -> bool:
        """Whether a page stands in the card's place."""
        return self._faces.currentIndex() > 1

    def is_covered_by(self, page: QWidget) -> bool:
        """Whether this very page stands in the card's place."""
        return self._faces.currentWidget() is page

    # showing -------------------------------------------------------------------------------------------------------
    def show_customer(self, customer: ShownCustomer, check: ShownCheck | None = None) -> None:
        """Build the card of a customer; the card before it is destroyed with its rows.

        Args:
            customer: whose.
            check: the identity check of whoever calls; None or an empty one: none is offered.
        """
        self.customer = customer
        self._rows, self._revealed_heads = [], []
        sheet = QWidget(self._scroll.viewport())  # at once: moved there whole, each part would be dressed anew
        sheet.hide()
        sheet.setProperty("ground", "none")
        sheet.setMaximumWidth(self._look.px(WIDEST_CARD))
        column = QVBoxLayout(sheet)
        column.setContentsMargins(INSET, 12, INSET, 6)
        column.setSpacing(0)
        column.addLayout(self._make_head(customer))
        column.addSpacing(12)
        self.check = self._make_check(customer, check) if check is not None and check.fields else None
        if self.check is not None:
            column.addWidget(self.check)
            column.addSpacing(12)
        self._label_width = self._wanted_label_width(customer)
        self.editing.begin_card(column)
        if customer.facts:
            facts = FactsGrid(self._look, customer.facts, self._label_width)
            column.addWidget(facts)
            self.editing.place_after(DataClass.OPEN, facts)
            column.addSpacing(12)
        for data_class, fields in customer.sections:
            self._add_section(column, data_class, fields)
        column.addStretch(1)
        self._scroll.setWidget(sheet)
        if not self.is_covered:
            self._faces.setCurrentWidget(self._scroll)
        self._set_tab_stop(self._rows[0] if self._rows else None)
        before: QWidget = self.fault.action
        buttons = (self._who_saw, self.editing.button, self._privacy, self.request_button)
        first = [button for button in buttons if button is not None]
        for stop in (*first, *(self.check.stops() if self.check is not None else ())):
            QWidget.setTabOrder(before, stop)
            before = stop
        for row in self._rows:  # made late, they would come after the note
            QWidget.setTabOrder(before, row)
            before = row

    def show_nobody(self) -> None:
        """Take the card away; its rows are destroyed."""
        self.customer = self.check = self._who_saw = self._privacy = self.request_button = None
        self._rows, self._revealed_heads = [], []
        self._scroll.setWidget(QWidget())
        self.fault.say("")
        if not self.is_covered:
            self._faces.setCurrentIndex(0)

    def _make_room(self, scrolls: bool) -> None:
        """The scroll bar stands in the margin, so that nothing moves aside when an open row makes the card longer."""
        sheet = self._scroll.widget()
        layout = sheet.layout() if sheet is not None else None
        if layout is not None:
            bar = self._scroll.verticalScrollBar().sizeHint().width() if scrolls else 0
            layout.setContentsMargins(INSET, 12, INSET - bar, 6)

    def _wanted_label_width(self, customer: ShownCustomer) -> int:
        metrics = QFontMetricsF(self._look.font())
        labels = [field.label for _, fields in customer.sections for field in fields if field.mask is not None]
        widest = max((metrics.horizontalAdvance(label) for label in labels), default=0.0)
        return max(self._look.px(LABEL_WIDTH), min(self._look.px(WIDEST_LABEL), round(widest) + 12))

    def _make_head(self, customer: ShownCustomer) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(10)
        name = ElidedLabel(self._look, customer.name, size=TITLE, weight=Weight.MEDIUM)
        name.setObjectName("customer_name")
        top.addWidget(name)
        top.addWidget(Chip(self._look, customer.number, values=True), 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        self._who_saw = None
        if self.offers_who_saw:
            self._who_saw = Button(self._look, self.tr("Who saw this"), "link", icon="scan-eye", name="card_who_saw")
            self._who_saw.setToolTip(filled("{} ({})", words_for("who_saw"), cap_for("who_saw")))
            self._who_saw.clicked.connect(self.who_saw_wanted)
            top.addWidget(self._who_saw, 0, Qt.AlignmentFlag.AlignVCenter)
        self._privacy = Button(self._look, "", "square", icon="shield-user", name="card_privacy")
        self._privacy.setFixedSize(self._look.px(28), self._look.px(28))
        self._privacy.setToolTip(words_for("customer_privacy"))
        self._privacy.setAccessibleName(words_for("customer_privacy"))
        self._privacy.clicked.connect(self.privacy_wanted)
        top.addWidget(self.editing.make_button(), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(top)
        below = QHBoxLayout()
        below.setSpacing(2)
        subtitle = joined("  ·  ", *(part for part in customer.subtitle if part))
        below.addWidget(text_label(self._look, subtitle, ink="ink2", size=SMALL, wrap=True), 1)
        below.addWidget(self._privacy)
        self.request_button = self._make_request_button() if self.takes_requests else None
        if self.request_button is not None:
            below.addWidget(self.request_button)
        head.addLayout(below)
        head.addWidget(self.editing.make_others())
        return head

    def _make_request_button(self) -> Button:
        button = Button(self._look, "", "square", icon="inbox", name="card_request")
        button.setFixedSize(self._look.px(28), self._look.px(28))
        button.setToolTip(tip_for("take_request"))
        button.setAccessibleName(words_for("take_request"))
        button.clicked.connect(lambda: self.request_wanted.emit(button))
        return button

    def _make_check(self, customer: ShownCustomer, check: ShownCheck) -> CheckPanel:
        masks = {f.name: f.mask for _, fields in customer.sections for f in fields if f.mask is not None}
        return CheckPanel(self._look, check, frozenset(n for n, mask in masks.items() if mask.before or mask.after))

    def _add_section(self, column: QVBoxLayout, data_class: DataClass, fields: tuple[ShownField, ...]) -> None:
        kept = [field for field in fields if field.mask is not None]
        empty = [field for field in fields if field.mask is None]
        shared = kept[0].reason if kept else ""
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 4, 0)
        head.setSpacing(7)
        head.addWidget(icon_label(self._look, CLASS_ICONS[data_class], "ink2"))
        head.addWidget(text_label(self._look, class_name(data_class), size=SMALL, weight=Weight.SEMIBOLD))
        head.addSpacing(2)
        reason = mask_reason(shared)
        why = text_label(self._look, reason, ink="ink2", size=SMALL, wrap=True) if kept else self._make_rest(empty)
        head.addWidget(why, 1)
        if shared == "may_reveal":
            self._revealed_heads.append((data_class, why))
        column.addLayout(head)
        column.addSpacing(3)
        for field in kept:
            self._add_row(column, field, tells_reason=field.reason != shared)
        if kept and empty:
            column.addWidget(self._make_rest(empty, left=10))
        self.editing.place_below(data_class)
        column.addSpacing(10)

    def _add_row(self, column: QVBoxLayout, field: ShownField, *, tells_reason: bool) -> None:
        row = FieldRow(self._look, field, tells_reason=tells_reason, label_width=self._label_width)
        row.wanted.connect(self.wanted)
        row.copy_wanted.connect(self.copy_wanted)
        row.act_wanted.connect(self.act_wanted)
        row.verify_wanted.connect(self.verify_wanted)
        row.edit_wanted.connect(lambda row: self.edit_wanted.emit(row.field.name))
        row.versions_wanted.connect(self.versions_wanted)
        row.moved.connect(self._on_row_moved)
        row.menu_wanted.connect(self.menu_wanted)
        row.set_letters(self._takes_letters)
        row.curtain.ran_out.connect(self.ran_out)
        row.curtain.shut.connect(self.shut)
        self._rows.append(row)
        column.addWidget(row)

    def _make_rest(self, empty: list[ShownField], left: int = 0) -> QLabel:
        """The empty fields of a section in one line."""
        names = joined(", ", *(in_a_sentence(field.label) for field in empty))
        rest = text_label(
            self._look, self.tr("Not kept: {fields}").format(fields=names), ink="ink3", size=SMALL, wrap=True
        )
        rest.setObjectName("not_kept")
        rest.setContentsMargins(left, 2 if left else 0, 4, 0)
        return rest

    # rows ----------------------------------------------------------------------------------------------------------
    def rows(self) -> Iterator[FieldRow]:
        """The rows from top to bottom."""
        return iter(self._rows)

    def row(self, field: str) -> FieldRow | None:
        """The row of a field."""
        return next((row for row in self._rows if row.field.name == field), None)

    def set_letters(self, takes: bool) -> None:
        """Whether single letters do something in the rows, those of later cards too."""
        self._takes_letters = takes
        for row in self._rows:
            row.set_letters(takes)

    # editing -------------------------------------------------------------------------------------------------------
    @property
    def label_width(self) -> int:
        """Width of the names of the rows."""
        return self._label_width

    def open_edit(self, edit: QWidget, field: str, data_class: DataClass) -> None:
        """A field is being changed: the edit takes its row's place, or stands below the last of its class."""
        self.editing.open(edit, self.row(field), data_class)
        self._scroll.ensureWidgetVisible(edit, 0, 8)

    def close_edit(self, edit: QWidget) -> None:
        """The edit is over: its row is there again, and has the focus that the edit had."""
        row, had_focus = self.editing.close(edit)
        if had_focus and row is not None:
            self._go_to(row)
        elif had_focus:
            self.editing.focus_button()

    def show_shut(self, shut: Mapping[DataClass, Shut]) -> None:
        """Classes that the person may not open by themselves for now: what could be revealed is asked for."""
        for row in self._rows:
            row.set_shut(shut.get(row.field.data_class))
        for data_class, label in self._revealed_heads:
            label.setText(mask_reason(shut[data_class].value if data_class in shut else "may_reveal"))

    def go_section(self, step: int) -> None:
        """To the first row of the next section (1), or of the one before it (-1); the identity check is the first."""
        firsts = [row for at, row in enumerate(self._rows) if not at or _class_of(self._rows[at - 1]) != _class_of(row)]
        stops: list[QWidget] = [self.check, *firsts] if self.check is not None else list(firsts)
        focus = self.window().focusWidget()
        tops = [stop.mapTo(self, QPoint(0, 0)).y() for stop in stops]
        inside = focus is not None and self.isAncestorOf(focus)
        here = focus.mapTo(self, QPoint(0, 0)).y() if focus is not None and inside else -1
        passed = sum(top <= here for top in tops)
        at = passed if step > 0 else passed - 2
        if not inside and stops:
            at = 0
        if not 0 <= at < len(stops):
            return
        stop = stops[at]
        if isinstance(stop, FieldRow):
            self._go_to(stop)
        elif self.check is not None:
            self.check.focus_check()

    def focus_rows(self) -> None:
        """Put the focus on the row that has the Tab stop, or into the page in the card's place."""
        if self.is_covered:
            self._focus_page()
            return
        for row in self._rows:
            if row.focusPolicy() & Qt.FocusPolicy.TabFocus:
                row.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self._scroll.ensureWidgetVisible(row, 0, 8)
                return

    def _on_row_moved(self, step: int) -> None:
        current = next((at for at, row in enumerate(self._rows) if row.hasFocus()), None)
        if current is None:
            return
        self._go_to(self._rows[max(0, min(len(self._rows) - 1, current + step))])

    def _go_to(self, target: FieldRow) -> None:
        self._set_tab_stop(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(target, 0, 8)

    def _set_tab_stop(self, stop: FieldRow | None) -> None:
        for row in self._rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)


def _class_of(row: FieldRow) -> DataClass:
    return row.field.data_class
