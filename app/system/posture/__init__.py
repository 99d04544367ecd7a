"""The posture check: what each operating system tells of its own protection. Parsers pure, the machine a port."""
