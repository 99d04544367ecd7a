"""Making a customer without an office: the card's form, and what became of it."""

from collections.abc import Callable, Mapping

from app.domain.data_class import DataClass
from app.session.shown_new_contact import NewContactForm, NewField


class FakeNewContacts:
    """What the card of a new contact asks of a session.

    Attributes:
        may_make: whether the role may.
        made: request, values and whether the person knew of others, of each try.
        refuse: raised by the next tries, in order.
        notice: which one holds.
        new_id: of the customer that is made.
    """

    def __init__(self, local: Callable[[str], str]) -> None:
        self._local = local
        self.may_make = True
        self.made: list[tuple[str, dict[str, str], bool]] = []
        self.refuse: list[Exception] = []
        self.new_id = 7
        self.notice = "2026-1"

    def form(self) -> NewContactForm:
        contact, contract, consent = DataClass.CONTACT, "contract", "consent"
        fields = (
            NewField("customer_number", self._local("Customer number"), "number", DataClass.OPEN, False, contract),
            NewField("full_name", self._local("Full name"), "name", DataClass.OPEN, True, contract),
            NewField(
                "queue", self._local("Queue"), "queue", DataClass.OPEN, True, contract, ("Billing", "Cards", "Claims")
            ),
            NewField("city", self._local("City"), "city", DataClass.OPEN, False, contract),
            NewField("mobile_phone", self._local("Mobile phone"), "phone", contact, False, contract, is_caller=True),
            NewField("second_phone", self._local("Second phone"), "phone", contact, False, consent),
        )
        return NewContactForm(fields, self.notice)

    def ask_notice(self) -> str:
        return self.notice

    def new_request(self) -> str:
        return f"{len(self.made):032x}"

    def make(self, request: str, values: Mapping[str, str], *, known: bool = False) -> int:
        self.made.append((request, dict(values), known))
        if self.refuse:
            raise self.refuse.pop(0)
        return self.new_id
