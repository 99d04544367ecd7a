"""A console's word, before it does so, that a revealed value goes to the clipboard: policy judges, the log keeps it.

Enforced by *software*: a changed console need not ask. The value does not come here, and none leaves.
"""

from app.api.messages.reveals import CopyNotice
from app.backoffice.customers import find_record
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError


def allow_copy(office: OpenOffice, session: Session, notice: CopyNotice) -> None:
    """Write down that a value is copied.

    Raises:
        NotAllowedError: policy lets nothing of this class be copied (`clipboard`), or record or field is not theirs.
        AuditUnwritableError: the entry cannot be written; nothing is to be copied.
    """
    what = {"record": notice.record.hex(), "field": notice.field if office.inventory.has(notice.field) else ""}
    with refusals_logged(office, session, "value.copied", **what), office.writing() as db:
        if not office.inventory.has(notice.field) or not office.inventory.field(notice.field).is_sealed:
            raise NotAllowedError("The inventory declares no such sealed field.", code="no_field")
        data_class = office.inventory.field(notice.field).data_class
        if data_class not in office.policy.copied:
            raise NotAllowedError("Nothing of this class may be copied.", code="clipboard")
        find_record(office, db, session, notice.record)
        office.log.append(db, "value.copied", data_class=data_class.value, **what, **session.log_fields())
