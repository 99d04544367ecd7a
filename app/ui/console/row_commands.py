"""What can be done with the rows of the open card, as lines of the palette and of a row's menu. No value, no name."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.ui.commands.command import Command, Nearness
from app.ui.console.field_row import FieldRow, Offer
from app.ui.console.workspace_entries import CONSOLE
from app.ui.language import tr as _tr
from app.ui.managed import settled_words
from app.ui.saying import filled, said
from app.ui.shortcuts import cap_for
from app.ui.words import class_name, in_a_sentence

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen

_ENGLISH = {
    Offer.REVEAL: "Reveal",
    Offer.ASK: "Ask for",
    Offer.WITHDRAW: "Withdraw the request for",
    Offer.OPEN: "Open",
    Offer.CLOSE: "Close",
    Offer.STOP: "Stop the use of",
    Offer.LEARN: "Learn what opens",
}


def row_commands(screen: "ConsoleScreen") -> list[Command]:
    """The commands of all rows, those of the row with the focus first; the others are there once somebody types."""
    if screen.workspaces.current != CONSOLE:
        return []
    rows = list(screen.card.rows())
    chosen = next((row for row in rows if row.hasFocus()), None)
    ordered = sorted(rows, key=lambda row: row is not chosen)
    explain = screen.helping.explain
    return [command for row in ordered for command in commands_of(row, explain, is_quiet=row is not chosen)]


def commands_of(
    row: FieldRow, explain: Callable[[FieldRow], object], *, is_quiet: bool = False, is_short: bool = False
) -> list[Command]:
    """The commands of one row, its own action first.

    Args:
        row: whose.
        explain: tells why it is masked.
        is_quiet: whether the palette shows them only once something is typed.
        is_short: without the name of the field, which stands over them.
    """
    found = []
    if row.offer is not Offer.NONE:
        act = partial(row.take, row.offer)
        found.append(
            _of(row, row.offer.value, act, _offer_words(row), _ENGLISH[row.offer], row.offer_key, row.offer_icon)
        )
    if row.can_verify:
        words = _tr("Verify: {field}")
        found.append(_of(row, "verify", partial(row.verify_wanted.emit, row), words, "Verify", "verify", "user-check"))
    if row.acts:
        what = row.acts[0].label if len(row.acts) == 1 else _tr("Use without showing")
        words = filled("{}: {{field}}", what)
        found.append(_of(row, "act", row.want_act, words, "Use without showing", "act", row.act_icon))
    if row.marks.can_edit:
        change = partial(row.edit_wanted.emit, row)
        found.append(_of(row, "edit_field", change, _tr("Change: {field}"), "Change", "edit_field", "pencil"))
    if row.marks.changes:
        versions = partial(row.versions_wanted.emit, row)
        words = _tr("Who changed it: {field}")
        found.append(_of(row, "field_versions", versions, words, "Who changed", "field_versions", "history"))
    if row.curtain.may_copy or row.curtain.is_copy_settled:
        copying = _of(row, "copy", row.want_copy, _tr("Copy: {field}"), "Copy", "copy", "copy")
        found.append(replace(copying, why_not=settled_words) if row.curtain.is_copy_settled else copying)
    why = partial(explain, row)
    found.append(_of(row, "why_masked", why, _tr("Why is this masked: {field}"), "Why is this masked", "why_masked",
                     "circle-question-mark"))  # fmt: skip
    if is_short:
        found = [replace(command, words=_before_the_field(command.words)) for command in found]
    return [replace(command, is_quiet=is_quiet) for command in found]


@said
def _before_the_field(words: str) -> str:
    return words.partition(": ")[0]


def _offer_words(row: FieldRow) -> str:
    words = {
        Offer.REVEAL: _tr("Reveal: {field}"),
        Offer.ASK: _tr("Ask for: {field}"),
        Offer.WITHDRAW: _tr("Withdraw the request: {field}"),
        Offer.OPEN: _tr("Open: {field}"),
        Offer.CLOSE: _tr("Close: {field}"),
        Offer.STOP: _tr("Stop: {field}"),
        Offer.LEARN: _tr("To the lesson that opens it: {field}"),
    }
    return words[row.offer]


def _of(row: FieldRow, does: str, act: Callable[[], object], words: str, english: str, key: str, icon: str) -> Command:
    def take() -> None:
        row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        act()

    name = in_a_sentence(row.field.label)
    return Command(
        f"{does}:{row.field.name}",
        take,
        words=words.format(field=name),
        english=f"{english} {row.field.name.replace('_', ' ')}",
        cap=cap_for(key),
        icon=icon,
        hint=class_name(row.field.data_class),
        nearness=Nearness.RECORD,
    )
