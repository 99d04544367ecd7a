"""Reads a lesson's Markdown, and refuses what is wrong in it by file and line.

    ---
    version: 1
    screen: console
    law: UU PDP art. 39
    ---
    # Title
    Text to read, in Markdown.

    ## Questions
    ### code_of_the_question (console)
    The question?
    - [x] The right answer.
    - [ ] A wrong one.
      > Why it is wrong.

The heading of the pool is `## Questions` or `## Pertanyaan`; behind each question's name stands the screen of Tirai on
which it is met. Pure: names and texts come from outside.
"""

import re
from dataclasses import dataclass, field
from typing import NoReturn

from app.domain.errors import InputRefusedError
from app.domain.training.lesson import (
    CHOICES_LEAST,
    CHOICES_MOST,
    LANGUAGES,
    LONGEST_S,
    POOL_LEAST,
    SCREENS,
    Choice,
    Lesson,
    Question,
    Rules,
    digest_of,
    reading_s,
)

POOL = {"en": "## Questions", "id": "## Pertanyaan"}
_HEAD = ("version", "screen", "law")
_NAME = re.compile(r"([a-z][a-z0-9_]{0,31}) \(([^()]+)\)")
_CHOICE = re.compile(r"- \[([ x])\] (.*)")
_FOREIGN = re.compile(r"!\[|\]\(|<[a-zA-Z/!]|https?://")
_LONGEST_LINE = 1_200
_LONGEST_CHOICE = 400


