"""One customer's privacy panel, which stands in the card's place."""
