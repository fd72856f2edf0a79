package dispatch

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/intake"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

const (
	stormSet   = "PILCROW_COMMANDS_STORM" // so many reloads, instead of stormRounds
	stormRuns  = 200
	stormCalls = 4 // calls for each reload
	stormers   = 4
)

// logbook is a document each paragraph of which names the round that it is of.
func logbook(n int) string {
	return fmt.Sprintf("---\ntitle: Log zq%[1]dzq\npublished: 2020-03-04\n---\n\nThe tower of Orrin was measured by "+
		"Anna Berg in round zq%[1]dzq.\n\n"+
		"“It leans by a hand in zq%[1]dzq,” said Anna Berg on 2 March 2019.\n\nIn May 2018 the keeper Ola Lund painted "+
		"the tower for zq%[1]dzq.\n", n)
}

var roundNamed = regexp.MustCompile(`zq(\d+)zq`)

// While the documents are read again, every reply of every command is made of one state of them, and never of one that
// was gone when the command was called.
func TestRepliesOfOneEdition(t *testing.T) {
	rounds := stormRuns
	if n, err := strconv.Atoi(os.Getenv(stormSet)); err == nil {
		rounds = n
	}
	dir := t.TempDir()
	kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	var round atomic.Int64 // that the folder holds
	c := ask.Config{Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
		Vectors: kept}
	shared := c
	shared.Load = func() (*article.Corpus, error) {
		return article.Load(fstest.MapFS{"log.md": {Data: []byte(logbook(int(round.Load())))}})
	}
	engine, err := ask.New(shared)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := library.Open(t.Context(), library.Config{Store: kept, Shared: engine, Engine: c,
		Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lib.Renew(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	table, err := New(Config{Engine: engine, Library: lib, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	by := library.Who{ID: "7", Name: "Ada"}
	p, err := lib.Propose(t.Context(), "1", library.Request{File: &intake.File{Name: "crane.txt",
		Data: []byte("The crane of Orrin is red.")}}, by)
	if err == nil {
		_, _, err = lib.Confirm(t.Context(), "1", p.ID, by, nil)
	}
	if err != nil {
		t.Fatal(err)
	}

	calls := []call{
		{command: "ask", in: commands.Input{Args: commands.Args{"question": "Who measured the tower?", "document": "log"}}},
		{command: "ask", in: commands.Input{Args: commands.Args{"question": "By how much does the tower lean?"}}},
		{command: "quote", in: commands.Input{Args: commands.Args{"about": "the tower"}}},
		{command: "timeline", in: commands.Input{Args: commands.Args{}}},
		{command: "timeline", in: commands.Input{Args: commands.Args{"about": "the tower"}}},
		{command: "who", in: commands.Input{Args: commands.Args{"name": "Anna Berg"}}},
		{command: "summary", in: commands.Input{Args: commands.Args{"document": "log"}}},
		{command: "paragraph", in: commands.Input{Args: commands.Args{"number": "2", "document": "log"}}},
		{command: "find", in: commands.Input{Args: commands.Args{"question": "tower"}}},
		{command: "check", in: commands.Input{Args: commands.Args{"text": "The keeper Ola Lund painted the tower."}}},
		{command: "documents", in: commands.Input{Args: commands.Args{}}},
		{command: "help", in: commands.Input{Args: commands.Args{}}},
	}
	var told atomic.Int64 // the last round that a reload was told to be done of
	step := make(chan struct{})
	var wait sync.WaitGroup
	var done, empty atomic.Int64
	for n := range stormers {
		wait.Go(func() {
			for i := n; i < rounds*stormCalls; i += stormers {
				call := calls[i%len(calls)]
				in := call.in
				in.From, in.Server, in.Channels = commands.Chat, []string{"", "1"}[i/len(calls)%2], []string{"5"}
				began := told.Load()
				reply, err := table.Run(t.Context(), call.command, in)
				if err != nil {
					text, _ := commands.Known(err, lang.Printer{})
					t.Errorf("%s: %v (%s)", call.command, err, text)
				}
				named := map[string]bool{}
				for _, m := range roundNamed.FindAllStringSubmatch(dump(reply), -1) {
					if named[m[1]] = true; atoi(t, m[1]) < int(began) {
						t.Errorf("%s shows round %s after %d was loaded:\n%s", call.command, m[1], began, dump(reply))
					}
				}
				switch len(named) {
				case 0:
					empty.Add(1)
				case 1:
				default:
					t.Errorf("%s is made of rounds %v:\n%s", call.command, named, dump(reply))
				}
				if done.Add(1)%stormCalls == 0 {
					step <- struct{}{}
				}
			}
		})
	}
	for n := 1; n <= rounds; n++ {
		<-step
		round.Store(int64(n))
		if _, err := lib.Renew(t.Context(), nil); err != nil && !errors.Is(err, ask.ErrBusy) {
			t.Error(err)
		}
		told.Store(int64(n))
	}
	wait.Wait()
	t.Logf("%d calls during %d reloads; %d named no round", done.Load(), rounds, empty.Load())
	if empty.Load() > done.Load()/4 {
		t.Error("most replies show nothing of the documents: the test sees nothing")
	}
}

func atoi(t *testing.T, s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Error(err)
	}
	return n
}
