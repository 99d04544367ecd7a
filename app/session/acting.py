"""Acting by reference, console side: make one half of one value's key, seal it to the office, have the value used.

The console gets the boxed data key and no share, so it opens nothing; in the end it is told how a program ended.
"""

import threading

from app.api.client import uses as calls
from app.api.messages.uses import OfferedAction, PrepareUse, UseRequest
from app.auth.session_card import use_request
from app.crypto import hpke
from app.crypto.grants import use_info
from app.domain.data_class import DataClass
from app.domain.inventory import Inventory
from app.domain.two_languages import TwoLanguages
from app.session.identity import Identity, boxed, new_id
from app.session.shown import Acted, ShownAct
from app.storage import sealing


class Acting:
    """What one session does with fields that stay masked."""

    def __init__(self, identity: Identity, inventory: Inventory, language: str) -> None:
        """Act for this identity; labels are in this language."""
        self._identity, self._inventory, self._language = identity, inventory, language
        self._request = b""
        self._one = threading.Lock()

    def offered(self) -> tuple[ShownAct, ...]:
        """What this person may do; empty where IT has set nothing.

        Raises:
            InputRefusedError: IT's file is refused (code `actions`).
        """
        return tuple(self._shown(action) for action in calls.offered_actions(self._identity.client).actions)

    def act(self, record: str, field: str, action: str, reason: str = "", text: str = "") -> Acted:
        """Have one field used by an action's program. Waits for its end, a minute at most.

        Args:
            record: whose, hex.
            field: its name.
            action: the action's code.
            reason: its code, where the action wants one.
            text: words, where the reason wants them.

        Raises:
            NotAllowedError: the office refuses; nothing was done.
            SealError: the box does not open; nothing was done.
            OfficeAwayError: no answer came; whether it was done, the log knows.
        """
        identity, data_class = self._identity, self._inventory.field(field).data_class
        with self._one:
            self._request = request = new_id()
            sealed = self._sealed_half(bytes.fromhex(record), field, action, data_class)
            message = use_request(
                identity.office,
                identity.session,
                bytes.fromhex(record),
                field,
                action,
                reason,
                text,
                request,
                sealed,
            )
            answer = calls.use(
                identity.client,
                UseRequest(
                    request=request,
                    record=bytes.fromhex(record),
                    field=field,
                    action=action,
                    reason=reason,
                    words=text,
                    sealed_half=sealed,
                    signature=identity.sign(message),
                ),
            )
        return Acted(answer.how, answer.status)

    def stop(self) -> None:
        """Stop what runs; `act` then tells."""
        calls.stop_use(self._identity.client, self._request)

    def _sealed_half(self, record: bytes, field: str, action: str, data_class: DataClass) -> bytes:
        """E of this one value, for the office whose key the book shows, in this session alone."""
        identity = self._identity
        identity.need_class(data_class)
        prepared = calls.prepare_use(identity.client, PrepareUse(record=record, field=field, action=action))
        package = prepared.package
        ctx = sealing.value_context(identity.office, record, field, data_class.value, package.salt)
        half = sealing.own_half(identity.office, identity.class_secret(package), boxed(package), ctx)
        identity.follow_book()
        return hpke.seal(identity.book.office_entry.kem, half, use_info(identity.office, identity.session, ctx))

    def _shown(self, action: OfferedAction) -> ShownAct:
        return ShownAct(
            code=action.code,
            label=TwoLanguages(action.label_en, action.label_id, self._language),
            kinds=frozenset(action.kinds),
            classes=frozenset(DataClass(c) for c in action.classes),
            needs_reason=action.needs_reason,
            needs_caller=action.needs_caller,
        )
