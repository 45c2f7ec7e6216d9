#!/usr/bin/env python3
"""Verify an export of the OneBow work ledger, with Python's standard library and nothing else.

    verify_ledger.py DIR [--head OLD_HEAD.json] [--key PUB.pem]

DIR holds leaves.jsonl and head.json as written by `onebow ledger export`. The program computes every leaf from its salt
and content, the tree over all leaves (RFC 9162, section 2.1), and compares the root with the head. With --head it
checks that an older head, kept elsewhere, is a beginning of this ledger; with --key it checks the signatures (Ed25519,
RFC 8032). It prints `ok SIZE ROOT` and exits 0, or one line per fault that names the index, and exits 1. Bad usage or
unreadable files: exit 2.
"""

import argparse
import base64
import json
import sys
from hashlib import sha256, sha512
from pathlib import Path

MOST_FAULTS = 1000


SALT_BYTES = 16
# The kind of entry that tells whose content was erased.
ERASURE = '"kind":"person.erased"'


class Unreadable(Exception):
    """A file is not there or not what it should be."""


def read_json(text):
    """JSON in which no key stands twice: of two readers each could believe another one."""
    return json.loads(text, object_pairs_hook=once)


def once(pairs):
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError("a key stands twice")
    return told


# --- the tree ------------------------------------------------------------------------------------------------------


def leaf_hash(salt, content):
    return sha256(b"\x00" + salt + content).digest()


