"""Training: the list of lessons, their texts, tests and what came of them, and the rules of conduct."""
