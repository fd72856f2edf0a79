package discord

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
)

// NotifyMember does what Notify does, if the person still is in the server: what a server's documents say is for nobody
// else. Nobody else is told, and that is no error.
func (b *Bot) NotifyMember(ctx context.Context, server, person string, r commands.Reply) error {
	_, err := rest.Fetch[struct{}](ctx, b.client, rest.Request{What: "read a member", Method: http.MethodGet,
		Path: "/guilds/" + server + "/members/" + person})
	if rest.HasCode(err, rest.UnknownMember, rest.UnknownUser, rest.UnknownServer, rest.NoAccess) {
		b.logger.Info("a person who wished to be told has left the server")
		return nil
	}
	if err != nil {
		return fmt.Errorf("notify a member: %w", err)
	}
	return b.Notify(ctx, person, r)
}

// Notify writes to a person privately, without having been asked just now. Who takes no messages from the bot gets
// none, and that is no error: nothing would change by trying again. It returns when Discord has the message, after two
// minutes at the latest, and refuses while the bot shuts down.
func (b *Bot) Notify(ctx context.Context, person string, r commands.Reply) error {
	if b.closing.Load() {
		return fmt.Errorf("notify a person: %w", errClosing)
	}
	ctx, cancel := context.WithTimeout(ctx, b.times.send)
	defer cancel()
	channel, err := b.writer.Direct(ctx, person)
	if err == nil {
		err = b.writer.Post(ctx, channel, "", rand.Text(), b.worker.page("", r, false, lang.Printer{}))
	}
	if rest.HasCode(err, rest.NoDirect, rest.NoSharedGuild, rest.UnknownUser) {
		b.logger.Info("a person takes no messages from the bot")
		return nil
	}
	if err != nil {
		return fmt.Errorf("notify a person: %w", err)
	}
	return nil
}
