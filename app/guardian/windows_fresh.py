"""Windows: how a console whose guardian died becomes a fresh Tirai: it starts one beside itself, and ends.

The fresh one hears over a pipe the receipt, the sessions that it is of, and a handle of the old process that can only
be waited for. Once that has ended it looks again at those sessions: what was open there could not be removed before,
and its other threads may have gone on until then.
"""

from collections.abc import Callable, Sequence
from typing import Final

from app.guardian.destroy import Wiped
from app.guardian.limits import LINE_BYTES
from app.guardian.orders import Order, WipeSessions
from app.guardian.receipts import ReceiptError, after_second_look, from_json, to_json
from app.guardian.windows_kernel import Kernel
from app.guardian.windows_orders import ends_line, ends_of
from app.guardian.wire import SessionBegun

END_S: Final = 60.0
"""So long the old process may take to end; then the receipt says what could not be removed."""
_MOST: Final = 4 * LINE_BYTES


def start_beside(
    kernel: Kernel, program: Sequence[str], option: str, receipt: str | None, sessions: Sequence[SessionBegun]
) -> None:
    """Start a fresh Tirai, and have it know this process's end.

    Args:
        kernel: the system.
        program: its words.
        option: by which it is told which handle it reads from.
        receipt: JSON of a receipt, or None.
        sessions: which the receipt is of.

    Raises:
        OSError: it cannot be started.
    """
    if receipt is None:
        kernel.start(program, ())
        return
    reads, writes = kernel.new_pipe()
    this = kernel.this_process()
    kernel.start([*program, option, str(reads)], (reads, this))
    kernel.write(writes, f"{this}\n{receipt}\n".encode() + ends_line(tuple(sessions)))
    kernel.close(writes)


def left_behind(kernel: Kernel, pipe: int, wipe: Callable[[Order], Wiped]) -> str | None:
    """The receipt that a former console left, once that has ended and its sessions were looked at again.

    Args:
        kernel: the system.
        pipe: the handle that was named on the command line; closed here.
        wipe: has a helper destroy.

    Returns:
        JSON of the receipt; None where nothing was left, or something else.
    """
    said = b""
    try:
        while len(said) <= _MOST and (part := kernel.read(pipe, LINE_BYTES)):
            said += part
        kernel.close(pipe)
        number, receipt, sessions = said.split(b"\n")[:3]
        first, ended = from_json(receipt.decode("ascii")), ends_of(sessions)
        kernel.wait([int(number)], int(END_S * 1000))
        kernel.close(int(number))
    except (OSError, ValueError, KeyError, TypeError, ReceiptError):
        return None
    return to_json(after_second_look(first, wipe(WipeSessions(ended, report=False)).lines))
