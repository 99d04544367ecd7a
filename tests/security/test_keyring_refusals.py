"""No keyring, a locked one, or one that does not protect keys: refused, with what to do, and nothing written.

Each claim runs as an ordinary user (where that user can read the checkout) with a private home. Hostile back ends
leave a mark when they are merely imported, so "refused" also means "not loaded".
"""

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from app.bootstrap.own_things import open_keyring
from app.storage.keyring_store import KeyringRefusedError
from app.storage.log_notes import waiting_notes
from tests.keyring_session import missing_programs
from tests.ordinary_user import PROJECT, ordinary_folder, run_as_ordinary_user

pytestmark = pytest.mark.slow  # real processes

FAKE_SERVICE = Path(__file__).with_name("secret_service_without_memory.py")

K1 = "No keyring is open here, so no session can start. Unlock it, or give IT the code K1."
K2 = "This keyring does not protect keys. Tirai refuses it (K2)."

HOSTILE = """
import pathlib
pathlib.Path(MARK).touch()
from keyring.backend import KeyringBackend
class Keyring(KeyringBackend):
    priority = 99
    def get_password(self, service, username): return "00" * 32
    def set_password(self, service, username, password): pass
    def delete_password(self, service, username): pass
"""

PROGRAM = """
import os
from pathlib import Path
from tests.keyring_session import private_bus, private_keyring
folder = Path({folder!r})
with {start}(folder) as environment:
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment)
    os.environ.update({variables!r})
    configuration = {configuration!r}
    if configuration is not None:
        file = Path(environment["XDG_CONFIG_HOME"]) / "python_keyring" / "keyringrc.cfg"
        file.parent.mkdir(parents=True)
        file.write_text(configuration)
    before = sorted(map(str, folder.rglob("*")))
{prepare}
    from app.domain.errors import WorkstationError
    from app.storage.keyring_store import open_key_store
    try:
        store = open_key_store()
        store.put_session("s1", bytes(32))
        print("opened", store.session_ids(), type(store._sessions).__name__)
    except WorkstationError as error:
        print(type(error).__name__, error.code, error.exit_code)
        print(error.message)
    print(sorted(set(map(str, folder.rglob("*"))) - set(before)))
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """The ordinary user's folder, with a hostile back end and its plug-in announcement in `evil/`."""
    if missing := missing_programs():
        pytest.skip(f"no {' and no '.join(missing)} here")
    with ordinary_folder() as place:
        evil = place / "evil"
        (evil / "hostile-1.0.dist-info").mkdir(parents=True)
        (evil / "hostile_keyring.py").write_text(f"MARK = {str(place / 'mark')!r}\n{HOSTILE}")
        (evil / "hostile-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n")
        (evil / "hostile-1.0.dist-info" / "entry_points.txt").write_text(
            "[keyring.backends]\nhostile = hostile_keyring\n"
        )
        yield place


def attempt(
    folder: Path,
    *,
    start: str = "private_keyring",
    variables: dict[str, str] | None = None,
    configuration: str | None = None,
    prepare: str = "",
) -> list[str]:
    """Try to open the key store and store a half there, as an ordinary user; what was printed, by line."""
    program = PROGRAM.format(
        folder=str(folder),
        start=start,
        variables=variables or {},
        configuration=configuration,
        prepare="\n".join("    " + line for line in dedent(prepare).splitlines()),
    )
    done = run_as_ordinary_user(program, folder, {"PYTHONPATH": f"{PROJECT}:{folder / 'evil'}"})
    assert done.stderr == ""
    assert not (folder / "mark").exists(), "a hostile back end was loaded"
    return done.stdout.splitlines()


def test_that_an_open_keyring_serves_whatever_plug_ins_are_installed(folder: Path) -> None:
    assert attempt(folder)[0] == "opened ['s1'] _SecretServiceShelf"


@pytest.mark.attack("A31")
@pytest.mark.parametrize(
    "backend",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyring.backends.chainer.ChainerBackend",
        "keyrings.alt.file.PlaintextKeyring",
        "keyrings.alt.file.EncryptedKeyring",
        "hostile_keyring.Keyring",
        "keyring.backends.SecretService.Keyring2",
        "nonsense",
    ],
)
@pytest.mark.parametrize("by", ["variable", "configuration"])
def test_that_a_back_end_off_the_list_is_refused_with_what_to_do(folder: Path, backend: str, by: str) -> None:
    if by == "variable":
        said = attempt(folder, variables={"PYTHON_KEYRING_BACKEND": backend})
        hint = "Unset it."
    else:
        said = attempt(folder, configuration=f"[backend]\ndefault-keyring={backend}\n")
        hint = "keyringrc.cfg names another keyring (default-keyring). Remove that line."
    assert said[0] == "KeyringRefusedError K2 5"
    assert said[1].startswith(K2)
    assert said[1].endswith(hint)
    assert said[2] == "[]"


