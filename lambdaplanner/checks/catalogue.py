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
    nat,
    nat_capacity,
    nat_quotas,
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
    nat,
    nat_capacity,
    nat_quotas,
    placing,
)
"""Where checks are defined; a new module is one more name here."""

__all__ = ["CHECKS", "MODULES"]
