"""Qt's setters remember what they were told, and a change of language tells them again.

Qt keeps characters alone. The setters below, which screens use for words, keep the `Said` beside it on the widget: a
text set later without a recipe takes its place. Nothing is built anew: drafts, selections, scrolls and sessions stay.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from app.ui.saying import Said, is_sayable, now

_KEPT = "_said_here"
MOST_PARTS = 1_000
"""A longer list holds rows, not words."""

_SETTERS: tuple[tuple[type[QObject], tuple[str, ...]], ...] = (
    (QWidget, ("setAccessibleName", "setAccessibleDescription", "setToolTip", "setWindowTitle", "setStatusTip")),
    (QLabel, ("setText",)),
    (QAbstractButton, ("setText",)),
    (QLineEdit, ("setPlaceholderText",)),
    (QPlainTextEdit, ("setPlaceholderText",)),
    (QTextEdit, ("setPlaceholderText",)),
    (QAction, ("setText", "setToolTip")),
)


@runtime_checkable
class Retranslated(Protocol):
    """What keeps more of a language than its texts: widths of words, lines of a plot."""

    def retranslate(self) -> None:
        """Make it anew in the language of now; what a person did here stays."""
        ...


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
    """Say all that stands, shown or not, in the language of now."""
    objects = _all(application)
    for thing in objects:
        _heal(thing)
    for thing in objects:
        _tell(thing)
    for thing in objects:
        if isinstance(thing, Retranslated):
            thing.retranslate()
    for thing in objects:
        _refresh(thing)


def source_of(thing: QObject) -> str:
    """The sentence in the code that a widget's text comes from; empty where it has several, or none."""
    _setter, words = thing.__dict__.get(_KEPT, {}).get("setText", (None, ""))
    return words.source if isinstance(words, Said) else ""


def _all(application: QApplication) -> list[QObject]:
    found: dict[int, QObject] = {id(thing): thing for thing in application.findChildren(QObject)}
    for widget in application.allWidgets():
        found[id(widget)] = widget
        found.update(
            (id(child), child)
            for child in widget.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly)
        )
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
    """Say again what Python keeps of it to paint, one container deep."""
    for name, value in list(vars(thing).items()):
        if name == _KEPT:
            continue
        if is_sayable(value):
            setattr(thing, name, now(value))
        elif isinstance(value, list) and len(value) <= MOST_PARTS and any(map(is_sayable, value)):
            value[:] = _healed(value)
        elif isinstance(value, dict):
            value.update({key: now(part) for key, part in value.items() if is_sayable(part)})
        elif type(value) is tuple and any(map(is_sayable, value)):
            setattr(thing, name, tuple(_healed(value)))


def _healed(parts: Iterable[object]) -> list[object]:
    return [now(part) for part in parts]


def _tell(thing: QObject) -> None:
    kept: dict[str | int, tuple[Callable[[QObject, str], None], str]] = thing.__dict__.get(_KEPT, {})
    for key, (setter, words) in list(kept.items()):
        text = now(words)
        kept[key] = (setter, text)
        setter(thing, text)


def _refresh(thing: QObject) -> None:
    if isinstance(thing, QTableView) and thing.model() is not None and thing.model().columnCount():
        thing.model().headerDataChanged.emit(Qt.Orientation.Horizontal, 0, thing.model().columnCount() - 1)
    if isinstance(thing, QAbstractItemView):
        thing.viewport().update()
    if isinstance(thing, QWidget):
        thing.updateGeometry()
        thing.update()
