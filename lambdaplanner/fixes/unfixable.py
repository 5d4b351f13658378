"""What no edit mends, and why: said where others have their ways."""

from __future__ import annotations

from lambdaplanner.analysis.packets import Obstacle

BY_NO_EDIT: dict[str, str] = {
    "LAMBDA_TAKES_NO_INBOUND": "No edit mends this: functions are invoked through the Lambda API.",
    "PROTOCOL_RESTRICTION": "No edit mends this: the thing does not speak the protocol that was "
    "asked about.",
    "VPCE_GATEWAY_PROTOCOL_RESTRICTION": "No edit mends this: gateway endpoints carry TCP; ask "
    "about tcp.",
    "UNKNOWN_DESTINATION": "No edit mends this: nothing on the plan holds the address that was "
    "asked about.",
    "NO_SOURCE_OR_DESTINATION": "No edit mends this: nothing on the plan holds the address that "
    "was asked about.",
    "NOT_KNOWN": "No edit mends this: somebody has to find out, fill it in, and take the row out "
    "of unknown.",
    "LEAVES_THE_PLAN": "No edit mends this: put what is there on the plan, and route to that.",
    "GATEWAY_REJECTS_SPOOFED_TRAFFIC": "No edit mends this: no host of the internet has an address "
    "of the VPC.",
    "VPC_BLOCK_PUBLIC_ACCESS_ENABLED": "Nothing is offered for this: the account shuts the "
    "internet off on purpose; whoever decides that writes the exclusion.",
}
"""Code of an obstacle -> why there is no fix for it, a sentence for people."""

FINDINGS_BY_NO_EDIT: dict[str, str] = {
    "NET-017": "No edit mends this: Block Public Access is a setting of the account; whoever "
    "answers for it makes the VPC an exclusion (public_access).",
    "NET-034": "No edit mends this: blocks of networks beyond AWS are not the plan's to change.",
    "UNK-001": "No edit mends this: somebody has to find out, fill it in, and take the row out of "
    "unknown.",
    "SG-005": "No edit mends this: only who wrote a rule knows what it is for.",
}
"""Check -> why there is no fix for its findings."""

OVERLAPPING = (
    "No edit mends this: AWS peers no VPCs that share addresses, and the blocks of a VPC stay what "
    "they are; build one of them anew with other blocks."
)
NONE_HERE = "No edit of this plan is known that clears this and breaks nothing else."


def why_not(obstacle: Obstacle) -> str:
    """Why an obstacle has no fix, where none is offered."""
    if obstacle.code == "BAD_STATE" and not (obstacle.stop and obstacle.stop.refusal):
        return OVERLAPPING
    return BY_NO_EDIT.get(obstacle.code, NONE_HERE)
