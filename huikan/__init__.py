"""Huikan (会刊): proceedings booklets from structured content, typeset to PDF and editable in Word."""

__version__ = "0.1.0"
