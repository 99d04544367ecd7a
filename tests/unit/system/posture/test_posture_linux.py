"""The posture of a Linux workstation: what the kernel and the services say, and what nobody can tell."""

from pathlib import Path

import pytest

from app.domain.posture.words import LONGEST_RAW, Judged, Part, State, bounded, ok, product
from app.system.posture.linux import looks
from app.system.posture.linux_antivirus import antivirus
from app.system.posture.linux_disk import disk
from app.system.posture.linux_firewall import firewall, guards_input, ufw_is_on
from app.system.posture.linux_screen_lock import kde_judged, screen_lock
from app.system.posture.linux_updates import pending, updates
from app.system.posture.looking import look
from app.system.posture.machine import OwnMachine
from tests.unit.system.posture.fake_machine import FakeMachine

NOW = 1_795_800_000.0
DAY = 86_400
LUKS = """22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw
30 22 0:22 / /run rw - tmpfs tmpfs rw
31 22 254:2 / /home rw shared:2 - ext4 /dev/mapper/vg-home\\040one rw
"""
SWAPS = "Filename\tType\tSize\tUsed\tPriority\n"
HOME = "/home/budi/.local/share/tirai"


def luks(**changes: str) -> FakeMachine:
    """Root and home on LVM on one LUKS, as Debian's installer makes it."""
    block = "/sys/class/block"
    return FakeMachine(
        files={
            "/proc/self/mountinfo": LUKS,
            "/proc/swaps": SWAPS,
            f"{block}/dm-0/dm/uuid": "CRYPT-LUKS2-0123456789abcdef-sda3_crypt\n",
            f"{block}/dm-1/dm/uuid": "LVM-abc\n",
            f"{block}/dm-2/dm/uuid": "LVM-def\n",
        }
        | changes,
        folders={
            f"{block}/dm-1/slaves": ("dm-0",),
            f"{block}/dm-2/slaves": ("dm-0",),
            f"{block}/dm-0/slaves": ("sda3",),
        },
        links={
            "/": "/",
            HOME: HOME,
            "/sys/dev/block/254:1": "/sys/devices/virtual/block/dm-1",
            "/sys/dev/block/254:2": "/sys/devices/virtual/block/dm-2",
            "/dev/sda2": "/dev/sda2",
        },
    )


def test_that_volumes_on_luks_are_encrypted() -> None:
    assert disk(luks(), HOME) == ok("system: ext4 on dm-crypt; files: ext4 on dm-crypt; swap: none")


def test_that_a_volume_over_two_disks_of_which_one_is_open_is_not() -> None:
    machine = luks()
    machine.folders["/sys/class/block/dm-2/slaves"] = ("dm-0", "sdb1")
    found = disk(machine, HOME)
    assert (found.state, "files: ext4, no dm-crypt below it" in found.raw) == (State.MISSING, True)


@pytest.mark.parametrize(
    ("swap", "state", "words"),
    [
        ("/dev/sda2 partition 8 0 -2\n", State.MISSING, "swap: partition, no dm-crypt below it"),
        ("/dev/zram0 partition 8 0 100\n", State.OK, "swap: in memory"),
        ("/swapfile file 8 0 -2\n", State.OK, "swap: ext4 on dm-crypt"),
        ("/dev/zram0 partition 8 0 100\n/dev/sda2 partition 8 0 -2\n", State.MISSING, "no dm-crypt"),
    ],
)
def test_that_memory_is_not_written_out_in_the_open(swap: str, state: State, words: str) -> None:
    found = disk(luks(**{"/proc/swaps": SWAPS + swap}), HOME)
    assert (found.state, words in found.raw) == (state, True)


def test_that_a_container_s_disk_is_unknown_and_never_as_it_should_be() -> None:
    overlay = FakeMachine(
        files={"/proc/self/mountinfo": "1 0 0:50 / / rw - overlay overlay rw\n", "/proc/swaps": SWAPS}
    )
    assert disk(overlay, HOME).state is State.UNKNOWN
    assert disk(FakeMachine(), HOME).state is State.UNKNOWN


def test_that_no_name_of_a_disk_or_folder_is_told() -> None:
    for found in (disk(luks(), HOME), disk(luks(**{"/proc/swaps": SWAPS + "/dev/sda2 partition 8 0 -2\n"}), HOME)):
        assert not {"sda", "vg-", "budi", "0123456789"} & {
            w for w in ("sda", "vg-", "budi", "0123456789") if w in found.raw
        }


