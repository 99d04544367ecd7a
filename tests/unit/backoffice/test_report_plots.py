"""Plots over time and the report of training in a compliance report: every number beside its bar, on page and paper."""

import re
from dataclasses import replace
from html import unescape

import pytest

from app.api.messages.training_report import LearnerLesson, LearnerMessage, MissedQuestion, TrainingReport
from app.backoffice.compliance.learning import title_of
from app.backoffice.compliance.report_document import ReportDocument
from app.backoffice.compliance.report_html import html_of
from app.backoffice.compliance.report_pdf import pdf_of
from app.domain.compliance.controls import CONTROLS
from app.domain.compliance.figure_texts import SERIES, TEXTS, FigureTexts
from app.domain.compliance.figures import (
    COUNTS,
    ENDS_SOON,
    LACKING,
    LATE,
    ON_TIME,
    OPEN,
    Figures,
    Part,
    Series,
    month_after,
)
from app.domain.compliance.finding import Finding, Found
from app.domain.compliance.plot import MOST_PARTS, OTHERS, fewer_parts, plot_of
from app.domain.compliance.report_words import ReportWords
from app.domain.inventory_reader import load_inventory
from app.domain.role import Role
from app.domain.training.lesson import LESSONS
from app.resource_files import resource_text
from tests.office.pdf_text import text_of

INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
NOW_MS = 1_795_000_000_000
MONTHS = tuple(month_after("2026-11", by) for by in range(-11, 1))
AHEAD = tuple(month_after("2026-11", by) for by in range(12))
NOTHING = Series(MONTHS, (Part(ON_TIME, (0,) * 12),))
FIGURES = Figures(
    requests=Series(
        MONTHS,
        (
            Part(ON_TIME, (2, 3, 1, 4, 5, 3, 2, 6, 4, 3, 5, 2)),
            Part(OPEN, (0,) * 11 + (7,)),
            Part(LATE, (0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0)),
        ),
    ),
    consents=Series(
        MONTHS,
        (Part("accessibility", tuple(range(41, 161, 10))), Part("offers", tuple(range(951, 1_551, 50)))),
    ),
    ahead=Series(AHEAD, (Part("ahead", (121, 81, 0, 43, 312, 64, 28, 911, 15, 0, 77, 39)),)),
    training=Series(
        LESSONS,
        (Part(COUNTS, (20, 18, 21, 12, 22, 24)), Part(ENDS_SOON, (8,) * 6), Part(LACKING, (1, 3, 0, 9, 0, 0))),
    ),
)
LEARNING = TrainingReport(
    learners=(
        LearnerMessage(
            account="ratna", name="Ratna Dewanti", role=Role.AGENT, rules_due=True,
            lessons=(
                LearnerLesson(lesson="law", ends_ms=0, failed=3),
                LearnerLesson(lesson="masks", ends_ms=NOW_MS + 1, failed=0),
            ),
        ),
        LearnerMessage(
            account="yoga", name="Yoga Pratama", role=Role.AGENT, rules_due=False,
            lessons=(LearnerLesson(lesson="law", ends_ms=NOW_MS + 1, failed=0),),
        ),
    ),
    tests=(),
    missed=(MissedQuestion(lesson="law", text_en="Whose is a number?", text_id="Nomor siapa?", asked=17, wrong=6),),
    since_ms=0,
    now_ms=NOW_MS,
)  # fmt: skip


def document(language: str, figures: Figures = FIGURES, learning: TrainingReport = LEARNING) -> ReportDocument:
    return ReportDocument(
        office_name="Kantor <Uji>",
        office="ab" * 32,
        is_postgres=False,
        findings=tuple(Finding(one, Found(at % 3 > 0, "Seen.", "Dilihat."), NOW_MS) for at, one in enumerate(CONTROLS)),
        figures=figures,
        learning=learning,
        made_by="Dewi",
        made_at="27 November 2026, 14:25 WIB",
        made_ms=NOW_MS,
        entry=1204,
        words=ReportWords(language),
        texts=FigureTexts(language, INVENTORY),
    )


