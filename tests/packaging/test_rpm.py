"""RPMs from the trees of the Debian packages: the same bytes twice, and a signature that rpm demands when told to."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from linux import rpm
from steps import PACKAGING
from supply.signing import Signer, throwaway_signer

from tests.packaging.tools import program


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small tree with a program, a setting and the console's own scripts."""
    folder = tmp_path_factory.mktemp("tree")
    for place in ("usr/lib/tirai", "usr/bin", "etc/tirai/policy.d"):
        (folder / place).mkdir(parents=True)
    shutil.copyfile("/bin/true", folder / "usr/lib/tirai/tirai")
    (folder / "usr/bin/tirai").symlink_to("../lib/tirai/tirai")
    (folder / "etc/tirai/policy.d/README").write_text("100% of the house\n")
    shutil.copytree(PACKAGING / "console/scripts", folder / "DEBIAN")
    return folder


@pytest.fixture(scope="module")
def package(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    program("rpmbuild")
    work = tmp_path_factory.mktemp("rpm")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rpm, "BUILD", work)
        words = (tree, "tirai-tried", "a program", "It does nothing.\n", Path("usr/lib/tirai"))
        first = rpm.build(*words).read_bytes()
        made = rpm.build(*words)
    assert made.read_bytes() == first, "packed twice, the bytes differ"
    return made


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Signer, Signer]]:
    found = tuple(throwaway_signer(tmp_path_factory.mktemp("k"), "rsa2048") for _ in range(2))
    yield found[0], found[1]
    for each in found:
        each.end()


def asked(package: Path, *words: str) -> str:
    line = [program("rpm"), "-qp", "--nosignature", *words, str(package)]
    return subprocess.run(line, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def test_that_it_says_what_it_needs_and_who_built_it(package: Path) -> None:
    assert "libc.so.6()(64bit)" in asked(package, "--requires").splitlines()
    assert asked(package, "--qf", "%{BUILDHOST}") == "tirai"


def test_that_settings_stay_an_administrators(package: Path) -> None:
    assert asked(package, "--configfiles").splitlines() == ["/etc/tirai/policy.d/README"]
    assert set(asked(package, "-l").splitlines()) >= {"/usr/bin/tirai", "/usr/lib/tirai", "/usr/lib/tirai/tirai"}
    assert "/usr/bin" not in asked(package, "-l").splitlines()


def test_that_rpms_words_become_those_of_the_scripts(package: Path) -> None:
    said = asked(package, "--scripts")
    assert said.count('if [ "$1" -eq 0 ]; then set -- remove; else set -- upgrade; fi') == 2
    assert "person=${" not in said
    assert "%%" not in said


def test_that_only_a_whole_package_by_the_known_key_is_taken(
    package: Path, keys: tuple[Signer, Signer], tmp_path: Path
) -> None:
    for name, key in zip(("own", "stranger"), keys, strict=True):
        key.write_public(tmp_path / f"{name}.asc", armored=True)
        rpm.trust(tmp_path / name, tmp_path / f"{name}.asc")
    assert rpm.check(package, tmp_path / "own", all_signed=False)[0], "rpm takes an unsigned one as it comes"
    assert not rpm.check(package, tmp_path / "own")[0]
    signed = tmp_path / package.name
    shutil.copyfile(package, signed)
    rpm.sign(signed, keys[0])
    assert rpm.check(signed, tmp_path / "own")[0]
    for other in ("stranger", "nobody"):
        assert not rpm.check(signed, tmp_path / other)[0]
    content = bytearray(signed.read_bytes())
    content[-100] ^= 1
    signed.write_bytes(content)
    assert not rpm.check(signed, tmp_path / "own")[0]
