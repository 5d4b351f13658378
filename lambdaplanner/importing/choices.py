"""What a person chose of a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The options of an import, each as the command line has it."""

    regions: tuple[str, ...] = ()
    account: str = ""
    vpcs: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    stack_names: Mapping[str, str] = field(default_factory=dict)
    """The name of the stack that a template file is for, by file."""
    state: str = "planned"
    default_acls: bool = False
    """Whether network ACLs that no file tells are taken to be AWS's own."""
    keep_default_vpc: bool = False
    unattached: bool = True
    """Whether functions that are attached to no VPC come along."""
    full_ids: bool = False

    def shown_account(self, account: str) -> str:
        """An account as plans and reports name it."""
        return account if self.full_ids else account[-4:]
