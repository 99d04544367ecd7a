"""The page on which two people let somebody come back who was erased."""
