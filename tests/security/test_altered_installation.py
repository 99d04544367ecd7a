"""A44: whoever alters what is installed is found before the program runs, and before anybody signs in.

Enforced by *software*: the one who alters the files can alter what looks at them. What is claimed: an accident, a half
update, and a change by somebody who does not also rewrite the check, never pass; and no key but the build's signs.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.crypto.labels import lp
from app.crypto.signing import public_of, sign
from app.integrity.installed import Installed, OwnFilesError
from app.integrity.manifest import LABEL, NAME, SIGNATURE, WHENS, ManifestError, parsed
from app.integrity.tree import digest_of
from app.storage.log_notes import NOTES_FILE
from tests.security.fake_installation import PROGRAM, Running, small, whole

QT = "_internal/PySide6/Qt/lib/libQt6Core.so.6"
LINK = "_internal/libQt6Core.so.6"


@pytest.fixture
def seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "seed"
    path.write_text(secrets.token_bytes(32).hex())
    monkeypatch.setenv("TIRAI_MANIFEST_KEY", str(path))
    return path


@pytest.fixture
def program(tmp_path: Path, seed: Path) -> Installed:
    return small(tmp_path / "installed", seed)


def change_a_byte(root: Path, path: str = QT) -> None:
    text = bytearray((root / path).read_bytes())
    text[7] ^= 1
    (root / path).write_bytes(text)


def put(path: str) -> Callable[[Path], None]:
    def add(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("import os")
        (root / path).chmod(0o644)

    return add


def swap_the_link(root: Path) -> None:
    (root / LINK).unlink()
    (root / LINK).symlink_to("PySide6/Qt/plugins/platforms/libqxcb.so")


def make_a_file_a_link(root: Path) -> None:
    """Same bytes, and no one's business where they lie tomorrow."""
    shutil.copyfile(root / QT, root.parent / "elsewhere.so")
    (root / QT).unlink()
    (root / QT).symlink_to(root.parent / "elsewhere.so")


def make_the_link_a_file(root: Path) -> None:
    (root / LINK).unlink()
    shutil.copyfile(root / QT, root / LINK)


def make_a_folder_a_link(root: Path) -> None:
    folder = root / "_internal" / "PySide6"
    folder.rename(root.parent / "PySide6")
    folder.symlink_to(root.parent / "PySide6")


ALTERED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of the program": (lambda root: change_a_byte(root, PROGRAM), "changed"),
    "a byte of Qt": (change_a_byte, "changed"),
    "a byte of data": (lambda root: change_a_byte(root, "_internal/stdnum/oui.dat"), "changed"),
    "a byte more": (lambda root: (root / QT).write_bytes((root / QT).read_bytes() + b"x"), "changed"),
    "a file gone": (lambda root: (root / QT).unlink(), "missing"),
    "a link gone": (lambda root: (root / LINK).unlink(), "missing"),
    "a module more": (put("_internal/sitecustomize.py"), "extra"),
    "a .pth more": (put("_internal/site-packages/planted.pth"), "extra"),
    "a plug-in more": (put("_internal/PySide6/Qt/plugins/platforms/libqplanted.so"), "extra"),
    "a library beside the program": (put("libc.so.6"), "extra"),
    "a folder's cache": (put("_internal/__pycache__/os.cpython-313.pyc"), "extra"),
    "another link": (swap_the_link, "link"),
    "a file that became a link": (make_a_file_a_link, "link"),
    "a link that became a file": (make_the_link_a_file, "link"),
    "a folder that became a link": (make_a_folder_a_link, "extra missing"),
    "a file that everybody writes": (lambda root: (root / QT).chmod(0o666), "mode"),
    "a program with another's rights": (lambda root: (root / PROGRAM).chmod(0o4755), "mode"),
    "a folder that everybody writes": (lambda root: (root / "_internal").chmod(0o777), "mode"),
}


