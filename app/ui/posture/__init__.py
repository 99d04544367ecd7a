"""How a workstation is protected by its own system: words, and what looks now and then."""
