"""An analytics export of many demo customers: k, l, t, what was lost, and who is found by the linkage test.

    python -m benchmarks.analytics [--n 100000] [--json]

Prints the table of docs/performance.md, or each report. There is no peer beside it: but for the seconds its figures are
those of the data, whatever the machine. Open fields and masks are those that an import makes; then the export's own
steps, without an office between them.
"""

import argparse
import json
import time
from collections.abc import Iterable, Mapping

from app.auth.export_order import pseudonym
from app.domain.analytics.generalise import coarse
from app.domain.analytics.report import Report, left_in, report_of
from app.domain.analytics.settings import Column, Settings, read_settings
from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.domain.masks import mask_of
from app.resource_files import resource_text
from app.sources.records import BadCellError, normalise
from tests.demo.customers import demo_customers

SETTINGS = (
    "k=5 l=2 quasi=birth_date:ten_years,city:as_is sensitive=balance_due:band",
    "k=5 l=2 quasi=birth_date:year,city:as_is sensitive=balance_due:band",
    "k=10 l=3 quasi=birth_date:five_years,province:as_is,language:as_is,plan:as_is sensitive=balance_due:band",
)
HEAD = (
    "| export | k | l | t | left out | found again | without leaving out | s |",
    "|---|---:|---:|---:|---:|---:|---:|---:|",
)


def exported(rows: Iterable[Mapping[str, str]], settings: Settings, inventory: Inventory) -> Report:
    """The report of an export of these rows."""
    everybody = {
        pseudonym(bytes(32), at.to_bytes(16)): tuple(_value(row, column, inventory) for column in settings.columns)
        for at, row in enumerate(rows)
    }
    return report_of(settings, everybody, left_in(everybody, settings))


def _value(row: Mapping[str, str], column: Column, inventory: Inventory) -> str:
    field = inventory.field(column.field)
    try:
        text = normalise(field.kind, row[column.field]) if row[column.field] else ""
    except BadCellError:
        text = ""
    return coarse(column.level, mask_of(field, text).after if field.is_sealed else text)


def row_of(text: str, report: Report, seconds: float) -> str:
    """A row of the table."""
    after, found, naive = report.after, report.attack.share_found, report.naive.share_found
    measures = f"{after.k} | {after.l} | {after.t:.2f} | {report.lost:.2%} | {found:.2%} | {naive:.2%}"
    return f"| `{text}` | {measures} | {seconds:.1f} |"


def main() -> None:
    """Print a report for each of the settings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="customers")
    parser.add_argument("--repeats", type=int, help="for the other benchmarks: an export is made once")
    parser.add_argument("--json", action="store_true", help="each report, and its seconds")
    told = parser.parse_args()
    inventory = load_inventory(resource_text("inventory", "customer.toml"))
    rows = demo_customers(told.n, 5)
    if not told.json:
        print("\n".join(HEAD))
    for text in SETTINGS:
        begun = time.monotonic()
        report = exported(rows, read_settings(text, inventory), inventory)
        seconds = time.monotonic() - begun
        print(f"{json.dumps(report.as_json())} {seconds:.1f} s" if told.json else row_of(text, report, seconds))


if __name__ == "__main__":
    main()