@pytest.mark.attack("A44")
@pytest.mark.parametrize("what", ALTERED)
def test_that_what_was_altered_is_found(program: Installed, what: str) -> None:
    alter, kinds = ALTERED[what]
    program.require(*WHENS)
    alter(Path(program.root))
    with pytest.raises(OwnFilesError) as refused:
        program.require(*WHENS)
    assert refused.value.code == "F1"
    assert refused.value.detail.split("=")[0] in kinds.split()
    assert {fault.kind for fault in program.look().faults} == set(kinds.split())


@pytest.mark.attack("A44")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file away")
def test_that_a_file_of_another_owner_is_found(program: Installed) -> None:
    os.chown(Path(program.root) / QT, 65534, 65534)
    assert [fault.kind for fault in program.look().faults] == ["owner"]


def sign_again(root: Path, seed: bytes) -> None:
    text = (root / NAME).read_bytes()
    (root / SIGNATURE).write_text(sign(seed, lp(LABEL, text)).hex())


def altered_and_signed_by_another(root: Path, _seed: bytes) -> None:
    """The whole manifest fits the altered tree; the key is the attacker's."""
    text = (root / NAME).read_text()
    old = next(file.sha256 for file in parsed(text.encode()).files if file.path == QT)
    change_a_byte(root)
    new = digest_of(str(root / QT))
    (root / NAME).write_text(text.replace(old, new))
    sign_again(root, secrets.token_bytes(32))


def unsigned_claim(root: Path, _seed: bytes) -> None:
    text = (root / NAME).read_text()
    (root / NAME).write_text(text.replace('"when": "start"', '"when": "later"', 1))


def signed_for_another_use(root: Path, seed: bytes) -> None:
    (root / SIGNATURE).write_text(sign(seed, lp("book-entry", (root / NAME).read_bytes())).hex())


def neither(root: Path, _seed: bytes) -> None:
    for name in (NAME, SIGNATURE):
        (root / name).unlink()


UNSIGNED: dict[str, Callable[[Path, bytes], object]] = {
    "no signature": lambda root, _seed: (root / SIGNATURE).unlink(),
    "no manifest": lambda root, _seed: (root / NAME).unlink(),
    "neither": neither,
    "an empty signature": lambda root, _seed: (root / SIGNATURE).write_text(""),
    "words for a signature": lambda root, _seed: (root / SIGNATURE).write_text("trust me"),
    "another key, all else in order": altered_and_signed_by_another,
    "a manifest that was edited": unsigned_claim,
    "a signature for another use": signed_for_another_use,
}


@pytest.mark.attack("A44")
@pytest.mark.parametrize("what", UNSIGNED)
def test_that_nothing_holds_without_the_builds_signature(program: Installed, seed: Path, what: str) -> None:
    UNSIGNED[what](Path(program.root), bytes.fromhex(seed.read_text()))
    for look in (program.look, lambda: program.require("start")):
        with pytest.raises(OwnFilesError) as refused:
            look()
        assert refused.value.code == "F2"


@pytest.mark.attack("A44")
def test_that_an_older_versions_manifest_and_files_are_no_way_back(tmp_path: Path, seed: Path) -> None:
    """Both are signed by the right key: a whole older manifest, then older files under the newer one."""
    older = small(tmp_path / "older", seed, version="9.9.8")
    change_a_byte(Path(older.root))
    small_again = small(tmp_path / "newer", seed, version="9.9.9")
    for name in (NAME, SIGNATURE):
        shutil.copyfile(tmp_path / "older" / name, tmp_path / "newer" / name)
    with pytest.raises(OwnFilesError, match=r"\(F3\)") as refused:
        small_again.require()
    assert refused.value.detail == "the manifest is of another version"
    mixed = small(tmp_path / "mixed", seed, version="9.9.9")
    shutil.copyfile(tmp_path / "older" / QT, tmp_path / "mixed" / QT)
    assert [(fault.kind, fault.path) for fault in mixed.look().faults] == [("changed", QT)]


