"""Roles: what a person is in the office. The book, never a table row, says who has which."""

from enum import StrEnum


class Role(StrEnum):
    """The role of an account."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    PRIVACY_OFFICER = "privacy_officer"
    ADMINISTRATOR = "administrator"
    RECOVERY = "recovery"
    """Not a person: the account whose keys lie in the recovery kit."""
