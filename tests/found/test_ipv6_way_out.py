"""What the answer about the IPv4 internet says where IPv6 goes out."""

from __future__ import annotations

from tests.found.asking import ask, obstacles, twin

FOUND = "ipv6-only-way-out"


def test_the_answer_for_ipv4_says_that_ipv6_works() -> None:
    plan = twin(FOUND)
    answer = ask(plan, "orders", "internet")
    assert answer.verdict == "unreachable"
    assert all("only IPv6 leaves, by ::/0 -> eigw" in one.message for one in obstacles(answer))
    assert ask(plan, "orders", "2606:4700::1111").verdict == "reachable"


def test_without_the_gateway_it_says_nothing_of_ipv6() -> None:
    answer = ask(twin(FOUND, ("routes: {'::/0': eigw}", "routes: {}")), "orders", "internet")
    assert all("IPv6" not in one.message for one in obstacles(answer))


def test_a_service_is_called_over_ipv4() -> None:
    answer = ask(twin(FOUND), "orders", "aws:s3")
    assert all("IPv6" not in one.message for one in obstacles(answer))
