"""A7, A19, A28 (T4, T9): older files put back whole, and older pages of the same file, give nobody anything.

What is put back, and what notices it: the office's file by what this workstation remembers (the witness: *software*
against whoever also puts back the keyring); a page of it by the book, which says who may, and by a chain that a page
breaks (*authority*). Two honest limits of the one-user home are shown, too: an older front door forgets tries, and
a whole machine put back, keyring included, is believed.
"""

import copy
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.errors import NotAllowedError, TiraiError, VerificationError
from app.domain.role import Role
from app.session.errors import SignInRefusal, SignInRefusedError
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import planted, record_of

PAGE = 4096
"""Of a SQLCipher 4 file, in bytes."""


@dataclass(frozen=True)
class Story:
    """An office whose account `ratna` was closed since yesterday, and whose `dewi` became an agent.

    Attributes:
        yesterday: a copy of its home before that.
        today: a copy after it.
        keyring: what the keyring remembered yesterday.
    """

    office: MadeOffice
    yesterday: Path
    today: Path
    keyring: dict[str, str]

    def put(self, *names: str, of: Path) -> None:
        """Stop the office, put files into its home, serve again."""
        self.office.stop()
        for name in names:
            for companion in ("", "-wal", "-shm", "-journal"):
                there, here = of / f"{name}{companion}", self.office.places.home / f"{name}{companion}"
                here.unlink(missing_ok=True)
                if there.exists():
                    shutil.copyfile(there, here)
        self.office.serve()

    def as_today(self) -> None:
        self.put("office.db", "front-door", of=self.today)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("rollback")
    with made_office(folder / "office") as made:
        made.hire("ratna", "Ratna Dewanti")
        made.hire("dewi", "Dewi Lestari", "supervisor", ("*",))
        made.bring_in(planted(4)[0])
        made.stop()
        shutil.copytree(made.places.home, folder / "yesterday")
        keyring = copy.deepcopy(made.lasting_shelf.entries)
        made.serve()
        administrator = made.command("adi")
        administrator.accounts.close("ratna")
        administrator.accounts.change("dewi", role=Role.AGENT, queues=("billing",))
        administrator.end()
        for _ in range(3):
            made.command("hendra").end()
        made.stop()
        shutil.copytree(made.places.home, folder / "today")
        made.serve()
        yield Story(made, folder / "yesterday", folder / "today", keyring)


@pytest.fixture(autouse=True)
def back_to_today(story: Story) -> Iterator[None]:
    remembered = copy.deepcopy(story.office.lasting_shelf.entries)
    yield
    story.office.lasting_shelf.entries.clear()
    story.office.lasting_shelf.entries.update(remembered)
    story.as_today()


def may_come_in(office: MadeOffice, account: str) -> bool:
    try:
        office.command(account).end()
    except TiraiError:
        return False
    return True


def test_that_the_closed_and_the_demoted_are_so_today(story: Story) -> None:
    """The control of all that follows: yesterday's file knew both as they were."""
    assert not may_come_in(story.office, "ratna")
    assert reveals(story.office, "bank_account") == "refused"
    assert reveals(story.office, "street_address") == "shown"


@pytest.mark.attack("A7", "A28")
@pytest.mark.parametrize("with_door", [False, True])
def test_that_yesterdays_office_lets_nobody_in_and_says_so_in_its_log(story: Story, with_door: bool) -> None:
    story.put("office.db", *(("front-door",) if with_door else ()), of=story.yesterday)
    office = story.office
    who = ("hendra", "dewi", "ratna") if with_door else ("hendra", "dewi")  # today's door has no slot of ratna's
    for account in who:
        with pytest.raises(VerificationError) as refusal:
            office.command(account)
        assert refusal.value.code == "rolled_back"
    assert not may_come_in(office, "ratna")
    opened = office.back_office.opened
    with opened.database.reading() as db:
        log = opened.log.page(db, 0, 100_000)
    told = [(e.event, e.outcome, e.actor) for e in log if e.reason == "rolled_back"]
    assert told[: len(who)] == [("sign_in", "failed", account) for account in who]
    assert not office.store.session_ids()


