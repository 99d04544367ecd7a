"""The workspaces by name: who has which as a tab, who finds it in the menu, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.role import Role
from app.ui.privacy.pages import roles_of_the_desk, roles_that_count
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases

CONSOLE, APPROVALS, ACCOUNTS, MY_ACCOUNT = "console", "approvals", "accounts", "my_account"
POLICY = "policy"
WORKSTATIONS = "workstations"
EXPOSURES = "exposures"
AUDIT, WHO_SAW = "audit", "who_saw"
TRAINING = "training"
PRIVACY_DESK = "privacy"

PLACE = "open_"
"""How the name of a command begins that brings a workspace without a tab to the front."""

Make = Callable[[Look, DeskUseCases, Tasks], QWidget]


@dataclass(frozen=True, slots=True)
class WorkspaceEntry:
    """One workspace.

    Attributes:
        key: its name in code; `app.ui.words.workspace_name` has its name on the screen.
        icon: of its line in the menu.
        make: makes the screen, a widget with the hooks of `Workspace`; what is heavy is imported there.
        tabs: roles with a tab for it.
        menus: roles that find it in the menu of the session bar.
        early: roles for whom it is made right after sign-in, because it tells what waits for them; for others when
            it is first shown.
    """

    key: str
    icon: str
    make: Make
    tabs: frozenset[Role] = frozenset()
    menus: frozenset[Role] = frozenset()
    early: frozenset[Role] = frozenset()


def _approvals(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.approvals.screen import ApprovalsScreen

    return ApprovalsScreen(look, desk.approvals, tasks, desk.step_up, lambda: desk.code_left_s)


def _exposures(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.exposures.screen import ExposuresScreen

    return ExposuresScreen(look, desk.exposures, tasks)


def _accounts(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.accounts.screen import AccountsScreen

    role = desk.person.role
    return AccountsScreen(look, desk.accounts, tasks, role, desk.release_throttle, desk.rotation.propose)


def _workstations(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.workstations.screen import WorkstationsScreen

    return WorkstationsScreen(look, desk.workstations, tasks, lambda: desk.clipboard_s)


def _audit(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.audit.screen import AuditScreen

    return AuditScreen(look, desk.log, tasks)


def _policy(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.policy.screen import PolicyScreen

    return PolicyScreen(look, desk.policies, tasks, takes_part=desk.person.role in DECIDE_ON_POLICY)


def _who_saw(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.who_saw.screen import WhoSawScreen

    return WhoSawScreen(look, desk.who_saw, tasks)


def _privacy(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.privacy.screen import PrivacyScreen

    return PrivacyScreen(look, desk, tasks)


def _my_account(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.my_account.screen import MyAccountScreen

    return MyAccountScreen(look, desk.my_account, tasks, desk.posture)


def _training(look: Look, desk: DeskUseCases, tasks: Tasks) -> QWidget:
    from app.ui.training.screen import TrainingScreen

    return TrainingScreen(look, desk.training, tasks, screens=places_of(desk.person.role))


SUPERVISOR, PRIVACY, ADMINISTRATOR = Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR
APPROVE, HAVE_ACCOUNTS = frozenset({SUPERVISOR, PRIVACY}), frozenset({SUPERVISOR, ADMINISTRATOR})
DECIDE_ON_POLICY = frozenset({ADMINISTRATOR, SUPERVISOR, PRIVACY})

ENTRIES: tuple[WorkspaceEntry, ...] = (
    WorkspaceEntry(APPROVALS, "inbox", _approvals, tabs=APPROVE, early=APPROVE),
    WorkspaceEntry(EXPOSURES, "eye", _exposures, tabs=frozenset({SUPERVISOR, PRIVACY})),
    WorkspaceEntry(
        PRIVACY_DESK,
        "shield-user",
        _privacy,
        tabs=roles_of_the_desk() & {PRIVACY},
        menus=roles_of_the_desk() - {PRIVACY},
        early=roles_that_count(),
    ),
    WorkspaceEntry(ACCOUNTS, "users", _accounts, tabs=HAVE_ACCOUNTS, early=HAVE_ACCOUNTS),
    WorkspaceEntry(AUDIT, "scroll-text", _audit, menus=frozenset({SUPERVISOR, PRIVACY, ADMINISTRATOR})),
    WorkspaceEntry(
        POLICY,
        "scale",
        _policy,
        tabs=frozenset({ADMINISTRATOR}),
        menus=frozenset({Role.AGENT, SUPERVISOR, PRIVACY}),
        early=DECIDE_ON_POLICY,
    ),
    WorkspaceEntry(WORKSTATIONS, "monitor", _workstations, tabs=frozenset({ADMINISTRATOR})),
    WorkspaceEntry(WHO_SAW, "scan-eye", _who_saw, menus=frozenset({SUPERVISOR, PRIVACY})),
    WorkspaceEntry(
        TRAINING, "graduation-cap", _training, menus=frozenset({Role.AGENT, SUPERVISOR, PRIVACY, ADMINISTRATOR})
    ),
    WorkspaceEntry(MY_ACCOUNT, "circle-user", _my_account),
)
"""In the order of the tabs; the work with customers stands before them."""


def icon_of(key: str) -> str:
    """The icon of a workspace's tab, where there is no room for its name."""
    return next((entry.icon for entry in ENTRIES if entry.key == key), "headset")


def workspaces_of(role: Role) -> tuple[str, ...]:
    """The tabs of a role, the first in front; an administrator sees no customer at all."""
    work = () if role is Role.ADMINISTRATOR else (CONSOLE,)
    return work + tuple(entry.key for entry in ENTRIES if role in entry.tabs)


def menu_of(role: Role) -> tuple[WorkspaceEntry, ...]:
    """What a role finds in the menu."""
    return tuple(entry for entry in ENTRIES if role in entry.menus)


def places_of(role: Role) -> frozenset[str]:
    """All workspaces of a role, in tabs, in the menu, and one's own account."""
    return frozenset({*workspaces_of(role), *(entry.key for entry in menu_of(role)), MY_ACCOUNT})
