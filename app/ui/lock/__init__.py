"""The lock screen: a locked session waits for its password; no customer data is here."""
