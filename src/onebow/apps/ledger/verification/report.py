"""What a verification found."""

from dataclasses import dataclass, field

# Beyond this, more lines help nobody; the count goes on.
MOST_LINES = 1000


@dataclass
class Report:
    """校验结果: size and root of the ledger, faults and notes, each in one Chinese line."""

    size: int = 0
    root: str = ""
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fault_count: int = 0

    def fault(self, text: str) -> None:
        """Something was changed, added or taken away."""
        self.fault_count += 1
        if len(self.faults) < MOST_LINES:
            self.faults.append(text)

    def note(self, text: str) -> None:
        """Something to know that is no fault."""
        if len(self.notes) < MOST_LINES:
            self.notes.append(text)
