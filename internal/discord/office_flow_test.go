package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discordtest"
)

func TestSubcommands(t *testing.T) { synctest.Test(t, testSubcommands) }
func testSubcommands(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &officeTable{}
	start(t, s, table, nil)
	var parent discordtest.Command
	for _, c := range s.Commands("") {
		if c.Name == "documents" {
			parent = c
		}
	}
	if parent.Description != "list, add, replace, scope" || len(parent.Options) != 4 ||
		parent.DefaultMemberPermissions != nil ||
		!slices.Equal(parent.Contexts, []int{0, 1, 2}) || !slices.Equal(parent.IntegrationTypes, []int{0, 1}) {
		t.Errorf("%+v", parent)
	}
	grace := s.Admin()
	role := s.AddRole(s.Guild(), "Librarians")
	wantAnswer(t, s, grace.Slash(s.General(), "documents list"), "You called documents list:")
	m := wantAnswer(t, s, grace.Slash(s.General(), "documents scope", discordtest.Opt("channel", string(s.Thread())),
		discordtest.Opt("role", string(role)), discordtest.Opt("how", "missing")),
		"channel "+string(s.Thread())+", how missing, role "+string(role))
	if !m.Ephemeral() {
		t.Error("an admin's command is answered in public")
	}
	if it := grace.Slash(s.General(), "documents scope", discordtest.Opt("channel", string(s.Thread())),
		discordtest.Opt("how", "never")); it.Err() == nil {
		t.Error("a value that is none of the choices")
	}
	it := grace.Slash(s.General(), "documents add", discordtest.OptFile(
		"file", discordtest.File{Name: "../mill.md", Data: []byte("# Mill")}),
		discordtest.Opt("title", "The mill"))
	wantAnswer(t, s, it, "file mill.md, title The mill, file holds 6 bytes")
	if f := table.last("documents add").Files["file"]; f.Name != "mill.md" || string(f.Data) != "# Mill" {
		t.Errorf("%+v", f)
	}
}

func TestNestedCompletion(t *testing.T) { synctest.Test(t, testNestedCompletion) }
func testNestedCompletion(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &officeTable{}, nil)
	got, err := s.Admin().Autocomplete(t.Context(), s.General(), "documents replace", "document", "mi")
	if err != nil || len(got) != 1 || got[0].Text() != "mi-of-"+string(s.Guild()) {
		t.Errorf("%v, %v", got, err)
	}
}

// Who calls, from where, and in which language is told on every way in.
func TestWhoCallsFromWhere(t *testing.T) { synctest.Test(t, testWhoCallsFromWhere) }
func testWhoCallsFromWhere(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &officeTable{}
	r := start(t, s, table, nil)
	ada := s.User("Ada")
	role := s.AddRole(s.Guild(), "Librarians")
	ada.SetRoles(role)
	ada.SetNick("Ada L.")
	ada.SetLocale("de")
	check := func(way, command string, lang string, channels ...discordtest.ID) {
		t.Helper()
		in := table.last(command)
		var want []string
		for _, c := range channels {
			want = append(want, string(c))
		}
		if in.Person != string(ada.ID()) || in.Name != "Ada L." || !slices.Equal(in.Roles, []string{string(role)}) ||
			in.Server != string(s.Guild()) || !slices.Equal(in.Channels, want) || in.Lang.Locale() != lang || in.Admin {
			t.Errorf("%s: %+v", way, in)
		}
	}
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "one?")), "one?")
	check("a command", "ask", "de", s.General())
	wantAnswer(t, s, ada.Slash(s.Thread(), "ask", discordtest.Opt("question", "two?")), "two?")
	check("a command in a thread", "ask", "de", s.Thread(), s.General())
	wantAnswer(t, s, ada.Click(m.ID, "¶16"), "The words of")
	check("a click", "paragraph", "de", s.General())
	wantReply(t, s, ada.Mention(s.General(), "three?"), "three?")
	check("a message", "ask", "en", s.General())
	fresh := s.AddThread(s.General(), "fresh")
	wantReply(t, s, ada.Mention(fresh, "new?"), "new?")
	check("a message in a new thread", "ask", "en", fresh, s.General())
	r.forgetRooms() // as if the gateway had not told
	for range 2 {
		wantReply(t, s, ada.Mention(s.Thread(), "four?"), "four?")
		check("a message in a thread", "ask", "en", s.Thread(), s.General())
	}
	reads := 0
	for _, sent := range s.Requests() {
		if sent.Method == "GET" && sent.Route == "/channels/{channel}" {
			reads++
		}
	}
	if reads != 1 {
		t.Errorf("the thread was read %d times", reads)
	}
	wantReply(t, s, ada.DM("five?"), "five?")
	if in := table.last("ask"); in.Server != "" || in.Name != "Ada" || len(in.Roles) > 0 ||
		!slices.Equal(in.Channels, []string{string(ada.Direct())}) {
		t.Errorf("a direct message: %+v", in)
	}
	wantAnswer(t, s, s.Admin().Slash(s.General(), "ask", discordtest.Opt("question", "six?")), "six?")
	if !table.last("ask").Admin {
		t.Error("an admin is none")
	}
}

