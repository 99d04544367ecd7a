"""Leaving and coming back at a made office: its process goes away, people lock and resume."""

import contextlib
from collections.abc import Iterator

from app.api.client.client import ApiClient
from app.session.ends import LockedSession
from app.session.lock_place import LockWord
from app.session.resume import BackAtDesk, Resume
from tests.office.made import MadeOffice


@contextlib.contextmanager
def clients_closed(office: MadeOffice) -> Iterator[MadeOffice]:
    """The office, whose clients are closed at the end, also those of desks that nobody ended."""
    clients: list[ApiClient] = []
    connect = office.connect

    def kept() -> ApiClient:
        clients.append(connect())
        return clients[-1]

    office.connect = kept  # type: ignore[method-assign]
    yield office
    for client in clients:
        client.close()


@contextlib.contextmanager
def away(office: MadeOffice) -> Iterator[None]:
    """The office's process is gone within the block; another one comes after it."""
    office.stop()
    office.places.socket("office").unlink(missing_ok=True)
    yield
    office.serve()


def locked(office: MadeOffice, word: LockWord) -> LockedSession:
    """What a guardian would make of a console's word."""
    return LockedSession(
        session=word.session,
        account=word.account,
        display_name=office.people[word.account].name,
        role=word.role,
        seat=word.seat,
        cause=word.cause,
        at=0.0,
        ends_at_boot_s=1e9,
        unused_s=0.0,
        generation=office.guardian.generations[word.session],
        tries=5,
    )


def resumed(office: MadeOffice, lock: LockedSession, password: str | None = None) -> BackAtDesk:
    """Resume at the lock screen, by default with the right password."""
    store, guardian = (lambda: office.store), office.guardian
    use = Resume(office.places, office.connect, store, office.policy, lock, guardian, start_office=office.serve)
    return use.resume(office.people[lock.account].password if password is None else password)
