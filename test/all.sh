#!/bin/sh
# Runs every test on a fresh Debian or Ubuntu machine with Node and git: installs what the real machines need, then
# lint, types, boundaries, the fast tests on this Node and on the current LTS, then real machines.
# usage: test/all.sh [--yes]
set -eu
cd "$(dirname "$0")/.."

case "$(uname -m)" in
  x86_64) loader=syslinux ;;
  *) loader= ;;
esac
results=$(mktemp -d)
failed=0
is_summed=no
proof=
# Whatever ends this script, its last line tells how many passed and failed.
trap '[ -z "$proof" ] || kill -- "-$proof" 2>/dev/null || :; rm -rf "$results"; [ "$is_summed" = yes ] || echo "0 passed, 1 failed"' EXIT

# shellcheck disable=SC2046,SC2086 # one word a package
sh .ci/host-packages.sh "$@" $(sh .ci/machine-packages.sh) openssh-server procps sudo rsync curl cpio mtools \
  dosfstools $loader

[ -d node_modules ] && [ "${CI:-}" != true ] || npm ci
npm run --silent build
printf '\n== checks\n'
if npm run --silent check; then checks=passed; else checks=failed; fi

vitest=node_modules/vitest/vitest.mjs
run() {
  name=$1
  shift
  printf '\n== %s\n' "$name"
  "$@" --reporter=default --reporter=json --outputFile.json="$results/$name.json" || failed=1
}
# By default one core is left idle, though most of these tests wait for programs that they start.
run fast-tests node "$vitest" run --project fast --maxWorkers=100%
run fast-tests-on-node-24 npm exec --yes --package=node@24 -- node "$vitest" run --project fast --maxWorkers=100%
setsid sh test/behind.sh node "$vitest" run --project proof --reporter=default --reporter=json \
  --outputFile.json="$results/proof.json" </dev/null >"$results/proof.log" 2>&1 &
proof=$!
run real-machines node "$vitest" run --project e2e
printf '\n== proof\n'
wait "$proof" || failed=1
proof=
cat "$results/proof.log"

printf '\n'
is_summed=yes
node test/summary.mjs "$checks" "$results"/fast-tests.json "$results"/fast-tests-on-node-24.json \
  "$results"/proof.json "$results"/real-machines.json || failed=1
exit "$failed"
