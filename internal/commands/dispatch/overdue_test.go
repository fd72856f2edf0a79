package dispatch

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/lang"
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
		table := &Table{Control: &access.Control{}, commands: []commands.Command{
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
