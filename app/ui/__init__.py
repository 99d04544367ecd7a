"""The only Qt. One folder per screen; widgets/ holds shared parts."""
