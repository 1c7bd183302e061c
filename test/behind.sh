#!/bin/sh
# Runs a command that takes no more than nobody else wants: the proofs, behind the tests on real machines, which leave the
# better part of a core idle.
# usage: setsid test/behind.sh COMMAND...
set -eu
# Each machine is a session of its own, and between sessions a nice value of processes means nothing where the kernel
# groups by them (sched(7), "The autogroup feature").
{ echo 19 >/proc/self/autogroup; } 2>/dev/null || :
exec nice -n 19 "$@"
