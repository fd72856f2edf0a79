#!/bin/sh
# Ends the service when the package is removed, not when it is upgraded. What it has stays in /var/lib/pilcrow.
set -e
case "${1:-remove}" in
remove | 0)
	if [ -d /run/systemd/system ]; then
		systemctl disable --now pilcrow.service pilcrow-backup.timer || true
	fi
	;;
esac
