"""The hash tree over leaves in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_BYTES = 32


def leaf_hash(salt: bytes, content: bytes) -> bytes:
    """SHA-256 over 0x00, the salt and the content.

    The salt keeps whoever holds only the hash from guessing a short content; once content and salt are deleted, the
    leaf says nothing about either.
    """
    return sha256(b"\x00" + salt + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 over 0x01 and the two hashes below."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Frontier:
    """The right edge of a tree: all that is needed to go on appending and to compute the root.

    `peaks` holds the roots of the perfect subtrees that `size` leaves fall into, largest first: one for each bit that
    is set in `size`.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def extended(self, leaves: Iterable[bytes]) -> "Frontier":
        """The frontier after more leaves (32 bytes each).

        >>> Frontier().extended([bytes(32)] * 3).size
        3
        """
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            size += 1
            # As many subtrees are completed as zeros end the new size in binary.
            below = size
            while below & 1 == 0:
                leaf = node_hash(peaks.pop(), leaf)
                below >>= 1
            peaks.append(leaf)
        return Frontier(size, tuple(peaks))

    def root(self) -> bytes:
        """The root of the tree, 32 bytes; of no leaves SHA-256 of nothing."""
        if not self.peaks:
            return sha256(b"").digest()
        *rest, root = self.peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root

    def packed(self) -> bytes:
        """The peaks in one row of bytes."""
        return b"".join(self.peaks)

    @classmethod
    def unpacked(cls, size: int, peaks: bytes) -> "Frontier":
        """The frontier of `size` leaves from its packed peaks.

        Raises:
            ValueError: not as many peaks as `size` has bits set.
        """
        if size < 0 or len(peaks) != HASH_BYTES * size.bit_count():
            raise ValueError("peaks do not belong to this size")
        return cls(size, tuple(peaks[start : start + HASH_BYTES] for start in range(0, len(peaks), HASH_BYTES)))


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves (32 bytes each): MTH of RFC 9162 section 2.1.1.

    >>> tree_root([]).hex()[:8]
    'e3b0c442'
    """
    return Frontier().extended(leaves).root()
