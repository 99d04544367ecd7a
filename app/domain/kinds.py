"""Kinds: what sort of text a field holds. The kind decides how a value is read, masked and compared.

Invariant: no rule anywhere looks at a field's name; a new field of a known kind needs no code.
"""

from enum import StrEnum


class Kind(StrEnum):
    """The kind of a field, as the data inventory declares it."""

    TEXT = "text"
    """One line, up to 1,000 characters."""
    LONG_TEXT = "long_text"
    """Several lines, up to 4,000 characters."""
    NAME = "name"
    NUMBER = "number"
    """An identifier of the organisation's own: customer number, contract number."""
    TICKET = "ticket"
    QUEUE = "queue"
    CITY = "city"
    CHOICE = "choice"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NIK = "nik"
    """Nomor Induk Kependudukan: 16 digits."""
    NPWP = "npwp"
    """Nomor Pokok Wajib Pajak: 15 digits, or 16 since 2024."""
    PASSPORT = "passport"
    PAN = "pan"
    """Payment card number: 13 to 19 digits with a Luhn check digit."""
    ACCOUNT = "account"
    """Bank account number."""
    BIRTH_DATE = "birth_date"
    DATE = "date"
    MONEY = "money"
