"""The office's side of the privacy desk: records, notices, consents, and the gate before work for a purpose."""
