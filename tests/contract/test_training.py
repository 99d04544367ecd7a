"""Lessons, tests and certificates at a real office: what rests without them, what opens, and what nobody can forge."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from typer.testing import CliRunner

from app.api.client import training as calls
from app.api.messages.training import AskLesson
from app.auth.audit_chain import AuditEntry
from app.backoffice import training_tables
from app.backoffice.training.library import library
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.training.lesson import LESSONS
from app.domain.training.quiz import read_drawn
from app.domain.training.rule import DAY_MS, RULES
from app.session.command import CommandSession
from app.session.desk import Desk
from app.session.shown import Action
from app.session.shown_training import LessonStanding, ShownVerdict
from app.terminal.training import training_app
from tests.contract.conftest import Home
from tests.demo.customers import HEADERS, demo_customers
from tests.demo.lessons import right_answers
from tests.office.made import MadeOffice
from tests.office.pdf_text import text_of

_quizzes, _certificates = training_tables.training_quizzes, training_tables.training_certificates
CONTACT = ("law", "masks", "callers")


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("training"), trains=True) as it:
        it.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        it.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",), grant=False)
        it.hire("yoga", "Yoga Pratama", queues=("billing", "delivery"))
        it.bring_in([{HEADERS[name]: text for name, text in c.items()} for c in demo_customers(6, 3)])
        yield it


@pytest.fixture
def desk(office: MadeOffice) -> Iterator[Desk]:
    """Ratna's newest session; an older one of hers ends by it."""
    with office.forging() as db:  # each test begins with somebody new
        for table in (_quizzes, _certificates, training_tables.rules_accepted, training_tables.training_answers):
            db.execute(delete(table))
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


def take(desk: Desk, code: str) -> ShownVerdict:
    quiz = desk.training.begin(code)
    return desk.training.answer(quiz.id, right_answers(quiz))


def fail(desk: Desk, code: str) -> ShownVerdict:
    quiz = desk.training.begin(code)
    return desk.training.answer(quiz.id, [-1] * len(quiz.questions))


def learn_all(desk: Desk) -> None:
    desk.training.accept(desk.training.rules().version)
    for code in LESSONS:
        assert take(desk, code).is_passed


def record(desk: Desk) -> str:
    return desk.rows(desk.search("", None).ids)[0].record


def reveal(desk: Desk) -> None:
    desk.reveal(record(desk), "mobile_phone", "call_back")


def refusal(desk: Desk) -> str:
    with pytest.raises(NotAllowedError) as caught:
        reveal(desk)
    return caught.value.code


def phone(desk: Desk) -> tuple[Action, str, str]:
    """What the card offers for the mobile phone."""
    shown = desk.customer(desk.search("", None).ids[0])
    field = next(f for _, fields in shown.sections for f in fields if f.name == "mobile_phone")
    return field.action, field.reason, field.lesson


def entries(office: MadeOffice, desk: Desk, event: str) -> list[AuditEntry]:
    with office.back_office.opened.database.reading() as db:
        found = office.back_office.opened.log.page(db, 0, 5_000)
    return [e for e in found if e.event == event and e.session == desk.session]


def test_that_reveals_rest_until_rules_and_lessons_and_the_card_says_which(office: MadeOffice, desk: Desk) -> None:
    assert (refusal(desk), phone(desk)) == ("rules", (Action.NONE, RULES, ""))
    desk.training.accept(desk.training.rules().version)
    for code in CONTACT:
        assert (refusal(desk), phone(desk)) == ("training", (Action.NONE, "training", code))
        assert take(desk, code).is_passed
    assert phone(desk) == (Action.REVEAL, "may_reveal", "")
    reveal(desk)
    assert {e.reason for e in entries(office, desk, "reveal") if e.outcome == "refused"} == {"rules", "training"}
    assert [e.detail for e in entries(office, desk, "training.judged")] == [
        f"lesson={code} right=12 asked=12" for code in CONTACT
    ]
    assert len(entries(office, desk, "rules.accepted")) == 1


def test_that_requests_and_notes_rest_too_and_checks_lookups_and_new_notes_do_not(desk: Desk) -> None:
    with pytest.raises(NotAllowedError) as caught:
        desk.ask(record(desk), "nik", "confirm_identity", "The check did not suffice.")
    assert caught.value.code == "rules"
    with pytest.raises(NotAllowedError) as caught:
        desk.notes(record(desk))
    assert caught.value.code == "rules"
    assert desk.caller.begin(record(desk)).need == 2
    assert desk.training.missing(DataClass.NOTE) == RULES


