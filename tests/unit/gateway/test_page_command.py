"""IT's program that sends links: handed one line on its standard input, bounded in time, and told of by its end."""

import json
import threading
import time
from pathlib import Path

import pytest

from app.backoffice.customer_page.links import NewLink
from app.backoffice.customer_page.sending import PageNotSentError
from app.gateway.config import PagePlace, read_config
from app.gateway.page_command import AT_ONCE, PageCommand
from app.gateway.reading import FaultsError
from tests.ordinary_user import PROJECT

TOKEN = "t" * 43
LINK = NewLink(TOKEN, "100001", ("id", "en"), 1_767_225_600_000)
ADDRESS = "https://page.example"
EXAMPLE = (PROJECT / "packaging" / "gateway" / "gateway.toml").read_text("utf-8")


def sender(folder: Path, body: str, timeout_s: int = 30, mode: int = 0o700) -> PageCommand:
    program = folder / "send"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(mode)
    return PageCommand(PagePlace(ADDRESS, (str(program), "by mail", "; touch /tmp/no"), timeout_s))


def test_that_it_is_handed_one_line_and_nothing_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIRAI_SECRET", "hunter2")
    sender(
        tmp_path, f'cat > {tmp_path}/input; env > {tmp_path}/env; echo "$@" > {tmp_path}/words; echo out; echo e >&2'
    )(LINK)
    (line,) = (tmp_path / "input").read_text().splitlines()
    assert json.loads(line) == {
        "customer": "100001", "language": "id", "link": f"{ADDRESS}/p/{TOKEN}", "expires": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    assert (tmp_path / "words").read_text() == "by mail ; touch /tmp/no\n"
    environment = (tmp_path / "env").read_text()
    assert TOKEN not in environment
    assert "hunter2" not in environment


@pytest.mark.parametrize(
    ("body", "timeout_s", "mode", "why"),
    [
        ("cat; exit 3", 30, 0o700, "ended with 3"),
        ("exit 4", 30, 0o700, "ended with 4"),
        ("sleep 600", 1, 0o700, "within 1 s"),
        ("exit 0", 30, 0o722, "can be changed by others"),
        ("exit 0", 30, 0o600, "cannot be run"),
    ],
)
def test_that_what_fails_is_said_without_the_link(
    tmp_path: Path, body: str, timeout_s: int, mode: int, why: str
) -> None:
    with pytest.raises(PageNotSentError, match=why) as refused:
        sender(tmp_path, body, timeout_s, mode)(LINK)
    assert refused.value.code == "page_not_sent"
    assert TOKEN not in refused.value.message


def test_that_one_that_leaves_without_reading_has_done_it_if_it_says_so(tmp_path: Path) -> None:
    sender(tmp_path, "exec 0<&-; exit 0")(LINK)


def test_that_so_many_run_at_once_and_the_next_is_refused(tmp_path: Path) -> None:
    go_on, began = tmp_path / "go", tmp_path / "began"
    send = sender(tmp_path, f"cat >/dev/null; echo x >> {began}; while [ ! -e {go_on} ]; do sleep 0.02; done")
    running = [threading.Thread(target=send, args=(LINK,)) for _ in range(AT_ONCE)]
    for one in running:
        one.start()
    while not began.exists() or len(began.read_text()) < 2 * AT_ONCE:  # the test's own time limit ends this
        time.sleep(0.01)
    with pytest.raises(PageNotSentError) as refused:
        send(LINK)
    assert refused.value.code == "page_busy"
    go_on.touch()
    for one in running:
        one.join()
    send(LINK)


@pytest.mark.parametrize(
    "address", ["http://page.example", "https://page.example/at", "https://u@page.example", "page"]
)
def test_that_an_address_is_a_servers_alone(address: str) -> None:
    table = f'[page]\naddress = "{address}"\ncommand = ["/usr/local/bin/send"]\n'
    with pytest.raises(FaultsError, match="no address of a page"):
        read_config(f"{EXAMPLE}\n{table}", Path("/etc/tirai/gateway.toml"))


def test_that_a_link_stands_below_its_address() -> None:
    table = '[page]\naddress = "https://page.example:8443/"\ncommand = ["/usr/local/bin/send"]\n'
    page = read_config(f"{EXAMPLE}\n{table}", Path("/etc/tirai/gateway.toml")).page
    assert page is not None
    assert page.link(TOKEN) == f"https://page.example:8443/p/{TOKEN}"
    assert page.timeout_s == 20
