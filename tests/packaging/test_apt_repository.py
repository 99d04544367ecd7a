"""apt refuses a repository of ours that somebody changed: tried on a tiny package by throw-away keys."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from linux.apt_repository import Repository
from supply.signing import Signer, throwaway_signer
from trying.apt_attacks import ATTACKS, STALE, Answer, attack

from tests.packaging.tools import program

PACKAGE = "tirai-tried"


class OwnApt:
    """This machine's apt with folders of its own: it fetches, and installs nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for place in ("state/lists/partial", "cache/archives/partial", "etc/sources", "got"):
            (folder / place).mkdir(parents=True)
        (folder / "state/status").touch()

    def _run(self, *words: str) -> tuple[int, str]:
        options = {
            "Dir::State": self._folder / "state",
            "Dir::State::status": self._folder / "state/status",
            "Dir::Cache": self._folder / "cache",
            "Dir::Etc::sourcelist": "/dev/null",
            "Dir::Etc::sourceparts": self._folder / "etc/sources",
            "Dir::Etc::parts": "/dev/null",
            "Dir::Etc::main": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "APT::Sandbox::User": "root",
            "APT::Architecture": "amd64",
            "APT::Update::Error-Mode": "any",
            # A machine may be told to believe old indices, as one whose clock is moved; this one is not.
            "Acquire::Check-Valid-Until": "true",
            "Acquire::Check-Date": "true",
            "Acquire::http::Proxy": "DIRECT",
            "Acquire::Retries": "0",
        }
        line = [program("apt-get"), *(word for name, value in options.items() for word in ("-o", f"{name}={value}"))]
        done = subprocess.run(
            [*line, *words], cwd=self._folder / "got", env=os.environ | {"LC_ALL": "C", "APT_CONFIG": "/dev/null"},
            check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.returncode, done.stdout

    def point(self, source: Callable[[str], str], public: Path) -> None:
        for path in (*self._folder.glob("state/lists/*_*"), *self._folder.glob("got/*")):
            path.unlink()
        (self._folder / "etc/sources/tirai.sources").write_text(source(str(public)))

    def update(self) -> tuple[int, str]:
        return self._run("update")

    def get(self, package: str) -> tuple[int, str]:
        return self._run("download", package)

    def has(self, package: str) -> str:
        return "".join(path.name for path in (self._folder / "got").glob(f"{package}_*.deb"))


def tiny(folder: Path, version: str) -> Path:
    """A package that holds one file of ours."""
    tree = folder / version
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "usr/share").mkdir(parents=True)
    (tree / "usr/share/tirai-tried").write_bytes(os.urandom(4096))
    (tree / "DEBIAN/control").write_text(
        f"Package: {PACKAGE}\nVersion: {version}\nArchitecture: amd64\nMaintainer: T <t@t.invalid>\n"
        "Description: tried\n"
    )
    package = folder / f"{PACKAGE}_{version}_amd64.deb"
    subprocess.run([program("dpkg-deb"), "--root-owner-group", "-b", tree, package], check=True, capture_output=True)
    return package


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Signer, Signer]]:
    """The archive's key and a stranger's."""
    program("gpg")
    found = tuple(throwaway_signer(tmp_path_factory.mktemp("k")) for _ in range(2))
    yield found[0], found[1]
    for each in found:
        each.end()


@pytest.fixture(scope="module")
def repository(keys: tuple[Signer, Signer], tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("good")
    program("apt-ftparchive")
    made = Repository(folder / "repository", "amd64")
    made.take([tiny(folder, "0.1.0-1")])
    made.sign(keys[0])
    return made


@pytest.fixture(scope="module")
def answers(
    repository: Repository, keys: tuple[Signer, Signer], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Answer]:
    """Every attack in turn, then the good repository."""
    work = tmp_path_factory.mktemp("attacks")
    found = attack(repository, OwnApt(tmp_path_factory.mktemp("apt")), keys, PACKAGE, work)
    return {answer.name: answer for answer in found}


@pytest.mark.parametrize("name", [*(one.name for one in ATTACKS), STALE, "the good repository"])
def test_that_apt_answers_as_it_must(answers: dict[str, Answer], name: str) -> None:
    assert answers[name].ok, answers[name].words


def test_that_indices_are_found_by_their_hash(repository: Repository) -> None:
    release = repository.in_release.read_text()
    assert "Acquire-By-Hash: yes" in release
    assert "Valid-Until: " in release
    for path in repository.index.glob("by-hash/SHA256/*"):
        assert path.name in release


def test_that_an_index_stays_for_one_more_round(keys: tuple[Signer, Signer], tmp_path: Path) -> None:
    """A machine that has read the InRelease before finds the index that it names."""
    made = Repository(tmp_path / "repository", "amd64")
    seen = []
    for version in ("0.1.0-1", "0.1.0-2", "0.1.0-3"):
        made.take([tiny(tmp_path, version)])
        made.sign(keys[0])
        seen.append({path.name for path in made.index.glob("by-hash/SHA256/*")})
    assert [len(names) for names in seen] == [2, 4, 4]
    assert not seen[0] & seen[2]


def test_that_a_package_of_another_name_cannot_come_from_here(repository: Repository) -> None:
    """The pin that goes with the source: Tirai's repository brings Tirai's packages alone."""
    pin = (repository.folder / "tirai.pref").read_text()
    assert "Pin-Priority: -1" in pin
    assert "Package: tirai-console tirai-gateway" in pin
