"""The language of the screens: English as it stands in the code, Indonesian from `resources/i18n/tirai_id.qm`.

Every sentence goes through `self.tr` of its widget or, outside a widget, through `tr` of this module, which modules
import as `_tr`: both are what `make translations` looks for. Dates, times and numbers follow the language through
`QLocale()`, never the system's own locale, so that a screen does not speak two languages.
"""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from app.resource_files import resource_path

_TRANSLATOR = "tirai_translator"


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
    """A sentence outside a widget, in the language of the screen."""
    return QCoreApplication.translate("", text)


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
    """Speak this language from now on; widgets that stand already keep their words until they are made anew."""
    old = application.findChild(QObject, _TRANSLATOR)
    if isinstance(old, QTranslator):
        application.removeTranslator(old)
        old.setObjectName("")
        old.deleteLater()
    QLocale.setDefault(_locale(language))
    if language is Language.INDONESIAN:
        translator = QTranslator(application)
        translator.setObjectName(_TRANSLATOR)
        if not translator.load(str(resource_path("i18n", "tirai_id.qm"))):
            raise FileNotFoundError("resources/i18n/tirai_id.qm cannot be read")
        application.installTranslator(translator)


def _locale(language: Language) -> QLocale:
    if language is Language.INDONESIAN:
        return QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia)
    return QLocale(QLocale.Language.English)
