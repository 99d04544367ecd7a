"""T4: the list of who saw a customer's data holds no value; and what makes documents runs nobody's files (T3).

The list goes to the screen and out of Tirai as a document, so it is looked at for every sealed value of the customer,
in the answer as bytes and in the document with its streams opened. reportlab runs Python files of a person's home when
it is imported; a script of the same OS user could plant them.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.client import who_saw as calls
from app.api.messages.who_saw import AskWhoSaw, AskWhoSawPdf
from app.session.identity import new_id
from app.session.shown_who_saw import Days
from tests.office.made import MadeOffice, made_office
from tests.office.pdf_text import streams_of, text_of
from tests.security.canaries import Canary, found_in, needles, planted
from tests.security.directing import directed

pytestmark = pytest.mark.slow  # real processes

ALL = Days()
PLAY = Path(__file__).with_name("who_saw_play.py")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MadeOffice, str, list[Canary]]]:
    """An office in which every class of a customer was opened, noted and looked up."""
    rows, canaries = planted(4)
    with made_office(tmp_path_factory.mktemp("who")) as office:
        office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        office.bring_in(rows)
        desk = office.desk("dewi")
        number = canaries[0].number
        mine = [canary for canary in canaries if canary.number == number]
        (found,) = desk.search(number, None).ids
        record = desk.customer(found).record
        for canary in mine:
            opened = desk.reveal(record, canary.field, "subject_request")
            assert canary.needle.lower() in opened.value.reveal().lower(), "the control: the value is there to be told"
        desk.save_note(record, desk.new_note(), f"note {mine[0].value}")
        desk.notes(record)
        desk.end("signed_out")
        yield office, number, canaries


@pytest.mark.attack("A48")
def test_that_neither_page_nor_document_holds_a_sealed_value(
    asked: tuple[MadeOffice, str, list[Canary]], tmp_path: Path
) -> None:
    office, number, canaries = asked
    desk = office.desk("dewi")
    client = desk._identity.client
    page = calls.who_saw(client, AskWhoSaw(number=number))
    pdf = calls.who_saw_pdf(client, AskWhoSawPdf(id=new_id(), number=number, language="en")).pdf
    shown = desk.who_saw.shown(desk.who_saw.of_number(number, ALL), "id")
    desk.who_saw.save_pdf(page.record.hex(), ALL, "id", tmp_path / "list.pdf")
    desk.end("signed_out")
    written = (tmp_path / "list.pdf").read_bytes()
    told = [page.model_dump_json().encode(), repr(shown).encode(), pdf, streams_of(pdf), written, streams_of(written)]
    assert [found_in(each, needles(canaries)) for each in told] == [[]] * len(told)
    assert number in text_of(pdf), "the control: what is in the document is found"
    assert number.encode() in told[0]
    assert sum(row["kind"] == "shown" for row in json.loads(told[0])["rows"]) == 8


PLANTED = """
import pathlib
pathlib.Path({told!r}).write_text("ran")
"""
MAKE = """
import sys
sys.path[:0] = [{root!r}]
from app.backoffice.paper import Head, Paper
paper = Paper()
paper.text(0, "hello", 9)
pdf = paper.pdf(Head("t", "a", "s", "en", "20261127072509+00'00'"), lambda n, total: ("", ""))
assert pdf.startswith(b"%PDF")
print("made")
"""
IMPORT_ALONE = "import reportlab.rl_config"


@pytest.mark.attack("A42")
@pytest.mark.parametrize("file", [".reportlab_mods", ".reportlab_settings"])
def test_that_a_file_planted_in_the_home_does_not_run_in_the_office(tmp_path: Path, file: str) -> None:
    told = tmp_path / "told"
    (tmp_path / file).write_text(PLANTED.format(told=str(told)))
    environment = {**os.environ, "HOME": str(tmp_path)}
    root = str(Path(__file__).parents[2])

    def run(code: str) -> str:
        done = subprocess.run([sys.executable, "-I", "-c", code], env=environment, capture_output=True, text=True,
                              check=True, timeout=60, cwd=tmp_path)  # fmt: skip
        return done.stdout

    assert "made" in run(MAKE.format(root=root))
    assert not told.exists()
    run(IMPORT_ALONE)
    assert told.exists(), "the control: without our precaution it runs"


@pytest.mark.attack("A42")
def test_that_a_real_office_makes_it_and_runs_nothing_that_was_planted() -> None:
    """Guardian, console and office are processes of their own, as an ordinary user starts them."""
    with directed(PLAY, reads_memory=False) as director:
        saved = director.ask("save")
        pdf = bytes.fromhex(saved["pdf"])
        assert saved["number"] in text_of(pdf)
        assert "Siapa yang melihat data saya" in text_of(pdf)
        assert "list.pdf" in saved["said"]
        assert (saved["mode"], saved["ran"]) == (0o600, False)
        wanted = [bytes.fromhex(needle) for needle in director.hello["needles"]]
        assert found_in(pdf, wanted) == found_in(streams_of(pdf), wanted) == []
