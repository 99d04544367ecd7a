"""What else a console can show, opened one after the other in a walk with canaries (`walk_play.py`).

Each surface is dumped while it stands. It is closed by Esc, and where the focus is then is told to the judge, with
where it was before.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.demo.driver import Play

NEW_VALUE, LEFT_VALUE = "Jalan Surfaces 17", "Jalan Neverland 4"
"""Typed into the line of an edit: one is saved, one is left by Esc."""
FIELD = "street_address"

Dump = Callable[[str], None]
Tell = Callable[[str, str, str], None]


def undo_texts(window: Any) -> Iterator[str]:
    """What the steps of every undo stack hold, in their words and in what their functions were made with."""
    from app.ui.undoing import Undoing

    for undoing in window.findChildren(Undoing):
        for step in (*undoing._done, *undoing._undone):
            yield f"{step.words} {step.about}"
            for act in (step.undo, step.redo):
                yield from map(repr, held_by(act))


def held_by(act: Any) -> list[object]:
    """What a function was made with: cells of a closure, arguments of a partial."""
    cells = [cell.cell_contents for cell in getattr(act, "__closure__", None) or ()]
    return [*cells, *getattr(act, "args", ()), *getattr(act, "keywords", {}).values()]


def place_of(widget: Any) -> str:
    """A widget in words."""
    return f"{type(widget).__name__} {widget.objectName()}".strip() if widget is not None else "nothing"


def over(window: Any, name: str, begin: Callable[[], object], step: Dump, told: Tell, typed: str = "") -> "Play":
    """Open something that stands over the console, look at it, close it by Esc, and tell where the focus was and is."""
    from PySide6.QtCore import Qt

    from tests.demo.driver import Pause, Until, press, shows, write

    before = window.focusWidget()
    begin()
    yield Until(name, lambda: shows(window, name))
    yield Pause(0.1)
    if typed:
        write(typed)
        yield Pause(0.1)
    step(name)
    press(Qt.Key.Key_Escape)
    yield Until(f"no {name}", lambda: not shows(window, name))
    yield Pause(0.1)
    told(name, place_of(before), place_of(window.focusWidget()))


def surfaces(window: Any, step: Dump, told: Tell, numbers: Path) -> "Play":
    """All of them, with a customer on the card whose caller is verified."""
    yield from _helps(window, step, told)
    yield from _edits(window, step, told)
    yield from _wraps_up(window, step, told)
    yield from _tables(window, step, told)
    yield from _callers(window, step, numbers.read_text().split())


def _row(window: Any) -> Any:
    from PySide6.QtCore import Qt

    from tests.demo.driver import scroll_to

    row = window.console.card.row(FIELD)
    scroll_to(row)
    row.setFocus(Qt.FocusReason.TabFocusReason)
    return row


def _key(window: Any, key: Any, *modifiers: Any) -> Callable[[], object]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    together = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        together |= one
    return lambda: QTest.keyClick(window.focusWidget(), key, together)


def _helps(window: Any, step: Dump, told: Tell) -> "Play":
    """Palette, sheet of keys, the menu of a row, why it is masked, the display, what happens at the end."""
    from PySide6.QtCore import Qt

    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    run = window.console.commands.run
    _row(window)
    yield from over(window, "palette", _key(window, Qt.Key.Key_K, ctrl), step, told, "reveal")
    yield from over(window, "keys_sheet", _key(window, Qt.Key.Key_F1), step, told, "note")
    yield from over(window, "why_popover", _key(window, Qt.Key.Key_F1, shift), step, told)
    yield from over(window, "action_menu", _key(window, Qt.Key.Key_Menu), step, told)
    yield from over(window, "display_popover", lambda: run("display"), step, lambda *_places: None)
    yield from over(window, "ends_popover", lambda: run("what_ends"), step, lambda *_places: None)


def _edits(window: Any, step: Dump, told: Tell) -> "Play":
    """A value is typed and left, another one typed and saved; then the versions of the field."""
    from PySide6.QtCore import Qt

    from tests.demo.driver import Pause, Until, press, shows, write

    console = window.console
    row = _row(window)
    yield Until("that the field can be changed", lambda: row.marks.can_edit)
    for text, key, name in ((LEFT_VALUE, Qt.Key.Key_Escape, "edit_left"), (NEW_VALUE, Qt.Key.Key_Return, "edit_saved")):
        _row(window)
        press(Qt.Key.Key_E)
        yield Until("the line of the edit", lambda: shows(window, f"edit_{FIELD}"))
        yield Pause(0.1)
        write(text)
        yield Pause(0.1)
        step(f"{name}_typed")
        press(key)
        yield Until("the end of the edit", lambda: not console.field_actions.editing.is_open)
        yield Pause(0.3)
        step(name)
    yield Until("its version", lambda: console.card.row(FIELD).marks.changes > 0)
    _row(window)
    yield from over(window, "versions_popover", _key(window, Qt.Key.Key_H), step, told)


def _wraps_up(window: Any, step: Dump, told: Tell) -> "Play":
    """Outcome, call-back, tags: chosen, taken back, done again."""
    from PySide6.QtCore import Qt

    from tests.demo.driver import Pause, Until, press

    console = window.console
    panel = console.desk_panel.wrap_up
    panel.outcome.setFocus(Qt.FocusReason.TabFocusReason)
    yield from over(window, "outcome_popover", panel.outcome.click, step, told)
    press(Qt.Key.Key_1)
    yield Until("the outcome", lambda: panel.contact is not None and panel.contact.outcome)
    panel.call_back.setFocus(Qt.FocusReason.TabFocusReason)
    yield from over(window, "call_back_popover", panel.call_back.click, step, told, "tomorrow 10")
    step("wrap_up")
    console.undoing.undo()
    yield Pause(0.1)
    step("undone")
    console.undoing.redo()
    yield Pause(0.8)
    step("done_again")


def _tables(window: Any, step: Dump, told: Tell) -> "Play":
    """Filter, columns, views of the table; and Ctrl+A, Ctrl+C in it, which must copy nothing behind a curtain."""
    from PySide6.QtCore import Qt

    from tests.demo.driver import Pause

    console = window.console
    ctrl = Qt.KeyboardModifier.ControlModifier
    console.switch_face()
    yield Pause(0.3)
    bar, table = console.table_panel.bar, console.table_panel.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    for at in range(table.model().columnCount()):
        table.setCurrentIndex(table.model().index(0, at))
        _key(window, Qt.Key.Key_A, ctrl)()
        _key(window, Qt.Key.Key_C, ctrl)()
        step(f"copied{at}")
    for button, name in ((bar.arrange, "columns_popover"), (bar.views, "views_popover")):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        yield from over(window, name, button.click, step, told)
    bar.add.setFocus(Qt.FocusReason.TabFocusReason)
    yield from over(window, "filter_columns_popover", bar.choose_filter, step, told)
    console.switch_face()
    yield Pause(0.2)


def _callers(window: Any, step: Dump, numbers: list[str]) -> "Play":
    """Several customers have a number, and nobody has another one."""
    from PySide6.QtCore import Qt

    from app.session.console_line import Ask
    from tests.demo.driver import Pause, Until, press, shows

    console = window.console
    for nth, (number, name) in enumerate(zip(numbers, ("caller_chooser", "new_contact"), strict=True)):
        console.calls.answer(Ask("pop", {"phone": number, "call": f"walk-{nth}"}))
        yield Pause(0.3)
        step(f"{name}_waits")
        if console.calls.waiting:
            _key(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)()
        yield Until(name, lambda name=name: shows(window, name))  # type: ignore[misc]
        yield Pause(0.2)
        step(name)
        press(Qt.Key.Key_Escape)
        yield Until(f"no {name}", lambda name=name: not shows(window, name))  # type: ignore[misc]
        step(f"{name}_aside")
        console.calls.end_all()
        yield Pause(0.3)
    step("calls_over")
