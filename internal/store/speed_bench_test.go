package store_test

import (
	"database/sql"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"pilcrow/internal/article"
	"pilcrow/internal/article/articletest"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/flatindex"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/inverted"
	"pilcrow/internal/rag/vectors"
	"pilcrow/internal/static"
	"pilcrow/internal/words"
)

// news writes invented documents into a folder.
func news(tb testing.TB, paragraphs int) (dir string, texts []string) {
	tb.Helper()
	dir = tb.TempDir()
	texts, err := articletest.WriteNews(dir, paragraphs)
	if err != nil {
		tb.Fatal(err)
	}
	return dir, texts
}

// cpu is what the process took so far.
func cpu(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// content drops the stop words, as the reference is given its texts.
func content(text string) string {
	var kept []string
	for _, t := range words.Tokenize(text) {
		if !t.Stop {
			kept = append(kept, t.Text)
		}
	}
	return strings.Join(kept, " ")
}

// fts is SQLite's full-text search over the same paragraphs, with its Porter stemmer.
func fts(tb testing.TB, texts []string) *sql.DB {
	tb.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		tb.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	tb.Cleanup(func() { db.Close() })
	tx, err := db.Begin()
	if err != nil {
		tb.Fatal(err)
	}
	if _, err = tx.Exec(`CREATE VIRTUAL TABLE p USING fts5(text, tokenize = 'porter unicode61')`); err != nil {
		tb.Fatal(err)
	}
	insert, err := tx.Prepare(`INSERT INTO p VALUES (?)`)
	if err != nil {
		tb.Fatal(err)
	}
	defer insert.Close()
	for _, text := range texts {
		if _, err := insert.Exec(text); err != nil {
			tb.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		tb.Fatal(err)
	}
	return db
}

func match(tb testing.TB, db *sql.DB, question string) {
	tb.Helper()
	rows, err := db.Query(`SELECT rowid FROM p WHERE p MATCH ? ORDER BY rank LIMIT 10`,
		strings.Join(strings.Fields(question), " OR "))
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	if rows.Err() != nil || n == 0 {
		tb.Fatal("no match", rows.Err())
	}
}

func started(tb testing.TB, dir string, words *inverted.Cache, embedder rag.Embedder,
	meaning rag.Meaning) *ask.Engine {
	tb.Helper()
	loader := article.NewLoader(nil)
	e, err := ask.New(ask.Config{
		Load:     func() (*article.Corpus, error) { return loader.Load(os.DirFS(dir)) },
		Embedder: embedder, Index: vectors.BySize{Few: chromemindex.New(), Many: flatindex.New()},
		Extractor: local.NewExtractor(), Words: words, Meaning: meaning,
	})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := e.Reload(tb.Context(), nil); err != nil {
		tb.Fatal(err)
	}
	return e
}

func median(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2])
}

// BenchmarkBesideSQLite loads and asks 10,000 paragraphs, and says in the same run how many times the processor time of
// SQLite's full-text search that takes: cold and warm load beside its build, the medians of find, ask and check beside
// that of its query. With the table of word vectors, as without a setting, a cold load makes vectors, too: table/build.
// The words are invented, so that the table reads nearly all of them by their letters, which takes several times as
// long as those that it knows.
func BenchmarkBesideSQLite(b *testing.B) {
	dir, texts := news(b, 10_000)
	lean := make([]string, len(texts))
	for i, text := range texts {
		lean[i] = content(text)
	}
	var db *sql.DB
	var e *ask.Engine
	var builds, colds, warms, tables []time.Duration
	for range 5 { // in turn, as the machine has others to serve
		words := b.TempDir()
		took := func(to *[]time.Duration, do func()) {
			runtime.GC() // what the one before left is not this one's
			at := cpu(b)
			do()
			*to = append(*to, cpu(b)-at)
		}
		took(&builds, func() { db = fts(b, lean) })
		alone := func() *ask.Engine {
			return started(b, dir, inverted.NewCache(words), vectors.Unembedded{}, rag.WordsAlone())
		}
		took(&colds, func() { alone() })
		took(&warms, func() { e = alone() })
		took(&tables, func() { started(b, dir, inverted.NewCache(b.TempDir()), static.New(), rag.StaticTable()) })
	}
	build, cold, warm := median(builds), median(colds), median(warms)
	var matches, finds, asks, checks []time.Duration
	for i := range 60 {
		text := texts[i*len(texts)/60]
		sentence, _, _ := strings.Cut(text, ". ")
		question := "What " + strings.TrimPrefix(sentence, "The ") + "?"
		timed := func(to *[]time.Duration, do func() error) {
			began := time.Now()
			if err := do(); err != nil {
				b.Fatal(err)
			}
			*to = append(*to, time.Since(began))
		}
		timed(&matches, func() error { match(b, db, content(question)); return nil })
		timed(&finds, func() error { _, err := e.Find(b.Context(), ask.Query{Text: question}); return err })
		timed(&asks, func() error { _, err := e.Ask(b.Context(), ask.Query{Text: question}); return err })
		timed(&checks, func() error { _, _, err := e.Check(b.Context(), ask.Query{Text: sentence + "."}); return err })
	}
	for b.Loop() {
		match(b, db, content(texts[7]))
	}
	query := median(matches)
	b.ReportMetric(build/1e6, "fts-build-ms")
	b.ReportMetric(query/1e6, "fts-query-ms")
	b.ReportMetric(cold/build, "cold/build")
	b.ReportMetric(warm/build, "warm/build")
	b.ReportMetric(median(tables)/build, "table/build")
	b.ReportMetric(median(finds)/query, "find/query")
	b.ReportMetric(median(asks)/query, "ask/query")
	b.ReportMetric(median(checks)/query, "check/query")
}
