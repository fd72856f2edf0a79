package dispatch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
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
	"pilcrow/internal/intake"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

const (
	stepsSet       = "PILCROW_ISOLATION_STEPS" // instead of isolationSteps
	isolationSteps = 800
	maxPool        = 40 // buttons of a room that are remembered
)

// A teller is a model that quotes the nearest passage and adds what is not so; some questions are too much for it.
type teller struct{}

func (teller) Generate(_ context.Context, r rag.Request) (rag.Draft, error) {
	if len(r.Question)%3 == 0 || len(r.Passages) == 0 {
		return rag.Draft{}, errors.New("the model is away")
	}
	return rag.Draft{Text: r.Passages[0].Text + " [1] The moon is made of green cheese. [1]", By: "teller"}, nil
}

// A cell is a whole program: a database, a library, a table.
type cell struct {
	table   *Table
	library *library.Library
}

// Cells share a folder and a clock.
type cells struct {
	t      *testing.T
	folder fstest.MapFS
	now    time.Time
	random *rand.Rand
}

func (w *cells) open() cell {
	w.t.Helper()
	dir := w.t.TempDir()
	kept, err := store.Config{URL: storetest.URL(w.t, dir)}.Open(dir)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = kept.Close() })
	now := func() time.Time { return w.now }
	c := ask.Config{Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
		Vectors: kept, Generator: teller{}}
	shared := c
	shared.Load = func() (*article.Corpus, error) { return article.Load(w.folder) }
	engine, err := ask.New(shared)
	if err != nil {
		w.t.Fatal(err)
	}
	lib, err := library.Open(w.t.Context(), library.Config{Store: kept, Shared: engine, Engine: c, Now: now,
		Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := lib.Renew(w.t.Context(), nil); err != nil {
		w.t.Fatal(err)
	}
	table, err := New(Config{Engine: engine, Library: lib, Now: now, People: kept, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		w.t.Fatal(err)
	}
	return cell{table, lib}
}

// A room is a server, or a private conversation (server ""), in the cell that all share and in one of its own.
type room struct {
	server, channel, person string
	alone                   cell
	pool                    [2][]commands.Action // buttons that were offered in the shared cell, and the same in its own
}

func canary(server string) string { return "canary" + server + "xq" }

// A call is what is done in a room, in both cells.
type call struct {
	command string
	in      commands.Input
	press   int // the index of a button of the pool, -1 for none
}

// Everything that a server sees is byte for byte what it would see if the other servers had never existed: each step is
// made in a program that all servers share and in one that the server has to itself, and the two must say the same. And
// no word that stands in the documents of one server alone is ever seen in another.
func TestServersDoNotSeeEachOther(t *testing.T) {
	steps := isolationSteps
	if n, err := strconv.Atoi(os.Getenv(stepsSet)); err == nil {
		steps = n
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	w := &cells{t: t, folder: maps.Clone(folder), now: time.Date(2031, 5, 4, 12, 0, 0, 0, time.UTC),
		random: rand.New(rand.NewPCG(seed, 1))}
	all := w.open()
	rooms := []*room{{server: "1", channel: "10", person: "71"}, {server: "2", channel: "20", person: "72"},
		{server: "3", channel: "30", person: "73"},
		{channel: "40", person: "74"}}
	for _, r := range rooms {
		r.alone = w.open()
	}
	done := map[string]int{}
	for n := range steps {
		r := rooms[w.random.IntN(len(rooms))]
		switch k := w.random.IntN(100); {
		case k < 2:
			w.now = w.now.Add(time.Duration(w.random.IntN(20)) * time.Minute)
		case k < 4:
			w.edit(n)
			w.renew(append([]*room{{alone: all}}, rooms...))
			done["shared documents changed"]++
		case k < 14 && r.server != "":
			done[w.change(n, all, r)]++
		case k < 20:
			param, typed := "document", string("abcdefghilmnop"[w.random.IntN(14)])
			in := r.input(nil)
			a, b := all.table.Complete(t.Context(), "ask", param, in, typed),
				r.alone.table.Complete(t.Context(), "ask", param, in, typed)
			w.same(n, r, "complete "+typed, strings.Join(a, "\n"), strings.Join(b, "\n"))
			done["completions"]++
		default:
			c := w.choose(r, rooms)
			done[c.command]++
			a, b := w.run(all, r, c, 0), w.run(r.alone, r, c, 1)
			w.same(n, r, fmt.Sprintf("%s %v", c.command, c.in.Args), a, b)
			if c.command == "reload" { // whoever reads the folder again does so for all
				w.renew(append([]*room{{alone: all}}, rooms...))
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(done)) {
		t.Logf("%5d %s", done[name], name)
	}
}

func (r *room) input(args commands.Args) commands.Input {
	in := commands.Input{Args: args, From: commands.Chat, Person: r.person, Name: "P" + r.person, Server: r.server,
		Channels: []string{r.channel}}
	in.Admin = r.server != ""
	return in
}

// edit changes the shared documents.
func (w *cells) edit(n int) {
	switch w.random.IntN(3) {
	case 0:
		w.folder[fmt.Sprintf("shared-%d.txt", w.random.IntN(2))] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"The shared bridge was painted %d times.\n\nIt is long.", n)}
	case 1:
		delete(w.folder, fmt.Sprintf("shared-%d.txt", w.random.IntN(2)))
	}
}

func (w *cells) renew(rooms []*room) {
	w.t.Helper()
	for _, r := range rooms {
		if _, err := r.alone.library.Renew(w.t.Context(), nil); err != nil {
			w.t.Fatal(err)
		}
	}
}

// text is a document of a server: its canary, and words that all have.
func (w *cells) text(server string) string {
	topics := []string{"harbor", "mill", "bridge", "tower", "garden"}
	topic := topics[w.random.IntN(len(topics))]
	return fmt.Sprintf("# The %s of %d\n\nThe %s was built by Anna %s in %d, said Mayor Ola Lund.\n\n“It leans,” said "+
		"Ola Lund in May %d.\n\nThe shared bridge is near.",
		topic, w.random.IntN(4), topic, canary(server), 1900+w.random.IntN(100), 2000+w.random.IntN(20))
}

// change adds, replaces, removes, hides, scopes or undoes, without a word in between.
func (w *cells) change(n int, all cell, r *room) (what string) {
	by := library.Who{ID: r.person, Name: "P" + r.person}
	slugs := []string{fmt.Sprintf("own-%s-%d", r.server, w.random.IntN(3)), "lighthouse", "ferry", "mill",
		fmt.Sprintf("own-%d", w.random.IntN(2))}
	slug := slugs[w.random.IntN(len(slugs))]
	k, text := w.random.IntN(10), w.text(r.server)
	do := func(c cell) string {
		ctx := context.Background()
		var out []string
		say := func(parts ...string) { out = append(out, parts...) }
		switch {
		case k < 5:
			what = "add or replace"
			request := library.Request{File: &intake.File{Name: slug + ".md", Data: []byte(text)}}
			if edition := c.library.Engine(r.server).Edition(); edition != nil {
				if _, there := edition.Corpus.Document(slug); there {
					request.Replace = slug
				}
			}
			p, err := c.library.Propose(ctx, r.server, request, by)
			say(fmt.Sprint(p.Document.Slug, p.Replaces, p.Overrides, p.Changes, p.ToEmbed, p.Known, p.Warnings, p.Unchanged,
				err))
			if p.ID != "" {
				change, report, err := c.library.Confirm(ctx, r.server, p.ID, by, nil)
				say(describe(change), fmt.Sprint(report.Changed, report.Documents, report.Passages, report.Embedded, report.Reused,
					err))
			}
		case k < 7:
			what = "remove or hide"
			change, _, err := c.library.Remove(ctx, r.server, slug, by)
			say(describe(change), fmt.Sprint(err))
		case k < 8:
			what = "scope"
			var tied []string
			if n%2 == 0 {
				tied = []string{slug}
			}
			say(fmt.Sprint(c.library.SetScope(ctx, r.server, r.channel, tied, by)))
		default:
			what = "undo"
			change, _, err := c.library.Undo(ctx, r.server, 0, by)
			say(describe(change), fmt.Sprint(err))
		}
		history, err := c.library.History(ctx, r.server, 0, 3)
		for _, h := range history {
			say(describe(h))
		}
		say(fmt.Sprint(err, c.library.Hidden(r.server), c.library.Scope(r.server, []string{r.channel})))
		return strings.Join(out, "\n")
	}
	w.same(n, r, what+" "+slug, do(all), do(r.alone))
	return what
}

func describe(c library.Change) string {
	state := func(s *library.State) string {
		if s == nil {
			return "-"
		}
		return fmt.Sprintf("%+v", *s)
	}
	return fmt.Sprint(c.ID, c.At, c.By, c.Action, c.Slug, c.Title, state(c.Before), state(c.After), c.Was, c.Became,
		c.UndoneBy)
}

var questions = []string{
	"When was the harbor built?", "Who built the mill?", "What did Ola Lund say?",
	"What did Ola Lund say about the tower?", "Is the bridge long?",
	"When was the lighthouse lit?", "Which kingdom sank the ferry in 1066?", "Anna", "What is near?", "paragraph 2",
	"Ola Lund", "The mill was built in 1742.", "May 2005", "2001", "10 apples",
}

// choose picks what somebody in the room does next: a command with arguments, or a button, now and then one from
// another room.
func (w *cells) choose(r *room, rooms []*room) call {
	switch k := w.random.IntN(10); {
	case k < 3 && len(r.pool[0]) > 0:
		i := w.random.IntN(len(r.pool[0]))
		a := r.pool[0][i]
		in := r.input(a.Args)
		w.fill(r, a.Command, &in, a.Form)
		return call{a.Command, in, i}
	case k < 4:
		other := rooms[w.random.IntN(len(rooms))]
		if other != r && len(other.pool[0]) > 0 {
			a := other.pool[0][w.random.IntN(len(other.pool[0]))]
			return call{a.Command, r.input(a.Args), -1}
		}
	}
	rows := r.alone.table.Commands()
	c := rows[w.random.IntN(len(rows))]
	if w.random.IntN(2) == 0 { // most of the time people ask
		c, _ = r.alone.table.Lookup("ask")
	}
	in := r.input(commands.Args{})
	w.fill(r, c.Name, &in, true)
	return call{c.Name, in, -1}
}

// fill gives the parameters of a command values, of those that are not required some.
func (w *cells) fill(r *room, command string, in *commands.Input, all bool) {
	c, ok := r.alone.table.Lookup(command)
	if !ok || !all {
		return
	}
	in.Args = maps.Clone(in.Args)
	if in.Args == nil {
		in.Args = commands.Args{}
	}
	for _, p := range c.Params {
		if in.Args[p.Name] != "" || !p.Required && w.random.IntN(5) > 1 {
			continue
		}
		switch p.Type {
		case commands.Document:
			in.Args[p.Name] = []string{"lighthouse", "ferry", "shared-0", "own-1-0", "own-2-1", "own-3-0", "own-0",
				"The bridge of 1", "mill"}[w.random.IntN(9)]
		case commands.Integer:
			in.Args[p.Name] = strconv.Itoa(1 + w.random.IntN(4))
		case commands.Flag:
			in.Args[p.Name] = "true"
		case commands.Attachment:
			if r.server != "" {
				in.Args[p.Name] = fmt.Sprintf("own-%s-%d.md", r.server, w.random.IntN(3))
				in.Files = map[string]commands.Upload{p.Name: {Name: in.Args[p.Name], Data: []byte(w.text(r.server))}}
			}
		case commands.Channel:
			in.Args[p.Name] = r.channel
		case commands.Role:
			in.Args[p.Name] = "900"
		default:
			in.Args[p.Name] = questions[w.random.IntN(len(questions))]
			if len(p.Choices) > 0 {
				in.Args[p.Name] = p.Choices[w.random.IntN(len(p.Choices))]
			}
		}
	}
}

// run makes a call in a cell, remembers the buttons, and returns all that was seen. which is 0 for the shared cell.
func (w *cells) run(c cell, r *room, call call, which int) string {
	var b strings.Builder
	in := call.in
	if call.press >= 0 { // ids of previews differ from cell to cell
		in.Args = maps.Clone(in.Args)
		maps.Copy(in.Args, r.pool[which][call.press].Args)
	}
	in.Show = func(reply commands.Reply) { b.WriteString("shown: " + dump(reply)) }
	reply, err := c.table.Run(context.Background(), call.command, in)
	if err != nil {
		text, ok := commands.Known(err, lang.Printer{})
		if !ok {
			text = "something went wrong: " + err.Error()
		}
		b.WriteString("error: " + text)
	}
	b.WriteString(dump(reply))
	r.pool[which] = append(r.pool[which], reply.Actions...)
	if n := len(r.pool[which]); n > maxPool {
		r.pool[which] = slices.Clone(r.pool[which][n-maxPool:])
	}
	return b.String()
}

// dump is all of a reply that a reader or a machine can see.
func dump(r commands.Reply) string {
	var b strings.Builder
	for _, block := range r.Blocks {
		fmt.Fprintf(&b, "%d %s %v %v\n", block.Kind, block.Text, block.Cites, block.Bold)
	}
	for _, p := range r.Sources {
		fmt.Fprintf(&b, "source %+v\n", p)
	}
	for _, a := range r.Actions {
		fmt.Fprintf(&b, "action %+v\n", a)
	}
	if r.JSON != nil {
		data, err := r.JSON.MarshalJSON()
		fmt.Fprintf(&b, "%s %v\n", data, err)
	}
	return b.String()
}

// What two runs of the same program differ in: how long something took, when the program was started, and what is drawn
// by lot.
var mayDiffer = regexp.MustCompile(`\banswer:[0-9a-f]{12}\b|in \d+(?:\.\d+)? ?(?:ms|s)\b|"took_ms":\d+|` +
	`\b[A-Z2-7]{10}\b|\b2026-\d\d-\d\d[ T]\d\d:\d\d(?::\d\dZ| UTC)?`)

func (w *cells) same(n int, r *room, what, a, b string) {
	w.t.Helper()
	a, b = mayDiffer.ReplaceAllString(a, "~"), mayDiffer.ReplaceAllString(b, "~")
	if a != b {
		w.t.Fatalf("step %d, server %q, %s\namong others it sees:\n%s\nalone it sees:\n%s", n, r.server, what, a, b)
	}
	for _, server := range []string{"1", "2", "3"} {
		if server != r.server && strings.Contains(strings.ToLower(a), canary(server)) {
			w.t.Fatalf("step %d, server %q, %s: it sees a word of server %s:\n%s", n, r.server, what, server, a)
		}
	}
}
