"""Every check. Importing a module enters its checks into the table; the order here is nobody's
order.
"""

from __future__ import annotations

from lambdaplanner.checks import (
    account,
    attachments,
    internet,
    lambda_design,
    lambda_limits,
    nat_capacity,
    placing,
    routing,
)
from lambdaplanner.checks.registry import CHECKS

MODULES = (
    attachments,
    account,
    lambda_limits,
    lambda_design,
    internet,
    routing,
    nat_capacity,
    placing,
)
"""Where checks are defined; a new module is one more name here."""

__all__ = ["CHECKS", "MODULES"]
