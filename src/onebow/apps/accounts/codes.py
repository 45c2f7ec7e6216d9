"""One-time codes that travel on paper."""

import base64
import hashlib
import secrets
import unicodedata

# 80 bits: sixteen characters of Base32, four groups of four.
CODE_BYTES = 10
# Base32 knows no 0, 1 or 8; who reads them off a slip means the letters.
MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B", "-": "", " ": ""})


def new_code() -> str:
    """A fresh code, for example `K7QW-3MZT-…`."""
    text = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def digest_of(code: str) -> str:
    """The SHA-256 of a code, however it was typed. With 80 random bits it needs no salt and no slow hash.

    >>> digest_of("k7qw 3mzt") == digest_of("K7QW-3MZT")
    True
    """
    text = unicodedata.normalize("NFKC", code).strip().upper().translate(MISREAD)
    return hashlib.sha256(text.encode()).hexdigest()