@pytest.mark.attack("A44")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"path": "tirai"', '"path": "../tirai"'),
        ('"path": "tirai"', '"path": "/bin/sh"'),
        ('"path": "tirai"', f'"path": "{QT}"'),
        ('"size": 700', '"size": -1'),
        ('"mode": "0755"', '"mode": "77777"'),
        ('"form": "tirai/own-files/v1"', '"form": "tirai/own-files/v0"'),
        ('"version"', '"more": 1, "version"'),
    ],
)
def test_that_a_manifest_in_another_form_is_none_even_when_signed(
    program: Installed, seed: Path, old: str, new: str
) -> None:
    root = Path(program.root)
    text = (root / NAME).read_text()
    assert old in text
    (root / NAME).write_text(text.replace(old, new, 1))
    with pytest.raises(ManifestError):
        parsed((root / NAME).read_bytes())
    sign_again(root, bytes.fromhex(seed.read_text()))
    with pytest.raises(OwnFilesError, match=r"\(F2\)"):
        program.require()


def test_that_no_private_key_lies_in_what_is_installed(program: Installed, seed: Path) -> None:
    private = seed.read_text()
    assert public_of(bytes.fromhex(private)) == program.key
    for path in Path(program.root).rglob("*"):
        if path.is_file():
            assert private.encode() not in path.read_bytes()
            assert bytes.fromhex(private) not in path.read_bytes()


# the program itself


@pytest.fixture
def running(tmp_path: Path, seed: Path) -> Running:
    assert seed.is_file()
    return whole(tmp_path / "program")


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "home"
    (home / "office").mkdir(parents=True, mode=0o700)
    home.chmod(0o700)
    (home / "office" / "office.json").write_text("{}")
    return {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(home)}


def own_files(text: str) -> dict[str, object]:
    part: dict[str, object] = json.loads(text)["checks"]["own_files"]
    return part


@pytest.mark.slow
@pytest.mark.attack("A44")
def test_that_an_altered_program_starts_nothing_but_its_self_check_and_a_wipe(
    running: Running, settings: dict[str, str]
) -> None:
    home = str(Path(settings["HOME"]) / "office")
    good = running.start("inventory", "check", settings=settings)
    assert (good.returncode, good.stderr) == (0, "")
    assert own_files(running.start("self-check", "--json", settings=settings).stdout)["state"] == "ok"
    path = running.root / "Lib" / "app" / "domain" / "masks.py"
    path.write_text(path.read_text() + "\n")
    for words in (("inventory", "check", "--home", home), ("--home", home), ("console", "--home", home)):
        refused = running.start(*words, settings=settings)
        assert (refused.returncode, refused.stdout) == (6, "")
        assert "(F1)" in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
    notes = [json.loads(line) for line in (Path(home) / NOTES_FILE).read_text().splitlines()]
    assert {(n["event"], n["reason"], n["detail"]) for n in notes} == {
        ("start.refused", "own_files", "F1 changed=1"),
    }
    checked = running.start("self-check", "--json", settings=settings)
    assert checked.returncode == 6
    told = own_files(checked.stdout)
    assert (told["state"], "Lib/app/domain/masks.py" in str(told["found"])) == ("not", True)
    assert running.start("wipe", "--quiet", settings=settings).returncode == 0


@pytest.mark.slow
@pytest.mark.attack("A44")
def test_that_a_program_whose_key_is_gone_is_refused_and_a_checkout_is_not_an_installed_program(
    running: Running, settings: dict[str, str]
) -> None:
    (running.root / "Lib" / "tirai_installed.py").unlink()
    refused = running.start("inventory", "check", settings=settings)
    assert (refused.returncode, "(F1)" in refused.stderr or "(F2)" in refused.stderr) == (6, True)
    for name in (NAME, SIGNATURE):
        (running.root / name).unlink()
    assert running.start("inventory", "check", settings=settings).returncode == 0
    told = own_files(running.start("self-check", "--json", settings=settings).stdout)
    assert (told["state"], told["found"]) == ("unknown", "not an installed program")
