#!/bin/sh
# What takes too long for each change: every crash point of every scenario, 12 processes for a minute, properties and
# fuzz in large numbers, times with many machines, ten moments of real applies, an agent's day as root too, a JVM
# behind the cage, a machine that moves to a cloud image, one that is suspended again and again while it is wanted, and
# the hostile guest behind both walls. Prints what README.md tells of it.
# usage: test/nightly.sh [--without-qemu]
set -u
cd "$(dirname "$0")/.."
export AGENTVM_PROOF=nightly
vitest=node_modules/vitest/vitest.mjs
failed=0
results=$(mktemp)
trap 'rm -f "$results"' EXIT
run() {
  # Not a pipe into tee, which would hide the exit code.
  node "$vitest" run "$@" >"$results" 2>&1 || failed=1
  cat "$results"
  grep -E '(crash|crash on QEMU|idle on QEMU|concurrency|fuzz|scale|faults): |^hostile guest, ' "$results" >>"$results.all"
}
: >"$results.all"
for part in fuzz concurrency scale crash property keeper; do run --project proof "test/$part"; done
run --project fast test/reconcile/plan-properties.test.ts
if [ "${1:-}" != --without-qemu ]; then
  npm run --silent build
  run --project e2e test/e2e/crash.test.ts test/e2e/journey.test.ts test/e2e/real-use.test.ts test/e2e/cloud-image.test.ts \
    test/e2e/idle.test.ts test/e2e/escape
fi
printf '\n== results\n'
cat "$results.all"
rm -f "$results.all"
exit "$failed"
