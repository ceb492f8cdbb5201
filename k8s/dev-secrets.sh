#!/usr/bin/env bash
# Prints the Secrets that the dev overlay refers to, with a Redis password, an API key and a secret made just now; the key
# itself is told once, on standard error. Every run makes new ones, and a Redis is only opened with the secret that it was
# first opened with: after applying them again delete the Redis' volume claim and its pod.
#   k8s/dev-secrets.sh | kubectl apply -n footprint-grid-dev -f -
set -euo pipefail

fresh() {
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'
}

password="$(fresh)"
key="$(fresh)"
secret="$(fresh)"
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
---
apiVersion: v1
kind: Secret
metadata:
  name: footprint-grid-secret
stringData:
  secret: "$secret"
YAML
echo "API key (tenant default, all scopes): $key" >&2
