package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"slices"
	"strings"
	"testing"
)

// unlimited is a fake without rate limits of messages.
var unlimited = Config{Message: Bucket{Requests: -1}, Webhook: Bucket{Requests: -1}, Global: -1}

func x(n int) string { return strings.Repeat("é", n) }

// repeat joins n pieces with commas; %d is the index.
func repeat(piece string, n int) string {
	var list []string
	for i := range n {
		list = append(list, strings.ReplaceAll(piece, "%d", fmt.Sprint(i)))
	}
	return strings.Join(list, ",")
}

const (
	row    = `{"type":1,"components":[%s]}`
	button = `{"type":2,"style":1,"label":"B","custom_id":"b%d"}`
)

func rowOf(s string) string { return `{"content":"x","components":[` + fmt.Sprintf(row, s) + `]` }

func menuOf(options string) string {
	return rowOf(`{"type":3,"custom_id":"m","options":[` + options + `]}`)
}

func v2(components string) string { return `{"flags":32768,"components":[` + components + `]` }

func TestMessageLimits(t *testing.T) {
	const display = `{"type":10,"content":"t"}`
	const option = `{"label":"l","value":"v%d"}`
	for _, c := range []struct {
		name, body string // body without allowed_mentions and the closing brace
		rule       Rule   // "" if it is right
		field      string // in the nested errors
	}{
		{"2000 characters", `{"content":"` + x(2000) + `"`, "", ""},
		{"2001 characters", `{"content":"` + x(2001) + `"`, RuleContent, "content"},
		{"2000 emoji", `{"content":"` + strings.Repeat("🦊", 2000) + `"`, "", ""},
		{"nothing", `{"content":""`, RuleContent, ""},
		{"nonce", `{"content":"x","nonce":"` + x(26) + `"`, RuleNonce, "nonce"},
		{"number as nonce", `{"content":"x","nonce":12345`, "", ""},
		{"ephemeral in a channel", `{"content":"x","flags":64`, RuleFlags, "flags"},
		{"suppressed embeds", `{"content":"x","flags":4`, "", ""},

		{"10 embeds", `{"embeds":[` + repeat(`{"title":"t"}`, 10) + `]`, "", ""},
		{"11 embeds", `{"embeds":[` + repeat(`{"title":"t"}`, 11) + `]`, RuleEmbeds, "embeds"},
		{"title", `{"embeds":[{"title":"` + x(257) + `"}]`, RuleEmbeds, "title"},
		{"description", `{"embeds":[{"description":"` + x(4097) + `"}]`, RuleEmbeds, "description"},
		{"26 fields", `{"embeds":[{"fields":[` + repeat(`{"name":"n","value":"v"}`, 26) + `]}]`, RuleEmbeds, "fields"},
		{"field name", `{"embeds":[{"fields":[{"name":"` + x(257) + `","value":"v"}]}]`, RuleEmbeds, "name"},
		{"field without value", `{"embeds":[{"fields":[{"name":"n","value":""}]}]`, RuleEmbeds, "value"},
		{"field value", `{"embeds":[{"fields":[{"name":"n","value":"` + x(1025) + `"}]}]`, RuleEmbeds, "value"},
		{"footer", `{"embeds":[{"title":"t","footer":{"text":"` + x(2049) + `"}}]`, RuleEmbeds, "footer"},
		{"author", `{"embeds":[{"title":"t","author":{"name":"` + x(257) + `"}}]`, RuleEmbeds, "author"},
		{"6000 in sum", `{"embeds":[` + repeat(`{"description":"`+x(3000)+`"}`, 2) + `]`, "", ""},
		{"6001 in sum", `{"embeds":[{"title":"t"},` + repeat(`{"description":"`+x(3000)+`"}`, 2) + `]`, RuleEmbeds, "embeds"},
		{"address", `{"embeds":[{"title":"t","url":"javascript:x"}]`, RuleEmbeds, "url"},

		{"5 buttons", rowOf(repeat(button, 5)), "", ""},
		{"6 buttons", rowOf(repeat(button, 6)), RuleComponents, "components"},
		{"empty row", rowOf(""), RuleComponents, "components"},
		{"5 rows", `{"content":"x","components":[` + repeat(fmt.Sprintf(row, button), 5) + `]`, "", ""},
		{"6 rows", `{"content":"x","components":[` + repeat(fmt.Sprintf(row, button), 6) + `]`, RuleComponents, "components"},
		{"button outside a row", `{"content":"x","components":[` + button + `]`, RuleComponents, "type"},
		{"label", rowOf(`{"type":2,"style":1,"label":"` + x(81) + `","custom_id":"b"}`), RuleComponents, "label"},
		{"no label", rowOf(`{"type":2,"style":1,"custom_id":"b"}`), RuleComponents, "components"},
		{"style", rowOf(`{"type":2,"style":9,"label":"B","custom_id":"b"}`), RuleComponents, "style"},
		{"no custom id", rowOf(`{"type":2,"style":1,"label":"B"}`), RuleComponents, "custom_id"},
		{"custom id", rowOf(`{"type":2,"style":1,"label":"B","custom_id":"` + x(101) + `"}`), RuleComponents, "custom_id"},
		{"same custom id", rowOf(`{"type":2,"style":1,"label":"B","custom_id":"b"},{"type":2,"style":1,"label":"C",` +
			`"custom_id":"b"}`), RuleComponents, "custom_id"},
		{"link with custom id", rowOf(`{"type":2,"style":5,"label":"B","custom_id":"b","url":"https://a.example"}`),
			RuleComponents, "custom_id"},
		{"link without address", rowOf(`{"type":2,"style":5,"label":"B"}`), RuleComponents, "url"},
		{"long link", rowOf(`{"type":2,"style":5,"label":"B","url":"https://a.example/` + x(512) + `"}`), RuleComponents,
			"url"},
		{"25 options", menuOf(repeat(option, 25)), "", ""},
		{"26 options", menuOf(repeat(option, 26)), RuleComponents, "options"},
		{"same values", menuOf(repeat(`{"label":"l","value":"v"}`, 2)), RuleComponents, "value"},
		{"option label", menuOf(`{"label":"` + x(101) + `","value":"v"}`), RuleComponents, "label"},
		{"two menus in a row", rowOf(repeat(`{"type":3,"custom_id":"m%d","options":[`+option+`]}`, 2)), RuleComponents,
			"components"},

		{"40 components", v2(repeat(display, 40)), "", ""},
		{"41 components", v2(repeat(display, 41)), RuleComponents, "components"},
		{"41 nested", v2(`{"type":17,"components":[` + repeat(display, 40) + `]}`), RuleComponents, "components"},
		{"4000 of text", v2(repeat(`{"type":10,"content":"`+x(2000)+`"}`, 2)), "", ""},
		{"4001 of text", v2(`{"type":10,"content":"a"},` + repeat(`{"type":10,"content":"`+x(2000)+`"}`, 2)), RuleComponents,
			"components"},
		{"content beside", `{"content":"x",` + v2(display)[1:], RuleComponents, "content"},
		{"embeds beside", `{"embeds":[{"title":"t"}],` + v2(display)[1:], RuleComponents, "embeds"},
		{"section", v2(`{"type":9,"components":[` + display + `],"accessory":` + button + `}`), "", ""},
		{"section without accessory", v2(`{"type":9,"components":[` + display + `]}`), RuleComponents, "accessory"},
		{"long section", v2(`{"type":9,"components":[` + repeat(display, 4) + `],"accessory":` + button + `}`),
			RuleComponents, "components"},
		{"text without the flag", `{"content":"x","components":[` + display + `]`, RuleComponents, "type"},
		{"container in a container", v2(`{"type":17,"components":[{"type":17,"components":[` + display + `]}]}`),
			RuleComponents, "type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := NewConfig(t, unlimited)
			a := s.rest(t, "POST", "/channels/"+string(s.General())+"/messages", c.body+","+noMentions+"}")
			if c.rule == "" {
				a.want(t, 200, 0)
				return
			}
			code := codeForm
			if c.field == "" {
				code = codeEmpty
			}
			a.want(t, 400, code)
			if !strings.Contains(string(a.Errors), `"`+c.field+`":`) && c.field != "" {
				t.Errorf("the errors do not name %s: %s", c.field, a.Errors)
			}
			if b := s.Breaches(); len(b) == 0 || slices.ContainsFunc(b, func(b Breach) bool { return b.Rule != c.rule }) {
				t.Errorf("breaches %v, want of %s", b, c.rule)
			}
			s.Forgive(c.rule)
			if list := s.Messages(s.General()); len(list) != 0 {
				t.Errorf("posted all the same: %+v", list)
			}
		})
	}
}

