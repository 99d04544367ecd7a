"""A call-back in words, by the office's clock: `Thu 12 Mar, 10:00`; and why one cannot be."""

from datetime import date

from app.domain.call_back import CallBack, CallBackFault
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import short_day, wall_time


@said
def call_back_words(call_back: CallBack) -> str:
    """Day, and time if there is one."""
    day = short_day(call_back.day, weekday=True)
    if call_back.at is None:
        return day
    return f"{day}, {wall_time(call_back.at.hour, call_back.at.minute)}"


@said
def due_words(call_back: CallBack, today: date) -> str:
    """When a call is due: its time today, else its day."""
    if call_back.day == today:
        words = call_back_words(call_back)
        return words.rpartition(", ")[2] if call_back.at is not None else _tr("today")
    return short_day(call_back.day)


@said
def fault_words(fault: CallBackFault) -> str:
    """Why a day or time is refused."""
    words = {
        CallBackFault.FORM: _tr("Type a day like 12/3, and behind it a time like 10:00 if one was agreed."),
        CallBackFault.OVER: _tr("This time is over. Choose one to come."),
        CallBackFault.FAR: _tr("This is more than a year away. Choose an earlier day."),
    }
    return words[fault]
