"""The pages of what is kept and what is erased: retention, holds, erasure."""
