"""Texts of the policy, fetched from the office and compared with the mark that two people signed into the book."""

from app.api.client.client import ApiClient
from app.api.client.policy import version_text
from app.api.messages.policy import PolicyText
from app.auth.book import Book
from app.auth.policy_version import PolicyForgedError, PolicyVersion


def fetch_version(client: ApiClient, book: Book, number: int) -> PolicyVersion:
    """A version that the book names.

    Raises:
        PolicyForgedError: the office shows none, or another text.
    """
    answer = version_text(client, number)
    if answer is None:
        raise PolicyForgedError("The office lacks a policy that two people signed.", code="policy_forged")
    version = version_of(answer)
    version.check(book.office, book.policy_entries()[number - 1].activation)
    return version


def version_of(message: PolicyText) -> PolicyVersion:
    """An untrusted version from a message; its mark judges it."""
    return PolicyVersion(message.number, message.at_ms, message.why, message.text)
