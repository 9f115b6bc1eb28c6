#!/usr/bin/env bash
# Installs what Rt1 is built with and runs on (Debian 12). Needs the .NET 10 SDK; asks for nothing when all is there.
set -euo pipefail

packages=(
  cmake ninja-build g++                                              # builds the native parts of src/Bindings
  libtorch-dev libopenblas0-pthread                                  # tensors; OpenBLAS makes matrix products ~90x faster
  libgloo-dev                                                        # training with several workers
  libdnnl-dev                                                        # fused layers of the control step
  libopencv-dev ffmpeg                                               # cameras, images, video
  libturbojpeg0                                                      # training images, decoded to the pixels that TensorFlow gives
  libzmq5                                                            # the robot link
  libmujoco-dev libosmesa6-dev libegl-dev                            # the simulated robot and its camera
  python3-torch python3-zmq                                          # tests: reference numbers; a robot in Python
)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
  echo "Installing: ${missing[*]}" >&2
  sudo=; ((EUID == 0)) || sudo=sudo
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download" >&2; exit 1; }
