package dispatch

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/steps"
)

// A command that does not look at its context has its ending all the same; as long as too many of them go on, no other
// begins.
func TestOverdueCommands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		deaf := func(context.Context, commands.Input) (commands.Reply, error) {
			<-release
			return commands.Reply{}, commands.Refuse("late")
		}
		table := &Table{commands: []commands.Command{
			{Name: "deaf", Timeout: time.Second, Run: deaf},
			{Name: "quick", Run: func(context.Context, commands.Input) (commands.Reply, error) {
				return commands.Reply{}, commands.Refuse("quick")
			}},
			{Name: "broken", Run: func(context.Context, commands.Input) (commands.Reply,
				error) {
				panic("a document from anywhere")
			}},
		}}
		for range maxOverdue {
			began := time.Now()
			_, err := table.Run(t.Context(), "deaf", commands.Input{})
			if took := time.Since(began); took != time.Second+patience || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("ended after %v with %v", took, err)
			}
		}
		_, err := table.Run(t.Context(), "quick", commands.Input{})
		if text, known := commands.Known(err, lang.Printer{}); !known ||
			text != "I am still busy with questions that took too "+
				"long. Please try again in a minute." {
			t.Errorf("with %d overdue: %q, %v", maxOverdue, text, err)
		}
		close(release)
		synctest.Wait()
		_, err = table.Run(t.Context(), "quick", commands.Input{})
		if text, _ := commands.Known(err, lang.Printer{}); text != "quick" {
			t.Errorf("after they ended: %v", err)
		}
		if _, err := table.Run(t.Context(), "broken", commands.Input{}); err == nil {
			t.Error("a panic is no error")
		}
	})
}

// What is made is made to the end although whoever asked first has gone, once for all who ask; what could not be made
// is tried again.
func TestKeeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var k keeper[int]
		built := 0
		slow := func(*steps.Counter) int {
			time.Sleep(10 * time.Second)
			built++
			return 7
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := k.get(ctx, "a", 2, 0, slow); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("who waits a second for what takes ten has %v", err)
		}
		for range 2 {
			if v, err := k.get(t.Context(), "a", 2, 0, slow); v != 7 || err != nil || built != 1 {
				t.Errorf("later: %d, %v, made %d times", v, err, built)
			}
		}
		endless := func(c *steps.Counter) int {
			for c.Take(1 << 12) {
				time.Sleep(time.Second)
			}
			return 8
		}
		if _, err := k.get(t.Context(), "b", 2, 0, endless); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("what does not end has %v", err)
		}
		if _, err := k.get(t.Context(), "c", 2, 0, func(*steps.Counter) int { panic("no") }); err == nil {
			t.Error("a panic is no error")
		}
		if v, err := k.get(t.Context(), "b", 2, 0, func(*steps.Counter) int { return 9 }); v != 9 || err != nil {
			t.Errorf("tried again: %d, %v", v, err)
		}
	})
}