func TestErrorsNest(t *testing.T) {
	s := New(t)
	a := s.rest(t, "POST", "/channels/"+string(s.General())+"/messages",
		`{"embeds":[{},{"fields":[{"name":"","value":"v"}]}],`+noMentions+`}`)
	var e struct {
		Embeds map[string]struct {
			Fields map[string]struct {
				Name struct {
					Errors []formError `json:"_errors"`
				} `json:"name"`
			} `json:"fields"`
		} `json:"embeds"`
	}
	if err := json.Unmarshal(a.Errors, &e); err != nil ||
		e.Embeds["1"].Fields["0"].Name.Errors[0].Code != "BASE_TYPE_REQUIRED" {
		t.Errorf("errors %s, %v", a.Errors, err)
	}
	s.breached(t, RuleEmbeds)
}

func TestAllowedMentions(t *testing.T) {
	for _, c := range []struct {
		name, field string // of the body, with a comma in front
		breach      bool
		status      int
		pings       string
	}{
		{"absent", ``, true, 200, "Ada @everyone"},
		{"null", `,"allowed_mentions":null`, true, 200, "Ada @everyone"},
		{"parse null", `,"allowed_mentions":{"parse":null}`, true, 200, ""},
		{"parse users", `,"allowed_mentions":{"parse":["users"]}`, true, 200, "Ada"},
		{"parse everyone", `,"allowed_mentions":{"parse":["everyone"]}`, true, 200, "@everyone"},
		{"empty", `,"allowed_mentions":{"parse":[]}`, false, 200, ""},
		{"list", `,"allowed_mentions":{"parse":[],"users":["ADA"]}`, false, 200, "Ada"},
		{"both", `,"allowed_mentions":{"parse":["users"],"users":["ADA"]}`, true, 400, ""},
		{"unknown", `,"allowed_mentions":{"parse":["friends"]}`, true, 400, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := New(t)
			ada := string(s.User("Ada").ID())
			body := `{"content":"<@` + ada + `> @everyone"` + strings.ReplaceAll(c.field, "ADA", ada) + `}`
			a := s.rest(t, "POST", "/channels/"+string(s.General())+"/messages", body)
			if a.status != c.status {
				t.Errorf("status %d: %s", a.status, a.text)
			}
			var who []string
			for _, p := range s.Pings() {
				who = append(who, p.Who)
			}
			if got := strings.Join(who, " "); got != c.pings {
				t.Errorf("pings %q, want %q", got, c.pings)
			}
			if c.breach {
				s.breached(t, RuleMentions)
			} else {
				s.breached(t)
			}
		})
	}
}

