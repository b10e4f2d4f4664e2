"""Reviewed Word copies: read what changed, merge it into the content."""