@pytest.mark.parametrize("by", ["variable", "configuration"])
def test_that_naming_the_back_end_on_the_list_changes_nothing(folder: Path, by: str) -> None:
    backend = "keyring.backends.SecretService.Keyring"
    if by == "variable":
        said = attempt(folder, variables={"PYTHON_KEYRING_BACKEND": backend})
    else:
        said = attempt(folder, configuration=f"[backend]\ndefault-keyring = {backend}\n")
    assert said[0] == "opened ['s1'] _SecretServiceShelf"


@pytest.mark.attack("A31")
def test_that_a_configured_folder_of_back_ends_is_refused_even_with_an_allowed_name(folder: Path) -> None:
    configuration = (
        f"[backend]\ndefault-keyring=keyring.backends.SecretService.Keyring\nkeyring-path={folder / 'evil'}\n"
    )
    said = attempt(folder, configuration=configuration)
    assert said[0] == "KeyringRefusedError K2 5"
    assert "(keyring-path). Remove that line." in said[1]


@pytest.mark.parametrize(
    "configuration", ["not an ini file", "[backend]\n[backend]\n", "[backend]\nkeyring-path=%(x\n"]
)
def test_that_a_configuration_that_cannot_be_understood_is_refused(folder: Path, configuration: str) -> None:
    assert attempt(folder, configuration=configuration)[0] == "KeyringRefusedError K2 5"


@pytest.mark.parametrize("configuration", ["", "[other]\nkey=value\n"])
def test_that_a_configuration_that_names_nothing_is_no_obstacle(folder: Path, configuration: str) -> None:
    assert attempt(folder, configuration=configuration)[0] == "opened ['s1'] _SecretServiceShelf"


@pytest.mark.parametrize("name", ["KEYRING_PROPERTY_SCHEME", "KEYRING_PROPERTY_PREFERRED_COLLECTION"])
def test_that_variables_that_bend_the_back_end_are_refused(folder: Path, name: str) -> None:
    said = attempt(folder, variables={name: "KeePassXC"})
    assert said[0] == "KeyringRefusedError K2 5"
    assert said[1].endswith("Unset it.")


@pytest.mark.parametrize(
    ("trouble", "start", "variables", "prepare"),
    [
        ("no bus named", "private_bus", {}, 'del os.environ["DBUS_SESSION_BUS_ADDRESS"]'),
        ("bus gone", "private_bus", {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}, ""),
        ("bus elsewhere", "private_bus", {"DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port=1"}, ""),
        ("bus address is nonsense", "private_bus", {"DBUS_SESSION_BUS_ADDRESS": "%%%"}, ""),
        ("no keyring on the bus", "private_bus", {}, ""),
        (
            "login keyring locked, nobody to ask",
            "private_keyring",
            {},
            """
            import secretstorage
            bus = secretstorage.dbus_init()
            secretstorage.get_default_collection(bus).lock()
            bus.close()
            """,
        ),
    ],
)
@pytest.mark.attack("A30")
def test_that_without_an_open_keyring_no_session_starts(
    folder: Path, trouble: str, start: str, variables: dict[str, str], prepare: str
) -> None:
    said = attempt(folder, start=start, variables=variables, prepare=prepare)
    assert said[0] == "KeyringAbsentError K1 5", trouble
    assert said[1].startswith(K1)
    assert len(said[1]) > len(K1) + 10
    assert said[2] == "[]"


START_FAKE_SERVICE = f"""
import atexit, subprocess, sys
fake = subprocess.Popen([sys.executable, {str(FAKE_SERVICE)!r}], stdout=subprocess.PIPE)
fake.stdout.readline()
atexit.register(lambda: (fake.wait(), fake.stdout.close()))  # it ends with the bus
"""


def test_that_a_secret_service_without_a_collection_in_memory_is_refused(folder: Path) -> None:
    said = attempt(folder, start="private_bus", prepare=START_FAKE_SERVICE)
    assert said[0] == "KeyringRefusedError K2 5"
    assert "stays in memory" in said[1]
    assert said[2] == "[]"


@pytest.mark.attack("A31")
def test_that_a_refused_keyring_waits_for_the_offices_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "office.json").write_text("{}")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(KeyringRefusedError):
        open_keyring(tmp_path)
    with waiting_notes(tmp_path) as notes:
        assert [(n.event, n.outcome, n.reason, n.detail) for n in notes] == [
            ("start.refused", "refused", "keyring", "K2")
        ]
