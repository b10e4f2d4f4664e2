"""The archive edition: one PDF that is PDF/A-3a and PDF/UA-1 and carries what it was made from."""
