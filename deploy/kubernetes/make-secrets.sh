#!/usr/bin/env bash
# Prints the Secrets that control-plane.yaml and data-plane.yaml refer to: a new admin key, a new join token, and a new authority with a
# certificate for the stream between the planes. Needs openssl. Usage: ./make-secrets.sh [NAMESPACE] | kubectl apply -f -
set -euo pipefail

namespace=${1:-default}
case $namespace in
  --help | -h)
    echo "make-secrets.sh [NAMESPACE]: prints the Secrets of both planes, for the namespace \"default\" or another; pipe them to kubectl apply -f -"
    exit
    ;;
esac
if [ $# -gt 1 ] || ! [[ $namespace =~ ^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$ ]]; then
  echo "make-secrets.sh: $* (expected: at most one argument, the name of a namespace)" >&2
  exit 2
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
umask 077

random() { openssl rand -base64 48 | tr -dc 'A-Za-z0-9' | cut -c1-32; }

openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj "/CN=suimon" -keyout "$folder/ca.key" -out "$folder/ca.crt" 2>/dev/null
openssl req -newkey rsa:3072 -nodes -subj "/CN=suimon-control-plane" -keyout "$folder/tls.key" -out "$folder/tls.csr" 2>/dev/null
printf 'subjectAltName=DNS:suimon-control-plane,DNS:suimon-control-plane.%s.svc,DNS:localhost,IP:127.0.0.1\n' "$namespace" \
  >"$folder/san"
openssl x509 -req -in "$folder/tls.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -CAcreateserial -days 3650 \
  -extfile "$folder/san" -out "$folder/tls.crt" 2>/dev/null

encoded() { base64 -w0 <"$1"; }

cat <<EOF
apiVersion: v1
kind: Secret
metadata:
  name: suimon-admin
  namespace: $namespace
stringData:
  key: $(random)
---
apiVersion: v1
kind: Secret
metadata:
  name: suimon-join-token
  namespace: $namespace
stringData:
  token: $(random)
---
apiVersion: v1
kind: Secret
metadata:
  name: suimon-stream-tls
  namespace: $namespace
type: kubernetes.io/tls
data:
  ca.crt: $(encoded "$folder/ca.crt")
  tls.crt: $(encoded "$folder/tls.crt")
  tls.key: $(encoded "$folder/tls.key")
EOF
