package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/discordtest"
)

// The bars of issue 6, at 1,000 paragraphs, without the network.
const (
	mostAck   = 20 * time.Millisecond // until a command is acknowledged
	mostFirst = 50 * time.Millisecond // until there is something to read
)

// thousand writes documents of 1,000 paragraphs.
func thousand(tb testing.TB) string {
	tb.Helper()
	dir := tb.TempDir()
	things := strings.Fields("harbor lighthouse bridge station market tower canal mill school garden theater railway")
	people := strings.Fields("Dahl Holt Berg Lund Moe Vik Strand Haug Lie Ness Solberg Bakke")
	for d := range 25 {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: Report %d\n---\n\n", d)
		for p := range 40 {
			n := d*40 + p
			fmt.Fprintf(&b, "The %s number %d was repaired in %d by %s after a storm. It took %d months and cost %d crowns, "+
				"said the council.\n\n",
				things[n%len(things)], n, 1800+n%200, people[n/7%len(people)], 2+n%17, 1000+n*13)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("report-%02d.md", d)), []byte(b.String()), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

// live is the program as it is run, without a model, against a fake that limits nothing.
func live(b *testing.B) *discordtest.Server {
	b.Helper()
	none := discordtest.Bucket{Requests: -1}
	s, err := discordtest.Start(discordtest.Config{Message: none, Webhook: none, Global: -1})
	if err != nil {
		b.Fatal(err)
	}
	env := map[string]string{
		envDiscordToken: s.Token(), envDiscordAPIURL: s.URL(), envDocs: thousand(b),
		envData: filepath.Join(b.TempDir(), "data"),
		envLog:  "error", envPersonLimit: "off", envServerLimit: "off", envBotLimit: "off",
	}
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan int, 1)
	go func() { // the cleanup waits for it
		ended <- run(ctx, []string{"serve"}, func(name string) string { return env[name] }, strings.NewReader(""), io.Discard,
			os.Stderr)
	}()
	b.Cleanup(func() {
		stop()
		if code := <-ended; code != exitOK {
			b.Errorf("exit code %d", code)
		}
		s.Close()
		for _, breach := range s.Unforgiven() {
			b.Error(breach)
		}
	})
	wait, done := context.WithTimeout(b.Context(), patience)
	defer done()
	if err := s.WaitFor(wait, func() bool { return s.Online() && len(s.Commands("")) > 0 }); err != nil {
		b.Fatal(err)
	}
	return s
}

func median[T cmp.Ordered](d []T) T {
	slices.Sort(d)
	return d[len(d)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// BenchmarkFirstWord is what a person waits for: the acknowledgement, and the answer, of questions that nobody has
// asked before. Beside it stands a bare round trip over HTTP on this machine in the same run.
func BenchmarkFirstWord(b *testing.B) {
	s := live(b)
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_,
			_ = io.WriteString(w, "{}")
	}))
	defer bare.Close()
	var acks, firsts, trips []time.Duration
	ada, n := s.User("Ada"), 0
	for b.Loop() {
		n++
		began := time.Now()
		it := ada.Slash(s.General(), "ask",
			discordtest.Opt("question", fmt.Sprintf("When was number %d repaired, and how long did it take?", n%1000)))
		if err := s.WaitFor(b.Context(), func() bool { _, yes := it.Acknowledged(); return yes }); err != nil {
			b.Fatal(err)
		}
		acks = append(acks, time.Since(began))
		if _, err := it.Wait(b.Context()); err != nil {
			b.Fatal(err)
		}
		firsts = append(firsts, time.Since(began))
		began = time.Now()
		resp, err := bare.Client().Get(bare.URL)
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		trips = append(trips, time.Since(began))
	}
	ack, first, trip := median(acks), median(firsts), median(trips)
	b.ReportMetric(milliseconds(ack), "ms-ack")
	b.ReportMetric(milliseconds(first), "ms-first")
	b.ReportMetric(float64(ack)/float64(trip), "trips-ack")
	b.ReportMetric(float64(first)/float64(trip), "trips-first")
	if ack > mostAck || first > mostFirst {
		b.Errorf("acknowledged after %v (at most %v), answered after %v (at most %v); a round trip takes %v", ack, mostAck,
			first, mostFirst, trip)
	}
}

// usage is what a process holds.
type usage struct {
	heap       int64 // bytes in use after a collection
	goroutines int
	files      int // open descriptors; 0 where the system does not tell
}

func used() usage {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	open, _ := os.ReadDir("/proc/self/fd")
	return usage{int64(m.HeapAlloc), runtime.NumGoroutine(), len(open)}
}

// BenchmarkTenThousand is 10,000 interactions, thirty-two at a time: questions, clicks and completions. What they leave
// behind is reported: the ids of events that could be replayed, and nothing that grows.
func BenchmarkTenThousand(b *testing.B) {
	const interactions, warm, crowd = 10_000, 2_000, 32
	const mostKept = 8 << 20   // bytes: 10,000 ids, and what the caches gain after the warming
	const mostIdle = 3 * crowd // goroutines and files: connections that wait for their next use
	s := live(b)
	ask := func(total int) {
		var at sync.WaitGroup
		for w := range crowd {
			at.Go(func() {
				person := s.User(fmt.Sprint("Person ", w))
				for n := w; n < total; n += crowd {
					if n%4 == 3 {
						if _, err := person.Autocomplete(b.Context(), s.General(), "ask", "document", "report"); err != nil {
							b.Error(err)
						}
						continue
					}
					it := person.Slash(s.General(), "ask", discordtest.Opt(
						"question", fmt.Sprintf("When was number %d repaired?", n%3000)))
					m, err := it.Wait(b.Context())
					if err != nil {
						b.Error(err)
						return
					}
					if n%4 == 2 && len(m[0].Components) > 0 {
						if _, err := person.Click(m[0].ID, m[0].Components[0].Components[0].Label).Wait(b.Context()); err != nil {
							b.Error(err)
						}
					}
				}
			})
		}
		at.Wait()
		s.Forget()
	}
	ask(warm)
	before := used()
	for b.Loop() {
		ask(interactions)
	}
	settled := used()
	b.ReportMetric(float64(settled.heap-before.heap)/1024, "KiB-kept")
	b.ReportMetric(float64(settled.goroutines-before.goroutines), "goroutines-kept")
	b.ReportMetric(float64(settled.files-before.files), "files-kept")
	if settled.heap-before.heap > mostKept || settled.goroutines > before.goroutines+mostIdle ||
		settled.files > before.files+mostIdle {
		b.Errorf("before: %+v, after: %+v", before, settled)
	}
}
