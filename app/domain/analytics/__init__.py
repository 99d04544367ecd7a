"""Analytics exports: who stands in them as a class of people, never as a person. Pure words and judgements, no I/O."""
