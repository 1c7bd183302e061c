#!/bin/sh
# A database for whoever owns the project. A script runs again when its content changes, so it looks before it makes.
set -eu
owner=$(stat -c %U .)
systemctl start postgresql
as_postgres() { runuser -u postgres -- "$@"; }
has() { [ "$(as_postgres psql -tAc "$1")" = 1 ]; }
has "select 1 from pg_roles where rolname = '$owner'" || as_postgres createuser --superuser "$owner"
has "select 1 from pg_database where datname = 'shop'" || as_postgres createdb --owner "$owner" shop
