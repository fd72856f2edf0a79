package offer

import (
	"encoding/json"
	"fmt"

	"pilcrow/internal/discord/render"
)

const (
	maxChoices     = 25  // Discord: choices of an option, and of an autocompletion
	maxChoiceRunes = 100 // Discord: characters of a choice's name and value
)

type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Suggestions is the answer to an autocompletion. A value that is too long to come back whole is left out.
func Suggestions(values []string) (json.RawMessage, error) {
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
		return nil, fmt.Errorf("write suggestions: %w", err)
	}
	return raw, nil
}
