"""How a console speaks to its back office. The only home of httpx."""

import sys

# httpx brings a command of its own wherever `click` and `rich` are installed, and with it them and `pygments`: 88
# modules and 7 MiB that no console needs. It does without where that module is not to be had.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
