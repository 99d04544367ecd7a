"""Analytics exports at the office: who may, two people, coarse rows, what came of it."""
