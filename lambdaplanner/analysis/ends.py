"""The ends of a question, as people write them: an id, `internet`, an address, `aws:SERVICE`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.ranges import is_public
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.aws_services import read_service
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.known_services import KNOWN_SERVICES, is_known
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model import cidr
from lambdaplanner.model.nearness import nearest, suggestion

_SERVICE = re.compile(r"aws:([a-z0-9][a-z0-9.-]*)", re.ASCII)
_LIKE_IPV4 = re.compile(r"[0-9.]*\.[0-9.]*(?:/[0-9]*)?", re.ASCII)
_LIKE_IPV6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:/[0-9]*)?", re.ASCII)
_HOST_NAME = re.compile(r"(?:https?://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[:/].*)?", re.ASCII)
PROTOCOLS = ("tcp", "udp", "icmp")
DEFAULT_PORT = 443
ENDS = "a function, a workload, an external network, internet, an IP address, or aws:SERVICE"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a question; what is not set does not apply, and with nothing set it is the whole
    internet.
    """

    text: str
    function: Function | None = None
    workloads: tuple[Workload, ...] = ()
    """Who has this id, or this fixed address (several where blocks of VPCs overlap)."""
    address: cidr.Address | None = None
    """The address as asked for; with `workloads` they are meant by it."""
    service: str | None = None
    seen: tuple[Workload, ...] = ()
    """Who is known to the internet by this address: as a target they are meant as it sees them."""
    networks: tuple[str, ...] = ()
    """The external network with this id, or those that have this address."""

    @property
    def on_the_internet(self) -> bool:
        """Whether it is a host of the internet."""
        inside = self.function or self.workloads or self.service or self.networks
        return not inside and (self.address is None or is_public(self.address))


def read_end(network: Network, text: str) -> End:
    """The end that `text` names. Raises QuestionError where it names none."""
    if text == "internet":
        return End(text=text)
    service = _SERVICE.fullmatch(text)
    if service:
        return End(text=text, service=_service(network, service[1]))
    network.readings.note((text,))
    found = network.resources.get(text)
    if isinstance(found, Function):
        return End(text=text, function=found)
    if isinstance(found, Workload):
        return End(text=text, workloads=(found,))
    if isinstance(found, ExternalNetwork):
        return End(text=text, networks=(text,))
    if found is not None:
        kind = found.kind.replace("-", " ")
        raise QuestionError(f'"{text}" is a {kind}', hint=f"a question is about {ENDS}")
    address = _address(text)
    if address is None:
        raise QuestionError(_unknown(network, text))
    holders = tuple(network.holders(address))
    networks = () if holders else tuple(_networks_with(network, address))
    seen = tuple(network.known_by(text)) if not holders else ()
    return End(text=text, address=address, workloads=holders, networks=networks, seen=seen)


def _networks_with(network: Network, address: cidr.Address) -> Iterator[str]:
    """The external networks that have an address; 0.0.0.0/0 says nothing of whose it is."""
    for one in network.of(ExternalNetwork).values():
        blocks = (cidr.block(text) for text in one.cidrs)
        if any(block.prefix and block.holds(address) for block in blocks):
            yield one.id


def _service(network: Network, text: str) -> str:
    """The short name of a service of the plan's own Region."""
    short, region = read_service(text)
    endpoints = network.of(Endpoint).values()
    if region not in (None, network.region):
        raise QuestionError(
            f"{text} is of {region}, and the plan is of {network.region}",
            hint=f"aws:{short} is the service of the plan's own region",
        )
    if not is_known(short) and not any(e.service_name == short for e in endpoints):
        near = nearest(short, KNOWN_SERVICES)
        if near is not None:
            raise QuestionError(f'no AWS service is known as "{short}"; did you mean "aws:{near}"?')
    return short


def _address(text: str) -> cidr.Address | None:
    try:
        return cidr.read_address(text)
    except ValueError:
        return None


def _unknown(network: Network, text: str) -> str:
    if text.startswith("aws:"):
        near = nearest(text.removeprefix("aws:"), KNOWN_SERVICES)
        return f'"{text}" names no AWS service; write aws:{near or "s3"}{"" if near else ", say"}'
    things = (network.of(Function), network.of(Workload), network.of(ExternalNetwork))
    names = [*(name for found in things for name in found), "internet"]
    return f'there is no function or workload "{text}"{_tip(text, names)}'


def _tip(text: str, names: list[str]) -> str:
    """What was meant, by what it looks like."""
    if text in KNOWN_SERVICES:
        return f'; did you mean "aws:{text}"?'
    if _LIKE_IPV4.fullmatch(text):
        return f"; {text} is no IPv4 address either"
    if _LIKE_IPV6.fullmatch(text):
        return f"; {text} is no IPv6 address either"
    near = suggestion(text, names)
    if not near and _HOST_NAME.fullmatch(text):
        return "; host names are not resolved, give the address, or internet"
    return near or f"; a question is about {ENDS}"


def read_port(target: End, port: int | None, protocol: str) -> int | None:
    """The port asked about: as given, the target's own, else 443; ICMP has none. Raises
    QuestionError.
    """
    if protocol not in PROTOCOLS:
        near = suggestion(protocol, PROTOCOLS)
        raise QuestionError(f'protocol "{protocol}" is none of {", ".join(PROTOCOLS)}{near}')
    if port is not None and not (isinstance(port, int) and 1 <= port <= 65535):
        raise QuestionError(f"port {port} is out of range; ports go from 1 to 65535")
    if protocol == "icmp":
        return None
    if port is not None:
        return port
    own = [
        workload.port for workload in (*target.workloads, *target.seen) if workload.port is not None
    ]
    return own[0] if own else DEFAULT_PORT


def read_version(source: End, target: End, ip: int | None) -> int:
    """The version of IP that is asked about: as given, else that of an end that is an address, else
    4. Raises QuestionError where ends, or what is given, are of two versions.
    """
    if ip not in (None, 4, 6):
        raise QuestionError(f"there is no IP version {ip}", hint="4 or 6 is possible")
    told = {end.text: end.address.version for end in (source, target) if end.address is not None}
    against = next((text for text, version in told.items() if ip not in (None, version)), None)
    if against is not None:
        raise QuestionError(
            f"{against} is an address of IPv{told[against]}, and IPv{ip} is asked about"
        )
    return ip or max(told.values(), default=4)


def said_ip(ip: int | None) -> str:
    """The version of IP behind what else is asked about; nothing where none is named."""
    return "" if ip is None else f" over IPv{ip}"
