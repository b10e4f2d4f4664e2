"""The tag tree of a PDF, built from the semantic document: one structure element for one HTML element.

WeasyPrint builds its tree from boxes, so that a paragraph over two pages becomes two, every line a span, and the
language of a run is lost. Here the boxes only say which marked content belongs to which element.
"""
