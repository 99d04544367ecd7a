"""The back office behind HTTP: one router per capability. The only home of FastAPI."""
