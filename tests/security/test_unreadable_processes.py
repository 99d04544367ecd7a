"""A4, A13 (T3, T4): no program of the same person reads a process of Tirai, and none of them leaves a core file.

All of them live at once, with the product's own starts (`everybody_play.py`): guardian, console with an open session,
desk approval, the next console and the nursery of offices that are begun ahead, office, import nursery, import child
and the process beside it, and commands of the terminal that have a password. Another program of the same ordinary user
opens their memory, maps, environment and descriptors, attaches to them, and aborts one.
The control is a plain program beside them. Enforced by the operating system (*process*); root is out of scope.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.directing import Director, directed

pytestmark = pytest.mark.slow  # real processes

PLAY = Path(__file__).with_name("everybody_play.py")
EVERYBODY = (
    "guardian",
    "console",
    "approval",
    "next console",
    "nursery of offices",
    "office",
    "nursery",
    "import child",
    "beside it",
    "tirai import",
    "tirai account add",
)
REFUSED = {"mem": "EACCES", "maps": "EACCES", "environ": "EACCES", "fd": "EACCES", "attach": "EPERM"}


@pytest.fixture(scope="module")
def director() -> Iterator[Director]:
    with directed(PLAY, reads_memory=False) as it:
        yield it


@pytest.mark.attack("A4", "A13")
@pytest.mark.parametrize("who", EVERYBODY)
def test_that_no_program_of_the_same_person_gets_into(director: Director, who: str) -> None:
    seen = director.ask("look", pid=director.hello["pids"][who])
    assert seen.pop("core") == ["0", "0"]
    assert seen == REFUSED


def test_that_a_plain_program_can_be_read_so(director: Director) -> None:
    """The control. Where Yama forbids attaching to strangers (`ptrace_scope`), memory stays shut for it, too."""
    seen = director.ask("look", pid=director.hello["pids"]["plain"])
    yama = Path("/proc/sys/kernel/yama/ptrace_scope")
    if not yama.exists() or yama.read_text().strip() == "0":
        assert (seen["mem"], seen["attach"]) == ("read", "read")
    assert (seen["maps"], seen["environ"], seen["fd"]) == ("read", "read", "read")


@pytest.mark.attack("A13")
def test_that_a_command_that_is_aborted_with_a_password_in_it_leaves_no_core(director: Director) -> None:
    assert director.ask("abort") == {"signal": 6, "core": False, "files": []}
