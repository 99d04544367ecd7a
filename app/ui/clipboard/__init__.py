"""What leaves for the clipboard: a revealed value that policy lets be copied, for seconds, kept out of histories."""
