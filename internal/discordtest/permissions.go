package discordtest

import (
	"encoding/json"
	"strconv"
)

// Permissions are bits of permissions in decimal. Discord's reference: they are serialized as a text, as they outgrow
// what JavaScript can count.
type Permissions string

// UnmarshalJSON reads the text.
func (p *Permissions) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	*p = Permissions(text)
	_, err := strconv.ParseUint(text, 10, 64)
	return err
}
