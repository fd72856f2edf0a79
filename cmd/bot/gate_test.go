package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/discordtest"
)

// gateSet is the variable with which form of the gate runs, try, short or long, and gateReport where its table goes:
// see .ci/gate.
const (
	gateSet    = "PILCROW_GATE"
	gateReport = "PILCROW_GATE_REPORT"
)

// What a release promises, of issue 18.
const (
	gateShards   = 4
	gatePeople   = 2_000
	gateResident = 320_000_000 // bytes at the peak, as in mostResident
	gateAck99    = 250 * time.Millisecond
	gateDrops    = 3 * time.Second // between two connections that are cut; ours
	gateDrain    = 5 * time.Minute // after the last question; ours
)

// A load is questions at a steady pace, whether they are answered or not.
type load struct {
	name   string
	second int // questions
	lasts  time.Duration
	// drops is how often the connection of one shard after another is cut; 0 for never.
	drops time.Duration
	// flooded says that it is more than the machine can do: what cannot be answered is to be refused politely.
	flooded bool
}

func gateLoads(form string) []load {
	steady, flood := time.Minute, 10*time.Second
	switch form {
	case "long":
		steady, flood = 10*time.Minute, time.Minute
	case "try": // whether the gate works
		steady, flood = 5*time.Second, time.Second
	}
	return []load{
		{name: "50 a second", second: 50, lasts: steady},
		{name: "20 a second, shards cut", second: 20, lasts: steady, drops: gateDrops},
		{name: "500 a second", second: 500, lasts: flood, flooded: true},
	}
}

// outcome is what became of a load.
type outcome struct {
	asked, acknowledged, answered, refused, silent int
	half, p99, most                                time.Duration // from the act to the acknowledgment
	drained                                        time.Duration // from the last question to the last ending
	peak                                           int64         // bytes
}

// TestGate runs the program, with four shards, in a process of its own under load. Fake and program share the machine.
func TestGate(t *testing.T) {
	form := os.Getenv(gateSet)
	if form == "" {
		t.Skip("make gate runs it")
	}
	var report strings.Builder
	for _, l := range gateLoads(form) {
		t.Run(l.name, func(t *testing.T) {
			o := l.run(t)
			row := func(what, measured string, held bool) {
				verdict := "held"
				if !held {
					verdict = "missed"
					t.Errorf("%s: %s", what, measured)
				}
				fmt.Fprintf(&report, "| %s for %s: %s | %s | %s |\n", l.name, l.lasts, what, measured, verdict)
			}
			row(
				"every question has an ending",
				fmt.Sprintf("%d asked, %d answered, %d refused, %d without, the last %.1f s after",
					o.asked, o.answered, o.refused, o.silent, o.drained.Seconds()),
				o.silent == 0,
			)
			row("memory at the peak", fmt.Sprintf("%d MB", o.peak/1e6), o.peak <= gateResident)
			acks := fmt.Sprintf("%d of %d; half within %v, 99 %% within %v, all within %v", o.acknowledged, o.asked,
				o.half, o.p99, o.most)
			if l.flooded {
				row("answered or refused", acks, o.answered+o.refused == o.asked)
				return
			}
			row("acknowledged", acks, o.acknowledged == o.asked)
			if l.drops > 0 {
				return
			}
			row("99 % acknowledged within 250 ms", o.p99.String(), o.p99 <= gateAck99)
			row("none refused", fmt.Sprint(o.refused), o.refused == 0)
		})
	}
	t.Log("\n" + report.String())
	if path := os.Getenv(gateReport); path != "" {
		if err := os.WriteFile(path, []byte(report.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (l load) run(t *testing.T) (o outcome) {
	free := discordtest.Bucket{Requests: -1}
	discord := discordtest.NewConfig(t, discordtest.Config{Message: free, Webhook: free, Global: -1, Shards: gateShards,
		Concurrency: gateShards})
	discord.Forgive(discordtest.RuleInteraction) // it is counted
	var rooms []discordtest.ID
	for n := range 4 * gateShards {
		_, room := discord.AddGuildOn(fmt.Sprint("House ", n), n%gateShards, gateShards)
		rooms = append(rooms, room)
	}
	b := startBot(t, discord, filepath.Join(t.TempDir(), "data"))
	ctx, cancel := context.WithTimeout(t.Context(), l.lasts+2*gateDrain)
	defer cancel()
	if err := discord.WaitFor(ctx, func() bool {
		return discord.ShardsOnline(gateShards) && len(discord.Commands("")) > 0
	}); err != nil {
		t.Fatal(err)
	}
	people := make([]*discordtest.Person, gatePeople)
	for n := range people {
		people[n] = discord.User(fmt.Sprint("Person", n))
	}
	asked := make([]*discordtest.Interaction, 0, l.second*int(l.lasts.Seconds()))
	began := time.Now()
	cut := 0
	for n := range cap(asked) {
		if l.drops > 0 && time.Since(began) > time.Duration(cut+1)*l.drops {
			discord.DropShard(cut%gateShards, gateShards)
			cut++
		}
		time.Sleep(time.Until(began.Add(time.Duration(n) * time.Second / time.Duration(l.second)))) // the pace is the load
		text := fmt.Sprintf("In which year was the lighthouse at Skarvik lit, by account number %d?", n)
		asked = append(asked, people[n%gatePeople].Slash(rooms[n%len(rooms)], "ask", discordtest.Opt("question", text)))
	}
	last := time.Now()
	o.count(ctx, asked)
	o.drained = time.Since(last)
	o.peak = b.peak(t)
	return o
}

// count waits for the endings.
func (o *outcome) count(ctx context.Context, asked []*discordtest.Interaction) {
	ctx, cancel := context.WithTimeout(ctx, gateDrain)
	defer cancel()
	var took []time.Duration
	for _, it := range asked {
		o.asked++
		shown, err := it.Wait(ctx)
		if after, ok := it.AcknowledgedAfter(); ok {
			took = append(took, after)
		}
		switch {
		case err != nil || len(shown) == 0:
			o.silent++
		case strings.Contains(shown[0].Content, "ask again") || strings.Contains(shown[0].Content, "try again"):
			o.refused++
		default:
			o.answered++
		}
	}
	if o.acknowledged = len(took); len(took) > 0 {
		slices.Sort(took)
		at := func(share float64) time.Duration {
			return took[int(share*float64(len(took)-1))].Round(100 * time.Microsecond)
		}
		o.half, o.p99, o.most = at(.5), at(.99), at(1)
	}
}
