"""Posture: how well a workstation is protected by its own system. Pure words and judgements, no I/O."""
