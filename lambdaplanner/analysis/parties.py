"""The ends of a question, as people write them: an id, `internet`, an address, `aws:SERVICE`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.ranges import is_public
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.aws_services import read_service
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model import cidr
from lambdaplanner.model.specs import suggestion

_SERVICE = re.compile(r"aws:([a-z0-9][a-z0-9.-]*)", re.ASCII)
PROTOCOLS = ("tcp", "udp", "icmp")
DEFAULT_PORT = 443
ENDS = "a function, a workload, internet, an IP address, or aws:SERVICE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
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

    @property
    def on_the_internet(self) -> bool:
        """Whether it is a host of the internet."""
        inside = self.function or self.workloads or self.service
        return not inside and (self.address is None or is_public(self.address))


def read_party(network: Network, text: str) -> Party:
    """The end that `text` names. Raises QuestionError where it names none."""
    if text == "internet":
        return Party(text=text)
    service = _SERVICE.fullmatch(text)
    if service:
        return Party(text=text, service=_service(network, service[1]))
    found = network.resources.get(text)
    if isinstance(found, Function):
        return Party(text=text, function=found)
    if isinstance(found, Workload):
        return Party(text=text, workloads=(found,))
    if found is not None:
        kind = found.kind.replace("-", " ")
        raise QuestionError(f'"{text}" is a {kind}', hint=f"a question is about {ENDS}")
    address = _address(text)
    if address is None:
        raise QuestionError(_unknown(network, text))
    return Party(text=text, address=address, workloads=tuple(network.holders(address)))


def _service(network: Network, text: str) -> str:
    """The short name of a service of the plan's own Region."""
    short, region = read_service(text)
    if region not in (None, network.region):
        raise QuestionError(
            f"{text} is of {region}, and the plan is of {network.region}",
            hint=f"aws:{short} is the service of the plan's own region",
        )
    return short


def _address(text: str) -> cidr.Address | None:
    try:
        return cidr.read_address(text)
    except ValueError:
        return None


def _unknown(network: Network, text: str) -> str:
    if text.startswith("aws:"):
        return f'"{text}" names no AWS service; write aws:s3, for example'
    names = [*network.of(Function), *network.of(Workload), "internet"]
    near = suggestion(text, names)
    return f'there is no function or workload "{text}"{near or f"; a question is about {ENDS}"}'


def read_port(target: Party, port: int | None, protocol: str) -> int | None:
    """The port asked about: as given, the target's own, else 443; ICMP has none. Raises
    QuestionError.
    """
    if protocol not in PROTOCOLS:
        near = suggestion(protocol, PROTOCOLS)
        raise QuestionError(f'protocol "{protocol}" is none of {", ".join(PROTOCOLS)}{near}')
    if port is not None and not (isinstance(port, int) and 0 <= port <= 65535):
        raise QuestionError(f"port {port} is out of range; ports go from 0 to 65535")
    if protocol == "icmp":
        return None
    if port is not None:
        return port
    own = [workload.port for workload in target.workloads if workload.port is not None]
    return own[0] if own else DEFAULT_PORT
