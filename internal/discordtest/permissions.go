package discordtest

import (
	"strconv"
	"strings"
)

// Permissions are bits in decimal digits.
type Permissions string

// UnmarshalJSON takes them as Discord's description has them in requests, a number, and as its pages have them everywhere.
func (p *Permissions) UnmarshalJSON(b []byte) error {
	*p = Permissions(strings.Trim(string(b), `"`))
	_, err := strconv.ParseUint(string(*p), 10, 64)
	return err
}