GUARDED = """table inet filter {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state { established, related } accept
    tcp dport 22 accept
  }
}"""
LAST_RULE = """table inet filter { chain input {
  type filter hook input priority 0; policy accept;
  iif "lo" accept
  counter packets 3 bytes 9 reject with icmpx admin-prohibited
} }"""
OPEN = """# policy drop
table inet filter { chain input { type filter hook input priority 0; policy accept;
  tcp dport 23 drop
} chain forward { type filter hook forward priority 0; policy drop; } }"""


def test_that_a_ruleset_guards_what_comes_in_or_does_not() -> None:
    assert guards_input(GUARDED)
    assert guards_input(LAST_RULE)
    assert not guards_input(OPEN)
    assert not guards_input("")


def units(*active: str, **files: str) -> FakeMachine:
    names = ("ufw", "firewalld", "nftables", "netfilter-persistent", "iptables")
    said = "".join("active\n" if name in active else "inactive\n" for name in names)
    return FakeMachine(files=dict(files), said={"systemctl is-active": (3, said)})


@pytest.mark.parametrize(
    ("machine", "state"),
    [
        (units("firewalld"), State.OK),
        (units("ufw", **{"/etc/ufw/ufw.conf": "# x\nENABLED=yes\n"}), State.OK),
        (units("ufw", **{"/etc/ufw/ufw.conf": "ENABLED=no\n"}), State.MISSING),
        (units("ufw"), State.UNKNOWN),
        (units("nftables", **{"/etc/nftables.conf": GUARDED}), State.OK),
        (units("nftables", **{"/etc/nftables.conf": OPEN}), State.MISSING),
        (units("nftables", **{"/etc/nftables.conf": 'include "/etc/nftables.d/*"\n'}), State.UNKNOWN),
        (units("nftables"), State.UNKNOWN),
        (units("iptables"), State.UNKNOWN),
        (units(), State.MISSING),
        (FakeMachine(), State.UNKNOWN),
        (FakeMachine(said={"systemctl is-active": (1, "")}), State.UNKNOWN),
        (FakeMachine(said={"nft list ruleset": GUARDED}), State.OK),
        (FakeMachine(said={"nft list ruleset": (1, GUARDED)}), State.UNKNOWN),
    ],
)
def test_that_a_firewall_is_what_runs_and_what_it_loads(machine: FakeMachine, state: State) -> None:
    assert firewall(machine).state is state


def test_that_ufw_says_it_itself() -> None:
    assert ufw_is_on("ENABLED=no\nENABLED = 'yes'\n")
    assert not ufw_is_on("# ENABLED=yes\n")


def processes(*names: str, **times: float) -> FakeMachine:
    files = {f"/proc/{at}/comm": f"{name}\n" for at, name in enumerate(("systemd", *names), start=1)}
    return FakeMachine(files, {"/proc": tuple(str(at) for at in range(1, len(files) + 1))}, times=dict(times))


@pytest.mark.parametrize(
    ("machine", "state"),
    [
        (processes("clamd", **{"/var/lib/clamav/daily.cld": NOW - DAY}), State.OK),
        (processes("clamd", **{"/var/lib/clamav/daily.cvd": NOW - 30 * DAY}), State.MISSING),
        (processes("clamd"), State.UNKNOWN),
        (processes("wdavdaemon"), State.OK),
        (processes("bash"), State.MISSING),
        (FakeMachine(), State.UNKNOWN),
    ],
)
def test_that_a_scanner_runs_and_is_fed(machine: FakeMachine, state: State) -> None:
    assert antivirus(machine, NOW).state is state


