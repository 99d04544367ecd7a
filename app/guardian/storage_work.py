"""The guardian's hands on real storage. Imports storage, and with it the keyring, only when a hand moves.

So a guardian that builds its `WipeWork` here stays free of keyring, SQLCipher and Qt: the imports happen in the
wipe helper, a forked process that ends right after.
"""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.guardian.destroy import EndReport, WipeWork
from app.session.ends import WipeLine

if TYPE_CHECKING:
    from app.storage.places import Places
    from app.storage.wiping import SessionHalves, WipeReport

OpenKeyStore = Callable[[], "SessionHalves"]
OnSwept = Callable[[str, Sequence[WipeLine]], object]


def storage_work(
    places: "Places",
    report_end: EndReport | None = None,
    open_key_store: OpenKeyStore | None = None,
    on_swept: OnSwept | None = None,
) -> WipeWork:
    """Hands that remove what `app.storage` made.

    Args:
        places: whose cache root and keyring entries.
        report_end: see `WipeWork`.
        open_key_store: another way to the keyring, for tests; None is the real one.
        on_swept: is told of each dead session that a sweep wiped.
    """
    return WipeWork(
        key=lambda session: _remove_key(session, open_key_store or _real_key_store),
        files=lambda session: _remove_files(places, session),
        sweep=lambda with_keyring: _sweep(
            places, (open_key_store or _real_key_store) if with_keyring else None, on_swept
        ),
        report_end=report_end,
    )


def _real_key_store() -> "SessionHalves":
    from app.storage.keyring_store import open_key_store

    return open_key_store(sessions_only=True)


def _remove_key(session: str, open_key_store: OpenKeyStore) -> WipeLine:
    begin = time.perf_counter()
    store = open_key_store()
    there = store.delete_session(session)
    left = store.session(session) is not None
    ms = (time.perf_counter() - begin) * 1000
    if left:
        return WipeLine("keyring", "failed", "still_there", ms=ms)
    return WipeLine("keyring", "removed" if there else "was_not_there", count=int(there), ms=ms)


def _remove_files(places: "Places", session: str) -> WipeLine:
    from app.storage.wiping import wipe_session

    lines = _lines(wipe_session(places, None, session))
    return next((line for line in lines if line.what == "cache"), WipeLine("cache", "failed", "no_report"))


def _sweep(
    places: "Places", open_key_store: OpenKeyStore | None, on_swept: OnSwept | None = None
) -> Sequence[WipeLine]:
    from app.storage.log_notes import note_wipe
    from app.storage.wiping import sweep

    store = open_key_store() if open_key_store is not None else None
    reports = sweep(places, store)
    for report in reports:
        note_wipe(places.home, report, "sweep")
        if on_swept is not None and report.session:
            on_swept(report.session, _lines(report))
    lines = [line for report in reports for line in _lines(report)]
    return lines if store is not None else [line for line in lines if line.what != "keyring"]


def _lines(report: "WipeReport") -> list[WipeLine]:
    return [WipeLine(s.name, str(s.outcome), s.detail, s.count, s.size_bytes, s.ms) for s in report.steps]
