"""Qt's setters remember what they were told, and a change of language tells them again.

Qt keeps characters alone. The setters below, which screens use for words, keep the `Said` beside it on the widget: a
text set later without a recipe takes its place. Nothing is built anew: drafts, selections, scrolls and sessions stay.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from app.domain.two_languages import TwoLanguages
from app.ui.saying import Said, is_sayable, now

_KEPT = "_said_here"
_SAYABLE = (Said, TwoLanguages)
MOST_PARTS = 1_000
"""A longer list holds rows, not words."""
DEEPEST = 4
"""A table's lines are a tuple of data classes that hold tuples of texts."""
_OURS = ("app.ui.", "app.session.shown")
"""Where data classes of words for a screen are."""

_SETTERS: tuple[tuple[type[QObject], tuple[str, ...]], ...] = (
    (QWidget, ("setAccessibleName", "setAccessibleDescription", "setToolTip", "setWindowTitle", "setStatusTip")),
    (QLabel, ("setText",)),
    (QAbstractButton, ("setText",)),
    (QLineEdit, ("setPlaceholderText",)),
    (QPlainTextEdit, ("setPlaceholderText",)),
    (QTextEdit, ("setPlaceholderText",)),
    (QAction, ("setText", "setToolTip")),
)


def install() -> None:
    """Have Qt's setters remember; once in a process."""
    if hasattr(QComboBox, "_says_again"):
        return
    for kind, names in _SETTERS:
        for name in names:
            setattr(kind, name, _remembering(getattr(kind, name), name))
    QComboBox.addItem = _adding(QComboBox.addItem)  # type: ignore[method-assign]
    QComboBox.clear = _clearing(QComboBox.clear)  # type: ignore[method-assign]
    QComboBox._says_again = True  # type: ignore[attr-defined]


def say_all_again(application: QApplication) -> None:
    """Say all that stands, shown or not, in the language of now.

    What keeps more of a language than its texts, such as a width of words, has a `retranslate`, which is called when
    all texts are there.
    """
    objects = _all(application)
    for thing in objects:
        _heal(thing)
    for thing in objects:
        _tell(thing)
    for thing in objects:
        if hasattr(type(thing), "retranslate"):
            thing.retranslate()  # type: ignore[attr-defined]
        if isinstance(thing, QTableView):
            _tell_heads(thing)
    for window in application.topLevelWidgets():
        window.update()


def source_of(thing: QObject) -> str:
    """The sentence in the code that a widget's text comes from; empty where it has several, or none."""
    _setter, words = thing.__dict__.get(_KEPT, {}).get("setText", (None, ""))
    return words.source if isinstance(words, Said) else ""


def words_of(thing: QLabel | QAbstractButton) -> str:
    """The text of a label or a button, which can be said again where it could be set so."""
    _setter, words = thing.__dict__.get(_KEPT, {}).get("setText", (None, thing.text()))
    return words if isinstance(words, str) else thing.text()


def _all(application: QApplication) -> list[QObject]:
    """Every widget and what belongs to it; parents before their children."""
    found: dict[int, QObject] = {}
    for window in (application, *application.topLevelWidgets()):
        found[id(window)] = window
        found.update((id(child), child) for child in window.findChildren(QObject))
    return list(found.values())


def _remembering(setter: Callable[..., None], name: str) -> Callable[..., None]:
    def remembering(self: QObject, text: str, *rest: Any) -> None:
        if is_sayable(text):
            text = now(text)
            self.__dict__.setdefault(_KEPT, {})[name] = (setter, text)
        elif _KEPT in self.__dict__:
            self.__dict__[_KEPT].pop(name, None)
        setter(self, text, *rest)

    return remembering


def _adding(add: Callable[..., None]) -> Callable[..., None]:
    def adding(self: QComboBox, *args: Any) -> None:
        add(self, *(now(arg) for arg in args))
        words = next((arg for arg in args if is_sayable(arg)), None)
        if words is not None:
            self.__dict__.setdefault(_KEPT, {})[self.count() - 1] = (_item_setter(self.count() - 1), words)

    return adding


def _item_setter(at: int) -> Callable[[QComboBox, str], None]:
    return lambda picker, text: picker.setItemText(at, text)


def _clearing(clear: Callable[..., None]) -> Callable[..., None]:
    def clearing(self: QComboBox) -> None:
        kept = self.__dict__.get(_KEPT, {})
        for at in [key for key in kept if isinstance(key, int)]:
            del kept[at]
        clear(self)

    return clearing


def _heal(thing: QObject) -> None:
    """Say again what Python keeps of it to paint: texts, containers of them, and lines of a table (data classes)."""
    healed = False
    for name, value in list(vars(thing).items()):
        if name != _KEPT and (again := _again(value, DEEPEST)) is not value:
            setattr(thing, name, again)
            healed = True
    if healed and isinstance(thing, QWidget):
        thing.updateGeometry()


def _again(value: Any, depth: int) -> Any:
    """A value with its texts in the language of now; itself where it holds none. Lists and dicts stay the same ones."""
    if type(value) in _SAYABLE:
        return now(value)
    if not depth:
        return value
    if isinstance(value, list | tuple | dict):
        return _again_all(value, depth - 1) if len(value) <= MOST_PARTS else value
    if is_dataclass(value) and not isinstance(value, type) and type(value).__module__.startswith(_OURS):
        parts = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        changed = {name: again for name, part in parts.items() if (again := _again(part, depth - 1)) is not part}
        return replace(value, **changed) if changed else value
    return value


def _again_all(value: Any, depth: int) -> Any:
    parts = list(value.values()) if isinstance(value, dict) else list(value)
    again = [_again(part, depth) for part in parts]
    if all(one is other for one, other in zip(parts, again, strict=True)):
        return value
    if isinstance(value, dict):
        value.update(zip(list(value), again, strict=True))
        return value
    if isinstance(value, list):
        value[:] = again
        return value
    return tuple(again) if type(value) is tuple else value


def _tell(thing: QObject) -> None:
    kept: dict[str | int, tuple[Callable[[QObject, str], None], str]] = thing.__dict__.get(_KEPT, {})
    for key, (setter, words) in list(kept.items()):
        text = now(words)
        kept[key] = (setter, text)
        setter(thing, text)


def _tell_heads(view: QTableView) -> None:
    model = view.model()
    if model is not None and model.columnCount():
        model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, model.columnCount() - 1)
