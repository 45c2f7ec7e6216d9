"""存证: canonical bytes, salted leaves and the tree over them, after RFC 8785 and RFC 9162 section 2.1."""

from onebow.cores.merkle.canonical import canonical_json, check_plain, plain_json
from onebow.cores.merkle.tree import Frontier, leaf_hash, node_hash, tree_root

__all__ = ["Frontier", "canonical_json", "check_plain", "leaf_hash", "node_hash", "plain_json", "tree_root"]
