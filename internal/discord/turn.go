package discord

import (
	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/lang"
)

// mayTurn tells whether a click on a button may replace the message that has it: who asked for the message may turn its
// pages, and in a private one everybody who sees it. Others get the page for themselves, so that nobody's is turned
// under their eyes.
func mayTurn(e event.Interaction) bool {
	switch m := e.Message; {
	case m == nil:
		return false
	case m.Flags&render.FlagEphemeral != 0:
		return true
	case m.Metadata == nil || m.Metadata.User == nil:
		return false
	default:
		return m.Metadata.User.ID == e.Who()
	}
}

// page lays a reply out with its file. Without the file it is an answer, too.
func (b *Bot) page(server string, r commands.Reply, single bool, say lang.Printer) render.Page {
	var link func(article.Passage) string
	if b.links != nil {
		link = func(source article.Passage) string { return b.links(server, r, source) }
	}
	p, err := render.Layout{Say: say, Link: link, Ids: b.offered.IDs()}.Page(r, single)
	if err != nil {
		b.client.Log("make the file of a reply", err)
	}
	return p
}
