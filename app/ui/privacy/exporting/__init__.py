"""The page of analytics exports."""
