"""The state of a review, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from rich.text import Text

from huikan.content.model import Approval
from huikan.review.status import PersonsReview, ReceivedCopy, ReviewStatus


def as_text(status: ReviewStatus) -> Text:
    """For a terminal: the copies, what is open, and whom to chase."""
    made = Text()
    made.append(f"{status.booklet}: {_count(len(status.copies), 'copy', 'copies')} received\n", style="bold")
    for copy in status.copies:
        _copy(made, copy)
    for finding in status.refused:
        made.append(f"\n{finding}\n", style="red")
    if status.conflicts:
        made.append("\nConflicts\n", style="bold red")
        for finding in status.conflicts:
            made.append(f"  {finding.where or 'content'}: {finding.message}\n")
    if status.notes:
        made.append("\nOpen notes in the content\n", style="bold")
        for field, words in status.notes:
            made.append(f"  {field}: {' '.join(words.split())}\n")
    approved = len(status.people) - len(status.to_chase)
    made.append(f"\nApproved: {approved} of {len(status.people)}\n", style="bold")
    if status.to_chase:
        made.append("\nTo chase\n", style="bold yellow")
        widest = max(len(person.id) for person in status.to_chase)
        for person in status.to_chase:
            made.append(f"  {person.id:{widest}}  {person.status:5}  {person.name}: {_next_step(person)}\n")
    return made


def _copy(made: Text, copy: ReceivedCopy) -> None:
    whose = f", the part of {copy.person}" if copy.person else ""
    made.append(f"\n{copy.file}", style="bold cyan")
    made.append(f"  {copy.language}{whose}\n")
    for part in copy.authors:
        who = part.author or "with tracking off"
        made.append(f"  {who}: {_count(part.changes, 'change', 'changes')} in {', '.join(part.fields)}\n")
    if not copy.authors:
        made.append("  no changes\n")
    for field in copy.pending:
        made.append(f"  not merged: {field}\n", style="yellow")
    for words in copy.questions:
        made.append(f"  open comment: {words}\n", style="yellow")
    if not copy.is_open:
        made.append("  nothing open\n", style="green")


def _next_step(person: PersonsReview) -> str:
    if person.copies:
        return f"{', '.join(person.copies)} came back: huikan review merge --approve"
    if person.status is Approval.SENT:
        return "no copy came back: ask again"
    return f"not sent: huikan build --only {person.id}, then huikan review mark sent {person.id}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def as_json(status: ReviewStatus) -> str:
    """Everything, for programs."""
    data = asdict(status) | {"to_chase": [person.id for person in status.to_chase]}
    return json.dumps(data, ensure_ascii=False, indent=2)
