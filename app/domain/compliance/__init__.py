"""What laws and standards ask of an office, control by control, and what a report of it says."""
