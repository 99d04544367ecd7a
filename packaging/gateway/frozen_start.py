"""Where the gateway's frozen program begins: the same commands, and no console, which this package does not have."""

import sys

from app.__main__ import main

if not sys.argv[1:]:
    sys.argv.append("--help")
elif sys.argv[1] == "console":
    print("This package is a server's and has no console. Workstations get tirai-console.", file=sys.stderr)
    sys.exit(5)
main()
