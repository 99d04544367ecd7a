"""The page of privacy notices."""
