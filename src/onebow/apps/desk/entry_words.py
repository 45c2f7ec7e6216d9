"""What the codes in entries about notices mean."""

from onebow.apps.desk.models import Channel, NoticePreference
from onebow.apps.ledger.words import say


def say_words() -> None:
    """Of every field that holds a code."""
    say(("notice.channel_set", "notice.channel_removed", "notice.tested"), "channel", dict(Channel.Kind.choices))
    say(("notice.preference_set",), "mode", dict(NoticePreference.Mode.choices))
