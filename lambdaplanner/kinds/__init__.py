"""The AWS vocabulary: one file per kind of thing, one table of all of them."""

from __future__ import annotations

from lambdaplanner.kinds.catalogue import KINDS, kind_named, kind_of
from lambdaplanner.kinds.registry import ResourceKind, Size

__all__ = ["KINDS", "ResourceKind", "Size", "kind_named", "kind_of"]
