"""Tables of training: tests that were drawn, certificates, accepted rules, and how answers went."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table, Text

from app.backoffice.metadata import metadata

training_quizzes = Table(
    "training_quizzes",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False),
    Column("lesson", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("drawn", Text, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("needed", Integer, nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("judged_ms", BigInteger),
    Column("passed", Boolean),
    Index("ix_training_quizzes_account", "account", "lesson", "started_ms"),
)
"""Tests: which questions, in which order of their answers; `mark` is a keyed hash over that."""

training_answers = Table(
    "training_answers",
    metadata,
    Column("quiz", LargeBinary, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("lesson", Text, nullable=False),
    Column("is_right", Boolean, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("ix_training_answers_lesson", "lesson", "at_ms"),
)
"""How each question of a judged test went, so that a report shows what is not understood; not what was chosen."""

training_certificates = Table(
    "training_certificates",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False),
    Column("lesson", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("passed_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("right", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("ix_training_certificates_account", "account", "lesson"),
)
"""Certificates, each signed by the office (`app/auth/training_certificate.py`): a row that is not opens nothing."""

rules_accepted = Table(
    "rules_accepted",
    metadata,
    Column("account", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("session", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("mark", LargeBinary, nullable=False),
)
"""Who accepted which rules of conduct, with their session's signature, and the office's keyed hash over all of it."""
