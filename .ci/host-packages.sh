#!/bin/sh
# Installs what is missing of the named Debian or Ubuntu packages: says what, asks unless --yes, uses sudo if not root.
# usage: host-packages.sh [--yes] PACKAGE...
set -eu

yes=no
if [ "${1:-}" = --yes ]; then
  yes=yes
  shift
fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "This script installs with apt-get, which is not here. Install these by your system's own means: $*" >&2
  exit 1
fi

missing=
for package in "$@"; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "To be installed with apt-get:$missing"
if [ "$yes" = no ]; then
  printf 'Go on? [y/N] '
  read -r answer || answer=n
  case "$answer" in
    y | Y | yes) ;;
    *)
      echo "Nothing was installed." >&2
      exit 1
      ;;
  esac
fi

as_root=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || {
    echo "Not root and no sudo: run as root: apt-get install$missing" >&2
    exit 1
  }
  as_root=sudo
fi
$as_root apt-get update
# shellcheck disable=SC2086 # one word a package
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
