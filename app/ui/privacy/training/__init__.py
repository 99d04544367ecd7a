"""The page of the report of training."""