def said_by(language: str, form: str, **rest: object) -> str:
    of = document(language, **rest)  # type: ignore[arg-type]
    return unescape(html_of(of).decode()) if form == "html" else " ".join(text_of(pdf_of(of)).split())


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("form", ["html", "pdf"])
def test_that_each_figure_and_each_part_stands_beside_the_plot(language: str, form: str) -> None:
    said, texts = said_by(language, form), FigureTexts(language, INVENTORY)
    for name, series in document(language).plots():
        assert texts.text(name) in said
        for part in series.parts:
            assert texts.part(part) in said
            for count in part.counts:
                assert texts.number(count) in said
        for column in series.columns:
            assert texts.column(column) in said


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("form", ["html", "pdf"])
def test_that_it_says_who_is_due_and_who_failed_where_and_nobody_else(language: str, form: str) -> None:
    said = said_by(language, form)
    assert "Ratna Dewanti (ratna)" in said
    assert "Yoga" not in said
    assert title_of("law", language) in said
    assert TEXTS[language]["rules"] in said
    assert ("Nomor siapa?" if language == "id" else "Whose is a number?") in said
    calm = TrainingReport(learners=LEARNING.learners[1:], tests=(), missed=(), since_ms=0, now_ms=NOW_MS)
    assert "Ratna" not in said_by(language, form, learning=calm)


def test_that_the_same_report_has_the_same_bytes() -> None:
    assert pdf_of(document("id")) == pdf_of(document("id"))
    assert html_of(document("id")) == html_of(document("id"))


def test_that_a_page_draws_a_bar_for_each_number_and_brings_nothing_from_elsewhere() -> None:
    page = html_of(document("en")).decode()
    bars = sum(
        sum(count > 0 for part in series.parts for count in part.counts) for _name, series in document("en").plots()
    )
    assert len(re.findall(r'<rect x="\d+\.\d" y="\d+\.\d" width', page)) == bars
    marks = re.findall(r'<pattern id="([^"]+)"', page)
    assert len(marks) == len(set(marks)) == sum(len(series.parts) for _name, series in document("en").plots())
    assert set(re.findall(r"url\(#([^)]+)\)", page)) == set(marks)
    assert "Kantor <Uji>" not in page
    for outside in ("<script", "http:", "https:", "<link", "<image", "xlink", "javascript"):
        assert outside not in page.lower()


def test_that_an_office_in_which_nothing_happened_says_so() -> None:
    empty = Figures(NOTHING, NOTHING, NOTHING, Series((), ()))
    for form in ("html", "pdf"):
        assert said_by("en", form, figures=empty).count(TEXTS["en"]["nothing"]) == len(SERIES)


def test_that_bars_are_as_high_as_their_numbers_and_stand_on_each_other() -> None:
    plot = plot_of(FIGURES.requests)
    heights = {(one.column, one.part): one.high - one.low for one in plot.bars}
    unit = heights[0, 0] / 2
    for at, part in enumerate(FIGURES.requests.parts):
        for column, count in enumerate(part.counts):
            assert heights.get((column, at), 0.0) == pytest.approx(count * unit)
    assert all(0 <= one.low < one.high <= 1 for one in plot.bars)
    for column, share, total in plot.tops:
        assert share == pytest.approx(total * unit) == max(one.high for one in plot.bars if one.column == column)
    assert all(share == pytest.approx(value * unit) and share <= 1 for share, value in plot.ticks)


@pytest.mark.parametrize("highest", [0, 1, 4, 5, 6, 99, 100, 101, 12_345, 10**12])
def test_that_a_scale_has_few_lines_and_the_highest_bar_fits(highest: int) -> None:
    plot = plot_of(Series(("2026-11",), (Part("ahead", (highest,)),)))
    assert 2 <= len(plot.ticks) <= 6
    assert all(one.high <= 1 for one in plot.bars)


def test_that_many_purposes_become_as_many_as_can_be_told_apart_and_none_is_lost() -> None:
    many = Series(("2026-11",), tuple(Part(f"p{at}", (at,)) for at in range(12)))
    few = fewer_parts(many)
    assert len(few.parts) == MOST_PARTS
    assert few.parts[-1].code == OTHERS
    assert few.total(0) == many.total(0)
    assert replace(few, parts=few.parts[:-1]).total(0) == 11 + 10 + 9 + 8
