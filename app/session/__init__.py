"""The use cases of the console, without Qt."""