// Where only the asker has installed the bot it knows no server, and nobody manages anything.
func TestUserInstalled(t *testing.T) { synctest.Test(t, testUserInstalled) }
func testUserInstalled(t *testing.T) {
	s := fake(t, discordtest.Config{Webhook: discordtest.Bucket{Requests: -1}})
	table := &officeTable{}
	start(t, s, table, nil)
	grace := s.Admin()
	_, abroad := s.AddForeignGuild("Elsewhere")
	if it := grace.Slash(abroad, "ask", discordtest.Opt("question", "who?")); it.Err() == nil {
		t.Fatal("a bot that nobody has installed is there")
	}
	grace.InstallForUser()
	wantAnswer(t, s, grace.Slash(abroad, "ask", discordtest.Opt("question", "who am I?")), "who am I?")
	if in := table.last("ask"); in.Server != "" || in.Admin || len(in.Roles) > 0 || in.Person != string(grace.ID()) ||
		!slices.Equal(in.Channels, []string{string(abroad)}) {
		t.Errorf("%+v", in)
	}
	if it := grace.Slash(abroad, "reload"); it.Err() == nil {
		t.Error("an admin's command is offered abroad")
	}
	group := s.AddGroup(grace, s.User("Ada"))
	wantAnswer(t, s, grace.Slash(group, "ask", discordtest.Opt("question", "and after that?")), "and after that?")
	if in := table.last("ask"); in.Server != "" || in.Admin {
		t.Errorf("%+v", in)
	}
	it := grace.Slash(group, "ask", discordtest.Opt("question", "endless"))
	wantAnswer(t, s, it, "long road")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	list, err := it.WaitUntil(ctx, func(m []discordtest.Message) bool {
		return len(m) > 0 &&
			len(m[len(m)-1].Attachments) > 0
	})
	if err != nil || len(list) > 6 {
		t.Errorf("%d messages, %v", len(list), err)
	}
	wantAnswer(t, s, grace.Slash(abroad, "ask", discordtest.Opt("question", "endless"),
		discordtest.Opt("private", "true")), "long road")
	m := wantAnswer(t, s, grace.Slash(abroad, "ask", discordtest.Opt("question", "unbroken"),
		discordtest.Opt("private", "true")), "word word")
	list = s.Messages(abroad)
	share := grace.Click(list[len(list)-1].ID, shareLabel) // the button stands below the last of the parts
	list, err = share.WaitUntil(ctx, func(m []discordtest.Message) bool { return len(m) == 1+5 })
	if err != nil || len(list[5].Attachments) == 0 || list[1].Content != "-# Shared by Grace" ||
		m.Text() == "" {
		t.Errorf("%d messages, %v", len(list), err)
	}
	for _, r := range s.Requests() {
		if strings.HasPrefix(r.Path, "/channels/"+string(abroad)) || strings.HasPrefix(r.Path, "/channels/"+string(group)) {
			t.Errorf("%s %s: the bot has no part in it", r.Method, r.Path)
		}
	}
}

