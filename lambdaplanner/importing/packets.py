"""What rules of groups and ACLs speak of, from AWS's numbers to the words of a plan."""

from __future__ import annotations

PROTOCOLS = {
    "-1": "all",
    "all": "all",
    "6": "tcp",
    "tcp": "tcp",
    "17": "udp",
    "udp": "udp",
    "1": "icmp",
    "icmp": "icmp",
    "58": "icmp",
    "icmpv6": "icmp",
}
"""AWS's numbers and words of protocols, and the plan's word; others no plan can ask about."""
_ECHO = {"icmp": ("-1", "8", ""), "icmpv6": ("-1", "128", "")}
_EVERY_PORT = ("", "-1")


def packets(protocol: str, first: str = "", last: str = "") -> dict[str, str] | None:
    """The fields ``protocol`` and ``ports`` of a rule, without those that say all; None where a
    plan cannot ask about such packets. Of ICMP `first` is the type.
    """
    word = PROTOCOLS.get(protocol.strip().lower())
    if word is None:
        return None
    if word == "all":
        return {}
    if word == "icmp":
        version = "icmpv6" if protocol.strip().lower() in ("58", "icmpv6") else "icmp"
        return {"protocol": "icmp"} if first in _ECHO[version] else None
    if (first in _EVERY_PORT and last in _EVERY_PORT) or (first, last) == ("0", "65535"):
        return {"protocol": word}
    if not last or last == first:
        return {"protocol": word, "ports": first}
    return {"protocol": word, "ports": f"{first or 0}-{last}"}
