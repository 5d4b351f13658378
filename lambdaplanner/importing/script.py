"""The script that collects AWS CLI JSON: read-only calls, nothing else; keys stay with the user."""

from __future__ import annotations

_EC2 = (
    "vpcs subnets route-tables internet-gateways egress-only-internet-gateways nat-gateways "
    "vpn-gateways network-acls security-groups security-group-vpc-associations prefix-lists "
    "managed-prefix-lists vpc-endpoints vpc-peering-connections transit-gateways "
    "transit-gateway-vpc-attachments transit-gateway-attachments transit-gateway-route-tables "
    "vpc-block-public-access-options vpc-block-public-access-exclusions network-interfaces "
    "instances addresses"
)

SCRIPT = f"""#!/bin/sh
# Collects what `lambdaplanner import` reads: AWS CLI calls that only read, of one region.
# usage: sh collect.sh [FOLDER]     then: lambdaplanner import FOLDER -o network.yaml
# Region and keys are those of your AWS CLI (AWS_PROFILE, AWS_REGION). No values of secrets are
# asked for; `list-functions` has the environment of functions in it, which is taken out by --query.
# A call that is refused is said and left out: what it would have told is then unknown in the plan.
set -u
folder=${{1:-lambdaplanner-aws}}
mkdir -p "$folder"

call() {{ # FILE, then the call
  file="$folder/$1.json"
  shift
  mkdir -p "$(dirname "$file")"
  if ! aws "$@" --output json > "$file.part" 2> "$file.error"; then
    echo "not collected: aws $*: $(tail -n 1 "$file.error")" >&2
    rm -f "$file.part"
  else
    mv "$file.part" "$file"
  fi
  rm -f "$file.error"
}}

names() {{ # the call: one name a line
  aws "$@" --output text 2> /dev/null | tr '\\t' '\\n' | grep -v '^None$' || true
}}

for what in {_EC2}; do
  call "describe-$what" ec2 "describe-$what"
done
for vpc in $(names ec2 describe-vpcs --query 'Vpcs[].VpcId'); do
  call "describe-vpc-attribute/support/$vpc" ec2 describe-vpc-attribute \\
    --vpc-id "$vpc" --attribute enableDnsSupport
  call "describe-vpc-attribute/hostnames/$vpc" ec2 describe-vpc-attribute \\
    --vpc-id "$vpc" --attribute enableDnsHostnames
done
for list in $(names ec2 describe-managed-prefix-lists \\
  --query 'PrefixLists[?OwnerId!=`AWS`].PrefixListId'); do
  call "get-managed-prefix-list-entries/$list" ec2 get-managed-prefix-list-entries \\
    --prefix-list-id "$list"
done
for table in $(names ec2 describe-transit-gateway-route-tables \\
  --query 'TransitGatewayRouteTables[].TransitGatewayRouteTableId'); do
  call "search-transit-gateway-routes/$table" ec2 search-transit-gateway-routes \\
    --transit-gateway-route-table-id "$table" --filters Name=state,Values=active,blackhole
  call "get-transit-gateway-route-table-propagations/$table" ec2 \\
    get-transit-gateway-route-table-propagations --transit-gateway-route-table-id "$table"
  call "get-transit-gateway-route-table-associations/$table" ec2 \\
    get-transit-gateway-route-table-associations --transit-gateway-route-table-id "$table"
done

call list-functions lambda list-functions --query '{{Functions: Functions[].{{FunctionName:
  FunctionName, FunctionArn: FunctionArn, Version: Version, MemorySize: MemorySize,
  Timeout: Timeout, VpcConfig: VpcConfig, Role: Role, State: State,
  CapacityProviderConfig: CapacityProviderConfig}}}}'
call get-account-settings lambda get-account-settings
for function in $(names lambda list-functions --query 'Functions[].FunctionName'); do
  call "get-function-concurrency/$function" lambda get-function-concurrency \\
    --function-name "$function"
  call "list-provisioned-concurrency-configs/$function" lambda \\
    list-provisioned-concurrency-configs --function-name "$function"
done
for role in $(names lambda list-functions --query 'Functions[?VpcConfig.VpcId].Role' |
  sed 's|.*/||' | sort -u); do
  call "list-attached-role-policies/$role" iam list-attached-role-policies --role-name "$role"
  for policy in $(names iam list-role-policies --role-name "$role" --query 'PolicyNames[]'); do
    call "get-role-policy/$role-$policy" iam get-role-policy --role-name "$role" \\
      --policy-name "$policy"
  done
done

call describe-db-instances rds describe-db-instances
call describe-db-proxies rds describe-db-proxies
call describe-cache-clusters elasticache describe-cache-clusters --show-cache-node-info
call describe-cache-subnet-groups elasticache describe-cache-subnet-groups
call describe-load-balancers elbv2 describe-load-balancers
for balancer in $(names elbv2 describe-load-balancers \\
  --query 'LoadBalancers[].LoadBalancerArn'); do
  call "describe-listeners/$(echo "$balancer" | sed 's|.*loadbalancer/||' | tr '/' '-')" elbv2 \\
    describe-listeners --load-balancer-arn "$balancer"
done
call describe-classic-load-balancers elb describe-load-balancers
call describe-file-systems efs describe-file-systems
for system in $(names efs describe-file-systems --query 'FileSystems[].FileSystemId'); do
  call "describe-mount-targets/$system" efs describe-mount-targets --file-system-id "$system"
done
for domain in $(names opensearch list-domain-names --query 'DomainNames[].DomainName'); do
  call "describe-domains/$domain" opensearch describe-domains --domain-names "$domain"
done
echo "collected in $folder; next: lambdaplanner import $folder -o network.yaml"
"""