def test_that_no_answer_of_a_test_says_which_is_right(desk: Desk) -> None:
    quiz = desk.training.begin("masks")
    asked = {q.text: q for q in library().lesson("masks", "en").questions}
    assert all(set(q.choices) == {c.text for c in asked[q.text].choices} for q in quiz.questions)
    whys = {c.why for q in asked.values() for c in q.choices if c.why}
    told = calls.begin(desk._identity.client, AskLesson(lesson="masks", language="en")).model_dump_json()
    assert not any(json.dumps(why, ensure_ascii=False)[1:-1] in told for why in whys)
    assert "is_right" not in told
    assert calls.lesson(desk._identity.client, AskLesson(lesson="masks", language="en")).text.count("- [x]") == 0


def test_that_a_failed_test_explains_each_answer_and_gives_nothing(desk: Desk) -> None:
    quiz = desk.training.begin("masks")
    wrong = [(place + 1) % 3 for place in right_answers(quiz)]
    verdict = desk.training.answer(quiz.id, wrong)
    assert (verdict.is_passed, verdict.right, verdict.needed) == (False, 0, 9)
    assert all(answer.why for answer in verdict.answers)
    assert desk.training.state().lessons[1].standing is LessonStanding.NEW


def test_that_a_test_is_judged_once_and_the_open_one_comes_again(desk: Desk) -> None:
    quiz = desk.training.begin("law")
    assert desk.training.begin("law") == quiz
    assert desk.training.answer(quiz.id, right_answers(quiz)).is_passed
    with pytest.raises(NotAllowedError) as caught:
        desk.training.answer(quiz.id, right_answers(quiz))
    assert caught.value.code == "quiz_over"


def test_that_tries_of_a_day_are_counted_by_what_was_begun(office: MadeOffice, desk: Desk) -> None:
    for left in (3, 2, 1, 0):
        assert fail(desk, "law").tries_left == left
    with pytest.raises(NotAllowedError) as caught:
        desk.training.begin("law")
    assert caught.value.code == "quiz_tries"
    state = desk.training.state()
    assert (state.lessons[0].tries_left, state.lessons[1].tries_left) == (0, 4)
    assert state.lessons[0].next_try_at > office.clock.now_ms() / 1000
    assert [e.outcome for e in entries(office, desk, "training.test")][-1] == "refused"


def test_that_answers_come_in_the_language_that_is_asked_for(desk: Desk) -> None:
    learner = desk.training
    learner._language = "id"
    quiz = learner.begin("rights")
    assert learner.answer(quiz.id, right_answers(quiz, "id")).is_passed
    assert learner.lesson("rights").title == library().lesson("rights", "id").title


def test_that_somebody_elses_test_is_not_answered(office: MadeOffice, desk: Desk) -> None:
    quiz = desk.training.begin("law")
    other = office.desk("yoga")
    with pytest.raises(NotAllowedError) as caught:
        other.training.answer(quiz.id, right_answers(quiz))
    other.end("signed_out")
    assert caught.value.code == "quiz_over"


def test_that_rules_are_accepted_once_and_only_the_newest(office: MadeOffice, desk: Desk) -> None:
    with pytest.raises(InputRefusedError) as caught:
        desk.training.accept(2)
    assert caught.value.code == "rules_moved"
    desk.training.accept(1)
    desk.training.accept(1)
    assert [e.outcome for e in entries(office, desk, "rules.accepted")] == ["refused", "ok"]
    assert desk.training.state().rules_accepted_at > 0


@pytest.mark.attack("A54")
def test_that_rows_which_the_office_did_not_write_open_nothing(office: MadeOffice, desk: Desk) -> None:
    """A certificate moved to another account or made to last, an acceptance copied: no row gives a right."""
    learn_all(desk)
    yoga = office.desk("yoga")
    assert refusal(yoga) == "rules"
    with office.forging() as db:
        db.execute(update(training_tables.rules_accepted).values(account="yoga"))
    assert refusal(yoga) == "rules"
    yoga.training.accept(1)
    assert refusal(yoga) == "training"
    with office.forging() as db:
        db.execute(update(_certificates).values(account="yoga"))
    assert refusal(yoga) == "training"
    with office.forging() as db:
        db.execute(update(_certificates).values(account="ratna", expires_ms=_certificates.c.expires_ms + DAY_MS))
    assert refusal(yoga) == "training"
    yoga.end("signed_out")
    assert desk.training.state().lessons[0].standing is LessonStanding.NEW


@pytest.mark.attack("A54")
def test_that_nobody_chooses_their_questions_in_the_database(office: MadeOffice, desk: Desk) -> None:
    quiz = desk.training.begin("law")
    with office.forging() as db:
        row = db.execute(select(_quizzes)).one()
        first = json.dumps([[one.code, list(one.order)] for one in read_drawn(row.drawn)][:1] * 12)
        db.execute(update(_quizzes).values(drawn=first))
    with pytest.raises(NotAllowedError) as caught:
        desk.training.answer(quiz.id, right_answers(quiz))
    assert caught.value.code == "quiz_over"