func TestAttachedText(t *testing.T) { synctest.Test(t, testAttachedText) }
func testAttachedText(t *testing.T) {
	s := fake(t, discordtest.Config{Message: discordtest.Bucket{Requests: -1}})
	table := &officeTable{}
	start(t, s, table, nil)
	ada := s.User("Ada")
	mention := "<@" + string(s.BotID()) + "> "
	note := discordtest.File{Name: "note.txt", MediaType: "text/plain; charset=utf-8", Data: []byte("Grüße")}
	photo := discordtest.File{Name: "photo.png", MediaType: "image/png", Data: []byte{0x89, 'P'}}
	for _, c := range []struct {
		name, text string
		files      []discordtest.File
		want, not  string
	}{
		{"a text", "is this so?", []discordtest.File{note}, "You asked: is this so? with 7 bytes", "left out"},
		{"a text alone", "", []discordtest.File{note}, "You asked:  with 7 bytes", "left out"},
		{"a picture", "is this so?", []discordtest.File{photo}, "-# I can read one text file of up to 1 MB; photo.png was " +
			"left out.", "bytes"},
		{"a picture alone", "", []discordtest.File{photo}, "I cannot see pictures", "bytes"},
		{"both", "so?", []discordtest.File{photo, note}, "with 7 bytes\n-# I can read one text file of up to 1 MB; " +
			"photo.png was left out.", "note.txt"},
		{"a lie", "so?", []discordtest.File{{Name: "a.txt", MediaType: "text/plain", Data: []byte{0, 0xff}}},
			"a.txt was left out", "bytes"},
		{"a lie alone", "", []discordtest.File{{Name: "a.txt", MediaType: "text/plain", Data: []byte{0, 0xff}}},
			"a.txt was left out", "bytes"},
		{"too large", "so?", []discordtest.File{{Name: "b.md", Data: bytes.Repeat([]byte("a"), event.MaxAttached+1)}},
			"b.md was left out", "bytes"},
		{"by its name", "so?", []discordtest.File{{Name: "NOTE.MD", Data: []byte("x")}}, "with 1 bytes", "left out"},
	} {
		t.Log(c.name)
		m := wantReply(t, s, ada.Post(discordtest.Draft{Channel: s.General(), Text: mention + c.text, Files: c.files}),
			c.want)
		if strings.Contains(m.Text(), c.not) {
			t.Errorf("%q", m.Text())
		}
	}
	wantReply(t, s, ada.Post(discordtest.Draft{Channel: ada.Direct(), Files: []discordtest.File{note}}), "with 7 bytes")
}

// What the server of files does wrong ends in one sentence, and nothing of the bot's goes there.
func TestBadFiles(t *testing.T) { synctest.Test(t, testBadFiles) }
func testBadFiles(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &officeTable{}
	start(t, s, table, nil)
	grace := s.Admin()
	for _, c := range []struct {
		name, want string
		file       discordtest.File
	}{
		{"too large", "a.md is too large: I can take files of up to 10 MB.", discordtest.File{Size: maxUpload + 1}},
		{"larger than said", "could not fetch", discordtest.File{Misbehave: func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(make([]byte, maxUpload+1))
		}}},
		{"elsewhere", "could not fetch", discordtest.File{URL: "https://cdn.discordapp.com.example.org/a.md"}},
		{"a file", "could not fetch", discordtest.File{URL: "file:///etc/passwd"}},
		{"redirect", "could not fetch", discordtest.File{Misbehave: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/api/v9/users/@me", http.StatusFound)
		}}},
		{"gone", "could not fetch", discordtest.File{Misbehave: http.NotFound}},
		{"cut", "could not fetch", discordtest.File{Misbehave: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			_, _ = w.Write([]byte("half"))
			panic(http.ErrAbortHandler)
		}}},
	} {
		t.Log(c.name)
		c.file.Name = "a.md"
		m := wantAnswer(t, s, grace.Slash(s.General(), "documents add", discordtest.OptFile("file", c.file)), c.want)
		if !m.Ephemeral() {
			t.Error("in public")
		}
	}
	if len(table.calls) > 0 {
		t.Errorf("%d calls", len(table.calls))
	}
}

// What somebody may not do is not fetched, and a server of files that says nothing costs a limited time.
func TestFilesInVain(t *testing.T) { synctest.Test(t, testFilesInVain) }
func testFilesInVain(t *testing.T) {
	s := fake(t, discordtest.Config{})
	r := start(t, s, &officeTable{}, nil)
	asked := make(chan struct{}, 1)
	silent := discordtest.File{Name: "a.md", Misbehave: func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}}
	wantAnswer(t, s, s.User("Ada").Slash(s.General(), "documents add", discordtest.OptFile("file", silent)), "file a.md")
	if len(asked) > 0 {
		t.Error("a file was fetched for somebody who may not send it")
	}
	wantAnswer(t, s, s.Admin().Slash(s.General(), "documents add", discordtest.OptFile("file", silent)),
		"could not fetch a.md")
	if len(r.worker.uploads.large) > 0 {
		t.Error("a file that could not be fetched is held")
	}
}

