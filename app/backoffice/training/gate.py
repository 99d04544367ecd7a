"""What rests without training: reveals, requests, uses and notes of a class. A sign-in never asks for it."""

from sqlalchemy import Connection

from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.backoffice.training.acceptance import accepted_ms
from app.backoffice.training.certificates import passed_lessons
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.training.rule import RULES


def need_training(office: OpenOffice, db: Connection, session: Session, data_class: DataClass) -> None:
    """Demand what policy wants somebody to have learnt for a class.

    Raises:
        NotAllowedError: code `training`: a lesson has no certificate that counts; or `rules`: the newest rules of
            conduct were not accepted.
    """
    rule = office.policy.training
    if not rule.opens.get(data_class) and not rule.accept_rules:
        return
    accepted = not rule.accept_rules or accepted_ms(office, db, session.name) > 0
    passed = passed_lessons(office, db, session.name)
    missing = rule.missing(data_class, passed, accepted=accepted)
    if missing == RULES:
        raise NotAllowedError("Read and accept the rules of conduct first; then this opens.", code="rules")
    if missing:
        raise NotAllowedError("A lesson opens this. Take it under Training; then this opens.", code="training")
