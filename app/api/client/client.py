"""The one client of the office's API: typed messages in, typed messages or typed errors out.

Here is what may be asked for; how it is asked, with its invariants, is in `asking.py`.
"""

from app.api.client.asking import Asking
from app.api.client.paths import in_path
from app.api.messages import accounts, audit, book, customers, door, reveals, rotation
from app.api.messages.own_account import FreshToken
from app.api.messages.seats import SeatReport
from app.api.messages.wire import Done
from app.domain import patience
from app.domain.errors import WorkstationError

IMPORT_TIMEOUT_S = 300.0
"""The commit of a large import takes its time; a process that ends closes its line at once."""


class ApiClient(Asking):
    """Speaks to one back office. Safe to use from several threads."""

    _steps = "/v1/imports"
    """Where the steps of an import are asked for."""

    # the door

    def hello(self) -> door.Hello:
        """Who the office says it is."""
        return self.call("GET", "/v1/hello", door.Hello)

    def salt(self, account: str) -> door.Salt:
        """Salt and parameters of an account's password."""
        return self.call("POST", "/v1/door/salt", door.Salt, door.AskSalt(account=account), again=True)

    def sign_in(self, request: door.SignInRequest) -> door.SignedIn:
        """Begin a session."""
        return self.call("POST", "/v1/door/sign-in", door.SignedIn, request)

    def bring_card(self, request: door.CardRequest) -> door.Lease:
        """Bring the session card; the first lease comes back."""
        return self.call("PUT", "/v1/session/card", door.Lease, request)

    def lease(
        self,
        seen: door.WitnessMark | None = None,
        outbox: door.WitnessMark | None = None,
        seat: SeatReport | None = None,
    ) -> door.Lease:
        """Renew the lease, with a proof that the log follows what was seen; tell of outbox and workstation."""
        request = door.LeaseRequest(audit_seen=seen, outbox=outbox, seat=seat)
        return self.call("POST", "/v1/session/lease", door.Lease, request, again=True)

    def cache_replaced(self, reason: str) -> None:
        """Tell of a session cache that another program touched."""
        self.call("POST", "/v1/cache/replaced", Done, door.CacheReplaced.model_validate({"reason": reason}))

    def step_up(self, code: str) -> bytes:
        """Give a fresh code; the session's new token, which is in use from now on."""
        return self.turn("POST", "/v1/session/step-up", FreshToken, door.StepUpRequest(code=code)).token

    def lock(self, cause: str, outbox: door.WitnessMark | None = None) -> door.Ended:
        """Lock the session; the audit entry's number and the log's head after it. Not waited for beyond a second."""
        request = door.LockRequest(cause=cause, outbox=outbox)
        return self.call("POST", "/v1/session/lock", door.Ended, request, timeout_s=patience.LOCK_S)

    def resume(self, request: door.ResumeRequest) -> door.Resumed:
        """Go on with a locked session."""
        return self.call("POST", "/v1/door/resume", door.Resumed, request)

    def ask_while_locked(self, session: bytes, end_token: bytes) -> None:
        """Whether a locked session waits still; raises how it ended."""
        asked = door.AskWhileLocked(session=session, end_token=end_token)
        self.call("POST", "/v1/door/locked", Done, asked, again=True)

    def end(self, request: door.EndRequest) -> door.Ended:
        """End the session; the audit entry's number and the log's head after it."""
        return self.call("POST", "/v1/session/end", door.Ended, request, timeout_s=patience.END_S)

    def report_end(self, report: door.EndReport) -> int:
        """The guardian's word; the audit entry's number."""
        return self.tell_end(report).entry

    def tell_end(self, report: door.EndReport) -> door.Ended:
        """The guardian's word; what the office says to it, and to a receipt that came along."""
        return self.call("POST", "/v1/door/ended", door.Ended, report, again=True)

    def enrol_begin(self, request: accounts.EnrolBegin) -> accounts.EnrolBegun:
        """Begin an enrolment."""
        return self.call("POST", "/v1/door/enrol", accounts.EnrolBegun, request)

    def enrol_book(self, request: accounts.EnrolBook) -> book.BookPage:
        """What the book has grown by during an enrolment."""
        return self.call("POST", "/v1/door/enrol/book", book.BookPage, request, again=True)

    def enrol_finish(self, request: accounts.EnrolFinish) -> tuple[str, ...]:
        """Finish an enrolment; the person's recovery codes."""
        return self.call("POST", "/v1/door/enrol/finish", accounts.Enrolled, request).recovery_codes

    # people

    def book_page(self, after: int) -> book.BookPage:
        """Entries of the book from a number on."""
        return self.call("GET", f"/v1/book?after={after}", book.BookPage)

    def invite(self, request: accounts.Invite) -> None:
        """Bring an invitation."""
        self.call("POST", "/v1/accounts", Done, request)

    def colleagues(self) -> accounts.Colleagues:
        """Accounts that wait for class keys."""
        return self.call("GET", "/v1/colleagues", accounts.Colleagues)

    def grant(self, request: accounts.GrantClasses) -> None:
        """Bring class grants."""
        self.call("POST", "/v1/class-grants", Done, request)

    def own_grants(self) -> accounts.OwnGrants:
        """One's own class keys."""
        return self.call("GET", "/v1/class-grants/own", accounts.OwnGrants)

    # class keys

    def class_keys(self) -> rotation.ClassKeyStates:
        """How far each class key's rotation has come."""
        return self.call("GET", "/v1/class-keys", rotation.ClassKeyStates)

    def boxes(self, data_class: str, limit: int) -> rotation.Chunk:
        """Boxes to seal anew."""
        return self.call("GET", f"/v1/class-keys/{data_class}/boxes?limit={limit}", rotation.Chunk)

    def bring_resealed(self, request: rotation.Resealed) -> rotation.Taken:
        """Bring boxes sealed anew; what was taken once is not taken again."""
        return self.call("POST", "/v1/class-keys/boxes", rotation.Taken, request, again=True)

    def new_boxes(self, data_class: str, limit: int) -> rotation.Chunk:
        """New boxes to check."""
        return self.call("GET", f"/v1/class-keys/{data_class}/new-boxes?limit={limit}", rotation.Chunk)

    def bring_checked(self, request: rotation.Checked) -> rotation.Taken:
        """Bring this session's word on new boxes; what was judged once is not judged again."""
        return self.call("POST", "/v1/class-keys/new-boxes", rotation.Taken, request, again=True)

    # work

    def customer_page(self, after: int, limit: int, *, with_total: bool = True) -> customers.CustomerPage:
        """A page of customers; counting all of them costs the office a look at each."""
        path = f"/v1/customers?after={after}&limit={limit}&total={int(with_total)}"
        return self.call("GET", path, customers.CustomerPage)

    def customer_changes(self, place: tuple[int, int], limit: int) -> customers.CustomerChanges:
        """What changed of the person's customers behind a place in the sequence of changes."""
        path = f"/v1/customers/changes?since={place[0]}&after={place[1]}&limit={limit}"
        return self.call("GET", path, customers.CustomerChanges)

    def import_begin(self, request: customers.ImportBegin) -> customers.ImportBegun:
        """Begin an import; its rows go to the process behind `at_import`."""
        return self.call("POST", "/v1/imports", customers.ImportBegun, request)

    def at_import(self, begun: customers.ImportBegun) -> "ApiClient":
        """A client for the process of an import that this client began: rows, commit and cancel; no other call."""
        beside = getattr(self._transport, "beside", None)
        if beside is None:
            raise WorkstationError("Customers are brought in on the office's own workstation.")
        client = ApiClient(beside(begun.socket), IMPORT_TIMEOUT_S, self._workstation)
        client._agreed.protocol = self._agreed.protocol
        client.use_token(begun.token)
        if not getattr(self._transport, "is_private", False):
            client._steps = "/v1/import-steps"
        return client

    def import_rows(self, key: bytes, request: customers.ImportRows) -> customers.ImportProgress:
        """Bring rows."""
        return self.call("POST", f"{self._steps}/{in_path(key)}/rows", customers.ImportProgress, request)

    def import_commit(self, key: bytes) -> customers.ImportDone:
        """Make an import visible."""
        return self.call("POST", f"{self._steps}/{in_path(key)}/commit", customers.ImportDone)

    def import_cancel(self, key: bytes) -> None:
        """Stop an import."""
        self.call("DELETE", f"{self._steps}/{in_path(key)}", Done)

    def import_end(self, key: bytes) -> customers.ImportFate:
        """Have the office end an import's process and say what came of it."""
        return self.call("DELETE", f"/v1/imports/{in_path(key)}", customers.ImportFate, again=True)

    def reveal(self, request: reveals.RevealRequest) -> reveals.RevealAnswer:
        """Ask for one value's share. Sent again with the same id if the line breaks: counted once."""
        return self.call("POST", "/v1/reveals", reveals.RevealAnswer, request, again=True)

    def copied(self, notice: reveals.CopyNotice) -> None:
        """Say that a revealed value is about to be copied."""
        self.call("POST", "/v1/reveals/copied", Done, notice)

    def quota(self) -> reveals.Quotas:
        """Reveals of this shift."""
        return self.call("GET", "/v1/reveals/quota", reveals.Quotas)

    def ask_unlock(self, request: reveals.AskUnlock) -> reveals.OwnRequests:
        """Ask for an unlock."""
        return self.call("POST", "/v1/unlocks", reveals.OwnRequests, request)

    def own_requests(self) -> reveals.OwnRequests:
        """One's own requests."""
        return self.call("GET", "/v1/unlocks/own", reveals.OwnRequests)

    def waiting_requests(self) -> reveals.WaitingRequests:
        """Requests to decide."""
        return self.call("GET", "/v1/unlocks/waiting", reveals.WaitingRequests)

    def withdraw(self, key: bytes) -> None:
        """Withdraw a request."""
        self.call("DELETE", f"/v1/unlocks/{in_path(key)}", Done)

    def approve(self, key: bytes, request: reveals.ApproveUnlock) -> None:
        """Approve a request."""
        self.call("POST", f"/v1/unlocks/{in_path(key)}/approve", Done, request)

    def refuse(self, key: bytes, request: reveals.RefuseUnlock) -> None:
        """Refuse a request."""
        self.call("POST", f"/v1/unlocks/{in_path(key)}/refuse", Done, request)

    def save_note(self, request: reveals.SaveNote) -> reveals.NoteSaved:
        """Save a note; the same text under the same id may come twice. Not waited for as long as for other answers."""
        return self.call("PUT", "/v1/notes", reveals.NoteSaved, request, again=True, timeout_s=patience.NOTE_S)

    def read_notes(self, request: reveals.ReadNotes) -> reveals.SealedNotes:
        """Open the notes of a record."""
        return self.call("POST", "/v1/notes/read", reveals.SealedNotes, request)

    def note_count(self, record: bytes) -> int:
        """How many notes a record has."""
        return self.call("GET", f"/v1/notes/{in_path(record)}/count", reveals.NoteCount).count

    def audit_page(self, after: int) -> audit.AuditPage:
        """Entries of the log."""
        return self.call("GET", f"/v1/audit?after={after}", audit.AuditPage)

    def checkpoints(self) -> audit.Checkpoints:
        """Checkpoints of the log."""
        return self.call("GET", "/v1/audit/checkpoints", audit.Checkpoints)

    def log_verified(self, *, ok: bool, entries: int = 0, first_bad: int | None = None) -> None:
        """Write down that the log was verified."""
        body = audit.Verified(ok=ok, entries=entries, first_bad=first_bad)
        self.call("POST", "/v1/audit/verified", Done, body)

    def audit_search(self, query: audit.AuditQuery) -> audit.AuditFound:
        """Entries of the log that fit, a page of them."""
        return self.call("POST", "/v1/audit/search", audit.AuditFound, query)

    def audit_detail(self, number: int) -> audit.AuditDetail:
        """One entry of the log with its place in the chain."""
        return self.call("GET", f"/v1/audit/entries/{number}", audit.AuditDetail)

    def audit_export(self, export: audit.Export) -> None:
        """Write down that entries leave the office."""
        self.call("POST", "/v1/audit/exports", Done, export)

    def audit_exported(self, end: audit.ExportEnd) -> None:
        """Write down what came of it."""
        self.call("POST", "/v1/audit/exports/end", Done, end)
