"""The queue as a list: new requests come below, those that are over go, and the others stay where they are."""

import time
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.session.shown import UnlockWaiting
from app.ui.words import minutes_seconds

REQUEST = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Requests that wait."""

    def __init__(self) -> None:
        super().__init__()
        self._requests: list[UnlockWaiting] = []

    def show_waiting(self, requests: list[UnlockWaiting]) -> None:
        """Take the queue as it is now; nothing that stays moves under the pointer."""
        wanted = {request.id: request for request in requests}
        for at in reversed(range(len(self._requests))):
            if self._requests[at].id not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._requests[at]
                self.endRemoveRows()
        known = {request.id for request in self._requests}
        new = [request for request in requests if request.id not in known]
        if new:
            first = len(self._requests)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._requests += new
            self.endInsertRows()

    def request_at(self, row: int) -> UnlockWaiting | None:
        """The request in a row."""
        return self._requests[row] if 0 <= row < len(self._requests) else None

    def row_of(self, request: str) -> int:
        """The row of a request, or -1."""
        return next((at for at, one in enumerate(self._requests) if one.id == request), -1)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 (Qt's name)
        """How many wait."""
        return 0 if parent is not None and parent.isValid() else len(self._requests)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The request itself, or what a reader says of it: who, what, how long; never a value."""
        request = self.request_at(index.row())
        if request is None:
            return None
        if role == REQUEST:
            return request
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = self.tr("{name} at {seat} asks for {field} of {number}: {reason}. Waits {t}.")
            return words.format(
                name=request.agent_name,
                seat=request.seat,
                field=request.field_label,
                number=request.number,
                reason=request.reason,
                t=minutes_seconds(time.time() - request.asked_at),
            )
        return None
