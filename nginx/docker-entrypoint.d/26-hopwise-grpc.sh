#!/bin/sh
# The answer to a gRPC health check where nginx has no app: a message that is not compressed, 2 bytes long, whose field
# 1 (status) is 1 (SERVING). https://github.com/grpc/grpc/blob/master/doc/health-checking.md
set -eu

[ "${HOPWISE_GRPC_CONTENT:-off}" = own ] || exit 0
printf '\000\000\000\000\002\010\001' >"$HOPWISE_RUN_DIR/grpc-serving"
