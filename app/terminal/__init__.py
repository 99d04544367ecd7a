"""What commands say and ask at a terminal: the counterpart of `ui` for people without a window."""