func TestForm(t *testing.T) { synctest.Test(t, testForm) }
func testForm(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &officeTable{}
	start(t, s, table, nil)
	ada := s.User("Ada")
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "vote")), "An answer.")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	click := ada.Click(m.ID, "👎")
	form, err := click.WaitModal(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if form.Title != "Say what is wrong with an answer, so that it…" || len(form.Components) != 2 ||
		form.Components[0].Label != "Reason" || form.Components[0].Component.Type != discordtest.RadioGroup ||
		form.Components[1].Label != "Comment" || form.Components[1].Component.Style != 2 {
		t.Errorf("%+v", form)
	}
	if it := ada.SubmitModal(click, discordtest.Opt("comment", "…")); it.Err() == nil {
		t.Error("a form can be sent without what it requires")
	}
	sent := ada.SubmitModal(click, discordtest.Opt("reason", "not supported"),
		discordtest.Opt("comment", " It says |so= elsewhere. "))
	if shown := wantAnswer(t, s, sent, "answer k1, comment It says"); !shown.Ephemeral() {
		t.Error("the answer to a private form is public")
	}
	in := table.last("vote")
	if in.Args["reason"] != "not supported" || in.Args["comment"] != "It says |so= elsewhere." ||
		in.Args["answer"] != "k1" ||
		in.Person != string(ada.ID()) || in.Server != string(s.Guild()) {
		t.Errorf("%+v", in)
	}
	second := ada.Click(m.ID, "👎")
	if _, err := second.WaitModal(ctx); err != nil {
		t.Fatal(err)
	}
	wantAnswer(t, s, ada.SubmitModal(second, discordtest.Opt("reason", "Other")), "answer k1, reason other")
}

// The reply to a form may take the place of the message that it was opened under, for who asked for that. A button that
// lacks nothing opens no form.
func TestFormInPlace(t *testing.T) { synctest.Test(t, testFormInPlace) }
func testFormInPlace(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &officeTable{}, nil)
	ada, bert := s.User("Ada"), s.User("Bert")
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "vote here")), "An answer.")
	fill := func(p *discordtest.Person) *discordtest.Interaction {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		click := p.Click(m.ID, "👎")
		if _, err := click.WaitModal(ctx); err != nil {
			t.Fatal(err)
		}
		return p.SubmitModal(click, discordtest.Opt("reason", "wrong"))
	}
	if got := wantAnswer(t, s, fill(bert), "reason wrong"); got.ID == m.ID || !got.Ephemeral() {
		t.Error("somebody else changed the message")
	}
	if got := wantAnswer(t, s, ada.Click(m.ID, "👍"), "reason none"); got.ID == m.ID {
		t.Error("a button without the mark changed the message")
	}
	if got := wantAnswer(t, s, fill(ada), "reason wrong"); got.ID != m.ID {
		t.Error("the message stays as it was")
	}
}

// More large files than may be in memory at a time: each has its turn.
func TestManyFiles(t *testing.T) { synctest.Test(t, testManyFiles) }
func testManyFiles(t *testing.T) {
	s := fake(t, discordtest.Config{Webhook: discordtest.Bucket{Requests: -1}})
	r := start(t, s, &officeTable{}, nil)
	file := discordtest.OptFile("file", discordtest.File{Name: "a.md", Data: make([]byte, 100_000)})
	var all []*discordtest.Interaction
	for range 4 * maxLarge {
		all = append(all, s.Admin().Slash(s.General(), "documents add", file))
	}
	for _, it := range all {
		wantAnswer(t, s, it, "file holds 100000 bytes")
	}
	if len(r.worker.uploads.large) > 0 {
		t.Error("files are held")
	}
}

// A form adds to the call of its button, and changes nothing of it.
func TestForgedForm(t *testing.T) {
	r := reader{table: &officeTable{}}
	e := event.Interaction{Data: event.Data{CustomID: "vote|answer=k1", Fields: []event.Field{
		{CustomID: "answer", Value: json.RawMessage(`"k2"`)}, {CustomID: "unknown", Value: json.RawMessage(`"x"`)},
		{Component: &event.Field{CustomID: "reason", Values: []string{"other"}}}}}}
	var q question
	at := &delivery.Interaction{}
	if !r.filled(at, e, &q) || q.command != "vote" || q.input.Args["answer"] != "k1" || len(q.input.Args) != 2 ||
		!at.Private {
		t.Errorf("%+v", q)
	}
	for _, id := range []string{"", "no such|a=b", "find", "vote|answer", strings.Repeat("x", 200)} {
		e.Data.CustomID = id
		if r.filled(at, e, &question{}) {
			t.Errorf("%q is understood", id)
		}
	}
}