def gnome(enabled: str, idle: str, delay: str = "uint32 0") -> FakeMachine:
    saver, session = "gsettings get org.gnome.desktop.screensaver", "gsettings get org.gnome.desktop.session"
    said: dict[str, str | tuple[int, str]] = {
        f"{saver} lock-enabled": enabled,
        f"{saver} lock-delay": delay,
        f"{session} idle-delay": idle,
    }
    return FakeMachine(variables={"XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}, said=said)


@pytest.mark.parametrize(
    ("machine", "state"),
    [
        (gnome("true\n", "uint32 300\n"), State.OK),
        (gnome("true\n", "uint32 900\n", "uint32 30\n"), State.MISSING),
        (gnome("true\n", "uint32 0\n"), State.MISSING),
        (gnome("false\n", "uint32 300\n"), State.MISSING),
        (gnome("", "uint32 300\n"), State.UNKNOWN),
        (gnome("true\n", "nonsense"), State.UNKNOWN),
        (FakeMachine(variables={"XDG_CURRENT_DESKTOP": "sway"}), State.UNKNOWN),
        (FakeMachine(), State.UNKNOWN),
        (FakeMachine(variables={"XDG_CURRENT_DESKTOP": "KDE", "HOME": "/h"}), State.OK),
    ],
)
def test_that_a_desktop_locks_within_a_quarter_of_an_hour(machine: FakeMachine, state: State) -> None:
    assert screen_lock(machine).state is state


def test_that_plasma_s_file_counts_over_what_it_has_by_itself() -> None:
    assert kde_judged("[Daemon]\nTimeout=30\n").state is State.MISSING
    assert kde_judged("[Daemon]\nAutolock=false\n").state is State.MISSING
    assert kde_judged("[Other]\nAutolock=false\n[Daemon]\nTimeout=10\n").state is State.OK
    assert kde_judged("[Daemon]\nTimeout=soon\n").state is State.UNKNOWN


SIMULATED = """Reading package lists...
Inst libssl3 [3.0.15-1] (3.0.17-1~deb12u3 Debian-Security:12/stable-security [amd64])
Inst tzdata [2025a] (2025b Debian:12.11/stable [all])
Conf libssl3 (3.0.17-1~deb12u3 Debian-Security:12/stable-security [amd64])
"""


def apt(text: str | tuple[int, str], **times: float) -> FakeMachine:
    return FakeMachine(times={"/var/lib/apt/lists": NOW - DAY} | times, said={"apt-get -s": text})


def test_that_security_updates_are_told_from_others() -> None:
    assert pending(SIMULATED) == (1, 2)
    assert pending("Inst a [1] (2 Ubuntu:24.04/noble-security [amd64])\n") == (1, 1)


@pytest.mark.parametrize(
    ("machine", "state"),
    [
        (apt(""), State.OK),
        (apt("Inst tzdata [2025a] (2025b Debian:12.11/stable [all])\n"), State.OK),
        (apt(SIMULATED), State.MISSING),
        (apt("", **{"/var/lib/apt/lists": NOW - 8 * DAY}), State.MISSING),
        (apt("", **{"/run/reboot-required": NOW}), State.MISSING),
        (apt((100, "")), State.UNKNOWN),
        (FakeMachine(), State.UNKNOWN),
    ],
)
def test_that_updates_are_in(machine: FakeMachine, state: State) -> None:
    assert updates(machine, NOW).state is state


def test_that_a_look_that_breaks_is_unknown_and_takes_no_other_down() -> None:
    def broken(_machine: object) -> Judged:
        raise ZeroDivisionError

    found = look(dict(looks(HOME, lambda: NOW)) | {Part.DISK: broken}, FakeMachine(), lambda: NOW)
    assert [f.part for f in found] == list(Part)
    assert (found[0].state, found[0].raw) == (State.UNKNOWN, "the look broke: ZeroDivisionError")
    assert {f.state for f in found} <= {State.UNKNOWN, State.MISSING}


def test_that_a_raw_finding_is_one_short_line() -> None:
    assert bounded("a\nb\x00\u00e9" + "c" * 500) == ("a b??" + "c" * 500)[:LONGEST_RAW]
    assert (product("Norton 360"), product("<b>x</b>"), product("x" * 99)) == ("Norton 360", "a program", "a program")


def test_that_this_machine_answers_every_part(tmp_path: Path) -> None:
    class Quick(OwnMachine):
        """Without apt, which takes its time."""

        def run(self, *command: str) -> object:  # type: ignore[override]
            return None if command[0] == "apt-get" else super().run(*command)

    found = look(looks(str(tmp_path), lambda: NOW), Quick(), lambda: NOW)  # type: ignore[arg-type]
    assert [f.part for f in found] == list(Part)
    assert all(f.raw and len(f.raw) <= LONGEST_RAW for f in found)
