#!/bin/sh
# Runs behind the tests on real machines, which leave the better part of a core idle: the proofs, then the fast tests on
# the current LTS of Node. Takes no more than nobody else wants.
# usage: setsid test/behind.sh FOLDER    (vitest's reports go there; start it in the repository)
set -u
folder=$1
vitest=node_modules/vitest/vitest.mjs
failed=0
run() {
  name=$1
  shift
  printf '\n== %s\n' "$name"
  "$@" --reporter=default --reporter=json --outputFile.json="$folder/$name.json" || failed=1
}
# Each machine is a session of its own, and between sessions a nice value of processes means nothing where the kernel
# groups by them (sched(7), "The autogroup feature").
{ echo 19 >/proc/self/autogroup; } 2>/dev/null || :
run proof nice -n 19 node "$vitest" run --project proof
run fast-tests-on-node-24 nice -n 19 npm exec --yes --package=node@24 -- \
  node "$vitest" run --project fast --testTimeout=180000
exit "$failed"
