"""What the packages install, around a program that does nothing, and judged by the tools of the formats."""

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from linux import console_tree, gateway_tree
from linux.deb import pack
from linux.icons import SIZES, icon_svg
from linux.judged import judges, said_nothing
from linux.manual import manual
from PySide6.QtGui import QImage
from steps import PACKAGING

from tests.packaging.tools import program

KINDS = [console_tree, gateway_tree]
NAMES = [kind.NAME for kind in KINDS]


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> Callable[[ModuleType], Path]:
    """Make a package's tree around a program that does nothing."""
    bundle = tmp_path_factory.mktemp("bundle") / "tirai"
    bundle.mkdir()
    shutil.copyfile("/bin/true", bundle / "tirai")
    environment = tmp_path_factory.mktemp("environment")
    place = environment / "lib/python3.13/site-packages/pyside6_essentials-6.12.0.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text("Metadata-Version: 2.4\nName: PySide6_Essentials\nVersion: 6.12.0\n")
    made: dict[str, Path] = {}

    def make(kind: ModuleType) -> Path:
        if kind.NAME not in made:
            made[kind.NAME] = kind.lay_out(tmp_path_factory.mktemp(kind.NAME) / "tree", bundle, environment)
        return made[kind.NAME]

    return make


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        (console_tree, "etc/tirai/policy.d/README"),
        (console_tree, "etc/xdg/autostart/tirai-sweep.desktop"),
        (console_tree, "usr/lib/systemd/user/tirai-sweep.service"),
        (console_tree, "usr/share/man/man1/tirai.1.gz"),
        (console_tree, "usr/share/metainfo/invalid.tirai.tirai.metainfo.xml"),
        (console_tree, "usr/share/icons/hicolor/scalable/apps/tirai.svg"),
        (console_tree, "usr/share/doc/tirai-console/third-party/QT-NOTICE"),
        (console_tree, "usr/lib/systemd/system/tirai-update-fetch.service"),
        (console_tree, "usr/lib/systemd/system/tirai-update-install.service"),
        (console_tree, "usr/lib/systemd/system/tirai-update.timer"),
        (console_tree, "usr/lib/sysusers.d/tirai-update.conf"),
        (gateway_tree, "etc/tirai/gateway.toml"),
        (gateway_tree, "etc/tirai/page.toml"),
        (gateway_tree, "usr/lib/systemd/system/tirai-gateway.service"),
        (gateway_tree, "usr/lib/systemd/system/tirai-page.service"),
        (gateway_tree, "usr/lib/sysusers.d/tirai-gateway.conf"),
        (gateway_tree, "usr/lib/tmpfiles.d/tirai-gateway.conf"),
        (gateway_tree, "usr/share/doc/tirai-gateway/install.md"),
    ],
)
def test_that_it_installs(trees: Callable[[ModuleType], Path], kind: ModuleType, place: str) -> None:
    assert (trees(kind) / place).is_file()


def test_that_the_notice_names_the_qt_that_is_in(trees: Callable[[ModuleType], Path]) -> None:
    text = (trees(console_tree) / "usr/share/doc/tirai-console/third-party/QT-NOTICE").read_text()
    assert "version 6.12.0, under the GNU Lesser General Public License" in text
    assert "@" not in text


def test_that_icons_have_their_sizes_and_the_mark(trees: Callable[[ModuleType], Path]) -> None:
    folder = trees(console_tree) / "usr/share/icons/hicolor"
    for size in SIZES:
        image = QImage(str(folder / f"{size}x{size}/apps/tirai.png"))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, size // 2).alpha() == 255
        assert image.pixelColor(0, 0).alpha() == 0
    assert icon_svg().count("<path") == 2


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_that_units_are_understood(trees: Callable[[ModuleType], Path], kind: ModuleType, tmp_path: Path) -> None:
    found = sorted((trees(kind) / "usr/lib/systemd").rglob("*.service"))
    assert found
    for unit in found:
        if unit.is_symlink():
            continue
        copy = tmp_path / unit.name
        copy.write_text(unit.read_text().replace("/usr/bin/tirai", "/bin/true"))
        who = ["--user"] if unit.parent.name == "user" else []
        line = [program("systemd-analyze"), *who, "verify", str(copy)]
        done = subprocess.run(line, check=False, capture_output=True, text=True)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), unit


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_that_scripts_are_shell(kind: ModuleType) -> None:
    scripts = sorted((PACKAGING / kind.NAME.removeprefix("tirai-") / "scripts").iterdir())
    assert {path.name for path in scripts} <= {"preinst", "postinst", "prerm", "postrm"}
    for path in scripts:
        subprocess.run(["sh", "-n", path], check=True)
        assert "set -e" in path.read_text()


@pytest.mark.parametrize("name", ["preinst", "prerm"])
def test_that_a_script_knows_who_began_it_and_who_did_not(name: str) -> None:
    text = (PACKAGING / "console" / "scripts" / name).read_text()
    function = text[text.index("began_this() {") : text.index("in_use() {")]
    with subprocess.Popen(["sleep", "60"]) as stranger:
        line = f"{function}\nbegan_this $$ && began_this {os.getpid()} && ! began_this {stranger.pid}"
        done = subprocess.run(["sh", "-c", line], check=False)
        stranger.kill()
    assert done.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_that_it_is_packed_twice_to_the_same_bytes_and_judged(
    trees: Callable[[ModuleType], Path],
    kind: ModuleType,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Names, settings, modes, formats: lintian and the others judge all but the bundle, which `make deb` has judged."""
    program("lintian")
    monkeypatch.setattr(kind, "debian_packages", lambda *_: "libc6")
    packages = []
    for name in ("first", "second"):
        tree = tmp_path / name / "tree"
        shutil.copytree(trees(kind), tree, symlinks=True)
        packages.append(pack(tree, kind.about(tree), tmp_path / name))
    assert packages[0].read_bytes() == packages[1].read_bytes()
    settings = (tmp_path / "first/tree/DEBIAN/conffiles").read_text().splitlines()
    assert settings
    assert all(place.startswith("/etc/") for place in settings)
    good = {name: said_nothing(name, line) for name, line in judges(packages[0], tmp_path / "first/tree")}
    assert all(good.values()), capfd.readouterr().out


def test_that_the_manual_tells_every_command_and_no_hidden_option() -> None:
    page = manual("a console", "0.1.0", ())
    for command in ("self\\-check", "wipe", "gateway serve", "audit verify"):
        assert f".SS {command}\n" in page
    assert "receipt\\-fd" not in page
    assert not re.search(r"^'", page, re.MULTILINE)


def test_that_the_man_page_is_in_the_package_as_it_was_made(trees: Callable[[ModuleType], Path]) -> None:
    text = gzip.decompress((trees(gateway_tree) / "usr/share/man/man1/tirai.1.gz").read_bytes()).decode()
    assert "/etc/tirai/gateway.toml" in text
