package dispatch

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/turns"
)

const attackers = 48

// prose is a document of so many paragraphs, each of which tells something of its own.
func prose(paragraphs int) fstest.MapFS {
	var b strings.Builder
	for n := range paragraphs {
		fmt.Fprintf(&b, "The mill of valley %d was built in %d by Anna Berg %d. “It grinds for the whole of valley %d,” "+
			"said its keeper, Ola Lund. "+
			"In winter the water freezes, and the council pays for the coal.\n\n", n, 1500+n%500, n, n)
	}
	return fstest.MapFS{"mills.md": {Data: []byte(b.String())}}
}

// BenchmarkUnderAttack measures what others wait for their answers while 48 people send as costly texts as they can:
// without a queue all of them are answered at once, with one whoever has used much waits.
func BenchmarkUnderAttack(b *testing.B) {
	table := newTable(b, prose(10_000))
	for _, queue := range []*turns.Queue{nil, turns.New(runtime.GOMAXPROCS(0), nil)} {
		name := "together"
		if queue != nil {
			name = "in turn"
		}
		b.Run(name, func(b *testing.B) {
			table.turns = queue
			ctx, cancel := context.WithCancel(b.Context())
			var attack sync.WaitGroup
			for n := range attackers {
				attack.Go(func() {
					in := commands.Input{Person: fmt.Sprint("attacker ", n), Server: fmt.Sprint("server ", n%4), From: commands.Chat,
						Args: commands.Args{"text": strings.Repeat("! ", 1000) + strings.Repeat("The mill was built. ", 90)}}
					for ctx.Err() == nil {
						_, _ = table.Run(ctx, "check", in)
					}
				})
			}
			time.Sleep(2 * time.Second) // until the attack is under way, and known as one
			var took []time.Duration
			n, refused := 0, 0
			for b.Loop() {
				n++
				in := commands.Input{Person: fmt.Sprint("other ", n), Server: "other", From: commands.Chat,
					Args: commands.Args{"question": fmt.Sprintf("When was the mill of valley %d built?", n)}}
				began := time.Now()
				if _, err := table.Run(ctx, "ask", in); err != nil {
					refused++
				}
				took = append(took, time.Since(began))
			}
			cancel()
			attack.Wait()
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2].Seconds()*1000, "median-ms")
			b.ReportMetric(float64(refused)/float64(n), "refused")
			b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
		})
	}
}
