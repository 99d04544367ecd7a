"""What happened to a person's account since the last sign-in: a strip each, until it is closed.

Failed tries, sessions that this sign-in has ended, factors that were changed, unusual sign-ins, alarms for
administrators, uses of the recovery kit; what this workstation lacks; what is to be learnt; what the office would not
take from the outbox.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.unusual_sign_in import Unusual
from app.session.shown import Factor, Person, RecoveryUse, UnusualSeen
from app.ui.saying import filled, joined
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip
from app.ui.words import clock_time, day_and_time, one_or_many


class Notices(QWidget):
    """The strips, one above the other; no room is taken where there is nothing to tell."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.strips: list[Strip] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.failed_tries = self._notice("failed_tries")
        self.ended_elsewhere = self._notice("ended_elsewhere")
        self.factors_changed = self._notice("factors_changed")
        self.unusual = self._notice("unusual")
        self.alarms = self._notice("alarms")
        self.recovery_used = self._notice("recovery_used")
        self.posture = self._notice("posture")
        self.training = self._notice("training_due")
        self.undelivered = self._notice("undelivered")

    def _notice(self, name: str) -> Strip:
        strip = Strip(self._look, "", "warn", action=self.tr("Close"), flat=True, name=name)
        strip.action.clicked.connect(strip.send_away)
        self.strips.append(strip)
        strip.hide()
        self._column.addWidget(strip)
        return strip

    def tell(self, person: Person) -> None:
        """Tell what there is to tell."""
        self._show_failed_tries(person)
        self._show_ended_elsewhere(person)
        self._show_factor_changes(person)
        self._show_unusual(person)
        self._show_alarms(person)
        self._show_recoveries(person)

    def _show_failed_tries(self, person: Person) -> None:
        tries = person.last_failed
        if tries:
            times = joined(", ", *(clock_time(at) for at in tries[-3:]))
            many = self.tr("{n} failed tries since your last sign-in: {times}. Not you? Tell your supervisor.")
            one = self.tr("{n} failed try since your last sign-in: {times}. Not you? Tell your supervisor.")
            self.failed_tries.say(one_or_many(len(tries), one, many).format(n=len(tries), times=times))

    def _show_ended_elsewhere(self, person: Person) -> None:
        """One's own session at another workstation: whoever never was there has lost password and code."""
        ended = person.ended_elsewhere
        if ended:
            where = joined(", ", *(filled("{} ({})", one.workstation, clock_time(one.started_at)) for one in ended[:3]))
            text = self.tr("This sign-in has ended your session at: {where}. Not yours? Tell your supervisor.")
            self.ended_elsewhere.say(text.format(where=where))

    def _show_factor_changes(self, person: Person) -> None:
        """Also one's own changes: whoever made one in an open session is not always who reads this."""
        changes = person.factor_changes
        if changes:
            words = {
                Factor.PASSWORD: self.tr("password changed"),
                Factor.AUTHENTICATOR: self.tr("authenticator replaced"),
                Factor.RECOVERY_CODES: self.tr("new recovery codes"),
                Factor.RESET: self.tr("reset by two people"),
            }
            what = joined(", ", *(filled("{} ({})", words[one.what], day_and_time(one.at)) for one in changes[:3]))
            text = self.tr("Your account since your last sign-in: {what}. Not you? Tell your supervisor.")
            self.factors_changed.say(text.format(what=what))

    def _show_unusual(self, person: Person) -> None:
        """Sign-ins with right factors that were not like others: own ones, and everybody's for administrators."""
        own = [one for one in person.unusual if one.account == person.account]
        others = [one for one in person.unusual if one.account != person.account]
        said = []
        if own:
            text = self.tr("Unusual sign-ins of yours since the last one: {what}. Not you? Tell your supervisor.")
            said.append(text.format(what=joined(", ", *(self._unusual(one) for one in own[:3]))))
        if others:
            text = self.tr("Unusual sign-ins since your last one: {n}. The newest: {who}, {what}. Ask them.")
            said.append(text.format(n=len(others), who=others[0].account, what=self._unusual(others[0])))
        if said:
            self.unusual.say(joined(" ", *said))
            announce(self, self.unusual.label.text())

    def _unusual(self, one: UnusualSeen) -> str:
        words = {
            Unusual.NEW_WORKSTATION: self.tr("first time at this workstation"),
            Unusual.OFF_HOURS: self.tr("outside the hours of work"),
            Unusual.FAR_FROM_USUAL: self.tr("at an hour far from the usual"),
        }
        return filled("{} ({}: {})", one.workstation, day_and_time(one.at), joined(", ", *(words[w] for w in one.why)))

    def _show_alarms(self, person: Person) -> None:
        """For administrators: workstations where many accounts failed within an hour."""
        alarms = person.alarms
        if alarms:
            text = self.tr("{n} accounts failed to sign in at {where} within an hour, {time}. Find out who sits there.")
            newest = alarms[0]
            self.alarms.say(text.format(n=newest.accounts, where=newest.workstation, time=day_and_time(newest.at)))
            announce(self, self.alarms.label.text())

    def _show_recoveries(self, person: Person) -> None:
        """The recovery kit can do more than anybody, so everybody is told what it was used for, and when."""
        used = person.recoveries
        if used:
            words = {
                RecoveryUse.OPEN: self.tr("office opened again, accounts let in anew"),
                RecoveryUse.ACCEPT: self.tr("went on with a log or a book that was not as remembered"),
                RecoveryUse.RESTORE: self.tr("office restored from a backup"),
                RecoveryUse.GRANT: self.tr("class keys handed on"),
            }
            what = joined(", ", *(filled("{} ({})", words[one.use], day_and_time(one.at)) for one in used[:3]))
            text = self.tr(
                "Two holders used this office's recovery kit: {what}. Nobody told you? Ask an administrator."
            )
            self.recovery_used.say(text.format(what=what))
            announce(self, self.recovery_used.label.text())
