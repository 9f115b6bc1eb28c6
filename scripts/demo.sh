#!/usr/bin/env bash
# Sets up and builds Rt1, starts the simulated robot as a process of its own, and drives it with RT-1 for 60 control steps.
# Usage: scripts/demo.sh [INSTRUCTION]   default: "pick up the red can"
set -euo pipefail
cd "$(dirname "$0")/.."
instruction=${1:-pick up the red can}

scripts/setup.sh
scripts/rt1 --version >/dev/null # builds

scripts/rt1 sim serve --config configs/robots/simulated.yaml &
robot=$!
stop_robot() { kill -TERM "$robot" 2>/dev/null && wait "$robot" || true; }
trap stop_robot EXIT

echo "No trained weights are used here: the network has RT-1's full size and random weights, so the arm moves without aim."
scripts/rt1 run --config configs/runtime/demo.yaml --instruction "$instruction" --steps 60
trap - EXIT
kill -TERM "$robot"
wait "$robot"
