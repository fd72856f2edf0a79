package discord

import (
	"fmt"
	"strings"
)

// forgetRooms makes the channels unknown that the gateway told of: there are more than a bot remembers.
func (r *running) forgetRooms() {
	var list []string
	for n := range 10_001 {
		list = append(list, fmt.Sprintf(`{"id":"other %d"}`, n))
	}
	r.rooms.Learn([]byte(`{"id":"others","channels":[` + strings.Join(list, ",") + `]}`))
}
