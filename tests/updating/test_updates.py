"""Updates in three steps, and who is asked by whom."""

import http.server
import os
import socket
import threading
from pathlib import Path

import pytest

from app.domain.errors import InputRefusedError, WorkstationError
from app.updating import settings as settings_module
from app.updating.settings import UpdatePlaces, Updates, UpdateSettings, must_be_ours, root_of_trust
from app.updating.steps import Here, State
from tests.updating.play import Machine, Vendor, Web, copy_of


def test_a_release_is_seen_brought_and_handed_over(machine: Machine, vendor: Vendor) -> None:
    assert machine.look().state is State.NEWEST
    assert machine.hand_over().state is State.NEWEST  # what `look` carried here names nothing newer
    vendor.release("0.2.0")
    there = machine.look()
    assert there.state is State.THERE
    assert there.release is not None
    assert there.release.version == "0.2.0"
    assert machine.bring().state is State.BROUGHT
    assert machine.installed == []
    assert machine.hand_over().state is State.INSTALLED
    assert machine.installed == [b"package 0.2.0" * 1000]
    assert machine.lines[0][:2] == ["apt-get", "install"]
    assert list(machine.places.verified.iterdir()) == []


def test_the_process_that_installs_asks_nobody(machine: Machine, vendor: Vendor, web: Web) -> None:
    vendor.release("0.2.0")
    machine.bring()
    asked = len(web.asked)
    assert asked > 0
    machine.address = "http://127.0.0.1:9"  # nobody is there
    assert machine.hand_over().state is State.INSTALLED
    assert len(web.asked) == asked


def test_nothing_brought_is_no_error(machine: Machine) -> None:
    assert machine.hand_over().state is State.NOTHING
    assert machine.lines == []


def test_what_was_brought_is_not_brought_again(machine: Machine, vendor: Vendor, web: Web) -> None:
    vendor.release("0.2.0")
    machine.bring()
    web.asked.clear()
    assert machine.bring().state is State.BROUGHT
    assert [path for path in web.asked if path.startswith("/targets/")] == []


