"""Letters to many people in one ZIP: a PDF for each, and a list by which they are sent.

The list names customers by number, as those who send letters know them; it holds no address and no value.
"""

import csv
import hashlib
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Final

LIST: Final = "references.csv"
COLUMNS: Final = ("customer_number", "reference", "file", "sha256")
_OTHER = re.compile(r"[^A-Za-z0-9._-]")
_AT: Final = (1980, 1, 1, 0, 0, 0)
"""A ZIP's first moment: the letters themselves say when they were made."""


@dataclass(frozen=True, slots=True)
class PackedLetter:
    """One letter: to whom, what names it, its file, and what the list says besides."""

    customer_number: str
    reference: str
    pdf: bytes
    more: tuple[str, ...] = ()


def zip_of_letters(letters: Sequence[PackedLetter], more: Sequence[str] = ()) -> bytes:
    """The file; the same letters give the same bytes.

    Args:
        letters: in their sequence.
        more: further columns of the list.
    """
    text, target = StringIO(), BytesIO()
    writer = csv.writer(text)
    writer.writerow((*COLUMNS, *more))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for at, one in enumerate(letters, start=1):
            name = f"letters/{at:05d}-{_OTHER.sub('_', one.customer_number)[:40]}.pdf"
            file.writestr(zipfile.ZipInfo(name, _AT), one.pdf)  # a PDF is packed already
            writer.writerow((one.customer_number, one.reference, name, hashlib.sha256(one.pdf).hexdigest(), *one.more))
        file.writestr(zipfile.ZipInfo(LIST, _AT), text.getvalue(), zipfile.ZIP_DEFLATED)
    return target.getvalue()
