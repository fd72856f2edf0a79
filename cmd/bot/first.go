package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// firstAgain is how long to wait before Discord is asked again.
const firstAgain = 5 * time.Second

// first is asked before a database is made where none was. Discord knows whether a bot has run with this token before:
// our commands are registered there then, and there is a database, which is not here, of what its servers have and
// hide. A folder on a disk that is not mounted, or that is named from another place, must not be taken for the first
// day.
func (a *app) first(ctx context.Context) error {
	fresh, err := a.storeConfig().Fresh(ctx, a.config.data)
	if err != nil {
		return &configError{fmt.Errorf("%s: %w", a.envStore(), err)}
	}
	if a.flags.New || !fresh {
		return nil
	}
	api := discordAPI{client: &http.Client{Timeout: doctorTimeout}, url: a.config.discordAPIURL,
		token: a.config.discordToken}
	for said := false; ; said = true {
		registered, err := api.registered(ctx)
		switch {
		case ctx.Err() != nil:
			return nil // asked to end
		case errors.Is(err, errUnreachable):
			if !said {
				a.logger.Warn("Discord cannot be reached: trying again, before a database is made", "error", err)
			}
			select {
			case <-ctx.Done():
			case <-time.After(firstAgain):
			}
			continue
		case err != nil:
			return &configError{err}
		case registered == 0:
			return nil
		}
		return &configError{a.notFirst()}
	}
}

// notFirst says that there should be a database.
func (a *app) notFirst() error {
	if a.config.database != "" {
		return fmt.Errorf("%s: there is nothing in %s yet, but a bot has run with this token before: name the database that "+
			"it had, or bring that over. To begin anew, start once with --new: what servers had of their own, and what their "+
			"admins had hidden, is forgotten then", envDatabase, a.storeConfig().Where(a.config.data))
	}
	return fmt.Errorf("%s: there is no database in %s, but a bot has run with this token before: mount what holds its "+
		"folder, name the "+
		"folder, or bring a backup back (bot restore FILE). To begin anew, start once with --new: what servers had of "+
		"their own, and "+
		"what their admins had hidden, is forgotten then", envData, absolute(a.config.data))
}
