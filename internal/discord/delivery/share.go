package delivery

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
)

const maxFollowUps = 5 // Discord: messages behind the first where only the asker has installed the bot

// Replace acknowledges a click by another message in the place of the one that was clicked.
func (i *Interaction) Replace(ctx context.Context, m render.Body) error {
	data, err := m.JSON()
	if err != nil {
		return err
	}
	return i.Respond(ctx, callback.Response{Type: discordgo.InteractionResponseUpdateMessage, Data: data})
}

// Share posts the page to the channel. What does not get there by the interaction's right, and is not refused, is a
// message like any other.
func (i *Interaction) Share(ctx context.Context, p render.Page, who string, say lang.Printer) error {
	began := time.Now()
	bodies := i.shared(p, who, say)
	for n, next := range bodies {
		err := i.Add(ctx, next)
		if err == nil {
			continue
		}
		if i.outside || i.channel == "" || rest.Refused(err) {
			return err
		}
		i.courier.client.Log("share an answer by the interaction", err)
		from := n
		if !surelyNot(err) {
			found, looked := i.courier.writer.Find(ctx, i.channel, next, began)
			if looked != nil {
				return errors.Join(err, looked)
			}
			if found.ID != "" {
				from++
			}
		}
		_, err = i.courier.writer.PostAll(ctx, i.channel, "", i.ID, bodies, from)
		return err
	}
	return nil
}

// shared are the messages that show the page to the channel.
func (i *Interaction) shared(p render.Page, who string, say lang.Printer) []render.Body {
	bodies := p.Under(say.Text("Shared by %s", cmp.Or(who, say.Text("somebody"))))
	if i.outside && len(bodies) > maxFollowUps { // the rest goes into a file
		bodies = append(bodies[:maxFollowUps-1:maxFollowUps-1], p.InFile(bodies[maxFollowUps-1]))
	}
	return bodies
}
