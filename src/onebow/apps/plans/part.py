"""What somebody is to an item, as plain facts that queries find and rules look at."""

from dataclasses import dataclass

from onebow.apps.plans.models import Who


@dataclass(frozen=True)
class Part:
    """What a user is to an item. `moves`: person in charge, or who leads its organization."""

    person_id: int | None = None
    moves: bool = False
    takes_part: bool = False
    travels: bool = False
    is_secretary: bool = False

    def may_do(self, who: str) -> bool:
        """Whether a checkpoint for `who` is theirs to do; those that each confirms are nobody's to do for all."""
        if who == Who.SECRETARY:
            return self.is_secretary
        if who == Who.PARTICIPANT:
            return self.takes_part or self.moves
        return who == Who.OWNER and self.moves

    @property
    def may_tell(self) -> bool:
        """Whether they may tell of progress and of what was heard on site."""
        return self.moves or self.takes_part
