"""The way back in without an authenticator: password and a recovery code set up another one, then the door follows."""
