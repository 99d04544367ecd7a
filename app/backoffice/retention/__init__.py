"""What the rules of retention make due, by a time that is believed."""
