"""The pages of the privacy desk by name: who sees which, and how it is made.

A new page is a widget with the hooks of `app.ui.workspace.Workspace` and one line in `PAGES`; whoever is the first of a
role to have one finds the desk from then on. Its use cases are a property of `desk.privacy` (`use_cases.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.role import Role
from app.ui.language import later as _later
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases

Make = Callable[[Look, DeskUseCases, Tasks], QWidget]

OFFICER, SUPERVISOR, ADMINISTRATOR = Role.PRIVACY_OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """One page.

    Attributes:
        key: its name in code.
        words: its name in the list, the English text that is translated at use.
        icon: beside its name.
        make: makes it; what is heavy is imported there.
        roles: who sees it.
        early: roles for whom it is made with the desk, because it counts what waits for them.
    """

    key: str
    words: str
    icon: str
    make: Make
    roles: frozenset[Role] = frozenset({OFFICER})
    early: frozenset[Role] = frozenset()


def _record(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.record.page import RecordPage

    return RecordPage(look, desk.privacy.record, tasks)


def _notices(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.notices.page import NoticesPage

    return NoticesPage(look, desk.privacy.notices, tasks)


def _retention(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.keeping.retention_page import RetentionPage

    return RetentionPage(look, desk.privacy.erasing, tasks)


def _holds(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.keeping.holds_page import HoldsPage

    return HoldsPage(look, desk.privacy.erasing, tasks)


def _erasure(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.keeping.erasure_page import ErasurePage

    return ErasurePage(look, desk.privacy.erasing, tasks)


def _readmissions(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.readmitting.page import ReadmissionsPage

    return ReadmissionsPage(look, desk.privacy.readmitting, tasks)


def _compliance(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.compliance.page import CompliancePage

    return CompliancePage(look, desk.privacy.proofs, tasks)


def _analytics(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.exporting.page import ExportsPage

    return ExportsPage(look, desk.privacy.exporting, tasks)


def _training(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.training.page import TrainingPage

    return TrainingPage(look, desk.privacy.training, tasks)


def _requests(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.requests.page import RequestsPage

    return RequestsPage(look, desk.privacy.requests, desk.privacy, tasks)


def _incidents(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.incidents.page import IncidentsPage

    return IncidentsPage(look, desk.privacy.incidents, desk.privacy, tasks)


_BOTH = frozenset({OFFICER, SUPERVISOR})
PAGES: tuple[PrivacyPage, ...] = (
    PrivacyPage("requests", _later("Requests"), "inbox", _requests, _BOTH, _BOTH),
    PrivacyPage("incidents", _later("Incidents"), "siren", _incidents, early=frozenset({OFFICER})),
    PrivacyPage("notices", _later("Notices"), "scroll", _notices, frozenset({OFFICER, SUPERVISOR})),
    PrivacyPage("record", _later("Processing record"), "clipboard-list", _record, frozenset({OFFICER, SUPERVISOR})),
    PrivacyPage("retention", _later("Retention"), "hourglass", _retention, _BOTH),
    PrivacyPage("holds", _later("Legal holds"), "lock", _holds, _BOTH),
    PrivacyPage("erasure", _later("Erasure"), "eraser", _erasure, _BOTH, early=_BOTH),
    PrivacyPage("readmissions", _later("Letting back in"), "user-check", _readmissions, _BOTH),
    PrivacyPage("analytics", _later("Analytics exports"), "chart-scatter", _analytics, _BOTH, early=_BOTH),
    PrivacyPage("training", _later("Training report"), "graduation-cap", _training, _BOTH),
    PrivacyPage("compliance", _later("Compliance"), "shield-check", _compliance),
)
"""In the order of the list."""


def pages_of(role: Role) -> tuple[PrivacyPage, ...]:
    """The pages of a role, in order."""
    return tuple(page for page in PAGES if role in page.roles)


def roles_of_the_desk() -> frozenset[Role]:
    """Who has any page."""
    return frozenset().union(*(page.roles for page in PAGES))


def roles_that_count() -> frozenset[Role]:
    """For whom the desk is made at sign-in, because a page of it tells what waits."""
    return frozenset().union(*(page.early for page in PAGES))
