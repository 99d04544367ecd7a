"""How a console speaks to its back office. The only home of httpx."""
