"""Making a customer from a console: the form by the inventory, the fields sealed to the office in one piece.

What was typed leaves with the request and is kept nowhere here.
"""

import json
from collections.abc import Callable, Mapping

from app.api.client import editing as calls
from app.api.client import notices as notice_calls
from app.api.messages.editing import NewCustomer
from app.api.messages.notices import NoticeTold
from app.auth.session_card import new_customer_request
from app.crypto import hpke
from app.crypto.grants import new_customer_info
from app.domain.data_class import DataClass
from app.domain.editing import is_typed_for_a_new_customer
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.field import Field
from app.domain.inventory import Inventory
from app.domain.kinds import Kind
from app.session.identity import Identity, new_id
from app.session.shown_new_contact import KnownContactsError, NewContactForm, NewContactRefusedError, NewField

ALL_QUEUES = "*"


class NewContacts:
    """Makes customers for one session."""

    def __init__(
        self,
        identity: Identity,
        inventory: Inventory,
        language: str,
        follow: Callable[[], object],
        ids_of: Callable[[list[str]], list[int]],
    ) -> None:
        """Make them as this identity.

        Args:
            identity: who signed in.
            inventory: which fields there are.
            language: of labels.
            follow: brings the cache up to date.
            ids_of: the cache's ids of records, hex; those that are not there are left out.
        """
        self._identity, self._inventory, self._language = identity, inventory, language
        self._follow, self._ids_of = follow, ids_of
        self._sent: NewCustomer | None = None
        self._told: NoticeTold | None = None

    @property
    def may_make(self) -> bool:
        """Whether this role makes customers; asks nobody."""
        return self._identity.policy.may_create(self._identity.role)

    def form(self) -> NewContactForm:
        """What is asked for; asks nobody."""
        policy, role, inventory = self._identity.policy, self._identity.role, self._inventory
        named = (inventory.record.number, inventory.record.queue)
        asked = [
            self._asked(field)
            for field in inventory.fields
            if is_typed_for_a_new_customer(field, inventory)
            and (field.name in named or policy.may_edit(role, field.data_class))
        ]
        return NewContactForm(tuple(asked), self._notice.code)

    @property
    def _notice(self) -> NoticeTold:
        """The notice as this console knows it; before it has asked, the one that the inventory names."""
        return self._told or NoticeTold(code=self._inventory.notice, digest=None)

    def ask_notice(self) -> str:
        """Ask the office which notice holds now; its code, for the card to show.

        Raises:
            OfficeAwayError: no answer came.
        """
        self._told = notice_calls.told(self._identity.client)
        return self._told.code

    def new_request(self) -> str:
        """The id of a customer that is about to be made; asks nobody."""
        return new_id().hex()

    def make(self, request: str, values: Mapping[str, str], *, known: bool = False) -> int:
        """Have the office seal and keep a new customer; the same request may come twice.

        Args:
            request: from `new_request`: another one for other values. The same one goes again as it was sealed first,
                since the office may have taken what it did not answer.
            values: what was typed, by field; what is empty may be left out.
            known: the person has seen who has such a number already, and makes one all the same.

        Returns:
            The customer's id in the cache.

        Raises:
            NewContactRefusedError: fields are missing or wrong; it names them.
            KnownContactsError: customers in the person's queues have one of these numbers already.
            NotAllowedError: code `role_edits`, `lookups_pace` or `lookups_shift`.
            InputRefusedError: code `notice` or `no_field`: the office has moved on. After `notice`, `form` names
                the one that holds now.
            OfficeAwayError: no answer came.
        """
        key, sent = bytes.fromhex(request), self._sent
        if sent is None or sent.request != key:
            sent = self._sent = self._sealed(key, values)
        try:
            answer = calls.make_customer(self._identity.client, sent.model_copy(update={"known": known}))
        except InputRefusedError as error:
            if error.code == "notice":  # nothing was made: the next try tells of the one that holds now
                self._sent = None
                self.ask_notice()
            raise
        if answer.bad:
            raise NewContactRefusedError({bad.field: bad.code for bad in answer.bad})
        if answer.row is None:
            raise KnownContactsError(tuple(self._ids_of([record.hex() for record in answer.found])))
        self._follow()
        if not self._ids_of([answer.row.record.hex()]):
            raise NotAllowedError("The customer was made, and comes with the others in a moment.", code="filling")
        return answer.row.id

    def _sealed(self, request: bytes, values: Mapping[str, str]) -> NewCustomer:
        """The customer as it leaves: sealed to the office whose key the book shows, signed by this session."""
        identity, notice = self._identity, self._notice
        identity.follow_book()
        said = {name: text for name, text in values.items() if text.strip()}
        info = new_customer_info(identity.office, identity.session, request)
        sealed = hpke.seal(identity.book.office_entry.kem, json.dumps(said).encode(), info)
        made = NewCustomer(
            request=request, notice=notice.code, notice_digest=notice.digest, sealed=sealed, signature=b""
        )
        signed = new_customer_request(identity.office, identity.session, made.told, request, sealed)
        return made.model_copy(update={"signature": identity.sign(signed)})

    def _asked(self, field: Field) -> NewField:
        inventory, queues = self._inventory, self._identity.entry.queues
        is_queue = field.name == inventory.record.queue
        phones = [f.name for f in inventory.fields if f.kind is Kind.PHONE]
        return NewField(
            name=field.name,
            label=field.label(self._language),
            kind=field.kind.value,
            data_class=DataClass(field.data_class),
            required=is_queue or (field.required and field.name != inventory.record.number),
            basis=field.legal_basis.value,
            choices=tuple(q for q in queues if q != ALL_QUEUES) if is_queue else (),
            is_caller=phones[:1] == [field.name],
        )
