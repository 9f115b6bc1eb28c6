#!/usr/bin/env bash
# Sets up, builds, checks the formatting and runs all tests. The last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export OMP_WAIT_POLICY=passive LP_NUM_THREADS=1 # tests that run side by side share the processors

if ! scripts/check.sh; then
  echo "The build or the formatting check failed."
  echo "0 passed, 1 failed"
  exit 1
fi

log=artifacts/test.log
dotnet test --solution Rt1.sln -c Release --no-build --max-parallel-test-modules 1 --output Detailed >"$log" 2>&1
status=$?
grep -vE '^(passed |  from )' "$log" # failures, skips with their reasons, and the summary of each project

count() { awk -v what="$1:" '$1 == what { n += $2 } END { print n + 0 }' "$log"; }
passed=$(count succeeded) failed=$(count failed)
if ((status != 0 && failed == 0)); then failed=1; fi
echo "$passed passed, $failed failed"
((failed == 0))
