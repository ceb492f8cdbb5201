#!/usr/bin/env bash
# Prints the two Secrets that the dev overlay refers to, with a Redis password and an API key made just now; the key itself
# is told once, on standard error. Every run makes new ones: restart the Redis pod after applying them again.
#   k8s/dev-secrets.sh | kubectl apply -n footprint-grid-dev -f -
set -euo pipefail

fresh() {
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'
}

password="$(fresh)"
key="$(fresh)"
hash="$(printf %s "$key" | sha256sum | cut -d' ' -f1)"

cat <<YAML
apiVersion: v1
kind: Secret
metadata:
  name: footprint-grid-redis
stringData:
  connection: "redis:6379,password=$password"
  password: "$password"
  auth.conf: |
    requirepass $password
---
apiVersion: v1
kind: Secret
metadata:
  name: footprint-grid-keys
stringData:
  FOOTPRINT_KEYS__0__ID: dev
  FOOTPRINT_KEYS__0__HASH: "$hash"
  FOOTPRINT_KEYS__0__TENANT: default
  FOOTPRINT_KEYS__0__SCOPES__0: admin
YAML
echo "API key (tenant default, all scopes): $key" >&2
