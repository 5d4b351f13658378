"""Every check. Importing a module enters its checks into the table; the order here is nobody's
order.
"""

from __future__ import annotations

from lambdaplanner.checks import (
    account,
    acls,
    addresses,
    attachments,
    belonging,
    beyond,
    endpoint_names,
    endpoints,
    filtering,
    internet,
    lambda_design,
    lambda_limits,
    nat,
    nat_capacity,
    nat_services,
    network,
    peering,
    placing,
    quotas,
    returning,
    room,
    routing,
    services,
    untold,
)
from lambdaplanner.checks.registry import CHECKS

MODULES = (
    attachments,
    room,
    lambda_design,
    lambda_limits,
    account,
    internet,
    nat,
    nat_services,
    nat_capacity,
    routing,
    network,
    peering,
    returning,
    placing,
    addresses,
    belonging,
    beyond,
    filtering,
    acls,
    endpoints,
    endpoint_names,
    services,
    quotas,
    untold,
)
"""Where checks are defined; a new module is one more name here."""

__all__ = ["CHECKS", "MODULES"]
