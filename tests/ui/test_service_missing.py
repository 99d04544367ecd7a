"""A console of a workstation whose office does not run says so, and whom to ask; no guardian is asked to fork one."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import doors
from app.bootstrap.program import Program
from app.domain.errors import WorkstationError
from app.domain.machine_policy.policy import MachinePolicy
from app.storage.places import Places
from app.storage.service_place import ServicePlace
from app.ui.application import TiraiApplication
from app.ui.faults import fault_of
from app.ui.language import Language, speak


@pytest.fixture
def program(tmp_path: Path) -> Program:
    for name in ("lib", "sockets"):
        (tmp_path / name).mkdir()
    own = Places(tmp_path / "home", tmp_path / "cache", tmp_path / "run").prepare()
    return Program(own, service=ServicePlace(tmp_path / "lib", tmp_path / "sockets"), managed=MachinePolicy)


def test_that_a_missing_office_is_named_at_the_door(program: Program, qapp: TiraiApplication, qtbot: QtBot) -> None:
    del qtbot
    with pytest.raises(WorkstationError) as error:
        doors._starter(program, lambda: pytest.fail("no guardian makes the workstation's office"))()
    speak(qapp, Language.ENGLISH)
    said = fault_of(error.value).sentence
    assert said == "The office of this workstation does not run. Ask IT to set it up, or to start it (O6)."


def test_that_an_office_of_ones_own_is_still_the_guardians(program: Program) -> None:
    asked: list[bool] = []
    doors._starter(Program(program.places, managed=MachinePolicy), lambda: asked.append(True))()
    assert asked == [True]
