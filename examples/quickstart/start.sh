#!/bin/sh
# From a fresh Debian or Ubuntu with Node and git to an agent's answer from inside a machine.
# usage: npm run quickstart [-- --yes]      --yes: install missing packages without asking
set -eu
cd "$(dirname "$0")/../.."
repository=$PWD
example=$repository/examples/quickstart

say() { printf '\n== %s\n' "$*"; }

node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' || {
  echo "agentvm needs Node 20.19 or newer; this is $(node --version)." >&2
  exit 1
}

say 'What machines need from this system'
# shellcheck disable=SC2046 # one word a package
sh .ci/host-packages.sh "$@" $(sh .ci/machine-packages.sh)

say 'Building agentvm'
[ -d node_modules ] || npm ci --no-audit --no-fund
npm run --silent build
agentvm() { node "$repository/dist/cli/main.js" "$@"; }

if [ -n "${ANTHROPIC_API_KEY:-}${OPENAI_API_KEY:-}" ]; then
  model=real-model.mjs
  say 'Starting the way to the real model, with the key of your environment, on the host'
else
  model=model-server.mjs
  say 'Starting the small model server of the example, on the host'
fi
log=$(mktemp)
node "$example/$model" >"$log" 2>&1 &
server=$!
# Only what was started here ends here.
trap 'kill "$server" 2>/dev/null || true; rm -f "$log"' EXIT
trap 'exit 130' INT TERM
tries=0
until grep -q http "$log"; do
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
    cat "$log" >&2
    exit 1
  fi
  sleep 0.1
done
cat "$log"

cd "$example"
say 'Bringing the machine up (the first time builds its base layer: some minutes)'
echo "\$ agentvm apply --yes --grant 'network.hostPorts[4141]'"
agentvm apply --yes --grant 'network.hostPorts[4141]'

say 'Asking the agent, which runs inside the machine'
question="Run 'uname -nr && id -un' and say what it printed."
echo "\$ agentvm opencode run \"$question\""
agentvm opencode run "$question" </dev/null

say 'Done. Go on with:'
cat <<EOF
  alias agentvm='node $repository/dist/cli/main.js'
  cd $example
  node $model &    # the model again: it ended with this script
  agentvm opencode                # the agent at your terminal, full freedom, inside the machine
  agentvm shell                   # look around in there
  agentvm plan                    # after an edit of agentvm.yaml: what would change, and why

Remove everything:
  agentvm rm --yes                # the machine
  rm -rf ~/.local/share/agentvm ~/.local/state/agentvm ~/.cache/agentvm    # base layers, agents, state of all machines
EOF
