"""Diagrams drawn by hand, as the planner would make them, for pictures that people look at."""

# ruff: noqa: E501 - a drawing reads best with one thing a line

from __future__ import annotations

from lambdaplanner.diagram.items import (
    Badge,
    Box,
    Diagram,
    Highlight,
    Line,
    Meter,
    Point,
    Rect,
)

_CONTAINER, _LEAF = "container", "leaf"


def orders_service() -> Diagram:
    """A region with one VPC over two zones, its gateways, the Lambda service VPC and two functions."""
    boxes = [
        _box("internet", "internet", None, (1130, 20, 168, 56), "Internet", tone="neutral", managed=True),
        _box("region", "region", None, (0, 110, 1300, 770), "eu-west-1", shape="container", tone="region", subtitle="Region"),
        _box("lambda-service-vpc", "lambda-service-vpc", "region", (30, 50, 360, 690), "Lambda service VPC", shape="container", tone="service", managed=True),
        _box("orders", "function", "lambda-service-vpc", (40, 60, 260, 72), "orders", subtitle="800 concurrent, 512 MB", tone="compute",
             badges=(Badge("ok", "internet"), Badge("ok", "orders-db"))),
        _box("reports", "function", "lambda-service-vpc", (40, 162, 260, 72), "reports", subtitle="50 concurrent, 128 MB", tone="compute",
             badges=(Badge("muted", "default networking"),)),
        _box("export", "function", "lambda-service-vpc", (40, 264, 260, 72), "export-to-partner", subtitle="1,200 concurrent, 1,024 MB", tone="compute",
             badges=(Badge("error", "no internet"), Badge("warning", "4,213 of 4,091 addresses"))),
        _box("v2v", "vpc-to-vpc-nat", "lambda-service-vpc", (80, 420, 200, 56), "VPC-to-VPC NAT", subtitle="Hyperplane", tone="service", managed=True),
        _box("note", "note", "lambda-service-vpc", (30, 540, 300, 110), "Second zone comes in Q3. Until then the export runs at night only, see the capacity of private-b.", shape="note", tone="note"),
        _box("main", "vpc", "region", (440, 50, 820, 690), "main", shape="container", tone="vpc", tag="VPC", subtitle="10.0.0.0/16"),
        _box("igw", "internet-gateway", "main", (690, -22, 150, 44), "igw", tone="network"),
        _subnet("public-a", (30, 60, 360, 190), "public", "Public subnet", "10.0.0.0/24 eu-west-1a", (Badge("ok", "internet"),),
                Meter(2, 0, 251, "249 of 251 free", "ok")),
        _subnet("public-b", (430, 60, 360, 190), "public", "Public subnet", "10.0.1.0/24 eu-west-1b", (Badge("ok", "internet"),),
                Meter(1, 0, 251, "250 of 251 free", "ok")),
        _subnet("private-a", (30, 290, 360, 370), "private", "Private subnet", "10.0.16.0/20 eu-west-1a", (Badge("ok", "via nat-a"),),
                Meter(310, 1960, 4091, "1,821 free", "ok")),
        _subnet("private-b", (430, 290, 360, 370), "isolated", "Isolated subnet", "10.0.32.0/24 eu-west-1b", (Badge("error", "no route"),),
                Meter(40, 260, 251, "49 too few", "error")),
        _box("nat-a", "nat-gateway", "public-a", (30, 84, 168, 56), "nat-a", subtitle="Public", tone="network"),
        _box("bastion", "workload-ec2", "public-b", (30, 84, 168, 56), "bastion", subtitle="EC2", tone="compute"),
        _box("eni-a", "eni", "private-a", (30, 90, 200, 56), "ENI fn-sg", subtitle="10.0.16.0/20", tone="network", managed=True),
        _box("db", "workload-rds", "private-a", (30, 190, 200, 64), "orders-db", subtitle="RDS, port 5432", tone="data", badges=(Badge("info", "db-sg"),)),
        _box("cache", "workload-elasticache", "private-a", (30, 286, 200, 56), "sessions", subtitle="ElastiCache", tone="data"),
        _box("eni-b", "eni", "private-b", (30, 90, 200, 56), "ENI fn-sg", subtitle="10.0.32.0/24", tone="network", managed=True),
        _box("名前", "workload-generic", "private-b", (30, 190, 200, 56), "注文サービスの非常に長い名前 🚀🚀", subtitle="Very long subtitle that does not fit here", tone="data"),
    ]  # fmt: skip
    lines = [
        _line("a1", "orders", "v2v", "attachment", ((330, 256), (360, 256), (360, 608), (310, 608))),
        _line("t1", "v2v", "eni-a", "tunnel", ((310, 616), (420, 616), (420, 568), (500, 568)), label="orders"),
        _line("r1", "eni-a", "nat-a", "route", ((560, 540), (560, 480), (584, 480), (584, 360)), label="0.0.0.0/0"),
        _line("r2", "nat-a", "igw", "route", ((668, 332), (885, 332), (885, 196), (1205, 196), (1205, 182)), label="0.0.0.0/0"),
        _line("r3", "igw", "internet", "route", ((1205, 138), (1205, 76))),
        _line("as", "eni-a", "db", "association", ((600, 596), (600, 640)), arrow=False),
        _line("p1", "db", "cache", "peering", ((700, 672), (740, 672), (740, 764), (700, 764)), arrow=False),
    ]  # fmt: skip
    return Diagram({box.id: box for box in boxes}, {line.id: line for line in lines})


def orders_path() -> Highlight:
    """The way of the orders function to the internet."""
    return Highlight(
        boxes=frozenset({"orders", "v2v", "eni-a", "nat-a", "igw", "internet"}),
        lines=frozenset({"a1", "t1", "r1", "r2", "r3"}),
    )


def blocked_path() -> Highlight:
    """The export function stopped in its subnet."""
    return Highlight(boxes=frozenset({"export", "eni-b"}), blocked=frozenset({"private-b"}))


def _subnet(
    key: str,
    rect: tuple[float, float, float, float],
    tone: str,
    tag: str,
    subtitle: str,
    badges: tuple[Badge, ...],
    meter: Meter,
) -> Box:
    return Box(
        id=key,
        kind="subnet",
        parent="main",
        rect=Rect(*rect),
        shape="container",
        title=key,
        tone=tone,
        tag=tag,
        subtitle=subtitle,
        badges=badges,
        meter=meter,
    )


def _box(
    key: str,
    kind: str,
    parent: str | None,
    rect: tuple[float, float, float, float],
    title: str,
    shape: str = "leaf",
    **rest: object,
) -> Box:
    return Box(
        id=key,
        kind=kind,
        parent=parent,
        rect=Rect(*rect),
        title=title,
        shape=shape,  # type: ignore[arg-type]
        **rest,  # type: ignore[arg-type]
    )


def _line(
    key: str,
    source: str,
    target: str,
    style: str,
    way: tuple[tuple[float, float], ...],
    **rest: object,
) -> Line:
    return Line(
        id=key,
        source=source,
        target=target,
        style=style,  # type: ignore[arg-type]
        points=tuple(Point(*one) for one in way),
        **rest,  # type: ignore[arg-type]
    )
