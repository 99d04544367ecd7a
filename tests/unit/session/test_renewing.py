"""Beats that overlap: after an office was slow, several wait for it at once."""

import threading
from pathlib import Path

from tests.office.made import made_office


def test_that_leases_which_are_renewed_at_once_raise_no_false_alarm(tmp_path: Path) -> None:
    """Each proof begins where the log was seen when it was asked for; the log grows meanwhile."""
    with made_office(tmp_path) as office:
        session, other = office.bare("hendra"), office.command("adi")
        errors: list[Exception] = []

        def renew() -> None:
            for _ in range(25):
                try:
                    session.identity.renew()
                except Exception as e:  # noqa: BLE001  (whatever it is, the test names it)
                    errors.append(e)

        threads = [threading.Thread(target=renew) for _ in range(4)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            other.my_account.end_others()  # writes an entry
        assert errors == []
        session.end()
        other.end()
