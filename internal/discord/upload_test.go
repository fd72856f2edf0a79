package discord

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"testing"

	"pilcrow/internal/discord/event"
)

// Files come from Discord's own hosts, or from this machine where the bot is pointed at it.
func TestWhereFilesAre(t *testing.T) {
	ours, local := &downloads{}, &downloads{local: true}
	for address, want := range map[string][2]bool{ // for the real Discord, for one on this machine
		"https://cdn.discordapp.com/attachments/1/2/a.md?ex=1": {true, true},
		"https://media.discordapp.net/attachments/1/2/a.md":    {true, true},
		"http://cdn.discordapp.com/a.md":                       {false, false},
		"https://cdn.discordapp.com:444/a.md":                  {false, false},
		"https://x@cdn.discordapp.com/a.md":                    {false, false},
		"https://cdn.discordapp.com.example.org/a.md":          {false, false},
		"https://discord.com/a.md":                             {false, false},
		"http://127.0.0.1:8080/a.md":                           {false, true},
		"http://[::1]:8080/a.md":                               {false, true},
		"http://localhost/a.md":                                {false, true},
		"http://169.254.169.254/latest":                        {false, false},
		"http://127.0.0.1.example.org/":                        {false, false},
		"file:///etc/passwd":                                   {false, false},
		"":                                                     {false, false},
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]bool{ours.allows(u), local.allows(u)}; got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func FuzzWhereFilesAre(f *testing.F) {
	f.Add("https://cdn.discordapp.com/a")
	f.Add("https://user@media.discordapp.net/")
	f.Fuzz(func(t *testing.T, address string) {
		u, err := url.Parse(address)
		if err == nil && (&downloads{}).allows(u) && (u.Scheme != "https" ||
			!slices.Contains([]string{"cdn.discordapp.com", "media.discordapp.net"}, u.Hostname())) {
			t.Errorf("%s may be read", address)
		}
	})
}

// forget makes all channels unknown.
func (rs *rooms) forget() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	rs.known = nil
}

func FuzzRooms(f *testing.F) {
	f.Add([]byte(`{"id":"1","type":11,"parent_id":"2","owner_id":"3"}`))
	f.Add([]byte(`{"id":"9","channels":[{"id":"1","type":0,"parent_id":"8"}],"threads":[{"id":"4","type":12,"parent_id":"1"}]}`))
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
	rs.learn(json.RawMessage(`{"id":"9","channels":[{"id":"1","type":0,"parent_id":"8"}],"threads":[{"id":"4","type":12,"parent_id":"1","owner_id":"5"}]}`))
	rs.learn(json.RawMessage(`{"id":"6","type":11,"parent_id":"1","owner_id":"5"}`))
	want := map[string]room{"1": {kind: 0}, "4": {kind: 12, parent: "1", owner: "5"},
		"6": {kind: 11, parent: "1", owner: "5"}}
	if !maps.Equal(rs.known, want) {
		t.Errorf("%+v", rs.known)
	}
}
