"""Lambda functions: where they are attached, their concurrency and what their role may do."""

from __future__ import annotations

from typing import Any

from lambdaplanner.counting import count
from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.dump import named
from lambdaplanner.importing.aws.objects import Object, at, flag, number, rows, state, text, texts
from lambdaplanner.importing.found import To
from lambdaplanner.kinds.role_policies import CREATES, creates_interfaces

_LATEST = ("", "$LATEST")


def read_functions(account: Account) -> None:
    """Functions in scope; of versions only a note, since they hold interfaces too."""
    unstated = 0
    for name, one in account.dump.of("Functions").items():
        if text(one, "Version") not in _LATEST:
            why = (
                "a version of its own VpcConfig holds interfaces too"
                if attached(one)
                else ("a version; only $LATEST is on a plan")
            )
            account.skip("Functions", name, why)
        elif state(one) == "failed":
            account.skip("Functions", name, "its state is failed")
        elif why := _elsewhere(account, name, one):
            account.skip("Functions", name, why)
        else:
            unstated += _add(account, name, one)
    if unstated:
        why = f"concurrency of {count(unstated, 'function')} is not stated"
        account.found.assume("", "concurrency", 1, why)
    for value in (value for _, value in account.dump.singles.get("AccountLimit", [])):
        limit = number(value, "AccountLimit", "ConcurrentExecutions")
        if limit:
            account.found.settings["account_concurrency"] = limit


def attached(one: Object) -> bool:
    """Whether a function's configuration names subnets or a VPC."""
    config = one.get("VpcConfig")
    if not isinstance(config, dict):
        return config is not None
    named = (config.get(key) for key in ("SubnetIds", "SecurityGroupIds", "VpcId"))
    return any(named)


def _elsewhere(account: Account, name: str, one: Object) -> str:
    place = account.dump.place("Functions", name)
    vpc = text(one, "VpcConfig", "VpcId")
    if account.regions and place.region and place.region not in account.regions:
        return f"it is in {place.region}"
    if account.choices.account and place.account not in ("", account.choices.account):
        return "it is in another account"
    if attached(one) and vpc in account.dump.of("Vpcs") and vpc not in account.vpcs:
        return "its VPC is not here"
    if not attached(one) and not account.choices.unattached:
        return "it is attached to no VPC"
    return ""


def _add(account: Account, name: str, one: Object) -> int:
    short = text(one, "FunctionName")
    fields: dict[str, Any] = {
        "memory_mb": number(one, "MemorySize"),
        "timeout_s": number(one, "Timeout"),
    }
    unknown: dict[str, str] = {}
    concurrency = _concurrency(account, short)
    if concurrency is not None:
        fields["concurrency"] = concurrency
    if isinstance(at(one, "CapacityProviderConfig"), dict):
        unknown["subnets"] = "it runs on a capacity provider that no file describes"
    if attached(one):
        fields["subnets"] = [To(subnet) for subnet in texts(one, "VpcConfig", "SubnetIds")]
        groups = [To(group) for group in texts(one, "VpcConfig", "SecurityGroupIds")]
        fields["security_groups"] = groups
        if not fields["subnets"]:
            unknown["subnets"] = "its VpcConfig names a VPC, and no subnets"
        if not groups:
            unknown["security_groups"] = "its VpcConfig names none"
        fields["ipv6"] = True if flag(one, "VpcConfig", "Ipv6AllowedForDualStack") else None
        fields["role_policies"] = _policies(account, name, text(one, "Role"))
    else:
        fields.update(subnets=None, security_groups=None)
    origin = f"lambda:{short}"
    if account.several_accounts or "@" in name:
        owner = account.dump.place("Functions", name).account
        where = account.choices.shown_account(owner)
        origin = f"lambda:{where}:{short}" if "@" not in name else f"lambda:{name}"
    account.add(
        "functions",
        "Functions",
        name,
        one,
        fields,
        origin=origin,
        names=(short,),
        unknown=unknown,
    )
    return int(concurrency is None)


def _concurrency(account: Account, name: str) -> int | None:
    for own, value in named(account.dump, "ReservedConcurrentExecutions", "FunctionName"):
        if own == name:
            return number(value, "ReservedConcurrentExecutions")
    for own, value in named(account.dump, "ProvisionedConcurrencyConfigs", "FunctionName"):
        configs = rows(value, "ProvisionedConcurrencyConfigs")
        arns = [text(row, "FunctionArn").split(":") for row in configs]
        if own == name or any(len(arn) > 6 and arn[6] == name for arn in arns):
            return (
                sum(number(row, "RequestedProvisionedConcurrentExecutions") or 0 for row in configs)
                or None
            )
    return None


def _policies(account: Account, name: str, role_arn: str) -> list[str]:
    role = role_arn.rpartition("/")[2]
    found: list[str] = []
    told = False
    for own, value in named(account.dump, "AttachedPolicies", "RoleName"):
        if role and own == role:
            told = True
            found += [text(row, "PolicyName") for row in rows(value, "AttachedPolicies")]
    for own, value in named(account.dump, "PolicyDocument", "RoleName"):
        if role and own == role:
            told = True
            found += _actions(value)
    if told:
        return list(dict.fromkeys(policy for policy in found if policy))
    why = "AWS attaches no function whose role cannot create interfaces"
    account.found.derive(name, "role_policies", why, CREATES)
    return [CREATES]


def _actions(value: Object) -> list[str]:
    """Of a policy only whether it allows to create interfaces; nothing of its text is kept."""
    statements = at(value, "PolicyDocument", "Statement")
    listed = statements if isinstance(statements, list) else [statements]
    for one in (row for row in listed if isinstance(row, dict)):
        actions = one.get("Action")
        names = actions if isinstance(actions, list) else [actions]
        patterns = [name for name in names if isinstance(name, str)]
        if one.get("Effect") == "Allow" and creates_interfaces(patterns):
            return [CREATES]
    return []
