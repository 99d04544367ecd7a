"""On which grounds a field serves a purpose, and whether it rests on consent (UU PDP article 20). Pure."""

from app.domain.field import Field, LegalBasis, Purpose


def bases_of(field: Field, purpose: Purpose) -> tuple[LegalBasis, ...]:
    """The grounds on which a field serves a purpose: its own, and the purpose's where that has one."""
    found = (field.legal_basis,) if purpose.basis is None else (field.legal_basis, purpose.basis)
    return tuple(dict.fromkeys(found))


def needs_consent(field: Field, purpose: Purpose) -> bool:
    """Whether a field serves a purpose only while its customer consents."""
    return LegalBasis.CONSENT in bases_of(field, purpose)
