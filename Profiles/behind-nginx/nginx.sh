#!/bin/sh
# nginx.sh start | stop: an nginx of its own, with nginx.conf beside this file, its files in a temporary folder.
set -eu
configuration=$(cd "$(dirname "$0")" && pwd)/nginx.conf
folder=${TMPDIR:-/tmp}/hydrotest-behind-nginx
mkdir -p "$folder"
case "$1" in
    start) exec nginx -p "$folder" -c "$configuration" -e "$folder/error.log" ;;
    stop) exec nginx -p "$folder" -c "$configuration" -e "$folder/error.log" -s quit ;;
    *) echo "usage: nginx.sh start | stop" >&2; exit 64 ;;
esac
