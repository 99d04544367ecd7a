"""The policy: what each role may do with each class and why, the numbers, the versions; edits that need two people."""
