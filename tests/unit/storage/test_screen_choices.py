"""What a person chose for their screens."""

import json
from pathlib import Path

import pytest

from app.storage.screen_choices import LONGEST_BYTES, ChoicesFile, choices_path, read_choices

ACCOUNT = "ratna.dewanti"


def keep(home: Path, account: str = ACCOUNT, **choices: object) -> None:
    file = ChoicesFile(home, account)
    file.hand(choices)  # type: ignore[arg-type]
    file.write()


def test_that_each_person_has_their_own_choices(tmp_path: Path) -> None:
    keep(tmp_path, single_keys=False, widths=(304, 714), density="compact")
    keep(tmp_path, "hendra.kusuma", single_keys=True)
    assert read_choices(tmp_path, ACCOUNT) == {"single_keys": False, "widths": (304, 714), "density": "compact"}
    assert read_choices(tmp_path, "hendra.kusuma") == {"single_keys": True}
    assert read_choices(tmp_path, "maya.paramita") == {}


def test_that_the_file_is_the_owners_alone_and_names_nobody(tmp_path: Path) -> None:
    keep(tmp_path, tour_seen=True)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert "ratna" not in file.name + file.read_text()


@pytest.mark.parametrize("text", ["", "[", "[1]", '"x"', "\x00", "[" * 20_000, '{"a": "' + "x" * LONGEST_BYTES + '"}'])
def test_that_a_broken_file_counts_as_nothing(tmp_path: Path, text: str) -> None:
    file = choices_path(tmp_path, ACCOUNT)
    file.write_text(text)
    file.chmod(0o600)
    assert read_choices(tmp_path, ACCOUNT) == {}


def test_that_choices_of_another_form_are_left_out(tmp_path: Path) -> None:
    file = choices_path(tmp_path, ACCOUNT)
    file.write_text(json.dumps({"a": None, "b": {"c": 1}, "d": [1, "x"], "e": 1.5, "f": ["x"], "g": True}))
    file.chmod(0o600)
    assert read_choices(tmp_path, ACCOUNT) == {"f": ("x",), "g": True}


def test_that_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text('{"tour_seen": true}')
    choices_path(tmp_path, ACCOUNT).symlink_to(elsewhere)
    assert read_choices(tmp_path, ACCOUNT) == {}


def test_that_too_much_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too long"):
        keep(tmp_path, note="x" * LONGEST_BYTES)
    assert list(tmp_path.iterdir()) == []
