"""Which variables and which mapped libraries a start refuses or drops, judged from plain values."""

from pathlib import Path

import pytest

from app import clean_start
from app.clean_start import foreign_libraries, hostile_names, loader_names, mapped_code

BUNDLE = "/usr/lib/tirai/_internal"


@pytest.mark.parametrize(
    "name",
    [
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "LD_LIBRARY_PATH_ORIG",
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONSTARTUP",
        "_PYI_APPLICATION_HOME_DIR",
        "QML2_IMPORT_PATH",
        "QML_IMPORT_PATH",
        "SSLKEYLOGFILE",
        "SSL_CERT_FILE",
        "OPENSSL_CONF",
        "OPENSSL_MODULES",
        "RL_xmlParser",
        "QT_PLUGIN_PATH",
        "QT_QPA_PLATFORM_PLUGIN_PATH",
        "QT_QPA_PLATFORMTHEME",
        "QT_QPA_GENERIC_PLUGINS",
        "QT_LOGGING_CONF",
        "QT_LOGGING_RULES",
        "QT_STYLE_OVERRIDE",
        "QT_LOAD_TESTABILITY",
        "GTK_MODULES",
        "GIO_EXTRA_MODULES",
        "LIBGL_DRIVERS_PATH",
        "__EGL_VENDOR_LIBRARY_FILENAMES",
        "GCONV_PATH",
        "GLIBC_TUNABLES",
        "MALLOC_PERTURB_",
        "HTTPS_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "no_proxy",
    ],
)
@pytest.mark.attack("A40", "A42")
def test_that_a_variable_which_loads_code_or_diverts_traffic_is_hostile(name: str) -> None:
    assert hostile_names({name: "x"}) == (name,)


@pytest.mark.parametrize(
    "name",
    [
        "PATH",
        "HOME",
        "TMPDIR",
        "LANG",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "XDG_RUNTIME_DIR",
        "XDG_CURRENT_DESKTOP",
        "DBUS_SESSION_BUS_ADDRESS",
        "QT_SCALE_FACTOR",
        "QT_IM_MODULE",
        "QT_ACCESSIBILITY",
        "GTK_THEME",
    ],
)
def test_that_a_variable_which_a_desktop_needs_stays(name: str) -> None:
    assert hostile_names({name: "x"}) == ()


@pytest.mark.parametrize(
    ("platform", "is_kept"),
    [
        ("xcb", True),
        ("wayland;xcb", True),
        ("wayland-egl", True),
        ("offscreen", True),
        ("vnc", False),
        ("offscreen:configfile=/tmp/x", False),
        ("xcb;vnc", False),
        ("", False),
    ],
)
def test_that_only_platforms_of_this_workstation_are_kept(platform: str, is_kept: bool) -> None:
    found = hostile_names({"QT_QPA_PLATFORM": platform}, keep={"QT_QPA_PLATFORM"})
    assert found == (() if is_kept else ("QT_QPA_PLATFORM",))


def test_that_a_bus_address_that_starts_a_program_is_dropped() -> None:
    address = "unix:path=/run/user/1000/bus;unixexec:path=/tmp/evil"
    assert hostile_names({"DBUS_SESSION_BUS_ADDRESS": address}) == ("DBUS_SESSION_BUS_ADDRESS",)
    assert hostile_names({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"}) == ()


def test_that_a_keyring_named_by_the_environment_is_left_for_the_key_store_to_refuse() -> None:
    assert hostile_names({"PYTHON_KEYRING_BACKEND": "x"}) == ()


def test_that_what_the_program_set_itself_is_kept() -> None:
    assert hostile_names({"PYTHONUTF8": "1", "PYTHONPATH": "x"}, keep={"PYTHONUTF8"}) == ("PYTHONPATH",)


@pytest.mark.attack("A42")
@pytest.mark.parametrize(
    ("name", "value", "bundle", "is_refused"),
    [
        ("LD_PRELOAD", "/tmp/evil.so", "", True),
        ("LD_PRELOAD", "libfaketime.so.1", BUNDLE, True),
        ("LD_AUDIT", "/usr/lib/audit.so", "", True),
        ("LD_PRELOAD", "", "", False),
        ("LD_LIBRARY_PATH", "", "", False),
        ("LD_LIBRARY_PATH", ":", "", True),
        ("LD_LIBRARY_PATH", f"{BUNDLE}:", BUNDLE, True),
        ("LD_LIBRARY_PATH", "a folder with spaces", "", True),
        ("LD_LIBRARY_PATH", "/usr/lib/x86_64-linux-gnu", "", True),
        ("LD_LIBRARY_PATH", BUNDLE, BUNDLE, False),
        ("LD_LIBRARY_PATH", f"{BUNDLE}:/tmp/evil", BUNDLE, True),
        ("LD_LIBRARY_PATH", f"{BUNDLE}-2", BUNDLE, True),
        ("LD_LIBRARY_PATH", f"{BUNDLE}/../../../../tmp", BUNDLE, True),
    ],
)
def test_that_a_loader_variable_is_refused_unless_it_names_the_bundle_itself(
    name: str, value: str, bundle: str, is_refused: bool
) -> None:
    assert loader_names({name: value}, bundle) == ((name,) if is_refused else ())


def test_that_mapped_code_is_read_from_the_kernels_list() -> None:
    maps = [
        "55d0-55d1 r-xp 00000000 fe:00 1 /usr/bin/python3.13\n",
        "7f00-7f01 r--p 00000000 fe:00 2 /tmp/data only.bin\n",
        "7f02-7f03 r-xp 00000000 fe:00 3 /tmp/with a space.so\n",
        "7f04-7f05 r-xp 00000000 fe:00 4 /tmp/gone.so (deleted)\n",
        "7f06-7f07 r-xp 00000000 00:01 5 /memfd:JITCode (deleted)\n",
        "7f08-7f09 rwxp 00000000 00:00 0 \n",
        "7f10-7f11 r-xp 00000000 00:00 0 [vdso]\n",
    ]
    assert mapped_code(maps) == ("/tmp/gone.so (deleted)", "/tmp/with a space.so", "/usr/bin/python3.13")


@pytest.fixture
def mapped(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the kernel says is mapped."""
    paths: list[str] = []
    monkeypatch.setattr(clean_start, "mapped_code", lambda _lines: tuple(paths))
    return paths


@pytest.mark.attack("A42")
def test_that_a_library_in_ones_own_folder_is_foreign_and_the_programs_own_is_not(
    mapped: list[str], tmp_path: Path
) -> None:
    planted, own = tmp_path / "planted.so", Path(clean_start.__file__)
    tmp_path.chmod(0o777)
    planted.write_bytes(b"")
    mapped += [str(planted), str(own), "/bin/sh", "/usr/lib/gone.so (deleted)", "/tmp/gone.so (deleted)"]
    assert foreign_libraries() == (str(planted), "/tmp/gone.so (deleted)")


def test_that_this_process_has_no_foreign_code() -> None:
    assert foreign_libraries() == ()
