"""Commands: what a person can have done, by key, menu or palette."""
