"""Where the frozen program begins."""

from app.cli import main

main()
