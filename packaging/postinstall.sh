#!/bin/sh
# Makes the place of the token, which only root reads. Nothing is started: there is no token yet.
set -e
if [ ! -e /etc/pilcrow/discord-token ]; then
	(umask 077 && : >/etc/pilcrow/discord-token)
fi
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	if systemctl is-active --quiet pilcrow.service; then # an upgrade
		systemctl restart pilcrow.service
	else
		echo "Pilcrow: write the bot's token into /etc/pilcrow/discord-token, then: systemctl enable --now pilcrow pilcrow-backup.timer"
	fi
fi
