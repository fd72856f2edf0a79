package discord

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func eventOf(t *testing.T, raw string) event {
	t.Helper()
	var e event
	if err := json.Unmarshal([]byte(raw), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// Rights and the server count only where the server has installed the bot.
func TestInstalled(t *testing.T) {
	const member = `"member":{"user":{"id":"7","username":"ada"},"roles":["9"],"permissions":"32"}`
	for _, c := range []struct {
		name, raw string
		server    string
		outside   bool
	}{
		{"by the server", `{"guild_id":"5","authorizing_integration_owners":{"0":"5"},` + member + `}`, "5", false},
		{"by both", `{"guild_id":"5","authorizing_integration_owners":{"0":"5","1":"7"},` + member + `}`, "5", false},
		{"by the person", `{"guild_id":"5","authorizing_integration_owners":{"1":"7"},` + member + `}`, "", true},
		{"by another server", `{"guild_id":"5","authorizing_integration_owners":{"0":"6"},` + member + `}`, "", true},
		{"by nobody", `{"guild_id":"5","authorizing_integration_owners":{},` + member + `}`, "5", false},
		{"not said", `{"guild_id":"5",` + member + `}`, "5", false},
		{"in private with the bot", `{"context":1,"authorizing_integration_owners":{"0":"0"},"user":{"id":"7"}}`, "", false},
		{"among people", `{"context":2,"authorizing_integration_owners":{"1":"7"},"user":{"id":"7"}}`, "", true},
	} {
		e := eventOf(t, c.raw)
		in := e.input()
		if in.Server != c.server || in.Admin != (c.server != "") || (len(in.Roles) > 0) != (c.server != "") ||
			in.Person != "7" ||
			e.outside() != c.outside {
			t.Errorf("%s: %+v, outside %t", c.name, in, e.outside())
		}
	}
}

func TestManages(t *testing.T) {
	for bits, want := range map[string]bool{"32": true, "8": true, "40": true, "2048": false, "": false, "x": false,
		"-1":                   false,
		"99999999999999999999": false} {
		if got := (eventMember{Permissions: bits}).manages(); got != want {
			t.Errorf("%q: %t", bits, got)
		}
	}
}

func TestNestedCall(t *testing.T) {
	for raw, want := range map[string]string{
		`{"name":"ask","options":[{"name":"question","type":3,"value":"x"}]}`:                                                                "ask question=x",
		`{"name":"documents","options":[{"name":"add","type":1,"options":[{"name":"title","type":3,"value":"x"}]}]}`:                         "documents add title=x",
		`{"name":"documents","options":[{"name":"list","type":1}]}`:                                                                          "documents list",
		`{"name":"a","options":[{"name":"b","type":2,"options":[{"name":"c","type":1,"options":[{"name":"d","type":4,"value":4}]}]}]}`:       "a b c d=4",
		`{"name":"a","options":[{"name":"b","type":5,"value":true},{"name":"c","type":5,"value":false},{"name":"d","type":3,"value":null}]}`: "a b=true",
		`{"name":"a","options":[{"name":"b","type":11,"value":"1"}],"resolved":{"attachments":{"1":{"filename":"../x.md"}}}}`:                "a b=x.md",
		`{"name":"a","options":[{"name":"b","type":11,"value":"2"}]}`:                                                                        "a",
	} {
		d := eventOf(t, `{"data":`+raw+`}`).Data
		name, options := d.call()
		args, files := d.arguments(options)
		got := []string{name}
		for param, value := range args {
			got = append(got, param+"="+value)
		}
		if strings.Join(got, " ") != want || (len(files) > 0) != strings.Contains(raw, "filename") {
			t.Errorf("%s: %v, files %v", raw, got, files)
		}
	}
}

// What Discord invents next in components costs nothing but these components.
func TestUnknownComponents(t *testing.T) {
	e := eventOf(t, `{"id":"1","type":3,"data":{"custom_id":"help","component_type":2},"message":{"content":"x","components":[
		{"type":99,"novel":[{}]},{"type":1,"components":[{"type":2,"custom_id":"help","label":"Help","style":2}]},{"type":1,"components":[{"type":99}]}]}}`)
	shown, err := e.Message.page().Bodies()[0].JSON()
	row := `"components":[{"type":1,"components":[{"type":2,"custom_id":"help","style":2,"label":"Help"}]}]`
	if err != nil || e.Data.CustomID != "help" || !strings.Contains(string(shown), row) {
		t.Errorf("%+v: %s, %v", e, shown, err)
	}
}

func TestUploadNames(t *testing.T) {
	for given, want := range map[string]string{
		"a.md": "a.md", "../../etc/passwd": "passwd", `C:\temp\a.md`: "a.md", "": "file", "..": "file", "/": "file",
		"a\u202egpj.md":          "agpj.md",
		strings.Repeat("ü", 300): strings.Repeat("ü", maxUploadName-1) + "…",
	} {
		if got := (sent{Filename: given}).name(); got != want {
			t.Errorf("%q: %q", given, got)
		}
	}
}

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

func FuzzEvent(f *testing.F) {
	f.Add([]byte(`{"guild_id":"5","authorizing_integration_owners":{"1":"7"},"member":{"permissions":"8"},"channel":{"type":11,"parent_id":"3"},
		"data":{"name":"a","options":[{"name":"b","type":1,"options":[{"name":"c","type":11,"value":"1","focused":true}]}],
		"components":[{"type":18,"component":{"custom_id":"x","values":["y"]}}],"resolved":{"attachments":{"1":{"filename":"a","size":-1}}}}}`))
	f.Add([]byte(`{"data":{"custom_id":"+~vote|answer=k1","components":[{"components":[{"components":[{"custom_id":"x","value":"y"}]}]}]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var e event
		_ = json.Unmarshal(raw, &e) // what could be read is used
		in := e.input()
		if in.Server == "" && (in.Admin || in.Roles != nil) {
			t.Errorf("rights without a server: %+v", in)
		}
		if in.Server != "" && in.Server != e.GuildID || len(in.Channels) > 2 || utf8.RuneCountInString(in.Name) > maxSharer {
			t.Errorf("%+v", in)
		}
		_, options := e.Data.call()
		args, files := e.Data.arguments(options)
		for param := range files {
			if args[param] == "" {
				t.Errorf("a file without a name: %q", param)
			}
		}
		e.Data.fields()
		if e.Message != nil {
			e.Message.page()
		}
		e.outside()
		e.kind()
	})
}

func FuzzUpload(f *testing.F) {
	f.Add("a.md", "text/plain", "https://cdn.discordapp.com/a", []byte("x"))
	f.Add("a/../b\x00", "text/plain; charset=", "https://user@media.discordapp.net/", []byte{0xff})
	f.Fuzz(func(t *testing.T, name, kind, address string, data []byte) {
		s := sent{Filename: name, MediaType: kind, Size: int64(len(data))}
		got := s.name()
		if got == "" || strings.ContainsAny(got, "/\\\x00\n") || utf8.RuneCountInString(got) > maxUploadName {
			t.Errorf("%q", got)
		}
		file, found, leftOut := attached([]sent{s})
		if found == (len(leftOut) == 1) || found && file.Size > maxAttached {
			t.Errorf("%t, %v", found, leftOut)
		}
		if isText(data) && !utf8.Valid(data) {
			t.Error("text that is none")
		}
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
			if r.parent != "" && !thread(r.kind) {
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
