"""Judgement on passwords, codes and tries. Values in, verdicts out: no database, no screen, no clock of its own."""
