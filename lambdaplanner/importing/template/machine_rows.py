"""EC2 instances, and network interfaces that stand alone."""

from __future__ import annotations

from lambdaplanner.importing.found import Addresses, To
from lambdaplanner.importing.template.group_rows import groups
from lambdaplanner.importing.template.reading import Resource, Row
from lambdaplanner.importing.template.workload_rows import workload

_INTERFACE = "AWS::EC2::NetworkInterface"


def _instance(resource: Resource) -> None:
    rows, doubt = resource.parts("NetworkInterfaces")
    if not rows:
        rows = [resource]
    subnets: list[To] = []
    named: list[To] = []
    why = unknown = ""
    for row in rows:
        alone = resource.reading.resource(row.get("NetworkInterfaceId"))
        card = alone if alone is not None and alone.kind == _INTERFACE else row
        more, less = card.tos("SubnetId")
        subnets, why = [*subnets, *more], why or less
        more, less = groups(card, "GroupSet", "SecurityGroupIds")
        named, unknown = [*named, *more], unknown or less
    thing = workload(
        resource,
        "ec2",
        (list(dict.fromkeys(subnets)), why or doubt),
        (list(dict.fromkeys(named)), unknown),
        private_ip=_one_address(resource, rows),
        public_ip=True if _public(resource, rows, subnets) else None,
    )
    if thing is not None:
        for row in rows:
            alone = resource.reading.resource(row.get("NetworkInterfaceId"))
            if alone is not None:
                resource.reading.things.setdefault(alone.origin, thing)
                thing.keys = (*thing.keys, alone.origin)


def _one_address(resource: Resource, rows: list[Resource]) -> str | None:
    if len(rows) != 1:
        return None
    return rows[0].text("PrivateIpAddress") or resource.text("PrivateIpAddress") or None


def _public(resource: Resource, rows: list[Resource], subnets: list[To]) -> bool:
    """Whether an instance gets a public address: its own word, an Elastic IP, its subnet's."""
    said = [row.text("AssociatePublicIpAddress").lower() for row in rows]
    if "true" in said:
        return True
    reading = resource.reading
    for address in reading.resources("AWS::EC2::EIP", "AWS::EC2::EIPAssociation"):
        if address.get("InstanceId") == resource.itself:
            return True
    if any(said) or len(subnets) != 1:
        return False
    for subnet in reading.resources("AWS::EC2::Subnet"):
        if subnet.origin == subnets[0].name and subnet.truth("MapPublicIpOnLaunch"):
            why = f"{subnet.logical} gives public addresses at launch"
            reading.found.derive(resource.origin, "public_ip", why, value=True)
            return True
    return False


def _interface(resource: Resource) -> None:
    """An interface that no instance of the template has takes an address all the same."""
    reading = resource.reading
    if resource.origin in reading.things:
        return
    resource.leave_out("an interface of nobody: its address is reserved")
    subnet = resource.to("SubnetId")
    if isinstance(subnet, To):
        before = reading.found.addresses.get(subnet.name, Addresses())
        reading.found.addresses[subnet.name] = Addresses(strangers=before.strangers + 1)


THEN: dict[str, Row] = {"AWS::EC2::Instance": _instance}
LAST: dict[str, Row] = {_INTERFACE: _interface}
