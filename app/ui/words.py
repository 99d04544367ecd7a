"""Words that several screens say: classes, roles, reasons of a mask, times. Translated at use."""

import time
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.ui.language import Language, spoken
from app.ui.language import tr as _tr
from app.ui.saying import said

JUST_NOW_S = 5

CLASS_ICONS: dict[DataClass, str] = {
    DataClass.OPEN: "info",
    DataClass.CONTACT: "phone",
    DataClass.IDENTITY: "id-card",
    DataClass.FINANCIAL: "credit-card",
    DataClass.SPECIAL: "heart-pulse",
    DataClass.NOTE: "notebook-pen",
}


@said
def class_name(data_class: DataClass) -> str:
    """A data class as a heading."""
    names = {
        DataClass.OPEN: _tr("Open"),
        DataClass.CONTACT: _tr("Contact"),
        DataClass.IDENTITY: _tr("Identity"),
        DataClass.FINANCIAL: _tr("Financial"),
        DataClass.SPECIAL: _tr("Special"),
        DataClass.NOTE: _tr("Notes"),
    }
    return names[data_class]


@said
def role_name(role: Role) -> str:
    """A role as it stands under a person's name."""
    names = {
        Role.AGENT: _tr("Agent"),
        Role.SUPERVISOR: _tr("Supervisor"),
        Role.PRIVACY_OFFICER: _tr("Privacy officer"),
        Role.ADMINISTRATOR: _tr("Administrator"),
        Role.RECOVERY: _tr("Recovery"),
    }
    return names[role]


@said
def workspace_name(key: str) -> str:
    """A workspace as its tab and its line in the menu name it."""
    names = {
        "console": _tr("Console"),
        "approvals": _tr("Approvals"),
        "exposures": _tr("Exposures"),
        "privacy": _tr("Privacy desk"),
        "training": _tr("Training"),
        "accounts": _tr("Accounts"),
        "workstations": _tr("Workstations"),
        "audit": _tr("Audit log"),
        "policy": _tr("Policy"),
        "who_saw": _tr("Who saw my data"),
        "my_account": _tr("My account"),
    }
    return names[key]


@said
def find_name(what: str) -> str:
    """What the scanner of notes has found, as it stands in a sentence."""
    names = {
        "card": _tr("card number"),
        "card_code": _tr("card code"),
        "nik": _tr("NIK"),
        "national_id": _tr("national ID"),
        "family_card": _tr("family card number"),
        "npwp": _tr("NPWP"),
        "bpjs": _tr("BPJS number"),
        "passport": _tr("passport number"),
        "phone": _tr("phone number"),
        "email": _tr("e-mail address"),
        "account": _tr("account number"),
        "birth_date": _tr("birth date"),
        "plate": _tr("number plate"),
    }
    return names[what]


@said
def mask_reason(code: str) -> str:
    """Why a field is masked, as the head of its section says it."""
    reasons = {
        "may_reveal": _tr("you may reveal, with a reason"),
        "supervisor_opens": _tr("a supervisor opens one field at a time"),
        "privacy_officer_only": _tr("specific data under UU PDP, only a privacy officer decides"),
        "no_class_key": _tr("a supervisor still has to hand you the key of this class"),
        "training": _tr("a lesson opens this"),
        "rules": _tr("the rules of conduct have to be accepted first"),
        "quota": _tr("all reveals of this shift are used, a supervisor opens one field at a time"),
        "quota_pace": _tr("many in a short time, wait a little or ask a supervisor"),
        "off_hours": _tr("outside the hours of work, a supervisor opens one field at a time"),
        "empty": _tr("nothing is kept here"),
    }
    return reasons.get(code, "")


@said
def row_reason(code: str) -> str:
    """Why a field is masked, as its row says it while it has the focus."""
    reasons = {
        "may_reveal": _tr("You may open it"),
        "supervisor_opens": _tr("A supervisor decides"),
        "privacy_officer_only": _tr("Only a privacy officer decides"),
        "no_class_key": _tr("Waits for your class key"),
        "training": _tr("A lesson opens this"),
        "rules": _tr("Accept the rules of conduct first"),
        "quota": _tr("Your reveals are used up"),
        "quota_pace": _tr("Wait a little, or ask"),
        "off_hours": _tr("Outside the hours of work"),
    }
    return reasons.get(code, "")


@said
def lesson_name(lesson: str) -> str:
    """The short name of a lesson."""
    names = {
        "law": _tr("Why and the law"),
        "masks": _tr("Masks and reveals"),
        "callers": _tr("Who is calling"),
        "notes": _tr("Notes and screens"),
        "incidents": _tr("Incidents"),
        "rights": _tr("The customer’s rights"),
    }
    return names.get(lesson, lesson)


@said
def lesson_opens(lesson: str) -> str:
    """Which lesson opens something."""
    return _tr("the lesson “{name}” opens this").format(name=lesson_name(lesson))


