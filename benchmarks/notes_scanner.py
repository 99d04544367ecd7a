"""How well and how fast the note scanner finds numbers of persons: `python -m benchmarks.notes_scanner [--write]`.

Recall: the share of planted numbers whose every character is inside a find. Precision: the share of finds that touch a
planted number. Both on invented notes (`benchmarks/notes_corpus.py`), plain and with each number hidden in one way.
"""

import argparse
import statistics
import time
from collections import Counter
from pathlib import Path

from app.scanner.find import What
from app.scanner.scan import scan
from benchmarks.notes_corpus import CHANGES, SEED, Note, changed, notes

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "notes-scanner.md"
COUNT, TEN_KB, RUNS = 3000, 10_000, 5
HOSTILE = {
    "one long number": "1",
    "digits with spaces": "1 ",
    "digits with dots": "1.",
    "cards one after the other": "4111 1111 1111 1111 ",
    "signs of e-mail": "a@",
    "letters with dots": "a.",
    "words of birth": "lahir 1/1/",
    "half plates": "B 1 ",
    "plain words": "lorem ipsum dolor ",
}


def judge(corpus: list[Note]) -> tuple[dict[What, float], dict[What, float]]:
    """Recall and precision by kind."""
    planted, found, finds, right = Counter[What](), Counter[What](), Counter[What](), Counter[What]()
    for note in corpus:
        told = scan(note.text)
        for what, start, end in note.spans:
            planted[what] += 1
            found[what] += any(one.start <= start and end <= one.end for one in told)
        for one in told:
            finds[one.what] += 1
            right[one.what] += any(one.start < end and start < one.end for _w, start, end in note.spans)
    return {w: found[w] / planted[w] for w in planted}, {w: right[w] / finds[w] for w in finds}


def table(count: int) -> list[str]:
    """The table in Markdown."""
    made = list(notes(count))
    lines = [
        "| kind | " + " | ".join(f"{c}: recall" for c in CHANGES) + " | precision |",
        "|---" * (len(CHANGES) + 2) + "|",
    ]
    recalls, precisions = {}, {}
    for change in CHANGES:
        recalls[change], precision = judge([changed(note, change, SEED) for note in made])
        if change == "plain":
            precisions = precision
    for what in What:
        if what in recalls["plain"]:
            cells = [f"{recalls[c][what]:.3f}" for c in CHANGES]
            lines.append(
                f"| {what.value.replace('_', ' ')} | " + " | ".join(cells) + f" | {precisions.get(what, 0):.3f} |"
            )
    without = [note for note in made if not note.spans]
    false = sum(bool(scan(note.text)) for note in without)
    lines += [
        "",
        f"Of {len(without)} notes without a number of a person {false} got a mask ({false / len(without):.1%}).",
    ]
    return lines


def times() -> list[str]:
    """Milliseconds for 10 kB, and the growth from there to 100 kB."""
    lines = ["| text | ms for 10 kB | 100 kB in so many times that |", "|---|---|---|"]
    for name, piece in HOSTILE.items():
        small, large = _ms(_of(piece, TEN_KB)), _ms(_of(piece, 10 * TEN_KB))
        lines.append(f"| {name} | {small:.1f} | {large / small:.1f} |")
    return lines


def _of(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _ms(text: str) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        scan(text)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


HEAD = """# The note scanner

Made by `python -m benchmarks.notes_scanner --write`; do not edit. Notes, in Indonesian and English, are invented
(`benchmarks/notes_corpus.py`, seed {seed}, {count} notes). *Recall*: of the planted numbers, those that a find covers
whole. *Precision*: of the finds, those that touch a planted number. Each column hides every number in one way; dashes
and dots between all digits are tried on cards, NIK, accounts and BPJS numbers.

What it looks for and what it leaves is in `app/scanner/`: cards by prefix, length and check digit; NIK, NPWP, phones
and e-mail by their form; BPJS, accounts, birth dates, passports and card codes only beside a word that names them;
tickets, parcels, serials, amounts and other dates stay. Names and addresses are not looked for.
"""


def main() -> None:
    """Print, and write the document if asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=COUNT)
    parser.add_argument("--write", action="store_true")
    arguments, _rest = parser.parse_known_args()
    found, took = table(arguments.n), times()
    text = "\n".join([HEAD.format(seed=SEED, count=arguments.n), *found, "", "## Time", "", *took, ""])
    print("\n".join([*found, "", *took]))
    if arguments.write:
        DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
