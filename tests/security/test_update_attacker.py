"""The adversary who stands between a workstation and whoever publishes updates, or who stole the key that is online.

Each attack is tried on both sides: on the process that brings, and on the one that installs, which believes nothing of
what the other brought.
"""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, MetaFile, Snapshot, TargetFile, Targets, Timestamp
from updates.publishing import Publisher, write_key

from app.domain.errors import TiraiError, VerificationError
from app.updating.steps import State
from tests.updating.play import KIND, Machine, Vendor, changed, copy_of, machine, put_back, vendor, web

__all__ = ["machine", "vendor", "web"]
pytestmark = pytest.mark.attack("A43")
EVIL = b"evil package" * 1000


def newest(folder: Path, role: str) -> Path:
    return max(folder.glob(f"metadata/*.{role}.json"), key=lambda path: int(path.name.partition(".")[0]))


def refused(step: Callable[[], object]) -> TiraiError:
    with pytest.raises(VerificationError) as told:
        step()
    assert told.value.exit_code == 6
    return told.value


def both(machine: Machine, folder: Path) -> list[str]:
    """The codes with which the two processes refuse what lies in the folder, over the network and carried."""
    codes = [refused(machine.bring).code, refused(lambda: machine.hand_over(folder)).code]
    assert machine.lines == []
    assert not machine.places.verified.exists() or list(machine.places.verified.iterdir()) == []
    return codes


