"""The page of the office's proof."""
