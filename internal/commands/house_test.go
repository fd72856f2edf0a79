package commands

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/library"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/store"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A fickle embedder fails while it is told to.
type fickle struct {
	rag.Embedder
	broken bool
}

func (f *fickle) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	if f.broken && kind == rag.Passage {
		return nil, errors.New("dial 10.0.0.7: connection refused")
	}
	return f.Embedder.Embed(ctx, kind, texts)
}

// A house is a table over a real library in a folder of its own, with a page of the web, and the transcript of what is done in it.
type house struct {
	*Table
	t       *testing.T
	library *library.Library
	shared  fstest.MapFS
	embed   *fickle
	now     time.Time
	page    string // what the web server gives; "" is 404
	web     string // its address
	log     bytes.Buffer
	script  bytes.Buffer
	last    Reply
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, shared: maps.Clone(folder), embed: &fickle{Embedder: local.NewEmbedder()},
		now: time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if h.page == "" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, h.page)
	}))
	t.Cleanup(server.Close)
	h.web = server.URL + "/news.txt"
	kept, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	parts := rag.Config{Embedder: h.embed, Index: chromemindex.New(), Extractor: local.NewExtractor(), Vectors: kept}
	whole := parts
	whole.Load = func() (*article.Corpus, error) { return article.Load(h.shared) }
	engine, err := rag.New(whole)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return h.now }
	logger := slog.New(slog.NewTextHandler(&h.log, nil))
	h.library, err = library.Open(t.Context(), library.Config{Store: kept, Shared: engine, Engine: parts, Now: clock, Logger: logger,
		Fetcher: fetch.New(fetch.Config{Permit: func(to netip.AddrPort) bool { return to.String() == server.Listener.Addr().String() }})})
	if err != nil {
		t.Fatal(err)
	}
	h.Table, err = New(Config{Engine: engine, Library: h.library, Logger: logger, Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Who is there: an admin of the first server, one who manages its documents by a role, a member, and an admin of another server.
var people = map[string]Input{
	"ada": {Person: "11", Name: "Ada", Admin: true, Server: "100", Channels: []string{"500"}, From: Chat},
	"rob": {Person: "12", Name: "Rob", Roles: []string{"900"}, Server: "100", Channels: []string{"500"}, From: Chat},
	"mia": {Person: "13", Name: "Mia", Server: "100", Channels: []string{"500"}, From: Chat},
	"eve": {Person: "66", Name: "Eve", Admin: true, Server: "200", Channels: []string{"600"}, From: Chat},
	"dan": {Person: "77", Name: "Dan", From: Chat}, // in a private conversation
}

// do runs a command as the person would, and writes down what they see.
func (h *house) do(who, command string, args Args, files ...Upload) Reply {
	h.t.Helper()
	in := people[who]
	in.Args = args
	if len(files) > 0 {
		in.Args = maps.Clone(args)
		if in.Args == nil {
			in.Args = Args{}
		}
		in.Args["file"], in.Files = files[0].Name, map[string]Upload{"file": files[0]}
	}
	line := "/" + command
	for _, name := range slices.Sorted(maps.Keys(in.Args)) {
		line += " " + name + ":" + in.Args[name]
	}
	return h.call(who, line, command, in)
}

// click runs the button of the last reply with that label.
func (h *house) click(who, label string) Reply {
	h.t.Helper()
	i := slices.IndexFunc(h.last.Actions, func(a Action) bool { return a.Label == label })
	if i < 0 {
		h.t.Fatalf("no button %q among %+v", label, h.last.Actions)
	}
	return h.press(who, h.last.Actions[i])
}

func (h *house) press(who string, a Action) Reply {
	h.t.Helper()
	if !a.fits() {
		h.t.Errorf("%+v does not fit its button", a)
	}
	in := people[who]
	in.Args = a.Args
	return h.call(who, "["+a.Label+"]", a.Command, in)
}

func (h *house) call(who, line, command string, in Input) Reply {
	h.t.Helper()
	fmt.Fprintf(&h.script, "%s> %s\n", who, line)
	in.Show = func(r Reply) { h.write("  … ", r) }
	reply, err := h.Run(h.t.Context(), command, in)
	if err != nil {
		said, _ := h.Public(err, in.Lang)
		fmt.Fprintf(&h.script, "  ! %s\n\n", said)
		return Reply{}
	}
	if b, err := reply.JSON.MarshalJSON(); err != nil || !bytes.HasPrefix(b, []byte("{")) {
		h.t.Errorf("%s: JSON %s, %v", command, b, err)
	}
	h.last = reply
	h.write("  ", reply)
	if len(reply.Actions) > 0 {
		var labels []string
		for _, a := range reply.Actions {
			labels = append(labels, "["+a.Label+"]")
		}
		fmt.Fprintf(&h.script, "  %s\n", strings.Join(labels, " "))
	}
	h.script.WriteByte('\n')
	return reply
}

func (h *house) write(indent string, r Reply) {
	mark := r.Marks()
	for _, b := range r.Blocks {
		text := map[BlockKind]string{Heading: "### ", Quote: "> ", Item: "- ", Small: "-# "}[b.Kind] + b.Text
		for _, ref := range b.Cites {
			text += " [" + mark(ref) + "]"
		}
		for _, id := range b.Channels {
			text += " <#" + id + ">"
		}
		for _, id := range b.Roles {
			text += " <@&" + id + ">"
		}
		fmt.Fprintf(&h.script, "%s%s\n", indent, strings.TrimSpace(text))
	}
}

func (h *house) note(text string) { fmt.Fprintf(&h.script, "== %s\n\n", text) }

// What is different each time: how long something took, digests, ports, references into the log, and when an edition was loaded.
var varying = []struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`\bin \d+(\.\d)? m?s\b`), "in N ms"},
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "news.example"},
	{regexp.MustCompile(`\(ref [0-9a-f]{4}\)`), "(ref XXXX)"},
	{regexp.MustCompile(`(SHA-256|Digest of the text:|SHA-256 of the original:) [0-9a-f]{8,}`), "$1 XXXX"}, // of a text with the port in it
	{regexp.MustCompile(`Kept: \d+ bytes`), "Kept: N bytes"},
	{regexp.MustCompile(`Edition [0-9a-f]+, loaded .*`), "Edition XXXX, loaded then"},
}

