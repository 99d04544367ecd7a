"""Windows and macOS by recorded outputs of their commands. Not run: no such machine is here (ADR 0060)."""

import calendar

import pytest

from app.domain.posture.words import Part, State
from app.system.posture import macos, windows
from tests.unit.system.posture.fake_machine import FakeMachine

NOW = float(calendar.timegm((2026, 11, 28, 12, 0, 0)))
PROFILES = '[{"Name":"Domain","Enabled":1},{"Name":"Private","Enabled":1},{"Name":"Public","Enabled":%s}]'
DESKTOP = """
HKEY_CURRENT_USER\\Control Panel\\Desktop
    ScreenSaveActive    REG_SZ    1
    ScreenSaverIsSecure    REG_SZ    %s
    ScreenSaveTimeOut    REG_SZ    600
"""
LIMIT = """
HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System
    InactivityTimeoutSecs    REG_DWORD    0x%x
"""
DEFENDER = '{"displayName":"Windows Defender","productState":%d}'
SEARCHED = '{"pending":%d,"important":%d,"searched":"2026-11-%02dT08:00:00"}'
MAC_UPDATES = """{
    AutomaticDownload = 1;
    LastRecommendedUpdatesAvailable = %d;
    LastSuccessfulDate = "2026-11-%02d 06:10:11 +0000";
}"""


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (windows.disk_judged("1\r\n"), State.OK),
        (windows.disk_judged("2\r\n"), State.MISSING),
        (windows.disk_judged("3"), State.MISSING),
        (windows.disk_judged("7"), State.UNKNOWN),
        (windows.disk_judged(""), State.UNKNOWN),
        (windows.firewall_judged(PROFILES % 1), State.OK),
        (windows.firewall_judged(PROFILES % "true"), State.OK),
        (windows.firewall_judged(PROFILES % 0), State.MISSING),
        (windows.firewall_judged("Access denied"), State.UNKNOWN),
        (windows.antivirus_judged(DEFENDER % 0x061100), State.OK),
        (windows.antivirus_judged(DEFENDER % 0x061110), State.MISSING),
        (windows.antivirus_judged(DEFENDER % 0x060100), State.MISSING),
        (windows.antivirus_judged("[]"), State.UNKNOWN),
        (windows.lock_judged(DESKTOP % 1, ""), State.OK),
        (windows.lock_judged(DESKTOP % 0, ""), State.MISSING),
        (windows.lock_judged(DESKTOP % 0, LIMIT % 600), State.OK),
        (windows.lock_judged(DESKTOP % 1, LIMIT % 3600), State.MISSING),
        (windows.lock_judged("", ""), State.UNKNOWN),
        (windows.updates_judged(SEARCHED % (2, 0, 27), NOW), State.OK),
        (windows.updates_judged(SEARCHED % (2, 1, 27), NOW), State.MISSING),
        (windows.updates_judged(SEARCHED % (0, 0, 1), NOW), State.MISSING),
        (windows.updates_judged('{"pending":0}', NOW), State.UNKNOWN),
        (macos.disk_judged("FileVault is On.\n"), State.OK),
        (macos.disk_judged("FileVault is On.\nEncryption in progress: Percent completed = 11\n"), State.MISSING),
        (macos.disk_judged("FileVault is Off.\n"), State.MISSING),
        (macos.disk_judged(""), State.UNKNOWN),
        (macos.firewall_judged("Firewall is enabled. (State = 1)\n"), State.OK),
        (macos.firewall_judged("Firewall is disabled. (State = 0)\n"), State.MISSING),
        (macos.firewall_judged("?"), State.UNKNOWN),
        (macos.antivirus_judged("assessments enabled\n"), State.OK),
        (macos.antivirus_judged("assessments disabled\n"), State.MISSING),
        (macos.antivirus_judged(""), State.UNKNOWN),
        (macos.lock_judged("screenLock delay is immediate\n", "300\n"), State.OK),
        (macos.lock_judged("screenLock delay is 900 seconds\n", "300\n"), State.MISSING),
        (macos.lock_judged("screenLock is off\n", "300\n"), State.MISSING),
        (macos.lock_judged("screenLock delay is immediate\n", "0\n"), State.MISSING),
        (macos.lock_judged("screenLock delay is immediate\n", ""), State.UNKNOWN),
        (macos.updates_judged(MAC_UPDATES % (0, 27), NOW), State.OK),
        (macos.updates_judged(MAC_UPDATES % (3, 27), NOW), State.MISSING),
        (macos.updates_judged(MAC_UPDATES % (0, 2), NOW), State.MISSING),
        (macos.updates_judged("", NOW), State.UNKNOWN),
    ],
)
def test_that_an_output_is_judged(found: object, state: State) -> None:
    assert getattr(found, "state", None) is state


def test_that_a_system_that_answers_nothing_is_unknown_in_every_part() -> None:
    for looks in (windows.looks(lambda: NOW), macos.looks(lambda: NOW)):
        assert {looks[part](FakeMachine()).state for part in Part} == {State.UNKNOWN}


def test_that_the_looks_ask_for_what_their_parsers_read() -> None:
    machine = FakeMachine(
        said={
            "powershell -NoProfile -NonInteractive -Command (New-Object": "1",
            "powershell -NoProfile -NonInteractive -Command Get-NetFirewall": PROFILES % 1,
            "powershell -NoProfile -NonInteractive -Command Get-CimInstance": DEFENDER % 0x061100,
            "powershell -NoProfile -NonInteractive -Command $s=": SEARCHED % (0, 0, 27),
            "reg query HKCU": DESKTOP % 1,
            "fdesetup status": "FileVault is On.",
            "/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate": "Firewall is enabled. (State = 1)",
            "spctl --status": "assessments enabled",
            "sysadminctl -screenLock status": "screenLock delay is immediate",
            "defaults -currentHost read com.apple.screensaver idleTime": "300",
            "defaults read /Library/Preferences/com.apple.SoftwareUpdate": MAC_UPDATES % (0, 27),
        }
    )
    for looks in (windows.looks(lambda: NOW), macos.looks(lambda: NOW)):
        assert {looks[part](machine).state for part in Part} == {State.OK}
