package discord

import (
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
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
