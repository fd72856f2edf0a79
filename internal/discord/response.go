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

type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// suggestions answers an autocompletion. A value that is too long to come back whole is left out.
func suggestions(values []string) (response, error) {
	data := struct {
		Choices []choice `json:"choices"`
	}{[]choice{}}
	for _, v := range values {
		if v != "" && render.Length(v) <= maxChoiceRunes && len(data.Choices) < maxChoices {
			data.Choices = append(data.Choices, choice{v, v})
		}
	}
	raw, err := json.Marshal(data)
	if err != nil {
		return response{}, fmt.Errorf("write suggestions: %w", err)
	}
	return response{Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: raw}, nil
}
