"""What is imported ahead of its use: by a console that waits to be needed, by the process that forks offices.

Neither imports what is told by a home, a person or a moment: language, policy, keyring and files are read by whoever
begins, when it begins.
"""

import gc
from collections.abc import Callable
from importlib import import_module
from typing import Final

CONSOLE: Final = (
    "app.ui.application",
    "app.ui.faults",
    "app.ui.first_paint",
    "app.ui.main_window",
    "app.ui.lock.screen",
    "app.ui.one_window",
    "app.ui.system_stop",
    "app.storage.screen_settings",
    "app.guardian.watch",
    "app.session.late_sign_in",
    "app.api.messages.door",
    "app.api.client.client",
    "app.api.client.transport",
    "app.storage.session_cache",
    "app.storage.keyring_store",
    "app.storage.secret_service",
    "cryptography.hazmat.backends.openssl.backend",
    "app.domain.machine_policy.settings",
    "app.guardian.office_start",
    "app.session.machine_door",
    "app.session.desk",
    "app.session.resume",
    "app.ui.console.screen",
    "app.storage.screen_choices",
    "app.system.linux",
    "app.session.sign_in",
)
"""What stands at a lock screen first, then what a resume needs, then the rest (`load_screens`)."""
OFFICE: Final = (
    "app.api.server.import_child",
    "anyio._backends._asyncio",
    "uvicorn.lifespan.off",
    "app.api.server.serve",
    "app.api.server.service",
    "app.backoffice.office",
    "app.backoffice.openings",
    "app.guardian.action_line",
    "app.domain.machine_policy.settings",
    "app.guardian.office_start",
    "app.mail.program",
    "app.scanner.gate",
    "app.session.machine_door",
    "app.storage.actions_file",
    "app.storage.held_sessions",
    "app.storage.keyring_store",
    "app.storage.secret_service",
    "cryptography.hazmat.backends.openssl.backend",
)


def load_console(is_wanted: Callable[[], bool]) -> None:
    """Import all that a console imports, until it is wanted; the rest is imported by whoever needs it.

    Args:
        is_wanted: whether somebody waits for it already.
    """
    from app.bootstrap.screens import load_screens

    gc.disable()  # the application's collector takes over; until then there is nothing but imports
    for name in CONSOLE:
        if is_wanted():
            return
        import_module(name)
    load_screens()


def load_office() -> None:
    """Import all that an office imports, and make its application.

    Its processes share these pages for as long as they leave them as they are.
    """
    gc.disable()
    for name in OFFICE:
        import_module(name)
    from app.api.server.application import make_ahead

    make_ahead()
    gc.collect()
    gc.freeze()
    gc.enable()
