package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/store"
)

// maxDaysShown is how many days of usage can be listed.
const maxDaysShown = 400

// usage shows what the models took, by day, or forgets what a day took.
func (a *app) usage(ctx context.Context) int {
	_, err := os.Stat(filepath.Join(a.config.data, store.FileName))
	if a.config.database == "" && errors.Is(err, fs.ErrNotExist) {
		return a.fail(exitNothing, fmt.Sprintf("nothing was counted: %s holds no database (%s names its folder)",
			a.config.data, envData))
	}
	s, err := a.storeConfig().Open(a.config.data)
	if err != nil {
		return a.failure(&configError{fmt.Errorf("%s: %w", a.envStore(), err)})
	}
	defer s.Close()
	if a.flags.Usage.Reset.Chosen {
		return a.resetUsage(ctx, s)
	}
	n := a.flags.Usage.Show.Days
	if n < 1 || n > maxDaysShown {
		return a.fail(exitFailure, fmt.Sprintf("--days: want 1 to %d, got %d", maxDaysShown, n))
	}
	days, err := s.UsageDays(ctx, n)
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	return a.show(usageReply(days, time.Now().UTC().Format(time.DateOnly), a.config.tokensPerDay))
}

func (a *app) resetUsage(ctx context.Context, s *store.Store) int {
	day := a.flags.Usage.Reset.Day
	if day == "" {
		day = time.Now().UTC().Format(time.DateOnly)
	} else if _, err := time.Parse(time.DateOnly, day); err != nil {
		return a.fail(exitFailure, fmt.Sprintf("--day: want a day as 2006-01-02, got %q", day))
	}
	was, err := s.ResetUsage(ctx, day)
	if err != nil {
		return a.fail(exitFailure, err.Error())
	}
	r := commands.Reply{JSON: commands.Machine(resetJSON{Reset: day, Was: countsOf(was)})}
	text := fmt.Sprintf("%s counts from zero again; it had come to %d tokens. A bot that runs takes note within some "+
		"ten seconds.", day, was.Sum())
	r.Blocks = []commands.Block{{Kind: commands.Para, Text: text}}
	return a.show(r)
}

// usageReply lists the days, newest first. It is pure.
func usageReply(days []store.DayUsage, today string, budget int) commands.Reply {
	var r commands.Reply
	list := usageJSON{Today: today, Budget: budget, Days: []dayJSON{}}
	say := func(kind commands.BlockKind, format string, args ...any) {
		r.Blocks = append(r.Blocks, commands.Block{Kind: kind, Text: fmt.Sprintf(format, args...)})
	}
	var spent, held int64
	for _, d := range days {
		list.Days = append(list.Days, dayJSON{d.Day, countsOf(d.Usage)})
		if d.Day == today {
			spent = d.Sum()
		}
		held += d.Held
	}
	if budget > 0 {
		say(commands.Para, "Today, %s (UTC): %d of %d tokens.", today, spent, budget)
	} else {
		say(commands.Para, "Today, %s (UTC): %d tokens; there is no budget (%s).", today, spent, envTokens)
	}
	for _, d := range days {
		parts := []string{fmt.Sprintf("%d asked", d.Prompt), fmt.Sprintf("%d answered", d.Completion),
			fmt.Sprintf("%d embedded", d.Embedding)}
		if d.Held > 0 {
			parts = append(parts, fmt.Sprintf("%d held", d.Held))
		}
		say(commands.Item, "%s: %d (%s)", d.Day, d.Sum(), strings.Join(parts, ", "))
	}
	if held > 0 {
		say(commands.Small, "Held is what calls under way may take at most, and what calls may have taken that a crash "+
			"cut off.")
	}
	r.Nothing, r.JSON = len(days) == 0, commands.Machine(list)
	return r
}

// The machine's form: numbers of tokens.
type countsJSON struct {
	Prompt     int64 `json:"prompt"`
	Completion int64 `json:"completion"`
	Embedding  int64 `json:"embedding"`
	Held       int64 `json:"held"`
	Total      int64 `json:"total"`
}

func countsOf(u store.Usage) countsJSON {
	return countsJSON{u.Prompt, u.Completion, u.Embedding, u.Held, u.Sum()}
}

type dayJSON struct {
	Day string `json:"day"`
	countsJSON
}

type usageJSON struct {
	Today  string    `json:"today"`
	Budget int       `json:"budget"` // 0 is none
	Days   []dayJSON `json:"days"`
}

type resetJSON struct {
	Reset string     `json:"reset"`
	Was   countsJSON `json:"was"`
}
