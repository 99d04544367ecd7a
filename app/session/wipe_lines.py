"""A wipe's report as lines of a receipt."""

from app.session.ends import WipeLine
from app.storage.wiping import WipeReport


def wipe_lines(report: WipeReport) -> tuple[WipeLine, ...]:
    """One line per step."""
    return tuple(WipeLine(s.name, str(s.outcome), s.detail, s.count, s.size_bytes, s.ms) for s in report.steps)