def test_that_a_certificate_is_saved_as_it_was_signed(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        desk.training.save_certificate("law", tmp_path / "law.json")
    take(desk, "law")
    desk.training.save_certificate("law", tmp_path / "law.json")
    assert json.loads((tmp_path / "law.json").read_text())["account"] == "ratna"
    desk.training.save_certificate_page("law", "id", tmp_path / "law.pdf")
    said = " ".join(text_of((tmp_path / "law.pdf").read_bytes()).split())
    assert "Ratna Dewanti telah lulus ujian pelajaran ini" in said
    assert library().lesson("law", "id").title in said


def test_that_what_was_learnt_ends_after_a_year_and_a_sign_in_never_waits(office: MadeOffice, desk: Desk) -> None:
    learn_all(desk)
    reveal(desk)
    with office.forging() as db:  # as if it had been passed a year ago, signed so by the office
        from app.backoffice.training.certificates import issue

        db.execute(delete(_certificates))
        office.clock.ahead_ms -= 366 * DAY_MS
        try:
            for code in LESSONS:
                issue(office.back_office.opened, db, "ratna", code, 12, 12)
        finally:
            office.clock.ahead_ms += 366 * DAY_MS
    again = office.desk("ratna")
    assert refusal(again) == "training"
    assert again.training.state().lessons[0].standing is LessonStanding.OVER
    again.end("signed_out")


def test_that_a_supervisor_sees_who_is_due_and_where_tests_fail_and_an_agent_does_not(
    office: MadeOffice, desk: Desk
) -> None:
    learn_all(desk)
    yoga = office.desk("yoga")
    for _ in range(2):
        fail(yoga, "masks")
    with pytest.raises(NotAllowedError) as caught:
        yoga.privacy.training.report()
    assert caught.value.code == "role_privacy"
    yoga.end("signed_out")
    supervisor = office.desk("hendra")
    report = supervisor.privacy.training.report()
    supervisor.end("signed_out")
    people = {one.account: one for one in report.learners}
    assert set(people) == {"ratna", "yoga"}
    ratna, late = people["ratna"], people["yoga"]
    assert (ratna.due(report.now_ms), ratna.rules_due, ratna.failed) == ((), False, ())
    assert late.rules_due
    assert set(CONTACT) <= set(late.due(report.now_ms))
    assert [(one.lesson, one.failed) for one in late.failed] == [("masks", 2)]
    assert {one.lesson: (one.judged, one.failed) for one in report.tests}["masks"] == (3, 2)
    assert sum(one.wrong for one in report.missed) == 24
    assert all(one.lesson == "masks" and one.asked >= one.wrong for one in report.missed)
    refused = [e for e in entries(office, yoga, "training.report") if e.outcome == "refused"]
    assert [e.reason for e in refused] == ["role_privacy"]


def test_that_the_report_is_told_in_a_terminal_to_the_same_roles(
    office: MadeOffice, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn_all(desk)
    fail(desk, "law")

    @contextmanager
    def person(_home: object, account: str | None, _stdin: object) -> Iterator[CommandSession]:
        session = office.command(str(account))
        try:
            yield session
        finally:
            session.end()

    monkeypatch.setattr("app.terminal.training.person", person)
    ask = ["report", "--account"]
    told = CliRunner().invoke(training_app, [*ask, "dewi"]).output
    assert "Yoga Pratama (yoga), agent: due with rules of conduct, law, masks" in told
    assert "Ratna Dewanti (ratna), agent: nothing due; failed law 1x; next end " in told
    assert "Adi Nugroho" not in told
    assert (
        "Adi Nugroho (adi), administrator: nothing due"
        in CliRunner().invoke(training_app, [*ask, "dewi", "--all"]).output
    )
    people = json.loads(CliRunner().invoke(training_app, [*ask, "hendra", "--json"]).output)["people"]
    assert {one["account"]: len(one["due"]) > 0 for one in people} == {"ratna": False, "yoga": True}
    refused = CliRunner().invoke(training_app, [*ask, "ratna"])
    assert isinstance(refused.exception, NotAllowedError)
    assert "Yoga" not in refused.output


def test_that_the_officers_figures_count_every_queue_and_the_lessons_that_people_lack(
    office: MadeOffice, desk: Desk
) -> None:
    learn_all(desk)
    with pytest.raises(NotAllowedError) as caught:
        desk.privacy.proofs.figures("en")
    assert caught.value.code == "role_privacy"
    officer = office.command("dewi")
    figures = officer.proofs.figures("id")
    officer.end()
    assert figures.training.columns == LESSONS
    law = {part.code: part.counts[0] for part in figures.training.parts}
    assert law["counts"] == 1
    assert law["lacking"] >= 2
    assert not figures.ahead.is_empty
    assert len(figures.requests.columns) == len(figures.consents.columns) == len(figures.ahead.columns) == 12
    assert figures.requests.is_empty
