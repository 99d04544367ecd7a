"""What the self-check says of swap, from what the kernel lists."""

from pathlib import Path

import pytest

from app.terminal import swap as subject
from app.terminal.swap import NOISE, NONE, PLAIN, SHUT_OUT, is_noise, judged, swap

HEAD = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
TWO = HEAD + "/dev/dm-1   partition\t8388604\t0\t-2\n/swapfile   file\t2097148\t0\t-3\n"


@pytest.mark.attack("A14")
@pytest.mark.parametrize(
    ("swaps", "limit", "noise", "answer"),
    [
        (HEAD, "", set(), NONE),
        (TWO, "max", {"/dev/dm-1", "/swapfile"}, NOISE),
        (TWO, "max", {"/dev/dm-1"}, PLAIN),
        (TWO, "", set(), PLAIN),
        (TWO, "0", set(), SHUT_OUT),
    ],
)
def test_that_swap_is_told_as_it_is(swaps: str, limit: str, noise: set[str], answer: str) -> None:
    assert judged(swaps, limit, noise.__contains__) == answer


def device(sys_: Path, name: str, uuid: str = "", below: tuple[str, ...] = ()) -> None:
    (sys_ / name / "slaves").mkdir(parents=True)
    if uuid:
        (sys_ / name / "dm").mkdir()
        (sys_ / name / "dm" / "uuid").write_text(uuid)
    for one in below:
        (sys_ / name / "slaves" / one).mkdir()


@pytest.mark.parametrize(
    ("name", "is_shut"), [("zram0", True), ("dm-0", True), ("dm-1", True), ("dm-2", False), ("sda2", False)]
)
def test_that_a_volume_is_noise_when_encryption_lies_on_or_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_shut: bool
) -> None:
    monkeypatch.setattr(subject, "_BLOCK", tmp_path)
    device(tmp_path, "zram0")
    device(tmp_path, "sda2")
    device(tmp_path, "dm-0", "CRYPT-LUKS2-00-swap", ("sda2",))
    device(tmp_path, "dm-1", "LVM-aa", ("dm-0",))
    device(tmp_path, "dm-2", "LVM-bb", ("dm-0", "sda2"))
    assert subject._is_shut(tmp_path / name) is is_shut


def test_that_a_swap_file_that_cannot_be_seen_is_not_called_noise() -> None:
    assert not is_noise("/nonexistent/swapfile")


def test_that_this_machine_gets_an_answer() -> None:
    assert swap() in (NONE, NOISE, PLAIN, SHUT_OUT)
