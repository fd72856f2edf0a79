package event

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func eventOf(t *testing.T, raw string) Interaction {
	t.Helper()
	var e Interaction
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
		in := e.Input()
		if in.Server != c.server || in.Admin != (c.server != "") || (len(in.Roles) > 0) != (c.server != "") ||
			in.Person != "7" ||
			e.Outside() != c.outside {
			t.Errorf("%s: %+v, outside %t", c.name, in, e.Outside())
		}
	}
}

func TestManages(t *testing.T) {
	for bits, want := range map[string]bool{"32": true, "8": true, "40": true, "2048": false, "": false, "x": false,
		"-1":                   false,
		"99999999999999999999": false} {
		if got := (Member{Permissions: bits}).manages(); got != want {
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
		name, options := d.Call()
		args, files := d.Arguments(options)
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
	shown, err := e.Message.Page().Bodies()[0].JSON()
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
		if got := (File{Filename: given}).Name(); got != want {
			t.Errorf("%q: %q", given, got)
		}
	}
}

func FuzzEvent(f *testing.F) {
	f.Add([]byte(`{"guild_id":"5","authorizing_integration_owners":{"1":"7"},"member":{"permissions":"8"},"channel":{"type":11,"parent_id":"3"},
		"data":{"name":"a","options":[{"name":"b","type":1,"options":[{"name":"c","type":11,"value":"1","focused":true}]}],
		"components":[{"type":18,"component":{"custom_id":"x","values":["y"]}}],"resolved":{"attachments":{"1":{"filename":"a","size":-1}}}}}`))
	f.Add([]byte(`{"data":{"custom_id":"+~vote|answer=k1","components":[{"components":[{"components":[{"custom_id":"x","value":"y"}]}]}]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var e Interaction
		_ = json.Unmarshal(raw, &e) // what could be read is used
		in := e.Input()
		if in.Server == "" && (in.Admin || in.Roles != nil) {
			t.Errorf("rights without a server: %+v", in)
		}
		if in.Server != "" && in.Server != e.GuildID || len(in.Channels) > 2 || utf8.RuneCountInString(in.Name) > maxSharer {
			t.Errorf("%+v", in)
		}
		_, options := e.Data.Call()
		args, files := e.Data.Arguments(options)
		for param := range files {
			if args[param] == "" {
				t.Errorf("a file without a name: %q", param)
			}
		}
		e.Data.Filled()
		if e.Message != nil {
			e.Message.Page()
		}
		e.Outside()
		e.Kind()
	})
}

func FuzzUpload(f *testing.F) {
	f.Add("a.md", "text/plain", []byte("x"))
	f.Add("a/../b\x00", "text/plain; charset=", []byte{0xff})
	f.Fuzz(func(t *testing.T, name, kind string, data []byte) {
		s := File{Filename: name, MediaType: kind, Size: int64(len(data))}
		got := s.Name()
		if got == "" || strings.ContainsAny(got, "/\\\x00\n") || utf8.RuneCountInString(got) > maxUploadName {
			t.Errorf("%q", got)
		}
		file, found, leftOut := Attached([]File{s})
		if found == (len(leftOut) == 1) || found && file.Size > MaxAttached {
			t.Errorf("%t, %v", found, leftOut)
		}
		if IsText(data) && !utf8.Valid(data) {
			t.Error("text that is none")
		}
	})
}

// An event of Discord's that does not say which channel a thread is in is not trusted to come from none.
func TestEventWithoutItsChannel(t *testing.T) {
	for _, c := range []struct {
		raw  string
		want bool
	}{
		{`{"id":"1","guild_id":"2","channel_id":"3"}`, true},
		{`{"id":"1","guild_id":"2","channel_id":"3","channel":{"type":11}}`, true},
		{`{"id":"1","guild_id":"2","channel_id":"3","channel":{"type":11,"parent_id":"4"}}`, false},
		{`{"id":"1","guild_id":"2","channel_id":"3","channel":{"type":0,"parent_id":"4"}}`, false},
		{`{"id":"1","channel_id":"3"}`, false},
	} {
		if in := eventOf(t, c.raw).Input(); in.Unplaced != c.want {
			t.Errorf("%s: %t", c.raw, in.Unplaced)
		}
	}
}
