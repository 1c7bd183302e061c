#!/bin/sh
# Prints the Debian or Ubuntu packages that building and running machines needs on this processor.
set -eu
case "$(uname -m)" in
  aarch64 | arm64) qemu=qemu-system-arm ;;
  *) qemu=qemu-system-x86 ;;
esac
echo "$qemu" qemu-utils mmdebstrap debian-archive-keyring uidmap fakeroot fakechroot e2fsprogs openssh-client \
  util-linux iproute2
