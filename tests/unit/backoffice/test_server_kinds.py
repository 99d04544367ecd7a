"""Which server answers: PostgreSQL old or new, and what only speaks like it."""

import pytest

from app.backoffice.server_kinds import is_refused, is_tried, other_server


@pytest.mark.parametrize(
    ("version", "extensions", "said", "refused"),
    [
        ("PostgreSQL 15.14 (Debian 15.14-0+deb12u1) on x86_64-pc-linux-gnu", (), "", False),
        ("PostgreSQL 18.4 on x86_64-pc-linux-gnu", ("plpgsql",), "", False),
        ("PostgreSQL 14.9 on x86_64-pc-linux-gnu", (), "", True),
        ("PostgreSQL 16.4 on x86_64-pc-linux-gnu", ("plpgsql", "citus"), "PostgreSQL with Citus", False),
        ("PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu", (), "YugabyteDB", False),
        ("CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu)", (), "CockroachDB", True),
        ("Another Database 9", (), "no PostgreSQL", True),
    ],
)
def test_that_each_server_is_told_by_its_own_word(
    version: str, extensions: tuple[str, ...], said: str, refused: bool
) -> None:
    found = other_server(version, extensions)
    assert (said in found, bool(found)) == (True, bool(said))
    assert is_refused(version) is refused


def test_that_only_what_was_run_counts_as_tried() -> None:
    assert [is_tried(f"PostgreSQL {major}.1 on x86_64") for major in (14, 15, 16, 17, 18)] == [
        False, True, False, False, True,
    ]  # fmt: skip
