"""A person's own account: password, authenticator, recovery codes, sessions, sign-ins."""
