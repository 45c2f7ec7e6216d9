"""Signing the tree: Ed25519 over size, root and time."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction

from onebow import home
from onebow.apps.base.models import Installation
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.access import access_anchor
from onebow.apps.ledger.models import Entry, Head
from onebow.apps.ledger.services.appending import locked_tree, record
from onebow.apps.ledger.services.events import Event
from onebow.apps.ledger.times import checked_time
from onebow.apps.ledger.witness import witnessed, write_alarm, write_line
from onebow.cores.merkle import Frontier

KEY_ID_CHARS = 16
ANCHOR = "ledger.anchored"
# Before anything was ever witnessed: the file may have been out of reach for some hours.
FIRST_HEADS = 48


def signing_key() -> Ed25519PrivateKey:
    """The installation's key, outside the database."""
    return Ed25519PrivateKey.from_private_bytes(home.key("ledger-signing"))


def public_pem() -> str:
    """The public half, to be kept by whoever wants to check."""
    return signing_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def own_key_id() -> str:
    """The key's name in a head; of demonstration data it says so."""
    public = signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    name = hashlib.sha256(public).hexdigest()[:KEY_ID_CHARS]
    use = Installation.objects.values_list("use", flat=True).first()
    return f"DEMONSTRATION-{name}" if use == Installation.Use.DEMONSTRATION else name


def sign_head(*, at: datetime) -> Head:
    """Sign the ledger as it stands, keep the head, and write it to the witness file.

    Raises:
        ClockSetBack: the clock lies well before the last entry.
        Refused: the witness file cannot be written; the head is kept in the database all the same.
    """
    with transaction.atomic():
        _anchor_access(at)
        tree = locked_tree()
        time = checked_time(tree.last_at, at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        root = Frontier.unpacked(tree.size, bytes(tree.peaks)).root().hex()
        key, last = signing_key(), Head.objects.order_by("-pk").first()
        head = Head.objects.create(
            id=last.pk + 1 if last else 1,
            size=tree.size,
            root=root,
            time=time,
            key_id=own_key_id(),
            signature=key.sign(signed_text(tree.size, root, time)).hex(),
        )
    try:
        for one in _unwitnessed(head):
            write_line(told(one))
    except OSError as error:
        raise Refused("见证文件不可写,签名存证只保存在数据库中。请系统管理员检查见证文件所在的磁盘。") from error
    return head


def _unwitnessed(head: Head) -> list[Head]:
    """The head, and those just before it that could not be written: the file was away, or the process was killed.

    Only after the last one that was witnessed: a file that somebody emptied is not filled again.
    """
    seen = {line["signature"] for line in witnessed() if "signature" in line}
    missing: list[Head] = []
    for one in Head.objects.filter(pk__lte=head.pk).order_by("-pk").iterator():
        if one.signature in seen:
            return missing[::-1]
        missing.append(one)
    return missing[::-1] if not seen and head.pk == len(missing) <= FIRST_HEADS else [head]


def _anchor_access(at: datetime) -> None:
    """Let the ledger remember how far the access log has come, so that a cut end of it shows."""
    rows, mac = access_anchor()
    told = Entry.objects.filter(kind=ANCHOR).select_related("body").order_by("-pk").first()
    before = told.data["rows"] if told else 0
    if rows < before:
        # Verification names what is gone, by this anchor; a smaller one would not hide it, but say nothing either.
        write_alarm("access", at)
    elif rows > before:
        record(Event(ANCHOR, data={"rows": rows, "mac": mac}), by_id=None, at=at)


def signed_text(size: int, root: str, time: str) -> bytes:
    """What is signed."""
    return f"onebow-head/1\n{size}\n{root}\n{time}".encode()


def told(head: Head) -> dict[str, Any]:
    """A head as it stands in files."""
    return {
        "format": "onebow-head/1",
        "size": head.size,
        "root": head.root,
        "time": head.time,
        "key_id": head.key_id,
        "signature": head.signature,
    }


def is_signed(head: dict[str, Any]) -> bool:
    """Whether a head bears this installation's signature."""
    try:
        text = signed_text(head["size"], head["root"], head["time"])
        signing_key().public_key().verify(bytes.fromhex(head["signature"]), text)
    except (InvalidSignature, KeyError, ValueError, TypeError):
        return False
    return True
