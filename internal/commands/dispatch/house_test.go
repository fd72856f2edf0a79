package dispatch

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
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/fetch"
	"pilcrow/internal/library"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A fickle embedder fails while it is told to.
type fickle struct {
	rag.Embedder
	broken  bool
	waiting chan chan struct{} // gets, for each call, what it waits for; nil: it does not wait
}

func (f *fickle) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	if f.waiting != nil && kind == rag.Passage {
		ended := make(chan struct{})
		f.waiting <- ended
		<-ended
	}
	if f.broken && kind == rag.Passage {
		return nil, errors.New("dial 10.0.0.7: connection refused")
	}
	return f.Embedder.Embed(ctx, kind, texts)
}

// A house is a table over a real library in a folder of its own, with a page of the web, and the transcript of what is
// done in it.
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
	last    commands.Reply
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
	dir := t.TempDir()
	kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	logger := slog.New(slog.NewTextHandler(&h.log, nil))
	parts := ask.Config{Embedder: h.embed, Index: chromemindex.New(), Extractor: local.NewExtractor(), Vectors: kept,
		Logger: logger}
	whole := parts
	whole.Load = func() (*article.Corpus, error) { return article.Load(h.shared) }
	engine, err := ask.New(whole)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return h.now }
	h.library, err = library.Open(t.Context(), library.Config{Store: kept, Shared: engine, Engine: parts, Now: clock,
		Logger: logger,
		Fetcher: fetch.New(fetch.Config{Permit: func(to netip.AddrPort) bool {
			return to.String() == server.Listener.Addr().String()
		}})})
	if err != nil {
		t.Fatal(err)
	}
	h.Table, err = New(Config{Engine: engine, Library: h.library, Logger: logger, Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Who is there: an admin of the first server, one who manages its documents by a role, a member, and an admin of
// another server.
var people = map[string]commands.Input{
	"ada": {Person: "11", Name: "Ada", Admin: true, Server: "100", Channels: []string{"500"}, From: commands.Chat},
	"rob": {Person: "12", Name: "Rob", Roles: []string{"900"}, Server: "100", Channels: []string{"500"},
		From: commands.Chat},
	"mia": {Person: "13", Name: "Mia", Server: "100", Channels: []string{"500"}, From: commands.Chat},
	"eve": {Person: "66", Name: "Eve", Admin: true, Server: "200", Channels: []string{"600"}, From: commands.Chat},
	"dan": {Person: "77", Name: "Dan", From: commands.Chat}, // in a private conversation
}

// do runs a command as the person would, and writes down what they see.
func (h *house) do(who, command string, args commands.Args, files ...commands.Upload) commands.Reply {
	h.t.Helper()
	in := people[who]
	in.Args = args
	if len(files) > 0 {
		in.Args = maps.Clone(args)
		if in.Args == nil {
			in.Args = commands.Args{}
		}
		in.Args["file"], in.Files = files[0].Name, map[string]commands.Upload{"file": files[0]}
	}
	line := "/" + command
	for _, name := range slices.Sorted(maps.Keys(in.Args)) {
		line += " " + name + ":" + strings.Trim(strconv.Quote(in.Args[name]), `"`)
	}
	return h.call(who, line, command, in)
}

// click runs the button of the last reply with that label.
func (h *house) click(who, label string) commands.Reply {
	h.t.Helper()
	i := slices.IndexFunc(h.last.Actions, func(a commands.Action) bool { return a.Label == label })
	if i < 0 {
		h.t.Fatalf("no button %q among %+v", label, h.last.Actions)
	}
	return h.press(who, h.last.Actions[i])
}

func (h *house) press(who string, a commands.Action) commands.Reply {
	h.t.Helper()
	if !a.Fits() {
		h.t.Errorf("%+v does not fit its button", a)
	}
	in := people[who]
	in.Args = a.Args
	return h.call(who, "["+a.Label+"]", a.Command, in)
}

func (h *house) call(who, line, command string, in commands.Input) commands.Reply {
	h.t.Helper()
	fmt.Fprintf(&h.script, "%s> %s\n", who, line)
	in.Show = func(r commands.Reply) { h.write("  … ", r) }
	reply, err := h.Run(h.t.Context(), command, in)
	if err != nil {
		said, _ := h.Public(err, in.Lang)
		fmt.Fprintf(&h.script, "  ! %s\n\n", said)
		return commands.Reply{}
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

func (h *house) write(indent string, r commands.Reply) {
	mark := r.Marks()
	for _, b := range r.Blocks {
		text := map[commands.BlockKind]string{commands.Heading: "### ", commands.Quote: "> ", commands.Item: "- ",
			commands.Small: "-# "}[b.Kind] + b.Text
		for _, name := range slices.Backward(b.Commands) {
			text = strings.TrimSpace("/" + name + " " + text)
		}
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

// What is different each time: how long something took, digests, ports, references into the log, and when an edition
// was loaded.
var varying = []struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`\bin \d+(\.\d)? m?s\b`), "in N ms"},
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "news.example"},
	{regexp.MustCompile(`\(ref [0-9a-f]{4}\)`), "(ref XXXX)"},
	{regexp.MustCompile(`(SHA-256|Digest of the text:|SHA-256 of the original:) [0-9a-f]{8,}`),
		"$1 XXXX"}, // of a text with the port in it
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

func file(name, text string) commands.Upload {
	return commands.Upload{Name: name, MediaType: "text/plain", Data: []byte(text)}
}

const harbor = "---\ntitle: The harbor of Oster\nauthor: Jo Lund\npublished: 2024-03-05\n---\n\nThe harbor freezes " +
	"in January.\n\n" +
	"It thaws in April, when the pilot Solveig Brekke returns.\n\nThe quay is ninety meters long.\n"
