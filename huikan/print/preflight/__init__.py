"""Preflight of any PDF: will a print shop or an archive accept it?

`preflight` reads the file; `to_text` and `to_json` show what it found. `PreflightReport.passed` is false when there
are errors.
"""

from huikan.print.preflight.profile import Profile
from huikan.print.preflight.report import PreflightFinding, PreflightReport, to_json, to_text
from huikan.print.preflight.run import preflight

__all__ = ["PreflightFinding", "PreflightReport", "Profile", "preflight", "to_json", "to_text"]
