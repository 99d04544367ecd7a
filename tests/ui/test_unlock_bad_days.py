"""What may go wrong with an unlock has a sentence of its own on the screen, in both languages.

| bad day | the office refuses | said |
|---|---|---|
| approval of an expired, withdrawn or decided request; two at once | `security/test_unlock_bad_days.py` | here |
| an altered request, a grant with any byte changed | the same, `security/test_unlock_replay.py` | here |
| approval for oneself, or of a class not held | `security/test_unlock_replay.py` | here |
| a grant for another session, device, field, record; used, closed, over | the same | here |
| the office gone between approval and reveal | `contract/test_unlock_and_lock.py`, `e2e/test_locks.py` | here |
| the clock set back | `security/test_unlock_bad_days.py`, `security/test_set_clock.py` | `ui/test_lock.py` |
| the audit disk full | `security/test_unlock_bad_days.py` | here |
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError, TiraiError, WorkstationError
from app.session.errors import OfficeAwayError
from app.session.shown import PastUnlock, RequestState
from app.ui.application import TiraiApplication
from app.ui.faults import fault_of
from app.ui.language import Language, speak
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_approvals import Made, look_again, made
from tests.ui.test_console import ask, click, screen_of

__all__ = ["made"]

Make = Callable[..., Signed]

AT_THE_SUPERVISOR = {
    "expired": ("The request has expired", "Permintaan kedaluwarsa"),
    "withdrawn": ("The agent took this request back.", "Agen membatalkan permintaan ini."),
    "decided": ("This request was decided already.", "Permintaan ini sudah diputuskan."),
    "altered": (
        "This request is not as it was shown, so nothing was opened. Tell IT (U1).",
        "Permintaan ini tidak sama dengan yang ditampilkan, jadi tidak ada yang dibuka. Beri tahu IT (U1).",
    ),
    "own_request": ("You cannot decide your own request.", "Anda tidak dapat memutuskan permintaan sendiri."),
    "class_not_held": (
        "You may not view this class yourself, so you cannot open it for somebody.",
        "Anda sendiri tidak boleh melihat kelas ini, jadi tidak dapat membukakannya.",
    ),
    "asker_locked": (
        "The agent’s console is locked. Approve once they are back; the request waits so long.",
        "Konsol agen terkunci. Setujui setelah ia kembali; permintaan menunggu sampai saat itu.",
    ),
    "asker_resumed": (
        "The agent’s console was locked meanwhile. Approve once more.",
        "Konsol agen sempat terkunci. Setujui sekali lagi.",
    ),
    "changed": ("The field was changed meanwhile. Look again.", "Kolom ini baru saja berubah. Lihat lagi."),
    "too_long": ("The grant is longer than policy allows.", "Izin ini lebih lama daripada yang dibolehkan kebijakan."),
}
AT_THE_AGENT = {
    "unlock": (
        "No supervisor has opened this field for you.",
        "Belum ada supervisor yang membukakan kolom ini untuk Anda.",
    ),
    "unlock_over": ("The unlock is over. Ask again.", "Izin buka sudah berakhir. Minta lagi."),
    "unlock_used": ("This unlock was used already. Ask again.", "Izin buka ini sudah terpakai. Minta lagi."),
    "unlock_revoked": ("This field was closed again by a supervisor.", "Kolom ini ditutup lagi oleh supervisor."),
    "unlock_changed": (
        "The field was changed after the approval. Ask again.",
        "Kolom ini berubah setelah disetujui. Minta lagi.",
    ),
}
AUDIT = (
    "The audit log cannot be written, so nothing can be opened. Call IT (A1).",
    "Log audit tidak dapat ditulis, jadi tidak ada yang bisa dibuka. Hubungi IT (A1).",
)
AWAY = (
    "The back office does not answer. Try again in a moment.",
    "Back office tidak menjawab. Coba lagi sebentar lagi.",
)


@pytest.fixture(params=["en", "id"])
def language(request: pytest.FixtureRequest, qapp: TiraiApplication) -> Iterator[int]:
    """0 for English, 1 for Indonesian, which the screens speak then."""
    speak(qapp, Language(request.param))
    yield ["en", "id"].index(request.param)
    speak(qapp, Language.ENGLISH)


def unwritable() -> TiraiError:
    return WorkstationError("full", code="audit")


@pytest.mark.parametrize("code", sorted(AT_THE_SUPERVISOR))
def test_that_a_refused_approval_says_why(qtbot: QtBot, language: int, made: Made, code: str) -> None:
    made.deciding.refuse = NotAllowedError("refused", code=code)
    made.screen.take_main_action()
    qtbot.waitUntil(lambda: made.screen.detail.error.text() == AT_THE_SUPERVISOR[code][language])


@pytest.mark.parametrize(
    ("error", "words"), [(unwritable(), AUDIT), (OfficeAwayError("away"), AWAY)], ids=["audit", "away"]
)
def test_that_an_approval_that_cannot_be_written_down_says_so_and_the_request_waits(
    qtbot: QtBot, language: int, made: Made, error: TiraiError, words: tuple[str, str]
) -> None:
    made.deciding.refuse = error
    made.screen.take_main_action()
    qtbot.waitUntil(lambda: made.screen.detail.error.text() == words[language])
    assert made.shown == "q42"


def approved(qtbot: QtBot, console: Make) -> Signed:
    """An agent whose request was approved."""
    signed = console(FakeDesk(count=300))
    row = ask(qtbot, signed)
    signed.desk.set_request("q0", RequestState.APPROVED, by="Hendra Kusuma")
    screen_of(signed).field_actions.watch.poll()
    qtbot.waitUntil(lambda: row.button.objectName() == "open_bank_account")
    return signed


OPENINGS: list[tuple[TiraiError, tuple[str, str]]] = [
    *((NotAllowedError("refused", code=code), AT_THE_AGENT[code]) for code in sorted(AT_THE_AGENT)),
    (unwritable(), AUDIT),
]


@pytest.mark.parametrize(("error", "words"), OPENINGS, ids=[error.code for error, _ in OPENINGS])
def test_that_an_unlock_that_does_not_open_says_why(
    qtbot: QtBot,
    language: int,
    console: Make,
    monkeypatch: pytest.MonkeyPatch,
    error: TiraiError,
    words: tuple[str, str],
) -> None:
    signed = approved(qtbot, console)

    def refuse(_request: str) -> None:
        raise error

    monkeypatch.setattr(signed.desk, "open_unlocked", refuse)
    click(qtbot, signed.window, "open_bank_account")
    qtbot.waitUntil(lambda: screen_of(signed).card.fault.label.text() == words[language])
    assert not screen_of(signed).field_actions.is_open


def test_that_an_office_gone_before_the_opening_is_said_and_nothing_opens(
    qtbot: QtBot, language: int, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = approved(qtbot, console)

    def away(_request: str) -> None:
        raise OfficeAwayError("away")

    monkeypatch.setattr(signed.desk, "open_unlocked", away)
    click(qtbot, signed.window, "open_bank_account")
    says = ("Back office away since", "Back office terputus sejak")[language]
    qtbot.waitUntil(lambda: screen_of(signed).strip.label.text().startswith(says))
    assert not screen_of(signed).field_actions.is_open


@pytest.mark.parametrize("is_approved", [False, True])
def test_that_what_ran_out_says_whether_it_was_ever_open(
    qtbot: QtBot, language: int, console: Make, is_approved: bool
) -> None:
    """A lock ends what was approved: the console that comes back says that it is over, not that nobody decided."""
    signed = console(FakeDesk(count=300))
    row = ask(qtbot, signed)
    signed.desk.set_request("q0", RequestState.EXPIRED, by="Hendra Kusuma" if is_approved else "")
    screen_of(signed).field_actions.watch.poll()
    words = AT_THE_AGENT["unlock_over"] if is_approved else AT_THE_SUPERVISOR["expired"]
    qtbot.waitUntil(lambda: row.curtain._words == words[language])
    assert row.button.objectName() == "ask_bank_account"


# what stands on a supervisor's screen while something else becomes of it


def test_that_of_two_who_decide_at_once_the_other_is_told_by_whom(qtbot: QtBot, language: int, made: Made) -> None:
    """Both press; the office takes one. The sentence stays beside what it is about, and nothing is under the key."""
    made.deciding.refuse = NotAllowedError("decided", code="decided")
    gone = made.deciding.queue.pop(0)
    at = time.time() - 1
    made.deciding.decided.insert(
        0,
        PastUnlock(gone.id, "Ratna", gone.number, "Card", "Dispute", RequestState.APPROVED, at, "Dian Sasmita", False),
    )
    made.screen.take_main_action()
    says = ("Dian Sasmita decided this ", "Dian Sasmita sudah memutuskan ")[language]
    qtbot.waitUntil(lambda: made.screen.detail.over.label.text().startswith(says))
    assert made.shown == "q42"
    assert not made.screen.detail.decision.isVisible()


@pytest.mark.parametrize(
    ("left_s", "words"),
    [(60, AT_THE_SUPERVISOR["withdrawn"]), (-1, AT_THE_SUPERVISOR["expired"])],
    ids=["withdrawn", "expired"],
)
def test_that_a_request_that_goes_says_why(
    qtbot: QtBot, language: int, made: Made, left_s: int, words: tuple[str, str]
) -> None:
    request = made.screen.detail.request
    assert request is not None
    made.screen.detail.request = replace(request, until=time.time() + left_s)
    made.deciding.queue.pop(0)
    look_again(qtbot, made)
    assert made.screen.detail.over.label.text() == words[language]


def test_that_the_focus_does_not_fall_on_a_button_that_closes_something(qtbot: QtBot, made: Made) -> None:
    made.screen.detail.decision.approve.setFocus()
    made.deciding.queue.pop(0)
    look_again(qtbot, made)
    assert made.screen.window().focusWidget() is made.screen.queue


def test_that_nothing_is_approved_for_a_console_that_is_locked_until_it_is_back(
    qtbot: QtBot, language: int, made: Made
) -> None:
    waiting = made.deciding.queue
    waiting[0] = replace(waiting[0], is_asker_locked=True)
    look_again(qtbot, made)
    detail = made.screen.detail
    assert detail.away.isVisible()
    assert detail.away.label.text().startswith(("The agent’s console is locked", "Konsol agen terkunci")[language])
    made.screen.take_main_action()
    assert made.deciding.said == []
    assert detail.decision._deny_opener.isEnabled()
    waiting[0] = replace(waiting[0], is_asker_locked=False)
    look_again(qtbot, made)
    assert not detail.away.isVisible()
    made.screen.take_main_action()
    qtbot.waitUntil(lambda: made.deciding.said == [("approve", "q42", "120")])


CODES = sorted({*AT_THE_SUPERVISOR, *AT_THE_AGENT, "not_open", "replay", "too_many", "ask_again", "empty", "step_up"})


def test_that_no_two_refusals_share_a_sentence(qtbot: QtBot, language: int) -> None:
    sentences = [fault_of(NotAllowedError("refused", code=code)).sentence for code in CODES]
    assert len(set(sentences)) == len(CODES)
    assert fault_of(NotAllowedError("refused", code="unheard of")).sentence not in sentences
