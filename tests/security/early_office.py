"""An office with the real keyring that was made an hour ago, so that every code of now is unused; for plays."""

import time
from typing import Any

QUEUES = ("billing", "delivery")


def make_early_office(places: Any, store: Any) -> Any:
    """An office with the real keyring, made by a clock that is an hour behind; it serves in this process."""
    from app.domain.policy_reader import load_policy
    from app.resource_files import resource_text
    from tests.office.made import MadeOffice, QuietGuardian
    from tests.office.moved_clock import MovedClock

    class HourAgo(MovedClock):
        def __init__(self) -> None:
            self.ahead_ms = -3_600_000

        def boot_s(self) -> float:
            return time.monotonic()

    class EarlyOffice(MadeOffice):
        def __init__(self) -> None:
            self.places, self.store, self.clock = places, store, HourAgo()
            self.policy = load_policy(resource_text("policy", "default.toml"))
            self.guardian, self.people = QuietGuardian(), {}
            self.inventory_text = resource_text("inventory", "customer.toml")
            self.made = self._set_up()
            self._thread = None

        def hire_all(self, people: list[tuple[str, str]]) -> None:
            """Invite and enrol each (account, role), then grant all in one session."""
            from app.domain.role import Role

            administrator = self.command("adi")
            for account, role in people:
                self._person(account, account.title(), role, QUEUES)
                self.enrol(account, administrator.invite(account, account.title(), Role(role), QUEUES))
            administrator.end()
            holder = self.command("hendra")
            for account, _role in people:
                holder.grant(account)
            holder.end()

    office = EarlyOffice()
    office.serve()
    return office


def lasting_code(person: Any) -> str:
    """A fresh code that stays valid for half a minute at least, however long the typing takes."""
    authenticator = person.authenticator
    authenticator.last_step = max(authenticator.last_step, int(time.time() // 30) - 1)
    return str(authenticator.fresh_code())


def code_to_type(person: Any) -> str:
    """A fresh code for a window that is only coming up: valid for a minute at least, however busy the machine is."""
    return str(person.authenticator.fresh_code(60.0))
