"""Editorial rules, each a small function with an id."""
