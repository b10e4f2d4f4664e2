"""What was found, as text for people, JSON for programs and SARIF for code review."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import huikan
from huikan.check.registry import RULES
from huikan.finding import Finding, Severity

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(findings: Iterable[Finding]) -> str:
    """One finding after another, with the words that are meant and the suggestion."""
    return "".join(f"{finding}\n" for finding in findings)


def tally(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity: `1 warning, 3 notes`."""
    counts = Counter(finding.severity for finding in findings)
    words = [f"{counts[each]} {each}{'s' if counts[each] != 1 else ''}" for each in Severity if counts[each]]
    return ", ".join(words) or "no findings"


def as_json(findings: Iterable[Finding]) -> str:
    """A list of findings; keys as in `Finding`, the code as `id` and the hint as `suggestion`."""
    listed = [
        {
            "id": finding.code,
            "severity": finding.severity,
            "file": finding.file,
            "line": finding.line,
            "column": finding.column,
            "message": finding.message,
            "suggestion": finding.hint,
            "excerpt": finding.excerpt,
        }
        for finding in findings
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


def as_sarif(findings: Iterable[Finding]) -> str:
    """A SARIF 2.1.0 log; paths are relative to the publication's folder."""
    found = tuple(findings)
    codes = sorted({finding.code for finding in found} | set(RULES))
    log = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "huikan", "version": huikan.__version__, "rules": [_rule(id) for id in codes]}
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, codes.index(finding.code)) for finding in found],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(id: str) -> dict[str, Any]:
    rule = RULES.get(id)
    if rule is None:
        return {"id": id}
    return {
        "id": id,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": " ".join(rule.explanation.split())},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    message = f"{finding.message}: {finding.hint}" if finding.hint else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": message},
    }
    if finding.file:
        location: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.file)}}
        if finding.line:
            location["region"] = {"startLine": finding.line, "startColumn": max(finding.column, 1)}
            if finding.excerpt:
                location["region"]["snippet"] = {"text": finding.excerpt}
        result["locations"] = [{"physicalLocation": location}]
    return result
