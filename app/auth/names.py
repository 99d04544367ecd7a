"""Account and queue names: short, plain, and free of the signs that the book's own names use."""

import re

from app.domain.errors import InputRefusedError

GATEWAY = "gateway"
"""Who acts in the log where no person did: no account bears this name."""

_NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")


def account_name(untrusted: str) -> str:
    """An account name: 2 to 32 of a-z, 0-9, dot, dash and underscore, beginning with a letter.

    Raises:
        InputRefusedError: it is something else.
    """
    return _checked(untrusted, "account")


def queue_name(untrusted: str) -> str:
    """A queue name, under the same rule.

    Raises:
        InputRefusedError: it is something else.
    """
    return _checked(untrusted, "queue")


def check_queue_names(queues: tuple[str, ...]) -> None:
    """Demand that an account's queues are names as they are written, or `*` for all of them.

    Raises:
        InputRefusedError: one is something else.
    """
    for queue in queues:
        if queue != "*" and queue_name(queue) != queue:
            raise InputRefusedError("A queue name is written in lower case.", code="queue_name")


def _checked(untrusted: str, what: str) -> str:
    name = untrusted.strip().lower()
    if what == "account" and name == GATEWAY:
        raise InputRefusedError("The log calls the office itself by this name; choose another.", code="account_name")
    if not _NAME.fullmatch(name):
        raise InputRefusedError(
            f"Not a name for this {what}: use 2 to 32 letters a-z, digits, dot, dash or underscore, a letter first.",
            code=f"{what}_name",
        )
    return name
