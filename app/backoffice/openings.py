"""What is put in order each time the office's file is opened."""

from app.backoffice.class_versions import drop_all_unused_grants
from app.backoffice.customer_page.intake import take_waiting
from app.backoffice.customer_page.links import drop_old_links
from app.backoffice.erasure.orders import expire as expire_erasures
from app.backoffice.erasure.running import go_on
from app.backoffice.import_leftovers import sweep_unfinished
from app.backoffice.office import OpenOffice
from app.backoffice.pending_factors import drop_over
from app.backoffice.proposal_rows import expire
from app.backoffice.reminders import remind
from app.backoffice.retention.clock import keep_time
from app.backoffice.reveal import forget_answers
from app.backoffice.session_ends import leave_none_open
from app.backoffice.subject_requests.outsiders import forget_outsiders


def put_in_order(office: OpenOffice) -> None:
    """Lock or end sessions that an earlier process left open.

    What nothing needs any more is removed: proposals whose time is over, imports that never got their commit, grants of
    class keys to which nothing is boxed.
    """
    with office.writing() as db:
        leave_none_open(office, db)
        expire(office, db)
        sweep_unfinished(db)
        drop_all_unused_grants(office, db)
        drop_over(db, office.clock.now_ms())
        forget_answers(db)
        expire_erasures(office, db)
        keep_time(office, db)
        remind(office, db)
        forget_outsiders(office, db)
        drop_old_links(db, office.clock.now_ms())
    go_on(office)
    take_waiting(office)
