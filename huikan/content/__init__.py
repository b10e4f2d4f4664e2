"""Structured content: load with marks, validate, resolve references."""
