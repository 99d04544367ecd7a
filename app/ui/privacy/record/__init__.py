"""The page of the record of processing activities."""