// compare holds the transcript against the golden file.
func (h *house) compare(name string) {
	h.t.Helper()
	got := h.script.String()
	for _, v := range varying {
		got = v.find.ReplaceAllString(got, v.put)
	}
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			h.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		h.t.Fatal(err)
	}
	if got != string(want) {
		h.t.Errorf("%s differs; run with -update, and read the difference:\n%s", file, got)
	}
}

func file(name, text string) Upload {
	return Upload{Name: name, MediaType: "text/plain", Data: []byte(text)}
}

const harbor = "---\ntitle: The harbor of Oster\nauthor: Jo Lund\npublished: 2024-03-05\n---\n\nThe harbor freezes in January.\n\n" +
	"It thaws in April, when the pilot Solveig Brekke returns.\n\nThe quay is ninety meters long.\n"

func TestHouse(t *testing.T) {
	h := newHouse(t)
	h.note("adding")
	h.do("mia", "documents add", nil, file("harbor.md", harbor))
	h.do("ada", "documents add", nil)
	h.do("ada", "documents add", Args{"address": "harbor.md"})
	h.do("ada", "documents add", Args{"address": "https://example.org/x"}, file("harbor.md", harbor))
	h.do("ada", "documents add", Args{"published": "yesterday"}, file("notes.txt", "A note."))
	h.do("dan", "documents add", nil, file("harbor.md", harbor))
	h.do("ada", "documents add", nil, file("harbor.md", harbor))
	h.click("eve", "Confirm")
	h.do("ada", "documents add", nil, file("harbor.md", harbor))
	confirm := h.last.Actions[0]
	h.press("ada", confirm)
	h.press("ada", confirm)
	h.do("mia", "ask", Args{"question": "When does the harbor freeze?"})
	h.do("eve", "ask", Args{"question": "When does the harbor freeze?"})
	h.do("ada", "documents add", nil, file("harbor.md", strings.Replace(harbor, "ninety", "eighty", 1)))
	h.do("ada", "documents add", Args{"title": "A note"}, file("x/../../no\u202ete.txt", "See\u200bn and \u200bunseen.\n"))
	h.click("ada", "Cancel")

	h.note("replacing")
	h.do("ada", "documents replace", Args{"document": "harbor"}, file("again.md", harbor))
	h.do("ada", "documents replace", Args{"document": "harbour"}, file("again.md", harbor))
	changed := strings.Replace(strings.Replace(harbor, "ninety meters long", "ninety-five meters long", 1), "The harbor freezes in January.\n\n",
		"The harbor freezes in December.\n\nA new crane came in 2023.\n\n", 1)
	h.do("ada", "documents replace", Args{"document": "harbor"}, file("again.md", changed))
	h.embed.broken = true
	confirm = h.last.Actions[0]
	h.press("ada", confirm)
	h.embed.broken = false
	h.press("ada", confirm)

	h.note("looking")
	h.do("mia", "documents list", nil)
	h.do("mia", "documents list", Args{"private": "true"})
	h.do("ada", "documents list", Args{"private": "true"})
	h.do("eve", "documents list", nil)
	h.do("mia", "documents show", Args{"document": "harbor"})
	h.do("ada", "documents show", Args{"document": "harbor"})
	h.do("eve", "documents show", Args{"document": "harbor"})

	h.note("removing and undoing")
	h.do("ada", "documents remove", Args{"document": "harbor"})
	h.click("ada", "Confirm")
	h.do("mia", "ask", Args{"question": "When does the harbor freeze?"})
	undo := h.last
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents undo", nil)
	h.last = undo
	h.do("ada", "documents remove", Args{"document": "ferry"})
	h.click("ada", "Confirm")
	hide := h.last.Actions[0]
	h.do("ada", "documents list", Args{"private": "true"})
	h.click("ada", "Show ferry again")
	h.press("ada", hide)
	h.do("ada", "documents history", nil)
	h.do("eve", "documents history", nil)
	h.compare("house.txt")
}