func TestAllowedMentionsEverywhere(t *testing.T) {
	s, k, it := asked(t, Config{})
	const bare = `{"content":"x"}`
	s.rest(t, "POST", it.callbackPath(), `{"type":4,"data":`+bare+`}`).want(t, 204, 0)
	s.rest(t, "PATCH", s.hook(it, "/messages/@original"), bare).want(t, 200, 0)
	s.rest(t, "POST", s.hook(it, ""), bare).want(t, 200, 0)
	path := "/channels/" + string(s.General()) + "/messages"
	m := s.rest(t, "POST", path, bare).want(t, 200, 0)
	s.rest(t, "PATCH", path+"/"+string(m.ID), bare).want(t, 200, 0)
	s.rest(t, "PATCH", path+"/"+string(m.ID), `{"flags":4}`).want(t, 200, 0)
	s.breached(t, slices.Repeat([]Rule{RuleMentions}, 5)...)

	allowed := NewConfig(t, Config{AllowParse: true})
	allowed.rest(t, "POST", "/channels/"+string(allowed.General())+"/messages", bare).want(t, 200, 0)
	_ = k
}

func TestRepliesPingUnlessToldNotTo(t *testing.T) {
	s := New(t)
	id := s.User("Ada").Say(s.General(), "Hello")
	path := "/channels/" + string(s.General()) + "/messages"
	body := `{"content":"x","message_reference":{"message_id":"` + string(id) +
		`"},"allowed_mentions":{"parse":[],"replied_user":%t}}`
	s.rest(t, "POST", path, fmt.Sprintf(body, false)).want(t, 200, 0)
	if p := s.Pings(); len(p) != 0 {
		t.Errorf("pings %v", p)
	}
	s.rest(t, "POST", path, fmt.Sprintf(body, true)).want(t, 200, 0)
	if p := s.Pings(); len(p) != 1 || p[0].Who != "Ada" {
		t.Errorf("pings %v", p)
	}
	s.rest(t, "POST", path, `{"content":"x","message_reference":{"message_id":"1"},`+noMentions+`}`).want(t, 400, codeForm)
	s.rest(t, "POST", path, `{"content":"x","message_reference":{"message_id":"1","fail_if_not_exists":false},`+noMentions+
		`}`).want(t, 200, 0)
	s.breached(t, RuleContent)
}

