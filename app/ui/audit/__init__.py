"""The audit log on the screen: look into it, and have it verified."""
