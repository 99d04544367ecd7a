"""What is put in order each time the office's file is opened."""

from app.backoffice.class_versions import drop_all_unused_grants
from app.backoffice.import_leftovers import sweep_unfinished
from app.backoffice.office import OpenOffice
from app.backoffice.proposal_rows import expire
from app.backoffice.sessions import end_all_open


def put_in_order(office: OpenOffice) -> None:
    """End sessions that an earlier process left open: none outlives the process that knew its keys.

    What nothing needs any more is removed: proposals whose time is over, imports that never got their commit, grants of
    class keys to which nothing is boxed.
    """
    with office.writing() as db:
        end_all_open(office, db, "office_lost")
        expire(office, db)
        sweep_unfinished(db)
        drop_all_unused_grants(office, db)
