"""What is put in order each time the office's file is opened."""

from app.backoffice.importing import sweep_unfinished
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import end_all_open


def put_in_order(office: OpenOffice) -> None:
    """End sessions that an earlier process left open, and remove imports that never got their commit.

    No session outlives the process that knew its keys.
    """
    with office.writing() as db:
        end_all_open(office, db, "office_lost")
        sweep_unfinished(db)
