"""The page of incidents: their clocks, whom they touched, letters, timeline and lessons."""
