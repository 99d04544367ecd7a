"""The workspace for other people's accounts: administrators change them, a second person confirms resets."""
