package discord

import (
	"encoding/json"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/render"
)

// response is what an interaction is given back at first.
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data json.RawMessage                   `json:"data,omitempty"`
}

// deferred acknowledges an interaction: the answer comes later, to the asker alone if private.
func deferred(private bool) response {
	r := response{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	if private {
		r.Data = json.RawMessage(fmt.Sprintf(`{"flags":%d}`, render.FlagEphemeral))
	}
	return r
}
