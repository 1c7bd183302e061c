#!/bin/sh
# The virtual environment lies outside the project, so that host and machine do not share compiled files.
set -eu
[ -x /opt/venv/bin/python ] || python3 -m venv /opt/venv
chown -R "$(stat -c %u:%g .)" /opt/venv
ln -sf /opt/venv/bin/python /opt/venv/bin/pip /usr/local/bin/
