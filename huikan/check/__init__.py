"""Editorial rules: what contradicts itself, what is badly written, what will print badly, what is not translated."""
