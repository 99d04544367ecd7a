"""What stands beside the artefacts: bills of what is in them, sums and signatures, the look for known faults."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import audit
import pytest
from steps import ROOT
from supply import sbom
from supply.locks import locked
from supply.signing import Signer, is_good, throwaway_signer
from supply.sums import KEY_FILE, SUMS, write_sums, wrong_files

from tests.packaging.tools import program

# bills of materials


@pytest.fixture
def artefact(tmp_path: Path) -> Path:
    path = tmp_path / "tirai-console_0.1.0-1_amd64.deb"
    path.write_bytes(b"an artefact")
    return path


def environment(folder: Path) -> Path:
    """An environment that has one locked package, with its licence, and one that builds."""
    for name, version in (("h11", "0.16.0"), ("pyinstaller", "6.22.3")):
        place = folder / f"lib/python3.13/site-packages/{name}-{version}.dist-info"
        place.mkdir(parents=True)
        text = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nLicense-Expression: MIT\n"
        (place / "METADATA").write_text(text)
    return folder


def test_that_a_bill_names_what_is_in_with_the_hashes_of_the_list(artefact: Path, tmp_path: Path) -> None:
    bill = json.loads(sbom.bill(artefact, "0.1.0", environment(tmp_path / "env"), ["runtime.txt"]))
    parts = {each["name"]: each for each in bill["components"]}
    assert set(parts) == {"h11", "python"}
    entry = next(each for each in locked(ROOT / "requirements/runtime.txt") if each.name == "h11")
    assert parts["h11"]["purl"] == f"pkg:pypi/h11@{entry.version}"
    assert [each["value"] for each in parts["h11"]["properties"]] == list(entry.hashes)
    assert parts["h11"]["licenses"] == [{"license": {"name": "MIT"}}]


def test_that_a_bill_has_the_form_of_cyclonedx(artefact: Path) -> None:
    """Its own schema is asked by `make dist-check`; here, what no reader does without."""
    bill = json.loads(sbom.bill_of_lock(artefact, "0.1.0", locked(ROOT / "requirements/runtime.txt")))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert bill["serialNumber"].startswith("urn:uuid:")
    references = [each["bom-ref"] for each in bill["components"]]
    assert len(references) == len(set(references))
    assert bill["dependencies"][0]["dependsOn"] == sorted(references)


def test_that_a_bill_made_twice_is_the_same_and_another_artefact_gets_another(artefact: Path) -> None:
    entries = locked(ROOT / "requirements/runtime.txt")
    first = sbom.bill_of_lock(artefact, "0.1.0", entries)
    assert sbom.bill_of_lock(artefact, "0.1.0", entries) == first
    artefact.write_bytes(b"another artefact")
    assert json.loads(sbom.bill_of_lock(artefact, "0.1.0", entries))["serialNumber"] not in first


def test_that_every_list_is_read_whole() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        lines = [line for line in path.read_text().splitlines() if "==" in line and not line.startswith(("#", " "))]
        assert len(locked(path)) == len(lines)
        assert all(each.hashes for each in locked(path))


# sums


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signer]:
    program("gpg")
    found = throwaway_signer(tmp_path_factory.mktemp("k"))
    yield found
    found.end()


def test_that_sums_are_signed_and_tell_what_changed(signer: Signer, tmp_path: Path) -> None:
    for name in ("a.deb", "b.cdx.json"):
        (tmp_path / name).write_text(name)
    signature = write_sums(tmp_path, signer)
    public = tmp_path / KEY_FILE
    assert is_good(tmp_path / SUMS, signature, public)
    assert wrong_files(tmp_path) == []
    (tmp_path / "b.cdx.json").write_text("b.cdx.jsom")
    (tmp_path / "c.deb").write_text("laid there by somebody")
    (tmp_path / "a.deb").unlink()
    assert wrong_files(tmp_path) == ["a.deb", "b.cdx.json", "c.deb"]


def test_that_changed_sums_and_another_key_are_refused(signer: Signer, tmp_path: Path) -> None:
    (tmp_path / "a.deb").write_text("a")
    signature = write_sums(tmp_path, signer)
    other = throwaway_signer(tmp_path / "other")
    other.write_public(tmp_path / "other.pgp")
    other.end()
    assert not is_good(tmp_path / SUMS, signature, tmp_path / "other.pgp")
    (tmp_path / SUMS).write_text((tmp_path / SUMS).read_text().replace("a.deb", "b.deb"))
    assert not is_good(tmp_path / SUMS, signature, tmp_path / KEY_FILE)


# the look for known vulnerabilities


class Index(http.server.BaseHTTPRequestHandler):
    """An index that knows one advisory against h11, one withdrawn against idna, and nothing of httpx."""

    def do_GET(self) -> None:
        name = self.path.split("/")[2]
        if name == "httpx":
            self.send_error(404)
            return
        said = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fixed_in": ["99"], "withdrawn": None}
        listed = [said] if name == "h11" else [said | {"withdrawn": "2026-01-01T00:00:00Z"}] if name == "idna" else []
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"vulnerabilities": listed}).encode())

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    monkeypatch.setattr(audit, "BUILD", tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/simple"
        server.shutdown()


def asked(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["audit", *words])
    return audit.main()


@pytest.mark.parametrize(
    ("names", "code"),
    [(["anyio", "idna"], 0), (["anyio", "h11"], 1), (["anyio", "httpx"], 5), (["h11", "httpx"], 5)],
)
def test_that_the_exit_code_is_honest(
    index: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], names: list[str], code: int
) -> None:
    words = [word for name in names for word in ("--only", name)]
    assert asked(monkeypatch, "--index", index, *words) == code
    printed = capsys.readouterr()
    assert index.replace("/simple", "/pypi") in printed.out
    assert ("CVE-2026-1" in printed.out) == ("h11" in names)
    assert ("COULD NOT LOOK: HTTP 404: httpx" in printed.err) == ("httpx" in names)


def test_that_without_a_network_it_says_that_it_could_not_look(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(audit, "BUILD", tmp_path)
    assert asked(monkeypatch, "--index", "http://127.0.0.1:9/simple", "--only", "h11") == 5
    assert "COULD NOT LOOK" in capsys.readouterr().err
    assert json.loads((tmp_path / "audit.json").read_text())["not_looked_up"] == ["h11"]


def test_that_pips_own_index_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/repository/simple/")
    assert audit.json_source(audit.configured_index()) == "https://mirror.example/repository/pypi"
