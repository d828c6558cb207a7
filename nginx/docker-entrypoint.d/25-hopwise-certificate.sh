#!/bin/sh
# A key and certificate for this container alone, made when it starts. An ALB does not validate the certificate of
# a target, so it need not be known to anybody; the key is readable only by the user nginx runs as.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration
set -eu

[ "${HOPWISE_TLS:-off}" = on ] || exit 0
command -v openssl >/dev/null || {
  echo "hopwise: HOPWISE_TLS=on needs openssl to make a certificate, and there is none" >&2
  exit 1
}

umask 077
mkdir -p "$HOPWISE_RUN_DIR/tls"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=hopwise \
  -keyout "$HOPWISE_RUN_DIR/tls/key.pem" -out "$HOPWISE_RUN_DIR/tls/certificate.pem" 2>"$HOPWISE_RUN_DIR/tls/openssl.log" || {
  cat "$HOPWISE_RUN_DIR/tls/openssl.log" >&2
  exit 1
}
