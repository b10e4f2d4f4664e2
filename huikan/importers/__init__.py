"""Doors in: files of other systems to content files."""