func TestComponentsV2FlagStays(t *testing.T) {
	s := New(t)
	path := "/channels/" + string(s.General()) + "/messages"
	m := s.rest(t, "POST", path, v2(`{"type":10,"content":"t"}`)+","+noMentions+"}").want(t, 200, 0)
	s.rest(t, "PATCH", path+"/"+string(m.ID), `{"flags":0,"components":[{"type":10,"content":"t"}],`+noMentions+
		`}`).want(t, 400, codeForm)
	s.rest(t, "PATCH", path+"/"+string(m.ID), `{"components":[{"type":10,"content":"u"}],`+noMentions+`}`).want(t, 200, 0)
	s.breached(t, RuleFlags)
}

// multi is a multipart body with payload_json and files.
func multi(t *testing.T, payload string, files ...string) (kind, body string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("payload_json", payload); err != nil {
		t.Fatal(err)
	}
	for i, data := range files {
		f, err := w.CreateFormFile(fmt.Sprintf("files[%d]", i), fmt.Sprintf("f%d.txt", i))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write([]byte(data))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), b.String()
}

func TestFiles(t *testing.T) {
	s := NewConfig(t, unlimited)
	path := "/channels/" + string(s.General()) + "/messages"
	post := func(payload string, files ...string) answer {
		kind, body := multi(t, payload, files...)
		a, err := s.try("POST", path, kind, body)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	m := post(`{`+noMentions+`,"attachments":[{"id":"1","description":"the second"}]}`, "one", "two").want(t, 200, 0)
	got, _ := s.Message(m.ID)
	if len(got.Attachments) != 2 || string(got.Attachments[1].Data) != "two" ||
		got.Attachments[1].Description != "the second" {
		t.Errorf("attachments %+v", got.Attachments)
	}
	keep := `{"attachments":[{"id":"` + string(got.Attachments[0].ID) + `"}]}`
	s.rest(t, "PATCH", path+"/"+string(m.ID), keep).want(t, 200, 0)
	if got, _ := s.Message(m.ID); len(got.Attachments) != 1 || got.Attachments[0].Filename != "f0.txt" {
		t.Errorf("kept %+v", got.Attachments)
	}
	post(`{`+noMentions+`}`, slices.Repeat([]string{"x"}, maxFiles+1)...).want(t, 400, codeForm)
	post(`{`+noMentions+`}`, strings.Repeat("x", maxFile+1)).want(t, 400, codeForm)
	s.breached(t, RuleFiles, RuleFiles)
	post(`{`).want(t, 400, codeBadJSON)
	s.Forgive(RuleJSON)
}
