"""Counting tries at the front door: per account, and per workstation over all accounts.

Invariant: a try is counted and on disk *before* it is judged.
"""

from abc import ABC, abstractmethod
from contextlib import suppress

from app.auth.throttle import ALARM_ACCOUNTS, ALARM_WITHIN_MS, FREE_TRIES, device_wait_after, leaked, wait_after
from app.backoffice.door_record import Device, Door
from app.domain.errors import WorkstationError

_MOST_FAILED_KEPT = 20
_MOST_STRANGERS = 200
_MOST_DOORS = 5000


class DoorTries(ABC):
    """The counts of a front door; `save` writes them, durably."""

    def __init__(self) -> None:
        """Nobody has tried yet."""
        self._doors: dict[str, Door] = {}
        self._device = Device()

    @abstractmethod
    def save(self) -> None:
        """Write everything, durably."""

    def wait_s(self, account: str, boot_s: float, boot_id: str) -> int:
        """Seconds until the next try of an account here, 0 for now. After a reboot a wait starts again."""
        return max(self._account_wait(account, boot_s, boot_id), self._device_wait(boot_s, boot_id))

    def _account_wait(self, account: str, boot_s: float, boot_id: str) -> int:
        door = self._doors.get(account)
        if door is None or not (owed := wait_after(door.failed_count)):
            return 0
        if door.boot_id != boot_id:
            door.boot_id, door.wait_until_boot_s = boot_id, boot_s + owed
            self.save()
        return _seconds(door.wait_until_boot_s - boot_s)

    def _device_wait(self, boot_s: float, boot_id: str) -> int:
        device = self._device
        if not (owed := device_wait_after(device.level)):
            return 0
        if device.boot_id != boot_id:
            device.boot_id, device.at_boot_s, device.wait_until_boot_s = boot_id, boot_s, boot_s + owed
            self.save()
        return _seconds(device.wait_until_boot_s - boot_s)

    def count_try(self, account: str, now_ms: int, boot_s: float, boot_id: str) -> int:
        """Count a try, durably, before it is judged.

        Returns:
            Failed tries of the account in a row, this one included.
        """
        door = self._doors.setdefault(account, Door())
        door.failed_count += 1
        door.failed_ms = [*door.failed_ms, now_ms][-_MOST_FAILED_KEPT:]
        door.boot_id, door.wait_until_boot_s = boot_id, boot_s + wait_after(door.failed_count)
        device = self._device
        passed_s = boot_s - device.at_boot_s if device.boot_id == boot_id else 0.0
        device.level = leaked(device.level, passed_s) + 1
        device.boot_id, device.at_boot_s = boot_id, boot_s
        device.wait_until_boot_s = boot_s + device_wait_after(device.level)
        self._drop_strangers(boot_s)
        self.save()
        return door.failed_count

    def forgive(self, account: str, *, told: bool = True) -> list[int]:
        """Reset the account's count after a sign-in; the workstation gets back this one try alone.

        Args:
            account: who signed in.
            told: whether the person is told of the failed tries now; else they stay to be told of.

        Returns:
            Times of the failed tries before it, ms.
        """
        door = self._doors[account]
        failed = door.failed_ms[:-1]
        door.failed_ms = [] if told else failed
        door.failed_count, door.wait_until_boot_s = 0, 0.0
        self._device.level = max(0.0, self._device.level - 1)
        with suppress(WorkstationError):  # the count in memory is right; the file catches up with the next try
            self.save()
        return failed

    def release(self, account: str) -> bool:
        """Let an account, and this workstation, try again at once; its failed tries stay to be told of.

        Returns:
            Whether the account had a wait.
        """
        door = self._doors.get(account)
        waited = door is not None and door.failed_count >= FREE_TRIES
        if door is not None:
            door.failed_count, door.wait_until_boot_s = 0, 0.0
        self._device.level = self._device.wait_until_boot_s = 0.0
        self.save()
        return waited

    def waiting(self, boot_s: float, boot_id: str) -> list[tuple[str, Door, int]]:
        """Accounts with a slot whose tries are throttled: name, door and seconds to wait."""
        return [
            (name, door, self._account_wait(name, boot_s, boot_id))
            for name, door in sorted(self._doors.items())
            if door.slots and door.failed_count >= FREE_TRIES
        ]

    def alarm(self, account: str, now_ms: int) -> int:
        """How many accounts besides this one failed here within the hour, if that is an alarm; raised once an hour."""
        if abs(now_ms - self._device.alarm_ms) < ALARM_WITHIN_MS:
            return 0
        recent = [
            name
            for name, door in self._doors.items()
            if name != account and door.failed_ms and abs(now_ms - door.failed_ms[-1]) < ALARM_WITHIN_MS
        ]
        if len(recent) < ALARM_ACCOUNTS:
            return 0
        self._device.alarm_ms = now_ms
        return len(recent)

    def _drop_strangers(self, boot_s: float) -> None:
        """Keep some 200 doors of names that nobody has, so that guesses do not fill the disk.

        One whose wait still runs stays: else a forgotten wait would tell that nobody has the name.
        """
        strangers = [n for n, d in self._doors.items() if not d.slots and not d.activation]
        for name in strangers[:-_MOST_STRANGERS]:
            if self._doors[name].wait_until_boot_s <= boot_s or len(self._doors) > _MOST_DOORS:
                del self._doors[name]


def _seconds(left_s: float) -> int:
    return max(0, int(left_s + 0.999))