class LessonError(InputRefusedError):
    """A lesson is refused.

    Attributes:
        file: its file, as it was named.
        line: from 1.
        reason: what is wrong there.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}", code="lesson")
        self.file, self.line, self.reason = file, line, reason


def read_lesson(code: str, language: str, text: str, file: str = "") -> Lesson:
    """The lesson that a file holds.

    Args:
        code: one of `LESSONS`; the file is named for it.
        language: `en` or `id`.
        text: the whole file.
        file: how it is named in an error.

    Raises:
        LessonError: the first fault.
    """
    return _Reader(code, language, text, file or f"{language}/{code}.md").lesson()


def read_rules(language: str, text: str, file: str = "") -> Rules:
    """The rules of conduct that a file holds: like a lesson, without a pool.

    Raises:
        LessonError: the first fault.
    """
    return _Reader("rules", language, text, file or f"{language}/rules.md").rules()


@dataclass(slots=True)
class _Draft:
    """A question while it is read."""

    code: str
    screen: str
    line: int
    text: list[str] = field(default_factory=list)
    choices: list[tuple[int, bool, list[str], list[str]]] = field(default_factory=list)


class _Reader:
    def __init__(self, code: str, language: str, text: str, file: str) -> None:
        self._code, self._language, self._text, self._file = code, language, text, file
        self._lines = text.split("\n")

    def lesson(self) -> Lesson:
        """All of it."""
        if self._language not in LANGUAGES:
            self._refuse(1, f"the language must be one of: {', '.join(LANGUAGES)}")
        head, after = self._head()
        title_at, title = self._title(after)
        pool_at = self._pool_at(title_at + 1)
        body = "\n".join(self._lines[title_at + 1 : pool_at]).strip()
        self._judge_body(title_at + 1, pool_at)
        lesson = Lesson(
            code=self._code,
            language=self._language,
            version=int(head["version"]),
            screen=head["screen"],
            law=head["law"],
            title=title,
            text=body,
            questions=self._questions(pool_at),
            digest=digest_of(self._text),
        )
        if lesson.whole_s() >= LONGEST_S:
            self._refuse(
                title_at + 2,
                f"text and test take {lesson.whole_s()} s; they must stay under {LONGEST_S} s",
            )
        return lesson

    def rules(self) -> Rules:
        """The same for the rules of conduct."""
        head, after = self._head()
        title_at, title = self._title(after)
        self._judge_body(title_at + 1, len(self._lines))
        body = "\n".join(self._lines[title_at + 1 :]).strip()
        return Rules(self._language, int(head["version"]), title, body, digest_of(self._text))

    def _title(self, after: int) -> tuple[int, str]:
        """The line of the title, from 0, and what it says."""
        at = next((n for n in range(after, len(self._lines)) if self._lines[n].strip()), after)
        title = self._line(at)[2:].strip()
        if not self._line(at).startswith("# ") or not title:
            self._refuse(at + 1, "the text begins with its title: # Title")
        return at, title

    def _refuse(self, line: int, reason: str) -> NoReturn:
        raise LessonError(self._file, line, reason)

    def _line(self, at: int) -> str:
        return self._lines[at] if at < len(self._lines) else ""

    def _head(self) -> tuple[dict[str, str], int]:
        """The facts at the beginning, and the line behind them, from 0."""
        if self._line(0) != "---":
            self._refuse(1, "the file begins with its facts between two lines of ---")
        found: dict[str, str] = {}
        for at in range(1, len(self._lines)):
            if self._lines[at] == "---":
                for key in _HEAD:
                    if key not in found:
                        self._refuse(at + 1, f"{key} is missing")
                return found, at + 1
            key, colon, value = (part.strip() for part in self._lines[at].partition(":"))
            if not colon or key not in _HEAD or key in found or not value:
                self._refuse(at + 1, f"one of {', '.join(_HEAD)}, once each: key: value")
            if key == "version" and not (value.isascii() and value.isdigit() and 1 <= int(value) <= 999):
                self._refuse(at + 1, "version is a whole number from 1 to 999")
            if key == "screen" and value not in SCREENS:
                self._refuse(at + 1, f"screen must be one of: {', '.join(SCREENS)}")
            found[key] = value
        return self._refuse(len(self._lines), "the facts have no end: ---")

    def _pool_at(self, after: int) -> int:
        heading = POOL[self._language]
        for at in range(after, len(self._lines)):
            if self._lines[at].strip() == heading:
                return at
        return self._refuse(len(self._lines), f"the pool of questions is missing: {heading}")

    def _judge_body(self, begins: int, ends: int) -> None:
        for at in range(begins, ends):
            line = self._lines[at]
            if _FOREIGN.search(line):
                self._refuse(at + 1, "no links, pictures or HTML: a lesson leads nowhere but into Tirai")
            if len(line) > _LONGEST_LINE:
                self._refuse(at + 1, f"a line has {_LONGEST_LINE} characters at most")
        seconds = reading_s("\n".join(self._lines[begins:ends]))
        if not seconds:
            self._refuse(begins + 1, "there is nothing to read")
        if seconds >= LONGEST_S:
            self._refuse(begins + 1, f"the text takes {seconds} s to read; it must stay under {LONGEST_S} s")

    # questions -----------------------------------------------------------------------------------------------------
    def _questions(self, pool_at: int) -> tuple[Question, ...]:
        drafts: list[_Draft] = []
        for at in range(pool_at + 1, len(self._lines)):
            self._take(at, drafts)
        codes = [draft.code for draft in drafts]
        for index, draft in enumerate(drafts):
            if draft.code in codes[:index]:
                self._refuse(draft.line, f"the question {draft.code} is there twice")
        if len(drafts) < POOL_LEAST:
            self._refuse(len(self._lines), f"the pool has {len(drafts)} questions; it needs {POOL_LEAST}")
        return tuple(map(self._question, drafts))

    def _take(self, at: int, drafts: list[_Draft]) -> None:
        """One line of the pool."""
        line = self._lines[at]
        words = line.strip()
        if not words:
            return
        if _FOREIGN.search(line.replace("- [ ] ", "").replace("- [x] ", "")):
            self._refuse(at + 1, "no links, pictures or HTML in a question")
        if line.startswith("### "):
            name = _NAME.fullmatch(words[4:].strip())
            if name is None:
                self._refuse(at + 1, "a question is named by a word of a to z, 0 to 9 and _, then (its screen)")
            if name[2] not in SCREENS:
                self._refuse(at + 1, f"{name[1]}: its screen must be one of: {', '.join(SCREENS)}")
            drafts.append(_Draft(name[1], name[2], at + 1))
        elif not drafts:
            self._refuse(at + 1, "a question begins with its name: ### name (screen)")
        elif found := _CHOICE.fullmatch(line):
            drafts[-1].choices.append((at + 1, found[1] == "x", [found[2].strip()], []))
        elif line.startswith("  >") and drafts[-1].choices:
            drafts[-1].choices[-1][3].append(words[1:].strip())
        elif line.startswith("  ") and drafts[-1].choices and not drafts[-1].choices[-1][3]:
            drafts[-1].choices[-1][2].append(words)
        elif not drafts[-1].choices and not line.startswith((" ", "-", "#")):
            drafts[-1].text.append(words)
        else:
            self._refuse(at + 1, "neither an answer (- [ ] or - [x]) nor its reason (two spaces and >)")

    def _question(self, draft: _Draft) -> Question:
        if not draft.text:
            self._refuse(draft.line, f"{draft.code} asks nothing")
        if not CHOICES_LEAST <= len(draft.choices) <= CHOICES_MOST:
            self._refuse(
                draft.line, f"{draft.code} has {len(draft.choices)} answers; {CHOICES_LEAST} to {CHOICES_MOST}"
            )
        if sum(is_right for _, is_right, _, _ in draft.choices) != 1:
            self._refuse(draft.line, f"{draft.code} must have exactly one right answer")
        said: set[str] = set()
        for line, is_right, text, why in draft.choices:
            words = " ".join(text)
            if not words or len(words) > _LONGEST_CHOICE or words in said:
                self._refuse(line, "an answer is empty, too long, or there twice")
            if not is_right and not " ".join(why):
                self._refuse(line, "a wrong answer says why it is wrong: two spaces and >")
            said.add(words)
        choices = tuple(Choice(" ".join(text), is_right, " ".join(why)) for _, is_right, text, why in draft.choices)
        return Question(draft.code, draft.screen, " ".join(draft.text), choices)
