"""The use cases of the privacy desk, gathered: a property for each of its pages, made when it is first asked for."""

from collections.abc import Callable
from functools import cached_property

from app.api.client import consents
from app.api.messages.consents import ConsentCounts
from app.domain.inventory import Inventory
from app.session.identity import Identity
from app.session.privacy.compliance import Proofs
from app.session.privacy.customer import CustomersPrivacy
from app.session.privacy.erasing import Erasing
from app.session.privacy.exporting import Exporting
from app.session.privacy.incidents import Incidents
from app.session.privacy.notices import Notices
from app.session.privacy.readmitting import Readmitting
from app.session.privacy.record import ProcessingRecords
from app.session.privacy.requests import CustomerRequests
from app.session.privacy.training_report import TrainingReports


class PrivacyDesk:
    """What the pages of the privacy desk ask of the office.

    Args:
        identity: who signed in.
        inventory: the fields that the session's cache was filled with.
        language: of labels, `en` or `id`.
        step_up: gives a fresh code in a console's way.
    """

    def __init__(self, identity: Identity, inventory: Inventory, language: str, step_up: Callable[[str], None]) -> None:
        self._identity, self._inventory, self._language = identity, inventory, language
        self.step_up = step_up

    @cached_property
    def record(self) -> ProcessingRecords:
        """The record of processing activities."""
        return ProcessingRecords(self._identity, self._inventory)

    @cached_property
    def proofs(self) -> Proofs:
        """What the office shows of itself."""
        return Proofs(self._identity)

    @cached_property
    def notices(self) -> Notices:
        """Privacy notices."""
        return Notices(self._identity, self._inventory)

    @cached_property
    def customers(self) -> CustomersPrivacy:
        """The panel of one customer."""
        return CustomersPrivacy(self._identity, self._inventory, self._language)

    def consent_counts(self) -> ConsentCounts:
        """How many agreed to what.

        Raises:
            NotAllowedError: code `role_privacy`.
        """
        return consents.counts(self._identity.client)

    @cached_property
    def erasing(self) -> Erasing:
        """Retention, holds and erasure."""
        return Erasing(self._identity, self._inventory, self._language, self.step_up)

    @cached_property
    def readmitting(self) -> Readmitting:
        """Letting somebody who was erased come back."""
        return Readmitting(self._identity, self.step_up)

    @cached_property
    def exporting(self) -> Exporting:
        """Analytics exports."""
        return Exporting(self._identity, self._inventory, self._language, self.step_up)

    @cached_property
    def training(self) -> TrainingReports:
        """The report of training."""
        return TrainingReports(self._identity, self._language)

    @cached_property
    def requests(self) -> CustomerRequests:
        """Requests of customers."""
        return CustomerRequests(self._identity, self._inventory, self._language)

    @cached_property
    def incidents(self) -> Incidents:
        """Suspicions and incidents."""
        return Incidents(self._identity)
