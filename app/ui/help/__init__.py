"""Help where it is needed: why a field is masked, what happens at the end, and a short tour."""
