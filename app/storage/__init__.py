"""What lies on this workstation: SQLCipher files, the session cache, the OS keyring, and their destruction."""
