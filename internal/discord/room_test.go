package discord

import (
	"encoding/json"
	"maps"
	"testing"

	"pilcrow/internal/discord/event"
)

// forget makes all channels unknown.
func (rs *rooms) forget() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	rs.known = nil
}

func FuzzRooms(f *testing.F) {
	f.Add([]byte(`{"id":"1","type":11,"parent_id":"2","owner_id":"3"}`))
	f.Add([]byte(`{"id":"9","channels":[{"id":"1","type":0,"parent_id":"8"}],` +
		`"threads":[{"id":"4","type":12,"parent_id":"1"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var rs rooms
		rs.learn(raw)
		for _, r := range rs.known {
			if r.parent != "" && !event.Thread(r.kind) {
				t.Errorf("%+v", r)
			}
		}
	})
}

func TestLearnRooms(t *testing.T) {
	var rs rooms
	rs.learn(json.RawMessage(`{"id":"9","channels":[{"id":"1","type":0,"parent_id":"8"}],` +
		`"threads":[{"id":"4","type":12,"parent_id":"1","owner_id":"5"}]}`))
	rs.learn(json.RawMessage(`{"id":"6","type":11,"parent_id":"1","owner_id":"5"}`))
	want := map[string]room{"1": {kind: 0}, "4": {kind: 12, parent: "1", owner: "5"},
		"6": {kind: 11, parent: "1", owner: "5"}}
	if !maps.Equal(rs.known, want) {
		t.Errorf("%+v", rs.known)
	}
}
