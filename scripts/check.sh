#!/usr/bin/env bash
# Builds with warnings as errors and checks the formatting.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build Rt1.sln -c Release --verbosity quiet
dotnet format Rt1.sln --verify-no-changes --no-restore