def test_an_older_package_leaves_when_a_newer_comes(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    machine.bring()
    name = vendor.release("0.3.0")
    machine.bring()
    assert [p.name.partition(".")[2] for p in (machine.places.incoming / "targets").iterdir()] == [name]
    machine.hand_over()
    assert machine.installed == [b"package 0.3.0" * 1000]


def test_a_rollout_reaches_this_machine_when_it_is_wide_enough(machine: Machine, vendor: Vendor) -> None:
    name = vendor.release("0.2.0", rollout=0)
    assert machine.look().state is State.NEWEST
    vendor.publisher.widen(name, 100, vendor.keys)
    assert machine.look().state is State.THERE


def test_a_withdrawn_release_reaches_nobody(machine: Machine, vendor: Vendor) -> None:
    name = vendor.release("0.2.0")
    vendor.publisher.withdraw(name, vendor.keys)
    assert machine.look().state is State.NEWEST


def test_a_carried_repository_updates_a_machine_without_a_network(machine: Machine, vendor: Vendor, web: Web) -> None:
    vendor.release("0.2.0")
    carried = copy_of(vendor.publisher.folder, "stick")
    assert machine.hand_over(carried).state is State.INSTALLED
    assert web.asked == []


def test_a_package_manager_that_fails_is_told_and_nothing_stays(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    machine.bring()
    machine.code = 100
    with pytest.raises(WorkstationError, match="100") as failed:
        machine.hand_over()
    assert failed.value.code == "U10"
    assert list(machine.places.verified.iterdir()) == []
    machine.code = 0
    assert machine.hand_over().state is State.INSTALLED  # it can be tried again


@pytest.mark.parametrize("kind", ["rpm-x86_64", "msi-x86_64", "deb-arm64"])
def test_packages_of_other_machines_are_not_taken(machine: Machine, vendor: Vendor, kind: str) -> None:
    vendor.release("0.2.0")
    machine.here = Here("0.1.0", kind, "a" * 32)
    assert machine.look().state is State.NEWEST


@pytest.mark.parametrize("step", ["look", "bring", "hand_over"])
def test_managed_asks_nobody(machine: Machine, vendor: Vendor, web: Web, step: str) -> None:
    vendor.release("0.2.0")
    machine.updates = Updates.MANAGED
    assert getattr(machine, step)().state is State.MANAGED
    assert web.asked == []
    assert not machine.places.incoming.exists()


def test_who_only_looks_installs_nothing(machine: Machine, vendor: Vendor) -> None:
    vendor.release("0.2.0")
    machine.updates = Updates.CHECK
    assert machine.look().state is State.THERE
    assert machine.hand_over().state is State.MANAGED
    assert machine.lines == []


@pytest.mark.parametrize(
    "address",
    ["", "ftp://a.example", "http://updates.example", "https://u:p@a.example", "https://a.example/?x=1", "a.example"],
)
def test_an_address_that_may_not_be_used_is_refused_before_anybody_is_asked(machine: Machine, address: str) -> None:
    machine.address = address
    with pytest.raises(InputRefusedError) as refused:
        machine.look()
    assert refused.value.code == "U9"


def test_nobody_answers(machine: Machine) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        machine.address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(WorkstationError) as told:
            machine.look()
    assert told.value.code == "U1"


def test_another_place_is_not_followed(machine: Machine, web: Web) -> None:
    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", web.address + self.path)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    machine.address = f"http://127.0.0.1:{server.server_port}"
    with pytest.raises(WorkstationError) as told:
        machine.look()
    server.shutdown()
    server.server_close()
    assert told.value.code == "U1"
    assert web.asked == []


def test_the_proxy_that_is_named_is_asked_and_one_of_the_environment_is_not(
    machine: Machine, vendor: Vendor, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            file = vendor.publisher.folder / self.path.removeprefix(web.address).lstrip("/")
            self.send_response(200 if file.is_file() else 404)
            self.end_headers()
            if file.is_file():
                self.wfile.write(file.read_bytes())

        def log_message(self, *_words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    vendor.release("0.2.0")
    here = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("HTTP_PROXY", here)
    monkeypatch.setenv("http_proxy", here)
    assert machine.look().state is State.THERE
    assert asked == []
    machine.proxy = here
    assert machine.look().state is State.THERE
    server.shutdown()
    server.server_close()
    assert all(path.startswith(web.address) for path in asked)
    assert len(asked) > 0


def test_a_full_disk_is_told_before_the_download(
    machine: Machine, vendor: Vendor, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor.release("0.2.0")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: _Full())
    with pytest.raises(WorkstationError) as told:
        machine.bring()
    assert told.value.code == "U7"
    assert [path for path in web.asked if path.startswith("/targets/")] == []


class _Full:
    free = 1024


def test_the_root_of_trust_is_its_own_file_that_nobody_else_could_change(tmp_path: Path, vendor: Vendor) -> None:
    named = tmp_path / "update-root.json"
    named.write_bytes(vendor.trust)
    named.chmod(0o644)
    if os.geteuid() == 0:
        assert root_of_trust(named) == vendor.trust
    for mode in (0o664, 0o646):
        named.chmod(mode)
        with pytest.raises(WorkstationError, match="root"):
            root_of_trust(named)
    linked = tmp_path / "linked.json"
    linked.symlink_to(named)
    with pytest.raises(WorkstationError):
        root_of_trust(linked)
    with pytest.raises(WorkstationError) as told:
        root_of_trust(tmp_path / "none.json")  # a checkout came with none
    assert told.value.code == "U9"


def test_a_folder_that_others_may_fill_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    must_be_ours(folder)
    folder.chmod(0o777)
    with pytest.raises(WorkstationError):
        must_be_ours(folder)
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(WorkstationError):
        must_be_ours(link)


def test_the_default_asks_nobody() -> None:
    assert UpdateSettings().updates is Updates.MANAGED
    assert UpdatePlaces().state == settings_module.STATE
