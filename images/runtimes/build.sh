#!/bin/sh
# Builds the image in which Docker runs tasks: Python, Node.js, Bash and a JDK with its compiler, from Debian packages.
#
#   images/runtimes/build.sh              builds it unless it is there already, and prints its name
#   images/runtimes/build.sh --name       prints the name only
#
# The name holds the hash of this file: a service takes the image that its own version of the file makes, and no other.
# Needs root, curl, debootstrap and a Docker engine that answers. MIRROR chooses another Debian mirror, NPM_REGISTRY another
# registry for npm, which installs the packages of Node.js tasks: Debian's own brings four hundred packages with it.
set -eu
suite=bookworm
packages=python3,python3-pip-whl,nodejs,openjdk-17-jdk-headless,gawk,jq,xxd
npm=10.9.4
npm_hash=4bfba8a0c823024d1926ec9d97a37a00eb60fd2adf44b3d34a686fc32e8f51e4
mirror=${MIRROR:-http://deb.debian.org/debian}
registry=${NPM_REGISTRY:-https://registry.npmjs.org}
image=taskwright/runtimes:$(sha256sum "$0" | cut -c 1-12)

if [ "${1:-}" = --name ]; then
  echo "$image"
  exit 0
fi
fail() {
  echo "runtimes: $1" >&2
  exit 1
}
command -v docker >/dev/null || fail "docker is not installed: apt-get install docker.io"
docker version >/dev/null 2>&1 || fail "no Docker engine answers: start dockerd, or set DOCKER_HOST"
if docker image inspect "$image" >/dev/null 2>&1; then
  echo "$image"
  exit 0
fi
command -v curl >/dev/null || fail "curl is not installed: apt-get install curl"
command -v debootstrap >/dev/null || fail "debootstrap is not installed: apt-get install debootstrap"
[ "$(id -u)" = 0 ] || fail "debootstrap needs root"

scratch=$(mktemp -d)
root=$scratch/root
trap 'umount -l "$root/proc" "$root/sys" 2>/dev/null || true; rm -rf "$scratch"' EXIT
echo "runtimes: getting the packages (some 400 MB, a few minutes)" >&2
debootstrap --variant=minbase --include="$packages" "$suite" "$root" "$mirror" >"$scratch/log" 2>&1 || {
  tail -n 20 "$scratch/log" "$root/debootstrap/debootstrap.log" >&2 2>/dev/null || true
  fail "debootstrap failed"
}
umount -l "$root/proc" "$root/sys" 2>/dev/null || true
curl -fsS --retry 3 -o "$scratch/npm.tgz" "$registry/npm/-/npm-$npm.tgz" || fail "npm could not be got from $registry"
echo "$npm_hash  $scratch/npm.tgz" | sha256sum -c --quiet - || fail "$registry gave another npm $npm than the pinned one"
mkdir -p "$root/usr/lib/node_modules/npm"
tar -xzf "$scratch/npm.tgz" -C "$root/usr/lib/node_modules/npm" --strip-components=1 --no-same-owner

# One user, known by name, and the places of the code's contract; the task's own folder is mounted over /task.
echo 'task:x:10001:10001:task:/task/work:/bin/bash' >>"$root/etc/passwd"
echo 'task:x:10001:' >>"$root/etc/group"
rm -rf "$root/tmp"
mkdir -p "$root/task" "$root/opt/taskwright"
ln -s /task/tmp "$root/tmp"
ln -s /task/work "$root/work"
ln -s "$(cd "$root" && echo usr/lib/jvm/java-17-openjdk-* | sed 's|^|/|')" "$root/opt/jdk"

# Nothing that raises privileges, nothing that only people read, nothing that installs more.
find "$root" -xdev -perm /6000 -type f -exec chmod a-s {} +
rm -rf "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/info" "$root/usr/share/locale" \
  "$root/var/cache/apt" "$root/var/lib/apt/lists" "$root/var/log" "$root/root"
rm -f "$root/etc/shadow" "$root/etc/shadow-" "$root/etc/gshadow" "$root/etc/gshadow-" "$root/etc/resolv.conf"
mkdir -p "$root/root" "$root/var/log"
chmod 0700 "$root/root"

tar -C "$root" --numeric-owner -c . |
  docker import --change 'LABEL io.taskwright.image=runtimes' - "$image" >/dev/null
echo "$image"
