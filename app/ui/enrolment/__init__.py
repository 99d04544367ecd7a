"""First sign-in in a window: activation code, password, authenticator; its parts serve the office's set-up too."""
