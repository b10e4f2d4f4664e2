"""What a print shop needs of a finished PDF: imposition and preflight."""
