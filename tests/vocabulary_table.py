"""The table of docs/vocabulary.md, made from the rules. To renew it: python -m tests.vocabulary_table"""

from __future__ import annotations

from pathlib import Path

from huikan.render.vocabulary import LAYOUT_CLASSES, RULES, SVG

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "vocabulary.md"
BEGIN, END = "<!-- rules -->\n", "<!-- end of rules -->"


def table() -> str:
    """The rules in their order, and the classes that only stylesheets read."""
    rows = []
    for rule in RULES:
        selector = "svg" if rule.selector == SVG else rule.selector
        rows.append(f"| `{selector}` | {rule.kind.name.lower().replace('_', ' ')} | {rule.style} |")
    layout = ", ".join(f"`{name}`" for name in sorted(LAYOUT_CLASSES))
    head = "| Selector | Kind | Word style |\n|---|---|---|\n"
    return f"{head}{chr(10).join(rows)}\n\nClasses that only the stylesheets read: {layout}.\n"


def renewed(document: str) -> str:
    """The document with the table as it is now."""
    before, _, rest = document.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
