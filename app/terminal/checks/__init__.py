"""The parts of `tirai self-check`, a file each kind; `app/terminal/self_check.py` puts them together."""
