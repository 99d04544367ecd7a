"""Resources are found by name and nowhere else."""

import pytest

from app.resource_files import resource_path, resource_text


def test_that_a_resource_is_found_in_a_checkout() -> None:
    assert resource_path("policy", "default.toml").is_file()
    assert resource_text("policy", "default.toml").startswith("# Who may what")


@pytest.mark.parametrize("parts", [("policy", "none.toml"), ("..", "pyproject.toml"), ("/etc/passwd",)])
def test_that_nothing_outside_the_resources_is_found(parts: tuple[str, ...]) -> None:
    with pytest.raises(FileNotFoundError):
        resource_path(*parts)
