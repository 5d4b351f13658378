"""Every check. Importing a module enters its checks into the table; the order here is nobody's
order.
"""

from __future__ import annotations

from lambdaplanner.checks import attachments, internet, placing, routing
from lambdaplanner.checks.registry import CHECKS

MODULES = (attachments, internet, routing, placing)
"""Where checks are defined; a new module is one more name here."""

__all__ = ["CHECKS", "MODULES"]
