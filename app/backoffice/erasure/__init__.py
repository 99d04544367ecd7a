"""Orders to erase or destroy customers, what becomes of them, and the proof afterwards."""
