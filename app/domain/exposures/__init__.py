"""Exposures: what was shown to whom; and the rules that flag what is odd. Pure words and judgements, no I/O."""
