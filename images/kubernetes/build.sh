#!/bin/sh
# Builds the image of pods that run tasks: the image of images/runtimes, and the warden and the harnesses of this build.
#
#   images/kubernetes/build.sh NAME       builds it as NAME, such as registry.example/taskwright/pods:1, and prints the name
#   images/kubernetes/build.sh --profile  prints the list of system calls, a file that every node needs
#
# Needs a build of the project (./taskwright build), unzip, and for the image what images/runtimes/build.sh needs. Push it to where the
# nodes get it from, and let taskwright.executor.kubernetes.image name it. The service refuses an image with the tools of another
# version. For several architectures, build it on a machine of each.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
fail() {
  echo "kubernetes: $1" >&2
  exit 1
}
[ $# = 1 ] || fail "which name? Such as: $0 registry.example/taskwright/pods:1"
command -v unzip >/dev/null || fail "unzip is not installed: apt-get install unzip"
jar=${JAR:-$(ls "$here"/../../sandbox/target/taskwright-sandbox-*.jar 2>/dev/null | grep -v -e -sources -e -tests | head -n 1)}
[ -n "$jar" ] || fail "the project is not built: run ./taskwright build, or name the sandbox's jar in JAR"

machine=$(uname -m)
if [ "$1" = --profile ]; then # Docker's form of it has a map of architectures; the form that runtimes read from a file has none.
  native=SCMP_ARCH_$(echo "$machine" | tr '[:lower:]' '[:upper:]')
  unzip -p "$jar" io/taskwright/sandbox/seccomp/profile.json |
    sed "/^  \"archMap\"/,/^  ],/c\\  \"architectures\": [\"$native\"],"
  exit 0
fi
runtimes=$(sh "$here/../runtimes/build.sh")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/tools"
unzip -q -j "$jar" 'io/taskwright/sandbox/tools/*' -d "$scratch/tools"
mv "$scratch/tools/warden-$machine" "$scratch/tools/warden" || fail "the build has no warden for $machine: build the project on it"
mv "$scratch/tools/hear-$machine.so" "$scratch/tools/hear.so"
rm -f "$scratch"/tools/warden-* "$scratch"/tools/hear-*
chmod 0644 "$scratch"/tools/*
chmod 0755 "$scratch/tools" "$scratch/tools/warden"
cat >"$scratch/Dockerfile" <<EOF
FROM $runtimes
LABEL io.taskwright.image=kubernetes
COPY tools /opt/taskwright/
USER 10001:10001
EOF
docker build --quiet --tag "$1" "$scratch" >/dev/null
echo "$1"
