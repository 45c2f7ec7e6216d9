"""The envelope of a backup: chunks under the key of a passphrase, so that whatever was changed is found and named.

STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption, 2015), laid out as in age: AES-256-GCM
over chunks of 1 MiB; the nonce is the chunk's number and whether it is the last, so that no chunk can be left out,
moved or added. The key is made of the passphrase and a fresh salt, and therefore never used twice.

header: magic (16) | version (1) | salt (32) | proof of the passphrase (32) | SHA-256 of all that (32)
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from onebow.apps.base.refusals import Refused

# A line end of each kind: a transfer that "translates" texts is noticed at once.
MAGIC = b"ONEBOW BACKUP\r\n\x1a"
VERSION = 1
SALT_BYTES = DIGEST_BYTES = 32
HEADER_BYTES = len(MAGIC) + 1 + SALT_BYTES + 2 * DIGEST_BYTES
CHUNK = 1 << 20
TAG_BYTES = 16
# 128 MiB and a third of a second for each guess.
COST = 1 << 17


class SealingWriter:
    """Writes the header, and then what it is given, sealed. `sha256` is of the sealed bytes."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        self.out, self.sha256, self.bytes = out, hashlib.sha256(), 0
        self.held, self.number = bytearray(), 0
        salt = secrets.token_bytes(SALT_BYTES)
        self.cipher, proof = _keys(passphrase, salt)
        start = MAGIC + bytes([VERSION]) + salt + proof
        self._put(start + hashlib.sha256(start).digest())

    def write(self, data: bytes) -> None:
        """Take more bytes; what fills a chunk is written."""
        self.held += data
        # A full chunk is held back: it may turn out to be the last one.
        while len(self.held) > CHUNK:
            self._seal(bytes(self.held[:CHUNK]), last=False)
            del self.held[:CHUNK]

    def finish(self) -> None:
        """Seal the last chunk; without it the file counts as cut off."""
        self._seal(bytes(self.held), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._put(self.cipher.encrypt(_nonce(self.number, last=last), chunk, None))
        self.number += 1

    def _put(self, data: bytes) -> None:
        self.out.write(data)
        self.sha256.update(data)
        self.bytes += len(data)


def opened_chunks(file: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """The chunks of a sealed file, one after the other, each only after it proved genuine.

    Raises:
        Refused: no backup of ours, a newer format, another passphrase; changed, cut off or lengthened.
    """
    cipher = _cipher_of(file.read(HEADER_BYTES), passphrase)
    number, sealed = 0, file.read(CHUNK + TAG_BYTES)
    while True:
        following = file.read(CHUNK + TAG_BYTES)
        yield _opened(cipher, sealed, number, last=not following)
        if not following:
            return
        number, sealed = number + 1, following


def _cipher_of(header: bytes, passphrase: str) -> AESGCM:
    start = header[:-DIGEST_BYTES]
    if header[: len(MAGIC)] != MAGIC:
        raise Refused("这不是一张弓的备份文件,或者文件开头已损坏。")
    if len(header) < HEADER_BYTES:
        raise Refused("备份文件不完整:只剩开头一小段。")
    if hashlib.sha256(start).digest() != header[-DIGEST_BYTES:]:
        raise Refused("备份文件的开头已损坏。")
    if header[len(MAGIC)] != VERSION:
        raise Refused("备份文件的格式来自更新的版本,请先升级一张弓。")
    salt = start[len(MAGIC) + 1 : -DIGEST_BYTES]
    cipher, proof = _keys(passphrase, salt)
    if not hmac.compare_digest(proof, start[-DIGEST_BYTES:]):
        raise Refused("备份口令不对。")
    return cipher


def _opened(cipher: AESGCM, sealed: bytes, number: int, *, last: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(number, last=last), sealed, None)
    except InvalidTag:
        pass
    if _opens(cipher, sealed, number, last=not last):
        # Genuine, but not where it stands: at the end without being the last, or the last without being at the end.
        fault = "文件不完整,后面的内容被截断了" if last else "文件末尾之后被添加了内容"
    else:
        fault = f"第 {number + 1} 块(从第 {HEADER_BYTES + number * (CHUNK + TAG_BYTES)} 字节起)已损坏、缺失或换了位置"
    raise Refused(f"备份文件不能使用:{fault}。")


def _opens(cipher: AESGCM, sealed: bytes, number: int, *, last: bool) -> bool:
    try:
        cipher.decrypt(_nonce(number, last=last), sealed, None)
    except InvalidTag:
        return False
    return True


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _keys(passphrase: str, salt: bytes) -> tuple[AESGCM, bytes]:
    """The cipher, and what proves the passphrase without a chunk."""
    made = Scrypt(salt=salt, length=64, n=COST, r=8, p=1).derive(passphrase.encode())
    start = MAGIC + bytes([VERSION]) + salt
    return AESGCM(made[:32]), hmac.digest(made[32:], start, "sha256")
