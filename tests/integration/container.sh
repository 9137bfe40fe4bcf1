#!/bin/sh
# Runs a program of an image with the strictest settings of a container engine:
#
#   container.sh ROOT VOLUME UID:GID FOLDER COMMAND...
#
# ROOT is mounted read-only, VOLUME is /app/data, FOLDER is the working directory. The command is
# process 1 without network, shell or other processes, with the environment of this script. Memory and
# processors are not limited, and seccomp is not used.
export root=$1 volume=$2 uid="${3%:*}" gid="${3#*:}" folder=$4
shift 4
exec unshare --mount --pid --net --fork --kill-child sh -ec '
mount --bind "$root" "$root"
mount --bind "$volume" "$root/app/data"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev"
for device in null urandom; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -o remount,bind,ro "$root"
mount -t tmpfs -o ro none "$root/usr/bin"
mount -t tmpfs -o ro none "$root/usr/sbin"
exec env -u root -u volume -u uid -u gid -u folder setpriv --no-new-privs \
  unshare --root="$root" --wd="$folder" --setgid="$gid" --setuid="$uid" "$@"
' sh "$@"
