package channel

import (
	"encoding/json"
	"maps"
	"strconv"
	"testing"

	"pilcrow/internal/discord/event"
)

func FuzzRooms(f *testing.F) {
	f.Add([]byte(`{"id":"1","type":11,"parent_id":"2","owner_id":"3"}`))
	f.Add([]byte(`{"id":"9","channels":[{"id":"1","type":0,"parent_id":"8"}],` +
		`"threads":[{"id":"4","type":12,"parent_id":"1"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var rs Rooms
		rs.Learn(raw)
		for _, r := range rs.known {
			if r.Parent != "" && !event.Thread(r.Kind) {
				t.Errorf("%+v", r)
			}
		}
	})
}

func TestLearnRooms(t *testing.T) {
	var rs Rooms
	rs.Learn(json.RawMessage(`{"id":"9","channels":[{"id":"1","type":0,"parent_id":"8"}],` +
		`"threads":[{"id":"4","type":12,"parent_id":"1","owner_id":"5"}]}`))
	rs.Learn(json.RawMessage(`{"id":"6","type":11,"parent_id":"1","owner_id":"5"}`))
	want := map[string]Room{"1": {Kind: 0}, "4": {Kind: 12, Parent: "1", Owner: "5"},
		"6": {Kind: 11, Parent: "1", Owner: "5"}}
	if !maps.Equal(rs.known, want) {
		t.Errorf("%+v", rs.known)
	}
}

func TestRoomsStayFew(t *testing.T) {
	var rs Rooms
	for n := range 3 * maxRooms {
		rs.Store(strconv.Itoa(n), Room{})
	}
	if len(rs.known) > maxRooms {
		t.Errorf("%d channels", len(rs.known))
	}
}
