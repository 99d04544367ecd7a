"""The door: account, password and code in one form."""
