#!/bin/sh
# What some tests need beside Python: Node (Twilio's segment calculator) and a browser.
# Missing things make their tests skip with a line; OPENWAY_TESTS_INSTALL=1 installs them (Debian, root).
set -eu
cd "$(dirname "$0")"
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
[ -d /usr/lib/postgresql ] || missing="$missing postgresql"
if [ -n "$missing" ] && [ "${OPENWAY_TESTS_INSTALL:-}" = 1 ]; then
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  missing=""
fi
[ -z "$missing" ] || echo "Some tests will skip; they need (Debian):$missing"
if command -v npm >/dev/null 2>&1 && [ ! -d oracle/node_modules/sms-segments-calculator ]; then
  (cd oracle && npm ci --silent --no-audit --no-fund) || echo "npm ci failed: the segment oracle's tests will skip"
fi
