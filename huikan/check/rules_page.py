"""docs/rules.md, made from the rules themselves: `python -m huikan.check.rules_page > docs/rules.md`."""

from __future__ import annotations

from huikan.check import run
from huikan.check.registry import RULES, Rule

_INTRODUCTION = f"""\
# The rules of `huikan check`

This page is made from the rules: `python -m huikan.check.rules_page > docs/rules.md`.

`huikan check` first loads the content; what keeps it from being built is explained in `errors.md`. Then these rules
look for what contradicts itself, is badly written, prints badly or is not translated. A **warning** should be put right
or allowed; a **note** is worth a look. Neither stops a build. With `--strict` warnings make `check` fail.

`huikan check --fix` puts right what needs no judgement and shows the changes; it rewrites only the characters that a
finding means. `--format json` and `--format sarif` are for programs; an excerpt there has at most {run.LONGEST_EXCERPT}
characters.

HK305 to HK307 look at the pages of the print edition. That takes about as long as building it; `--no-layout` leaves
them out.

## To allow a finding

Give a reason. In a YAML file, in a comment behind the entry or on a line of its own above it; it holds for the entry
and what is indented below it. In a summary, a comment between the lines `---` at its head holds for the whole file:

```yaml
liu-jie:
  name: 刘洁
  title: 黄冈市市长 # huikan: allow HK101 the shorter title was agreed with the city
```

Or in `booklet.yaml`, for a field and what is below it, or for the whole publication:

```yaml
check:
  allow:
    - rule: HK213
      reason: the summaries follow the record sentence by sentence
      field: summaries/liu-jie.md
```

**HK100** says that such a permission names no rule, gives no reason, or is not needed any more.
"""
_GROUPS = {"1": "Facts", "2": "Text", "3": "Print", "4": "Languages"}


def rules_page() -> str:
    """The page: an introduction, then every rule by its id."""
    sections = [_INTRODUCTION]
    group = ""
    for rule in sorted(RULES.values(), key=lambda rule: rule.id):
        if rule.id[2] != group:
            group = rule.id[2]
            sections.append(f"## {_GROUPS[group]}\n")
        sections.append(_section(rule))
    return "\n".join(sections)


def _section(rule: Rule) -> str:
    return f"### {rule.id}: {rule.title}\n\n*{rule.severity.capitalize()}.* {rule.explanation}\n"


if __name__ == "__main__":
    print(rules_page(), end="")
