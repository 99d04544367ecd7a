"""Accesses in words: both languages say all of it, by the clock that they are given."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain.access import Access, AccessKind, AccessList, Somebody
from app.domain.access_texts import DAYS, MONTHS, TEXTS
from app.domain.access_words import AccessWords
from app.domain.inventory_reader import load_inventory
from app.domain.policy_reader import load_policy
from app.domain.role import Role
from app.resource_files import resource_text

INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
POLICY = load_policy(resource_text("policy", "default.toml"))
ENGLISH, INDONESIAN = (AccessWords(language, INVENTORY, POLICY) for language in ("en", "id"))
AT_MS = int(datetime(2026, 11, 27, 17, 30, tzinfo=UTC).timestamp() * 1000)
"""Half past midnight of the 28th in Jakarta."""
AGENT, SUPERVISOR = Somebody(Role.AGENT, 1), Somebody(Role.SUPERVISOR, 2)
SHOWN = Access(7, AT_MS, AccessKind.SHOWN, AGENT, "mobile_phone", "call_back")


def listed(*accesses: Access, **rest: object) -> AccessList:
    empty = AccessList("C-1", "", accesses, len(accesses), 0, None, None, AT_MS, 30)
    return replace(empty, **rest)  # type: ignore[arg-type]


def parts_of(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def test_that_both_languages_have_the_same_sentences_with_the_same_parts() -> None:
    english, indonesian = TEXTS["en"], TEXTS["id"]
    assert english.keys() == indonesian.keys()
    assert [key for key in english if parts_of(english[key]) != parts_of(indonesian[key])] == []
    assert [len(names) for names in (*DAYS.values(), *MONTHS.values())] == [7, 7, 12, 12]


def test_that_what_counts_has_a_singular() -> None:
    assert {key for key in TEXTS["en"] if f"{key}.one" in TEXTS["en"]} == {"times", "people", "reasons", "refused"}
    assert ENGLISH.summary(listed(SHOWN)) == "1 time, 1 person, 1 reason"
    assert INDONESIAN.summary(listed(SHOWN)) == "1 kali, 1 orang, 1 alasan"
    assert ENGLISH.summary(listed()) == "0 times, 0 people, 0 reasons"


@pytest.mark.parametrize("kind", AccessKind)
def test_that_every_kind_of_access_has_all_its_words(kind: AccessKind) -> None:
    for words in (ENGLISH, INDONESIAN):
        for by, matched in ((None, None), (SUPERVISOR, True), (None, False)):
            access = Access(1, AT_MS, kind, AGENT, allowed_by=by, matched=matched, notes=2)
            said = (words.what(access), words.why(access), words.how(access, 30))
            assert all(said)
            assert "{" not in "".join(said)


def test_that_a_reveal_says_field_reason_and_the_longest_view() -> None:
    assert (ENGLISH.what(SHOWN), ENGLISH.why(SHOWN)) == ("Mobile phone", "Call back on this line")
    assert ENGLISH.how(SHOWN, 30) == "Shown by own right, up to 30 s"
    assert INDONESIAN.why(SHOWN) == "Menelepon balik ke nomor ini"
    assert INDONESIAN.how(SHOWN, 30) == "Ditampilkan dengan hak sendiri, paling lama 30 dtk"


def test_that_known_seconds_and_an_unlock_are_told() -> None:
    access = replace(SHOWN, seconds=12, allowed_by=SUPERVISOR)
    assert ENGLISH.how(access, 30) == "Shown 12 s, unlocked by Supervisor 2"
    assert INDONESIAN.how(access, 30) == "Ditampilkan 12 dtk, dibukakan oleh Supervisor 2"


def test_that_the_same_code_says_what_was_asked_or_given() -> None:
    given = replace(SHOWN, reason="dispute")
    assert ENGLISH.why(given) == "Work on a disputed charge"
    assert ENGLISH.why(replace(given, allowed_by=SUPERVISOR)) == "The customer disputes a charge on this card"


def test_that_people_are_roles_unless_they_have_names() -> None:
    assert ENGLISH.who(Somebody(Role.PRIVACY_OFFICER, 1)) == "Privacy officer 1"
    assert INDONESIAN.who(Somebody(Role.PRIVACY_OFFICER, 1, "Dewi Lestari")) == "Dewi Lestari, Petugas privasi"
    assert ENGLISH.who(Somebody(None, 3)) == "Former account 3"


def test_that_what_policy_and_inventory_have_dropped_is_still_told() -> None:
    access = replace(SHOWN, field="old_field", reason="old_reason")
    assert ENGLISH.what(access) == "old_field"
    assert ENGLISH.why(access) == "A reason that is no longer offered (old_reason)"


def test_that_days_and_times_are_those_of_the_zone() -> None:
    (day,) = ENGLISH.days(listed(SHOWN))
    assert (day.heading, day.lines[0].time) == ("Saturday, 28 November 2026", "00:30")
    (day,) = INDONESIAN.days(listed(SHOWN))
    assert (day.heading, day.lines[0].time) == ("Sabtu, 28 November 2026", "00.30")
    assert ENGLISH.moment(AT_MS) == "28 November 2026, 00:30 WIB (UTC+07:00)"
    elsewhere = replace(
        POLICY, office_hours=replace(POLICY.office_hours, zone=timezone(timedelta(hours=-3, minutes=-30)))
    )
    assert AccessWords("en", INVENTORY, elsewhere).moment(AT_MS) == "27 November 2026, 14:00 UTC-03:30"


def test_that_the_last_day_of_a_period_is_one_that_it_includes() -> None:
    day_ms = 86_400_000
    begin = AT_MS - AT_MS % day_ms - 7 * 3_600_000  # midnight in Jakarta
    both = listed(since_ms=begin, until_ms=begin + day_ms)
    assert ENGLISH.period(both) == "27 November 2026 to 27 November 2026"
    assert INDONESIAN.period(listed(since_ms=begin)) == "Sejak 27 November 2026"
    assert ENGLISH.period(listed()) == "All that the log keeps"


def test_that_an_empty_list_says_so_and_refusals_are_counted() -> None:
    said = ENGLISH.remarks(listed(refused=1))
    assert said[:2] == [
        "Nobody saw, checked, used or changed this data in this time.",
        "1 further try was refused; nothing was shown.",
    ]
    assert len(ENGLISH.remarks(listed())) == 2


def test_that_notes_that_were_not_there_were_shown_to_nobody() -> None:
    looked = Access(8, AT_MS, AccessKind.NOTES_READ, AGENT)
    assert ENGLISH.how(looked, 30) == "Looked for; there was none"
    assert ENGLISH.remarks(listed(looked))[0] == "No value was shown in this time."
    assert ENGLISH.how(replace(looked, notes=2), 30) == "Read by own right"
    assert INDONESIAN.how(replace(looked, notes=2, seconds=41), 30) == "Dibaca dengan hak sendiri, 41 dtk"


def test_that_only_terms_that_a_list_needs_are_explained() -> None:
    terms = [term for term, _text in ENGLISH.meanings(listed(SHOWN))]
    assert terms == ["A line", "Who", "Shown", "By own right"]
    unlocked = replace(SHOWN, allowed_by=SUPERVISOR)
    used = Access(8, AT_MS, AccessKind.USED, AGENT, "email")
    terms = [term for term, _text in ENGLISH.meanings(listed(unlocked, used))]
    assert terms == ["A line", "Who", "Shown", "Unlocked", "Used"]
    named = replace(SHOWN, who=Somebody(Role.AGENT, 1, "Ratna"))
    assert "number" not in dict(ENGLISH.meanings(listed(named)))["Who"]


def test_that_a_screen_has_the_newest_first() -> None:
    later = replace(SHOWN, number=9, at_ms=AT_MS + 86_400_000)
    found = listed(SHOWN, later)
    assert [day.lines[0].number for day in ENGLISH.days(found)] == [7, 9]
    assert [day.lines[0].number for day in ENGLISH.days(found, newest_first=True)] == [9, 7]
