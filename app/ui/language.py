"""The language of the screens: English as it stands in the code, Indonesian from `resources/i18n/tirai_id.qm`.

Every sentence goes through `self.tr` of its widget or, outside a widget, through `tr` of this module, which modules
import as `_tr`: both are what `make translations` looks for. Dates, times and numbers follow the language through
`QLocale()`, never the system's own locale, so that a screen does not speak two languages.
"""

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from app.resource_files import resource_path
from app.ui.saying import Said, speak_now, turn
from app.ui.saying_widgets import install, say_all_again

_TRANSLATOR = "tirai_translator"
_KNOWN: dict[type, tuple[str, ...]] = {}


class Language(StrEnum):
    """The languages that ship."""

    ENGLISH = "en"
    INDONESIAN = "id"

    @property
    def other(self) -> "Language":
        """The one that a switch offers."""
        return Language.ENGLISH if self is Language.INDONESIAN else Language.INDONESIAN

    @property
    def own_name(self) -> str:
        """What its speakers call it; never translated."""
        return "Bahasa Indonesia" if self is Language.INDONESIAN else "English"


def tr(text: str) -> str:
    """A sentence outside a widget, in the language of the screen; it follows another one (`saying.py`)."""
    return _sentence(("",), text)


def _tr_of_a_widget(self: QObject, text: str) -> str:
    return _sentence(_contexts(type(self)), text)


def _contexts(kind: type) -> tuple[str, ...]:
    """The classes whose sentences an object of this one says, its own first."""
    if kind not in _KNOWN:
        _KNOWN[kind] = tuple(one.__name__ for one in kind.__mro__ if issubclass(one, QObject))
    return _KNOWN[kind]


def _sentence(contexts: tuple[str, ...], text: str) -> Said:
    return Said(_translated(contexts, text), partial(_translated, contexts, text), text)


def _translated(contexts: tuple[str, ...], text: str) -> str:
    for context in contexts:
        words = QCoreApplication.translate(context, text)
        if words != text:
            return words
    return text


QObject.tr = _tr_of_a_widget  # type: ignore[method-assign, assignment]
install()


def later(text: str) -> str:
    """Mark a sentence, as `_later`, that stands in a table now and goes through `tr` at use."""
    return text


def language_for(wanted: str | None) -> Language:
    """The wanted language where it ships, otherwise the system's: Indonesian or English."""
    if wanted in set(Language):
        return Language(wanted)
    system = QLocale.system()
    first = next(iter(system.uiLanguages()), system.name())
    return Language.INDONESIAN if first.lower().startswith(("id", "in-", "in_")) else Language.ENGLISH


def spoken() -> Language:
    """The language of the screens now."""
    return Language.INDONESIAN if QLocale().language() == QLocale.Language.Indonesian else Language.ENGLISH


def speak(application: QCoreApplication, language: Language) -> None:
    """Speak this language from now on; what stands on the screen says its words again (`saying_widgets.py`)."""
    QLocale.setDefault(_locale(language))
    translator = None
    if language is Language.INDONESIAN:
        translator = QTranslator(application)
        if not translator.load(str(resource_path("i18n", "tirai_id.qm"))):
            raise FileNotFoundError("resources/i18n/tirai_id.qm cannot be read")
    speak_now(language.value)
    speak_through(application, translator)


def speak_through(application: QCoreApplication, translator: QTranslator | None) -> None:
    """Take the words of a translator in the place of the one before; without one, those of the code."""
    old = application.findChild(QObject, _TRANSLATOR)
    if isinstance(old, QTranslator):
        application.removeTranslator(old)
        old.setObjectName("")
        old.deleteLater()
    if translator is not None:
        translator.setObjectName(_TRANSLATOR)
        application.installTranslator(translator)
    turn()
    if isinstance(application, QApplication) and application.topLevelWidgets():  # at a start nothing stands yet
        say_all_again(application)


def _locale(language: Language) -> QLocale:
    if language is Language.INDONESIAN:
        return QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia)
    return QLocale(QLocale.Language.English)
