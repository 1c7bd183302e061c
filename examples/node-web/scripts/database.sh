#!/bin/sh
# A database for whoever owns the project. A script runs again when its content changes, so it looks before it makes.
set -eu
owner=$(stat -c %U .)
systemctl start postgresql
as_postgres() { runuser -u postgres -- "$@"; }
# Whoever reaches the machine's loopback may come in: that is this machine, and the host by way of the port.
rules=$(as_postgres psql -tAc 'show hba_file')
if ! grep -q '^# agentvm' "$rules"; then
  { printf '# agentvm\nhost all all 127.0.0.1/32 trust\nhost all all ::1/128 trust\n'; cat "$rules"; } >"$rules.new"
  cat "$rules.new" >"$rules"
  rm "$rules.new"
  systemctl reload postgresql
fi
has() { [ "$(as_postgres psql -tAc "$1")" = 1 ]; }
has "select 1 from pg_roles where rolname = '$owner'" || as_postgres createuser --superuser "$owner"
has "select 1 from pg_database where datname = 'shop'" || as_postgres createdb --owner "$owner" shop