def test_that_an_older_book_beside_the_newer_log_lets_nobody_verify_it_either(story: Story) -> None:
    story.put("office.db", of=story.yesterday)
    hendra = story.office.people["hendra"]
    with pytest.raises(VerificationError):
        story.office.sign_in().sign_in_to_verify("hendra", hendra.password, story.office.code("hendra"))


def reveals(office: MadeOffice, field: str) -> str:
    """What somebody who was a supervisor yesterday, and is an agent today, gets."""
    try:
        desk = office.desk("dewi")
    except TiraiError:
        return "stays out"
    try:
        shown = desk.reveal(record_of(desk, "C-"), field, "other", "the caller asks about a letter")
        return "shown" if shown.value.reveal() else "empty"
    except NotAllowedError:
        return "refused"
    except TiraiError:
        return "fails"
    finally:
        desk.end("signed_out")


def differing_pages(one: bytes, other: bytes) -> list[int]:
    count = min(len(one), len(other)) // PAGE
    return [n for n in range(count) if one[n * PAGE : (n + 1) * PAGE] != other[n * PAGE : (n + 1) * PAGE]]


def put_page_back(story: Story, page: int) -> None:
    """One page of yesterday in today's file, as `dd` would put it there."""
    office = story.office
    office.stop()
    old = (story.yesterday / "office.db").read_bytes()
    path = office.places.home / "office.db"
    path.write_bytes((story.today / "office.db").read_bytes())
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(old[page * PAGE : (page + 1) * PAGE])
    shutil.copyfile(story.today / "front-door", office.places.home / "front-door")
    office.serve()


def try_pages(story: Story, pages: list[int]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for page in pages:
        put_page_back(story, page)
        assert not may_come_in(story.office, "ratna"), f"page {page} brings a closed account back"
        seen = reveals(story.office, "bank_account")
        assert seen != "shown", f"page {page} gives a right back that the book took"
        counts[seen] = counts.get(seen, 0) + 1
    return counts


def all_pages(story: Story) -> list[int]:
    pages = differing_pages((story.yesterday / "office.db").read_bytes(), (story.today / "office.db").read_bytes())
    assert len(pages) > 5, "the control: the day left its marks"
    return pages


@pytest.mark.slow
@pytest.mark.attack("A7")
def test_that_no_older_page_at_all_changes_anybodys_authority(story: Story) -> None:
    counts = try_pages(story, all_pages(story))
    assert sum(counts.values()) > 5


def refused_why(office: MadeOffice, password: str, code: str) -> SignInRefusal:
    with pytest.raises(SignInRefusedError) as refusal:
        office.sign_in().sign_in_for_command("hendra", password, code)
    return refusal.value.why


@pytest.mark.attack("A7", "A19")
def test_that_an_older_front_door_forgets_tries_and_no_more(story: Story) -> None:
    """The limit of the one-user home: the file is the person's own. A used code stays used, an old password old."""
    office, door = story.office, story.today.parent / "door-before-tries"
    right, used = office.people["hendra"].password, office.code("hendra")
    office.sign_in().sign_in_for_command("hendra", right, used).end()
    office.stop()
    shutil.copyfile(office.places.home / "front-door", door)
    office.serve()
    for _ in range(5):
        assert refused_why(office, "not the right words", "000000") is SignInRefusal.WRONG
    assert refused_why(office, right, used) is SignInRefusal.THROTTLED
    office.stop()
    shutil.copyfile(door, office.places.home / "front-door")
    office.serve()
    assert refused_why(office, right, used) is SignInRefusal.USED_CODE
    office.command("hendra").end()


def test_that_a_whole_machine_put_back_is_believed(story: Story) -> None:
    """The limit that no workstation alone can lift: file, front door and keyring of yesterday fit each other."""
    office = story.office
    office.stop()
    office.lasting_shelf.entries.clear()
    office.lasting_shelf.entries.update(story.keyring)
    story.put("office.db", "front-door", of=story.yesterday)
    office.command("ratna").end()