def test_the_story_without_an_attacker_goes_through(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    assert machine.bring().state is State.BROUGHT
    assert machine.hand_over().state is State.INSTALLED


@pytest.mark.parametrize("at", [0, 1, -1])
def test_a_package_with_one_bit_changed(machine: Machine, vendor: Vendor, at: int) -> None:
    vendor.release("0.2.0")
    (package,) = (vendor.publisher.folder / "targets").iterdir()
    changed(package, at)
    assert both(machine, vendor.publisher.folder) == ["U5", "U5"]


def test_a_package_that_is_longer_or_shorter(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    (package,) = (vendor.publisher.folder / "targets").iterdir()
    whole = package.read_bytes()
    for content in (whole + b"x", whole[:-1]):
        package.write_bytes(content)
        assert both(machine, vendor.publisher.folder) == ["U5", "U5"]


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets"])
def test_a_list_with_one_bit_changed(machine: Machine, vendor: Vendor, role: str) -> None:
    vendor.release("0.2.0")
    folder = vendor.publisher.folder
    file = folder / "metadata/timestamp.json" if role == "timestamp" else newest(folder, role)
    text = file.read_text()
    mark = '"expires": "20'
    assert mark in text
    file.write_text(text.replace(mark, '"expires": "21'))
    assert both(machine, folder) == ["U2", "U2"]


def test_rollback_to_the_list_before(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    folder = vendor.publisher.folder
    before = copy_of(folder, "before")
    vendor.release("0.3.0")
    machine.bring()
    machine.hand_over()
    machine.lines.clear()
    put_back(before, folder)
    assert both(machine, folder) == ["U3", "U3"]


def test_an_older_version_on_a_newer_list_is_nothing_to_install(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.0.9")
    assert machine.bring().state is State.NEWEST
    assert machine.hand_over(vendor.publisher.folder).state is State.NEWEST


def test_freeze_a_list_past_its_end(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    assert vendor.keys.online is not None
    Publisher(vendor.publisher.folder, datetime.now(UTC) - timedelta(days=3)).freshen(vendor.keys.online)
    assert both(machine, vendor.publisher.folder) == ["U4", "U4"]


def test_mix_and_match_parts_of_two_lists(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    folder = vendor.publisher.folder
    before = newest(folder, "targets").read_bytes()
    vendor.release("0.3.0")
    newest(folder, "targets").write_bytes(before)
    assert both(machine, folder) == ["U3", "U3"]


def test_the_stolen_online_key_signs_a_list_of_its_own(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    folder, online = vendor.publisher.folder, vendor.keys.online
    assert online is not None
    evil = vendor.folder / "tirai-console_0.3.0_amd64.deb"
    evil.write_bytes(EVIL)
    target = TargetFile.from_file(evil.name, str(evil))
    target.unrecognized_fields["custom"] = {"version": "0.3.0", "for": KIND, "rollout": 100}
    shutil.copyfile(evil, folder / "targets" / f"{target.hashes['sha256']}.{evil.name}")
    soon = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
    listed = Metadata(Targets(version=9, expires=soon, targets={evil.name: target}))
    listed.sign(online)
    listed.to_file(str(folder / "metadata/9.targets.json"))
    snapshot = Metadata(Snapshot(version=9, expires=soon, meta={"targets.json": MetaFile(version=9)}))
    snapshot.sign(online)
    snapshot.to_file(str(folder / "metadata/9.snapshot.json"))
    stamp = Metadata(Timestamp(version=9, expires=soon, snapshot_meta=MetaFile(version=9)))
    stamp.sign(online)
    stamp.to_file(str(folder / "metadata/timestamp.json"))
    assert both(machine, folder) == ["U2", "U2"]


def test_after_the_online_key_is_changed_the_stolen_one_signs_nothing(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    stolen, publisher = vendor.keys.online, vendor.publisher
    assert stolen is not None
    publisher.change_online(vendor.root[:2], stolen, write_key(vendor.folder / "keys/online-2.pem"))
    assert machine.bring().state is State.BROUGHT
    stamp = Metadata[Timestamp].from_file(str(publisher.metadata / "timestamp.json"))
    stamp.signed.version += 1
    stamp.sign(stolen)
    stamp.to_file(str(publisher.metadata / "timestamp.json"))
    assert refused(machine.bring).code == "U2"


def test_a_root_signed_by_one_of_three(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    root = Metadata.from_file(str(newest(vendor.publisher.folder, "root")))
    root.signed.version = 2
    root.sign(vendor.root[0])
    root.to_file(str(vendor.publisher.metadata / "2.root.json"))
    assert both(machine, vendor.publisher.folder) == ["U2", "U2"]


def test_a_root_of_other_keys_altogether(machine: Machine, vendor: Vendor) -> None:
    keys = [write_key(vendor.folder / f"keys/evil-{n}.pem") for n in range(5)]
    shutil.rmtree(vendor.publisher.folder)
    Publisher(vendor.publisher.folder).make(keys[:3], keys[3], keys[4])
    assert both(machine, vendor.publisher.folder) == ["U2", "U2"]


def test_a_root_key_that_was_lost_is_replaced_and_signs_nothing_more(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    lost, new = vendor.root[2], write_key(vendor.folder / "keys/root-3.pem")
    vendor.publisher.change_root(vendor.root[:2], retire=[lost], add=[new])
    assert machine.bring().state is State.BROUGHT
    assert machine.hand_over().state is State.INSTALLED
    root = Metadata.from_file(str(newest(vendor.publisher.folder, "root")))
    root.signed.version = 3
    for signer in (vendor.root[0], lost):
        root.sign(signer, append=signer is lost)
    root.to_file(str(vendor.publisher.metadata / "3.root.json"))
    assert refused(machine.bring).code == "U2"


def test_no_signature_at_all(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    folder = vendor.publisher.folder
    stamp = Metadata.from_file(str(folder / "metadata/timestamp.json"))
    stamp.signatures.clear()
    stamp.to_file(str(folder / "metadata/timestamp.json"))
    assert both(machine, folder) == ["U2", "U2"]


@pytest.mark.parametrize("junk", [b"", b"{", b"\x00" * 4096, b"[" * 100_000, b"<html>sign in to the wireless</html>"])
def test_junk_in_place_of_a_list(machine: Machine, vendor: Vendor, junk: bytes) -> None:
    vendor.release("0.2.0")
    (vendor.publisher.metadata / "timestamp.json").write_bytes(junk)
    assert all(code in ("U5", "U6") for code in both(machine, vendor.publisher.folder))


def test_an_endless_list_is_cut(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    (vendor.publisher.metadata / "timestamp.json").write_bytes(b" " * 10_000_000)
    assert both(machine, vendor.publisher.folder) == ["U5", "U5"]


def test_the_account_that_brings_cannot_make_the_one_that_installs_believe(machine: Machine, vendor: Vendor) -> None:
    """Whoever took over the account that talks to the network owns `incoming`, and everything in it."""
    vendor.release("0.2.0")
    machine.bring()
    (package,) = (machine.places.incoming / "targets").iterdir()
    real = package.read_bytes()
    package.write_bytes(EVIL)
    assert refused(machine.hand_over).code == "U5"
    package.unlink()
    package.symlink_to("/etc/shadow")
    with pytest.raises(TiraiError):
        machine.hand_over()
    package.unlink()
    os.mkfifo(package)
    with pytest.raises(TiraiError):
        machine.hand_over()  # and it does not stand still
    package.unlink()
    assert machine.lines == []
    package.write_bytes(real)
    assert machine.hand_over().state is State.INSTALLED


def test_the_list_that_the_installing_process_saw_is_its_own(machine: Machine, vendor: Vendor) -> None:
    """`incoming` forgets what was seen; the process that installs does not."""
    vendor.release("0.2.0")
    folder = vendor.publisher.folder
    before = copy_of(folder, "before")
    vendor.release("0.3.0")
    machine.bring()
    machine.hand_over()
    machine.lines.clear()
    shutil.rmtree(machine.places.incoming)
    put_back(before, folder)
    machine.bring()  # it has forgotten
    assert refused(machine.hand_over).code == "U3"
    assert machine.lines == []