class Tree:
    """Grows leaf by leaf; `peaks` are the roots of the perfect subtrees at its right edge."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def add(self, leaf):
        self.size += 1
        below, peaks = self.size, self.peaks
        while not below & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            below >>= 1
        peaks.append(leaf)

    def root(self):
        if not self.peaks:
            return sha256(b"").hexdigest()
        root = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            root = sha256(b"\x01" + peak + root).digest()
        return root.hex()


# --- Ed25519, verification only (RFC 8032, section 5.1.7) -------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_M1 % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != sign else x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def point_add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_multiply(factor, point):
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = point_add(total, point)
        point = point_add(point, point)
        factor >>= 1
    return total


def same_point(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point_of(data):
    if len(data) != 32:
        return None
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def is_signed(public, message, signature):
    """Whether a 64-byte signature by a 32-byte public key fits the message."""
    if len(signature) != 64:
        return False
    key, nonce = point_of(public), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return same_point(point_multiply(scalar, BASE), point_add(nonce, point_multiply(challenge, key)))


# --- files -----------------------------------------------------------------------------------------------------------

ED25519_PREFIX = bytes.fromhex("302a300506032b6570032100")


def read_key(path):
    """The 32 bytes of an Ed25519 public key in PEM."""
    try:
        lines = [line.strip() for line in Path(path).read_text(encoding="ascii").splitlines()]
        data = base64.b64decode("".join(line for line in lines if line and not line.startswith("-----")))
    except (OSError, ValueError) as error:
        raise Unreadable(f"key {path}: {error}") from error
    if not data.startswith(ED25519_PREFIX) or len(data) != len(ED25519_PREFIX) + 32:
        raise Unreadable(f"key {path}: not an Ed25519 public key")
    return data[len(ED25519_PREFIX) :]


def read_head(path):
    try:
        head = read_json(Path(path).read_text(encoding="utf-8"))
        size, root, time = head["size"], head["root"], head["time"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(f"head {path}: {error!r}") from error
    if not (isinstance(size, int) and size >= 0 and isinstance(root, str) and isinstance(time, str)):
        raise Unreadable(f"head {path}: size, root or time is of another type")
    return head


def fault_of_signature(head, name, public):
    message = "onebow-head/1\n{size}\n{root}\n{time}".format(**head).encode()
    try:
        signature = bytes.fromhex(head["signature"])
    except (KeyError, ValueError, TypeError):
        signature = b""
    return None if is_signed(public, message, signature) else f"{name}: the signature does not fit"


def place(index):
    """How a fault names an entry: by its place in the tree, and by its number in the product."""
    return f"index {index} (entry {index + 1})"


def fault_of_leaf(index, line, seen):
    """What is wrong with a line, and its leaf (None where it cannot be read)."""
    try:
        entry = read_json(line)
        leaf, content, salt = bytes.fromhex(entry["leaf"]), entry["canonical"], entry["salt"]
        if len(leaf) != 32:
            raise ValueError("leaf is not 32 bytes")
        if content is None:
            seen.without.add(index)
        else:
            salt = bytes.fromhex(salt)
            if len(salt) != SALT_BYTES:
                raise ValueError(f"salt is not {SALT_BYTES} bytes")
            if leaf_hash(salt, content.encode()) != leaf:
                return f"{place(index)}: content or salt does not fit the leaf", leaf
            if ERASURE in content:
                seen.erased.update(number - 1 for number in read_json(content)["data"]["entries"])
        if entry["index"] != index:
            return f"{place(index)}: the line says it is {entry['index']!r}", leaf
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return f"{place(index)}: the line cannot be read ({error})", None
    return None, leaf


class Seen:
    """Indexes without content, and those of which an entry says that their content was erased."""

    def __init__(self):
        self.without, self.erased = set(), set()


def walk(path, sizes):
    """Read all lines. Returns the tree, the roots at these sizes, and the faults."""
    tree, faults, roots, seen = Tree(), [], {}, Seen()
    if 0 in sizes:
        roots[0] = tree.root()
    try:
        with Path(path).open(encoding="utf-8", errors="surrogateescape") as lines:
            for index, line in enumerate(lines):
                fault, leaf = fault_of_leaf(index, line, seen)
                if fault:
                    faults.append(fault)
                tree.add(leaf if leaf is not None else bytes(32))
                if tree.size in sizes:
                    roots[tree.size] = tree.root()
    except OSError as error:
        raise Unreadable(f"{path}: {error}") from error
    gone = sorted(seen.without - seen.erased)
    faults += [f"{place(index)}: the content is missing, and no entry tells of its erasure" for index in gone]
    return tree, roots, faults


def fault_of_head(head, name, tree, roots):
    size = head["size"]
    if size > tree.size:
        return f"{place(tree.size)}: missing; {name} counts {size} entries, the export holds {tree.size}"
    if roots.get(size) != head["root"]:
        return f"{name}: the root over index 0 to {size - 1} is another one"
    return None


def verify(folder, old_heads, key_path):
    """All faults, whether signatures were checked, and the tree."""
    public = read_key(key_path) if key_path else None
    heads = [("head.json", read_head(Path(folder) / "head.json"))]
    heads += [(f"old head {path}", read_head(path)) for path in old_heads]
    tree, roots, faults = walk(Path(folder) / "leaves.jsonl", {head["size"] for _, head in heads})
    newest = heads[0][1]
    if tree.size > newest["size"]:
        faults.append(f"{place(newest['size'])}: not covered by head.json, which counts {newest['size']} entries")
    for name, head in heads:
        faults.append(fault_of_head(head, name, tree, roots))
        if public is not None:
            faults.append(fault_of_signature(head, name, public))
        if head["size"] > newest["size"]:
            faults.append(f"{name}: counts more entries than head.json; this ledger is an older state")
    return [fault for fault in faults if fault], tree


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Verify an export of the OneBow work ledger.")
    parser.add_argument("folder", metavar="DIR", help="the folder that `onebow ledger export` wrote")
    parser.add_argument(
        "--head", action="append", default=[], metavar="OLD_HEAD.json", help="an older head, kept elsewhere"
    )
    parser.add_argument("--key", metavar="PUB.pem", help="the public key, kept elsewhere")
    options = parser.parse_args(arguments)
    try:
        faults, tree = verify(options.folder, options.head, options.key)
    except Unreadable as error:
        print(f"cannot verify: {error}", file=sys.stderr)
        return 2
    for fault in faults[:MOST_FAULTS]:
        print(fault)
    if len(faults) > MOST_FAULTS:
        print(f"… and {len(faults) - MOST_FAULTS} more faults")
    if not options.key:
        print("the signature was not checked (no --key)", file=sys.stderr)
    if faults:
        return 1
    print(f"ok {tree.size} {tree.root()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