func TestHouseAddresses(t *testing.T) {
	h := newHouse(t)
	h.do("ada", "documents add", Args{"address": "http://10.1.2.3/secret"})
	h.do("ada", "documents add", Args{"address": h.web})
	h.page = "The Oster Post\n\nThe council meets on Monday."
	h.do("ada", "documents add", Args{"address": h.web, "title": "The Oster Post", "published": "2026-05-01"})
	h.click("ada", "Confirm")
	h.do("ada", "reload", nil)
	h.page = "The Oster Post\n\nThe council meets on Tuesday."
	h.now = h.now.Add(3 * time.Hour)
	h.do("ada", "reload", Args{"document": "the-oster-post"})
	h.page = ""
	h.now = h.now.Add(30 * time.Hour)
	h.do("ada", "reload", nil)
	h.do("ada", "documents show", Args{"document": "the-oster-post"})
	h.do("ada", "status", nil)
	h.do("eve", "status", nil)
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents history", nil)
	h.shared["news.md"] = &fstest.MapFile{Data: []byte("The mayor of Oster resigned.\n")}
	delete(h.shared, "ferry.md")
	h.do("eve", "reload", nil)
	h.shared["paper.pdf"] = &fstest.MapFile{Data: []byte("%PDF-1.7")}
	h.do("eve", "reload", nil)
	h.do("mia", "reload", nil)
	h.do("mia", "status", nil)
	h.compare("addresses.txt")
}

func TestHouseScopes(t *testing.T) {
	h := newHouse(t)
	h.do("ada", "documents add", nil, file("harbor.md", harbor))
	h.click("ada", "Confirm")
	h.script.Reset()
	h.do("ada", "documents scope", nil)
	h.do("ada", "documents scope", Args{"documents": "harbor, nowhere"})
	h.do("ada", "documents scope", Args{"documents": " , "})
	h.do("ada", "documents scope", Args{"documents": "harbor", "channel": "501", "server": "true"})
	h.do("ada", "documents scope", Args{"documents": "harbor, The ferry to Oster"})
	h.do("ada", "documents scope", Args{"documents": "lighthouse", "server": "true"})
	h.do("ada", "documents scope", nil)
	h.do("mia", "documents list", nil)
	h.do("ada", "documents list", Args{"private": "true"})
	h.do("mia", "ask", Args{"question": "When was the lighthouse lit for the first time?"})
	h.do("mia", "documents show", Args{"document": "lighthouse"})
	h.do("ada", "documents scope", Args{"documents": "all"})
	h.do("ada", "documents scope", Args{"documents": "all", "server": "true"})
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents scope", nil)
	h.note("roles")
	h.do("rob", "documents undo", nil)
	h.do("ada", "documents role", Args{"role": "900"})
	h.do("rob", "documents undo", nil)
	h.do("rob", "documents role", Args{"role": "901"})
	h.do("rob", "documents role", nil)
	h.do("ada", "documents role", Args{"role": "900"})
	h.do("rob", "documents history", nil)
	h.do("ada", "documents history", nil)
	h.compare("scopes.txt")
	for typed, want := range map[string][]string{
		"":                 {"ferry", "harbor", "lighthouse", "all"},
		"li":               {"lighthouse"},
		"harbor, li":       {"harbor, lighthouse"},
		"harbor,ferry,":    {"harbor,ferry, lighthouse"},
		"harbor, ":         {"harbor, ferry, harbor, lighthouse"},
		"al":               {"all"},
		"harbor, zeppelin": nil,
	} {
		if typed == "harbor, " {
			want = []string{"harbor, ferry", "harbor, lighthouse"}
		}
		in := people["ada"]
		if got := h.Complete(t.Context(), "documents scope", "documents", in, typed); !slices.Equal(got, want) {
			t.Errorf("%q offers %q, want %q", typed, got, want)
		}
		if got := h.Complete(t.Context(), "documents scope", "documents", people["mia"], typed); got != nil {
			t.Errorf("a member is offered %q", got)
		}
	}
}

func TestHouseErrorsNameNothingOfOurs(t *testing.T) {
	h := newHouse(t)
	h.embed.broken = true
	h.do("ada", "documents add", nil, file("harbor.md", harbor))
	h.click("ada", "Confirm")
	if said := h.script.String(); strings.Contains(said, "10.0.0.7") || !strings.Contains(said, "Nothing was changed") ||
		!strings.Contains(h.log.String(), "10.0.0.7") {
		t.Errorf("said %s\nlogged %s", said, h.log.String())
	}
	for _, err := range []error{&intake.Refusal{Why: intake.TooLarge}, library.ErrFull, library.ErrNoBytes, library.ErrCrowded, rag.ErrBusy,
		&article.FileError{Path: "a.md", Line: 3, Msg: "no text."}} {
		said := whyNot(people["ada"].Lang, fmt.Errorf("add: %w", err))
		if !strings.HasSuffix(said, ".") || strings.Contains(said, "..") {
			t.Errorf("%v: %q", err, said)
		}
	}
}