@said
def in_a_sentence(label: str) -> str:
    """A field's name inside a sentence: `Mobile phone` becomes `mobile phone`, `NIK` stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


@said
def minutes_seconds(seconds: float) -> str:
    """A short span by the language: 0:42, in Indonesian 0.42."""
    whole = max(0, int(seconds))
    return _with_marks(f"{whole // 60}:{whole % 60:02d}")


def _with_marks(text: str) -> str:
    return text.replace(":", ".") if spoken() is Language.INDONESIAN else text


@said
def clock_time(at: float) -> str:
    """A time of day by the locale: 14:06, in Indonesian 14.06."""
    return _with_marks(time.strftime("%H:%M", time.localtime(at)))


def iso_day(at: float) -> str:
    """2026-11-27: the same in every language, for what IT reads."""
    return time.strftime("%Y-%m-%d", time.localtime(at))


@said
def clock_time_seconds(at: float) -> str:
    """A time of day with seconds by the locale: 14:06:31, in Indonesian 14.06.31."""
    return _with_marks(time.strftime("%H:%M:%S", time.localtime(at)))


@said
def day_and_time(at: float) -> str:
    """A day and a time: 28 Feb, 09:14."""
    local = time.localtime(at)
    month = QLocale().monthName(local.tm_mon, QLocale.FormatType.ShortFormat)
    return f"{local.tm_mday} {month}, {clock_time(at)}"


@said
def day_of_year(at: float) -> str:
    """A day with its year, for what is months away: 25 Feb 2027."""
    return day_and_year(date.fromtimestamp(at))


@said
def hours_minutes(seconds: float) -> str:
    """A long span: 6 h 12 min."""
    minutes = max(0, int(seconds // 60))
    if minutes < 60:
        return _tr("{m} min").format(m=minutes)
    return _tr("{h} h {m} min").format(h=minutes // 60, m=minutes % 60)


def two_digits(value: int) -> str:
    """07, under a plot."""
    return f"{value:02d}"


@said
def one_decimal(value: float) -> str:
    """A measure with one decimal: 0.9, in Indonesian 0,9."""
    return QLocale().toString(value, "f", 1)


@said
def two_decimals(value: float) -> str:
    """A number between 0 and 1 with two decimals, as this language writes it."""
    return QLocale().toString(value, "f", 2)


@said
def number(value: int) -> str:
    """A count with the locale's separators."""
    return QLocale().toString(value)


def one_or_many(count: int, one: str, many: str) -> str:
    """The sentence for one of them or for several; `{n}` is filled in later. Indonesian says both alike."""
    return one if count == 1 else many


@said
def saved_ago(seconds: float) -> str:
    """How long ago a note was saved."""
    if seconds < JUST_NOW_S:
        return _tr("Saved just now")
    if seconds < 60:
        return _tr("Saved {n} s ago").format(n=int(seconds))
    return _tr("Saved {n} min ago").format(n=int(seconds // 60))


@said
def plain_size(size_bytes: int) -> str:
    """A file size for people."""
    return QLocale().formattedDataSize(size_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat)


def shown_text(kind: str, text: str) -> str:
    """An open value as people write it; anything of another form stays as it is.

    14 May 2019, Rp 412.500, +62 812-0455-9147, 5412 7512 3456 4417.
    """
    if kind == "date":
        day = QDate.fromString(text, Qt.DateFormat.ISODate)
        return QLocale().toString(day, "d MMM yyyy") if day.isValid() else text
    if kind == "money":
        whole, _, part = text.partition(".")
        if not whole.isascii() or not whole.isdigit() or (part and not part.isdigit()):
            return text
        rupiah = QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia).toString(int(whole))
        return f"Rp {rupiah},{part}" if part.strip("0") else f"Rp {rupiah}"
    if kind == "phone":
        return phone_number(text)
    if kind == "pan" and text.isascii() and text.isdigit():
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
    return text


def phone_number(text: str) -> str:
    """A number with its country as people read it aloud: +62 812-0455-9147."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@said
def wall_time(hour: int, minute: int, second: int | None = None) -> str:
    """What a clock shows by the locale: 15:00, with seconds 15:58:12; in Indonesian 15.00."""
    return _with_marks(f"{hour:02d}:{minute:02d}" if second is None else f"{hour:02d}:{minute:02d}:{second:02d}")


@said
def short_day(day: date, *, weekday: bool = False) -> str:
    """24 Nov; with its weekday, Tue 24 Nov."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM" if weekday else "d MMM")


@said
def day_and_year(day: date) -> str:
    """28 Nov 2026."""
    return f"{short_day(day)} {day.year}"


@said
def month_and_year(month: date, *, short: bool = False) -> str:
    """A month with its year; short, `Nov 26`."""
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return f"{QLocale().monthName(month.month, form)} {two_digits(month.year % 100) if short else month.year}"


@said
def weekday_name(day: int) -> str:
    """Mon for 0, in the language of the screen."""
    return QLocale().dayName(day + 1, QLocale.FormatType.ShortFormat)


@said
def listed(*names: str) -> str:
    """`Supervisor, Agent and Recovery`: names as a list in a sentence."""
    return QLocale().createSeparatedList(list(names))
