"""The Word face: semantic HTML to DOCX."""
