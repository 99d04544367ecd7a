"""The drawer: one entry in words, and its place in the chain as this console has judged it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.session.log_shown import LogEntry, LogPlace
from app.ui.accounts.facts import empty, fact, section
from app.ui.audit.words import OUTCOME_SIGNS, event_name, outcome_name
from app.ui.saying import filled
from app.ui.theme.fonts import BODY, SMALL, TITLE, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.widgets.strips import Message
from app.ui.words import class_name, clock_time_seconds, iso_day, number

HALF = 32
"""Digits of a hash on one line."""


class EntryPage(QScrollArea):
    """One entry.

    Signals:
        subject_wanted: the entries of this subject.
        person_wanted: the entries of this account.
    """

    subject_wanted = Signal(str)
    person_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.number = 0
        self.setObjectName("audit_entry")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setProperty("ground", "none")
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(0)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        column.addLayout(self._facts)
        self.error = Message(look, "danger", "audit_entry_error")
        column.addWidget(self.error)
        column.addStretch(1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No entry is looked at."""
        self.number = 0
        self.error.say("")
        empty(self._facts)
        sentence = self.tr("Choose an entry to see it in words, and its place in the chain.")
        self._facts.addWidget(text_label(self._look, sentence, ink="ink2", wrap=True))

    def refuse(self, sentence: str) -> None:
        """Why the entry cannot be shown."""
        empty(self._facts)
        self.error.say(sentence)

    def show_place(self, place: LogPlace) -> None:
        """Show an entry."""
        entry = place.entry
        self.number = entry.number
        self.error.say("")
        empty(self._facts)
        self._add_head(entry, holds=place.fits)
        self._add_who(entry)
        self._add_what(place)
        self._facts.addSpacing(4)
        self._facts.addWidget(line())
        self._add_chain(place)
        self.verticalScrollBar().setValue(0)

    def _add_head(self, entry: LogEntry, *, holds: bool) -> None:
        look = self._look
        self._facts.addWidget(text_label(look, event_name(entry.event), size=TITLE, weight=Weight.SEMIBOLD, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(6)
        sign, tone = OUTCOME_SIGNS.get(entry.outcome, ("info", ""))
        if not holds:  # what it says of itself is worth nothing
            sign, tone = "", ""
        chip = Chip(look, outcome_name(entry.outcome), tone=tone, icon=sign)
        chip.setObjectName("entry_outcome")
        row.addWidget(chip)
        row.addWidget(Chip(look, self.tr("Entry {n}").format(n=number(entry.number))))
        row.addStretch(1)
        self._facts.addLayout(row)

    def _add_who(self, entry: LogEntry) -> None:
        self._fact(self.tr("Time"), filled("{} {}", iso_day(entry.at), clock_time_seconds(entry.at)))
        self._fact(self.tr("By"), entry.actor or self.tr("Nobody known"))
        if entry.acting_with:
            self._fact(self.tr("Together with"), entry.acting_with)
        self._fact(self.tr("Workstation"), entry.seat)
        for account in filter(None, (entry.actor, entry.acting_with)):
            text = self.tr("All entries of {account}").format(account=account)
            self._link(text, "user-round", "entry_person", lambda account=account: self.person_wanted.emit(account))

    def _add_what(self, place: LogPlace) -> None:
        entry = place.entry
        if entry.data_class in set(SEALED_CLASSES):
            self._fact(self.tr("Class"), class_name(DataClass(entry.data_class)))
        elif entry.data_class:
            self._fact(self.tr("Class"), entry.data_class)
        self._named(self.tr("Field"), place.field_label, entry.field)
        self._named(self.tr("Reason"), place.reason_label, entry.reason)
        self._fact(self.tr("Detail"), entry.detail)
        self._id(self.tr("Subject"), entry.record)
        if entry.record:
            text = self.tr("All entries of this subject")
            self._link(text, "list-filter", "entry_subject", lambda: self.subject_wanted.emit(entry.record))
        self._id(self.tr("Reference"), entry.reference)
        self._id(self.tr("Session"), entry.session)

    def _add_chain(self, place: LogPlace) -> None:
        self._facts.addWidget(section(self._look, self.tr("Place in the chain")))
        if place.fits:
            self._verdict("circle-check", "ok", self.tr("Its hash follows from its words and the entry before it."))
        else:
            self._verdict("circle-alert", "danger", self.tr("Its hash does not follow. Verify the chain now."))
        if place.checkpoint and place.is_signed:
            text = self.tr("The office’s signature over entry {n} holds.")
            self._verdict("badge-check", "ok", text.format(n=number(place.checkpoint)))
        elif place.checkpoint:
            text = self.tr("The office’s signature over entry {n} does not hold.")
            self._verdict("circle-alert", "danger", text.format(n=number(place.checkpoint)))
        else:
            self._verdict("circle-dashed", "ink2", self.tr("Not signed yet; the next signature covers it."))
        self._id(self.tr("Hash"), place.entry.hash)
        self._id(self.tr("Hash before"), place.previous)

    def _fact(self, label: str, text: str) -> None:
        if text:
            self._facts.addLayout(fact(self._look, label, text))

    def _named(self, label: str, words: str, code: str) -> None:
        """What a code means, with the code in grey under it; the code alone where nobody knows."""
        if not words or words == code:
            self._fact(label, code)
            return
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(text_label(self._look, words, size=BODY, wrap=True))
        column.addWidget(text_label(self._look, code, ink="ink2", size=SMALL, wrap=True))
        self._facts.addLayout(fact(self._look, label, both))

    def _id(self, label: str, id: str) -> None:  # noqa: A002 (the log's word)
        if id:
            halves = "\n".join(id[at : at + HALF] for at in range(0, len(id), HALF))
            name = text_label(self._look, label, ink="ink2", size=SMALL)
            self._facts.addWidget(name)
            value = text_label(self._look, halves, size=SMALL, features=VALUES)
            value.setAccessibleName(filled("{}: {}", label, id))
            self._facts.addWidget(value)

    def _link(self, text: str, icon: str, name: str, act: object) -> None:
        row = QHBoxLayout()
        button = Button(self._look, text, "link", icon=icon, name=name)
        button.clicked.connect(act)
        row.addWidget(button)
        row.addStretch(1)
        self._facts.addLayout(row)

    def _verdict(self, sign: str, ink: str, sentence: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(icon_label(self._look, sign, ink, 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text_label(self._look, sentence, size=BODY, wrap=True), 1)
        self._facts.addLayout(row)
