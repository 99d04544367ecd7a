"""Erasing and destroying what is held about a customer: words and rules, pure."""
