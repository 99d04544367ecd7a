"""The office's own proof: evidence for each control over the office as it is now, and the documents made of it."""
