package discordtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestLabels(t *testing.T) {
	const (
		form = `{"custom_id":"f","title":"Tell","components":[%s]}`
		text = `{"type":18,"label":"Comment","component":{"type":4,"custom_id":"comment","style":2,"required":false,` +
			`"max_length":9}}`
		menu = `{"type":18,"label":"Reason","description":"d","component":{"type":3,"custom_id":"reason","options":[%s]%s}}`
		two  = `{"label":"Wrong","value":"w"},{"label":"Other","value":"o"}`
	)
	s, k, it := asked(t, Config{})
	for _, bad := range []string{
		strings.Replace(text, `"Comment"`, `"`+strings.Repeat("x", maxModalLabel+1)+`"`, 1),
		strings.Replace(text, `"style":2,`, `"style":2,"label":"again",`, 1),
		strings.Replace(text, `"max_length":9`, `"max_length":9,"min_length":10`, 1),
		strings.Replace(text, `"type":4`, `"type":2`, 1),
		text + "," + text,
		fmt.Sprintf(menu, "", ""),
		fmt.Sprintf(menu, two+","+two, ""),
		fmt.Sprintf(menu, two, `,"disabled":true`),
		fmt.Sprintf(menu, two, `,"min_values":0`),
		fmt.Sprintf(menu, two, `,"placeholder":"`+strings.Repeat("x", maxPlaceholder+1)+`"`),
	} {
		s.rest(t, "POST", it.callbackPath(), `{"type":9,"data":`+fmt.Sprintf(form, bad)+`}`).want(t, 400, codeForm)
	}
	s.Forgive(RuleModal, RuleComponents)
	s.rest(t, "POST", it.callbackPath(), `{"type":9,"data":`+fmt.Sprintf(form, text+","+fmt.Sprintf(menu, two, ""))+
		`}`).want(t, 204, 0)
	ada := s.User("Ada")
	for _, bad := range [][]Option{{Opt("reason", "never")}, {Opt("comment", "x")},
		{Opt("reason", "o"), Opt("comment", "0123456789")}} {
		if err := ada.SubmitModal(it, bad...).Err(); !errors.Is(err, ErrBadOption) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	sent := ada.SubmitModal(it, Opt("reason", "Other"), Opt("comment", "x"))
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if f := w.Data.Components; f[0].Component.Value != "x" || !slices.Equal(f[1].Component.Values, []string{"o"}) ||
		f[1].Label != "" {
		t.Fatalf("form %+v", w)
	}
	s.rest(t, "POST", sent.callbackPath(), `{"type":4,"data":`+answerBody+`}`).want(t, 204, 0)
}

// One of a group of radio buttons is chosen, and sent as a value.
func TestRadioGroup(t *testing.T) {
	const (
		form  = `{"custom_id":"f","title":"Tell","components":[%s]}`
		radio = `{"type":18,"label":"Reason","component":{"type":21,"custom_id":"reason","options":[%s]%s}}`
		one   = `{"label":"Wrong","value":"w"}`
		two   = one + `,{"label":"Other","value":"o"}`
	)
	s, k, it := asked(t, Config{})
	many := one
	for i := range maxRadio {
		many += fmt.Sprintf(`,{"label":"L","value":"%d"}`, i)
	}
	for _, bad := range []string{
		fmt.Sprintf(radio, one, ""),
		fmt.Sprintf(radio, many, ""),
		fmt.Sprintf(radio, one+","+one, ""),
		fmt.Sprintf(radio, two, `,"min_values":0`),
		fmt.Sprintf(radio, strings.ReplaceAll(two, `"}`, `","default":true}`), ""),
		strings.Replace(fmt.Sprintf(radio, two, ""), `"Wrong"`, `""`, 1),
	} {
		s.rest(t, "POST", it.callbackPath(), `{"type":9,"data":`+fmt.Sprintf(form, bad)+`}`).want(t, 400, codeForm)
	}
	s.Forgive(RuleModal, RuleComponents)
	s.rest(t, "POST", it.callbackPath(), `{"type":9,"data":`+fmt.Sprintf(form, fmt.Sprintf(radio, two, ""))+
		`}`).want(t, 204, 0)
	ada := s.User("Ada")
	for _, bad := range [][]Option{{Opt("reason", "never")}, nil} {
		if err := ada.SubmitModal(it, bad...).Err(); !errors.Is(err, ErrBadOption) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	sent := ada.SubmitModal(it, Opt("reason", "Other"))
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if f := w.Data.Components; f[0].Component.Value != "o" || len(f[0].Component.Values) != 0 {
		t.Fatalf("form %+v", w)
	}
	s.rest(t, "POST", sent.callbackPath(), `{"type":4,"data":`+answerBody+`}`).want(t, 204, 0)
}

// filledWire is a form as it is sent.
type filledWire struct {
	Data struct {
		Resolved   resolved `json:"resolved"`
		Components []struct {
			Component struct {
				Value  json.RawMessage `json:"value"`
				Values []ID            `json:"values"`
			} `json:"component"`
		} `json:"components"`
	} `json:"data"`
}

// Channels and roles are chosen, files uploaded, checkboxes set; each is sent as Discord sends it.
func TestFieldsOfForms(t *testing.T) {
	const (
		form  = `{"custom_id":"f","title":"Tell","components":[%s]}`
		label = `{"type":18,"label":"L","component":%s}`
		where = `{"type":8,"custom_id":"where","required":false,"min_values":0,"channel_types":[0]}`
		whose = `{"type":6,"custom_id":"whose"}`
		file  = `{"type":19,"custom_id":"file","required":false,"min_values":0}`
		check = `{"type":23,"custom_id":"check"}`
		open  = `{"type":23,"custom_id":"open","default":true}`
	)
	s, k, it := asked(t, Config{})
	for _, bad := range []string{
		strings.Replace(where, `"required":false,`, "", 1), strings.Replace(where, `:0,"ch`, `:2,"ch`, 1),
		strings.Replace(where, `"min_values":0`, `"max_values":26`, 1),
		strings.Replace(whose, "}", `,"channel_types":[0]}`, 1),
		strings.Replace(file, `"min_values":0`, `"max_values":11`, 1), strings.Replace(check, "}", `,"required":false}`, 1),
		`{"type":22,"custom_id":"group","options":[]}`,
	} {
		s.rest(t, "POST", it.callbackPath(), `{"type":9,"data":`+fmt.Sprintf(form, fmt.Sprintf(label, bad))+`}`).
			want(t, 400, codeForm)
	}
	s.Forgive(RuleModal, RuleComponents)
	var all []string
	for _, c := range []string{where, whose, file, check, open} {
		all = append(all, fmt.Sprintf(label, c))
	}
	s.rest(t, "POST", it.callbackPath(), `{"type":9,"data":`+fmt.Sprintf(form, strings.Join(all, ","))+`}`).want(t, 204, 0)
	ada, role := s.User("Ada"), s.AddRole(s.Guild(), "Editors")
	whom, data := Opt("whose", string(role)), File{Name: "a.md", MediaType: "text/markdown", Data: []byte("abc")}
	for _, bad := range [][]Option{nil, {Opt("whose", "1")}, {whom, Opt("where", string(s.Thread()))},
		{whom, Opt("file", "a.md")}} {
		if err := ada.SubmitModal(it, bad...).Err(); !errors.Is(err, ErrBadOption) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	sent := ada.SubmitModal(it, whom, Opt("where", string(s.General())), OptFile("file", data), Opt("check", "true"))
	w := await[filledWire](k, "INTERACTION_CREATE")
	f := w.Data.Components
	if len(f) != 5 || f[0].Component.Values[0] != s.General() || f[1].Component.Values[0] != role ||
		w.Data.Resolved.Attachments[f[2].Component.Values[0]].Filename != "a.md" ||
		string(f[3].Component.Value) != "true" || string(f[4].Component.Value) != "true" ||
		len(w.Data.Resolved.Channels) != 1 || len(w.Data.Resolved.Roles) != 1 {
		t.Fatalf("form %+v", w)
	}
	s.rest(t, "POST", sent.callbackPath(), `{"type":4,"data":`+answerBody+`}`).want(t, 204, 0)
}

const everyKind = `[{"name":"put","description":"d","integration_types":[0,1],"contexts":[0,1,2],"options":[
	{"type":11,"name":"file","description":"d"},{"type":7,"name":"channel","description":"d","channel_types":[0]},
	{"type":8,"name":"role","description":"d"}]},{"name":"inside","description":"d","integration_types":[0]}]`

func TestFilesChannelsRoles(t *testing.T) {
	s := New(t)
	k, _ := s.login(t, 0)
	s.rest(t, "PUT", s.commandsPath(), everyKind).want(t, 200, 0)
	ada := s.User("Ada")
	role := s.AddRole(s.Guild(), "Readers")
	ada.SetRoles(role)
	ada.SetNick("A.")
	ada.SetLocale("fr")
	for _, bad := range []Option{Opt("file", "a.md"), Opt("channel", string(s.Thread())), Opt("channel", "1"),
		Opt("role", string(s.General()))} {
		if err := ada.Slash(s.General(), "put", bad).Err(); !errors.Is(err, ErrBadOption) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	ada.Slash(s.General(), "put", OptFile("file", File{Name: "a.md", MediaType: "text/markdown", Data: []byte("abc")}),
		Opt("channel", string(s.General())), Opt("role", string(role)))
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if len(w.Data.Resolved.Attachments) != 1 || len(w.Data.Resolved.Channels) != 1 || len(w.Data.Resolved.Roles) != 1 ||
		w.Locale != "fr" ||
		*w.Member.Nick != "A." || !slices.Equal(w.Member.Roles, []ID{role}) {
		t.Fatalf("%+v", w)
	}
	for _, a := range w.Data.Resolved.Attachments {
		if a.Filename != "a.md" || a.Size != 3 || read(t, a.URL, "") != "200 abc" {
			t.Errorf("%+v", a)
		}
		if got := read(t, strings.Replace(a.URL, "hm=", "hm=x", 1), ""); !strings.HasPrefix(got, "404") {
			t.Errorf("a changed signature: %s", got)
		}
		read(t, a.URL, "Bot "+s.Token())
	}
	s.breached(t, RuleRoute, RuleRoute)
}

func read(t *testing.T, url, authorization string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(resp.StatusCode, " ", string(body))
}

// Where only the person has installed the app, the bot is no member and gets nothing but what it is asked.
func TestWhereTheBotIsNot(t *testing.T) {
	s := New(t)
	k, _ := s.login(t, 0)
	s.rest(t, "PUT", s.commandsPath(), everyKind).want(t, 200, 0)
	guild, abroad := s.AddForeignGuild("Elsewhere")
	ada := s.User("Ada")
	group := s.AddGroup(ada, s.Admin())
	for _, where := range []ID{abroad, group} {
		if err := ada.Slash(where, "put").Err(); !errors.Is(err, ErrNoCommand) {
			t.Errorf("before it is installed: %v", err)
		}
	}
	ada.InstallForUser()
	if err := ada.Slash(abroad, "inside").Err(); !errors.Is(err, ErrNoCommand) {
		t.Errorf("a command for those whom the server has it from: %v", err)
	}
	ada.Say(abroad, "Nobody listens.")
	s.rest(t, "POST", "/channels/"+string(abroad)+"/messages", answerBody).want(t, 403, codeAccess)
	ada.Slash(abroad, "put")
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if w.GuildID != guild || w.Context != 0 || w.Member == nil || w.Owners["1"] != ada.ID() || w.Owners["0"] != "" {
		t.Errorf("%+v", w)
	}
	ada.Slash(group, "put")
	w = await[interactionWire](k, "INTERACTION_CREATE")
	if w.GuildID != "" || w.Context != 2 || w.User == nil || w.Owners["1"] != ada.ID() || w.Channel.Type != GroupDirect {
		t.Errorf("%+v", w)
	}
	if !strings.Contains(s.Channel(group).Transcript(), "== Ada and Grace ==") {
		t.Error(s.Channel(group).Transcript())
	}
}

func TestTranslationsAreShownWhenAskedFor(t *testing.T) {
	s := New(t)
	s.login(t, 0)
	s.rest(t, "PUT", s.commandsPath(), `[{"name":"a","description":"d","description_localizations":{"de":"D"},"options":[
		{"type":3,"name":"o","description":"d","name_localizations":{"de":"o-de"}}]}]`).want(t, 200, 0)
	if a := s.rest(t, "GET", s.commandsPath(), ""); strings.Contains(a.text, "o-de") {
		t.Error("translations that nobody asked for")
	}
	if a := s.rest(t, "GET", s.commandsPath()+"?with_localizations=true", ""); !strings.Contains(a.text, "o-de") {
		t.Error(a.text)
	}
}
