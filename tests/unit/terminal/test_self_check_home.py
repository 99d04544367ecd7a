"""The self-check says which office a home works with, and who stands at the socket of the workstation's."""

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap.program import Program
from app.domain.gateway_address import GatewayAddress
from app.domain.machine_policy.errors import CONTENT, MachinePolicyError
from app.domain.machine_policy.judging import judge
from app.domain.machine_policy.policy import MachinePolicy
from app.domain.machine_policy.said import Said
from app.storage.gateway_file import write_gateway
from app.storage.places import Places
from app.storage.service_place import ServicePlace
from app.terminal import self_check
from app.terminal.checks.finding import CheckState
from app.terminal.checks.office import AskedOffice, WorksWith, works_with

ELSEWHERE = os.geteuid() + 1


@pytest.fixture
def place(tmp_path: Path) -> ServicePlace:
    for name in ("lib", "sockets"):
        (tmp_path / name).mkdir(mode=0o755)
    return ServicePlace(tmp_path / "lib", tmp_path / "sockets", os.geteuid())


@pytest.fixture
def program(tmp_path: Path, place: ServicePlace) -> Program:
    own = Places(tmp_path / "home", tmp_path / "cache", tmp_path / "run").prepare()
    return Program(own, service=place, managed=MachinePolicy)


@pytest.fixture
def listener(place: ServicePlace) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(place.socket("office")))
        line.listen()
        yield line


def refuses() -> MachinePolicy:
    raise MachinePolicyError(CONTENT, "test", "syntax")


def test_that_it_says_which_office_a_home_works_with(program: Program) -> None:
    assert works_with(program) is WorksWith.SERVICE
    assert works_with(replace(program, service=None)) is WorksWith.ONE_USER
    named = judge([Said("test", {"gateway_url": "https://it.example"})])
    assert works_with(replace(program, managed=lambda: named)) is WorksWith.GATEWAY
    assert works_with(replace(program, managed=refuses)) is WorksWith.UNKNOWN
    write_gateway(program.places.home, GatewayAddress("own.example"))
    assert works_with(replace(program, service=None)) is WorksWith.GATEWAY


def test_that_the_offices_own_user_at_the_socket_is_ok(place: ServicePlace, listener: socket.socket) -> None:
    found = self_check.service_socket(place)
    assert (found.state, found.details) == (CheckState.OK, {"listens": "office"})
    assert self_check.exit_code([found], is_strict=True) == 0


def test_that_an_office_that_does_not_run_is_advised(place: ServicePlace, tmp_path: Path) -> None:
    for nobody in (place, replace(place, runtime=tmp_path / "never-made")):
        found = self_check.service_socket(nobody)
        assert (found.state, found.counts, found.details) == (CheckState.UNKNOWN, False, {"listens": "nobody"})
        assert (self_check.exit_code([found]), self_check.exit_code([found], is_strict=True)) == (0, 5)


@pytest.mark.attack("A32")
def test_that_somebody_else_at_the_socket_fails_it_with_6(place: ServicePlace, listener: socket.socket) -> None:
    found = self_check.service_socket(replace(place, user=ELSEWHERE))
    assert found.details == {"listens": "unsafe" if os.geteuid() else "other"}
    assert self_check.exit_code([found]) == 6
    place.runtime.chmod(0o777)
    found = self_check.service_socket(place)
    assert (found.details, self_check.exit_code([found])) == ({"listens": "unsafe"}, 6)


def test_that_the_workstations_office_is_the_one_that_is_asked(program: Program, listener: socket.socket) -> None:
    """Not one of the person's own folder; and where nobody is at its socket, nobody is asked."""
    listener.close()
    asked = AskedOffice(program)
    assert asked.state in {"silent", "refused"}, "its socket is there, and nobody behind it"
    assert program.service is not None
    program.service.socket("office").unlink()
    assert AskedOffice(program).state == "none"
