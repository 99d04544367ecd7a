"""The process that outlives the console and destroys what must not stay. No Qt, no keys."""
