"""All benchmarks one after the other, then the tables: `python -m benchmarks [--n N] [--repeats N]`."""

import subprocess
import sys

from benchmarks.documents import ORDER, write_documents


def main() -> None:
    """Run each in a process of its own, and the one without a peer; then write the tables of the documents anew."""
    failed = [
        name for name in ORDER if subprocess.call([sys.executable, "-m", f"benchmarks.{name}", *sys.argv[1:]]) != 0
    ]
    if subprocess.call([sys.executable, "-m", "benchmarks.analytics", *sys.argv[1:]]) != 0:
        failed.append("analytics")
    write_documents()
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
