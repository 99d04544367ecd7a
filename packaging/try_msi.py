"""Try the Windows packages that `make msi` built: signatures by osslsigncode, and under Wine (`make msi-check`).

Writes `build/msi/report.json`. Exit codes: 0 all good; 1 something failed; 5 nothing is built.
"""

import argparse
import sys

from make_msi import BUILD, EXIT_ENVIRONMENT, EXIT_FAILED
from windows.signing import SigningError, signer
from windows.trying import try_packages, try_part


def main() -> int:
    """Try what is there."""
    parser = argparse.ArgumentParser(prog="make msi-check", description=__doc__)
    parser.add_argument("--part", help="try one part at the window again; the report of all takes what it finds")
    part = parser.parse_args().part
    if not any(BUILD.glob("*.msi")):
        print("Nothing is built: make msi.", file=sys.stderr)
        return EXIT_ENVIRONMENT
    if part:
        return 0 if try_part(BUILD, part) else EXIT_FAILED
    try:
        with signer(BUILD / "authority") as signs:
            return 0 if try_packages(BUILD, signs) else EXIT_FAILED
    except SigningError as error:
        print(error, file=sys.stderr)
        return EXIT_ENVIRONMENT


if __name__ == "__main__":
    sys.exit(main())
