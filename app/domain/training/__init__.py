"""Training: lessons, tests drawn from their pools, what policy demands, and what somebody's certificates open."""
