package discord

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/discordtest"
)

// stagedTable is a table whose ask shows stages: each text of the channel steps is one, and the answer comes when it is
// closed. Without the channel it shows some at once, and answers after a pause.
type stagedTable struct {
	smallTable
	steps chan string
	pause time.Duration
	mu    sync.Mutex
	shows []func(commands.Reply)
}

func (s *stagedTable) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	if in.Show != nil && name == askCommand {
		s.mu.Lock()
		s.shows = append(s.shows, in.Show)
		s.mu.Unlock()
	}
	if name != askCommand || in.Show == nil {
		return s.smallTable.Run(ctx, name, in)
	}
	if s.steps == nil {
		for n := range 10 {
			in.Show(says(fmt.Sprintf("Stage %d of %s", n, in.Args[questionParam])))
			if err := rest.Sleep(ctx, s.pause/10); err != nil {
				return commands.Reply{}, err
			}
		}
		return s.smallTable.Run(ctx, name, in)
	}
	for {
		select {
		case step, more := <-s.steps:
			if !more {
				return s.smallTable.Run(ctx, name, in)
			}
			in.Show(says(step))
		case <-ctx.Done():
			return commands.Reply{}, ctx.Err()
		}
	}
}

// briefly makes stages follow each other fast.
func briefly(t *times) {
	t.delivery.First, t.delivery.Stage, t.delivery.Spare = 0, 5*time.Millisecond, 5*time.Millisecond
	t.delivery.Settle = 100 * time.Millisecond
}

// step shows a stage and waits until a message of the place has the text.
func (s *stagedTable) step(t *testing.T, d *discordtest.Server, where discordtest.ID, show,
	want string) discordtest.Message {
	t.Helper()
	s.steps <- show
	m, err := d.WaitMessage(where, patience, func(m discordtest.Message) bool {
		return m.Author.Bot && strings.Contains(m.Content, want)
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestStages(t *testing.T) { synctest.Test(t, testStages) }
func testStages(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &stagedTable{steps: make(chan string)}
	start(t, s, table, briefly)
	it := s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "why?"))
	table.step(t, s, s.General(), "Found ¶4, reading *it*…", `Found ¶4, reading \*it\*…`)
	table.step(t, s, s.General(), "It was raining.", "It was raining.")
	close(table.steps)
	wantAnswer(t, s, it, "You asked: why?")
	want := `== #general ==
Ada uses /ask question: why?
Pilcrow: is thinking…
Pilcrow, for now:
  | -# Question: why?
  | Found ¶4, reading \*it\*…
Pilcrow, for now:
  | -# Question: why?
  | It was raining.
Pilcrow to Ada: -# Question: why?
  You asked: why? [¶16]
  [The *Border* War ¶16]
`
	if got := strings.NewReplacer("  |\n", "", "\n\n", "\n").Replace(s.Channel(s.General()).Unfolded()); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	table.shows[0](says("much too late"))
	wantAnswer(t, s, it, "You asked: why?")
}

func TestStagesOfMessages(t *testing.T) { synctest.Test(t, testStagesOfMessages) }
func testStagesOfMessages(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &stagedTable{steps: make(chan string)}
	start(t, s, table, briefly)
	ada := s.User("Ada")
	id := ada.Mention(s.General(), "long way")
	stage := table.step(t, s, s.General(), "It was raining.", "It was raining.")
	if stage.Reference == nil || stage.Reference.MessageID != id || len(s.Pings()) != 0 {
		t.Errorf("the first stage is %+v, %d pings", stage, len(s.Pings()))
	}
	table.step(t, s, s.General(), "It was snowing.", "It was snowing.")
	close(table.steps)
	last, err := s.WaitMessage(s.General(), patience, func(m discordtest.Message) bool {
		return m.Author.Bot && m.ID != stage.ID && strings.Contains(m.Content, "long road")
	})
	if err != nil || last.Reference == nil || last.Reference.MessageID != id {
		t.Fatalf("%v: %+v", err, last)
	}
	first, _ := s.Message(stage.ID)
	if !strings.Contains(first.Content, "long road") || len(first.Edits) != 3 {
		t.Errorf("in the place of the stages stands %q, after %d states", first.Content, len(first.Edits))
	}
}

// A stage is one message, however long it is, and so is the beginning of the answer that takes its place.
func TestLongStages(t *testing.T) { synctest.Test(t, testLongStages) }
func testLongStages(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &stagedTable{steps: make(chan string)}
	start(t, s, table, briefly)
	it := s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "long"))
	const most = 2000 // Discord: message content, in UTF-16 units
	for _, units := range []int{most - len("-# Question: long\n\n"), most, 3 * most} {
		words := fmt.Sprint(units, " ", strings.Repeat("ä ", units/2-6), ".")
		m := table.step(t, s, s.General(), words, fmt.Sprint(units, " ä"))
		if render.Length(m.Content) > most || len(it.Messages()) != 1 {
			t.Errorf("%d units in %d messages", render.Length(m.Content), len(it.Messages()))
		}
	}
	close(table.steps)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	list, err := it.WaitUntil(ctx, func(list []discordtest.Message) bool { return len(list) == 4 })
	if err != nil || strings.Contains(list[0].Content, "ä") || !strings.Contains(list[3].Content, "long road") {
		t.Errorf("%v: %d messages", err, len(list))
	}
}

// A fast answer to a message is one message, whatever was shown meanwhile.
func TestFastAnswerHasNoStages(t *testing.T) { synctest.Test(t, testFastAnswerHasNoStages) }
func testFastAnswerHasNoStages(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &stagedTable{}, func(ts *times) { ts.delivery.First = patience })
	m := wantReply(t, s, s.User("Ada").Mention(s.General(), "why?"), "You asked: why?")
	if len(m.Edits) != 1 {
		t.Errorf("%d states of a fast answer", len(m.Edits))
	}
}

// However a stage fails, the answer arrives, once, and stays.
func TestStagesThatFail(t *testing.T) {
	edits := []discordtest.Match{{Method: http.MethodPatch}, {Method: http.MethodPost, Path: "/channels/*/messages"}}
	for _, c := range []struct {
		name  string
		fault discordtest.Fault
	}{
		{"hangs", discordtest.Fault{Delay: time.Minute, Times: 1}},
		{"hangs and comes later", discordtest.Fault{Delay: 1200 * time.Millisecond, Late: true, Times: 1}},
		{"5xx", discordtest.Fault{Status: 503, Times: 1}},
		{"lost", discordtest.Fault{Cut: true, Applied: true, Times: 1}},
		{"cut", discordtest.Fault{Cut: true, Times: 1}},
		{"429", discordtest.Fault{Status: 429, RetryAfter: 300 * time.Millisecond, Times: 1}},
		{"forbidden", discordtest.Fault{Status: 403, Times: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := fake(t, discordtest.Config{})
				r := start(t, s, &stagedTable{pause: 600 * time.Millisecond}, func(ts *times) {
					briefly(ts)
					ts.delivery.Linger, ts.delivery.Settle = 200*time.Millisecond, time.Second
				})
				var faults []*discordtest.ActiveFault
				for _, m := range edits {
					faults = append(faults, s.Fault(m, c.fault))
				}
				s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "why?"))
				s.User("Bert").Mention(s.Thread(), "why?")
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				done := func(m discordtest.Message) bool {
					return m.Author.Bot && strings.Contains(m.Content, "You asked: why?")
				}
				for _, where := range []discordtest.ID{s.General(), s.Thread()} {
					if _, err := s.WaitMessage(where, patience, done); err != nil {
						t.Fatal(err, s.Channel(where).Unfolded())
					}
				}
				if err := r.stopped(t); err != nil { // it waits for what is in hand
					t.Fatal(err)
				}
				if c.fault.Late {
					if err := s.WaitFor(ctx, func() bool {
						return !slices.ContainsFunc(s.Requests(), func(r discordtest.Request) bool { return r.Status == 0 })
					}); err != nil {
						t.Fatal(err)
					}
				}
				for i, where := range []discordtest.ID{s.General(), s.Thread()} {
					if err := s.WaitFor(ctx, func() bool { return faults[i].Hits() > 0 }); err != nil {
						t.Error(err)
					}
					list := s.Messages(where)
					if last := list[len(list)-1]; !done(last) || len(list) != 1+i {
						t.Errorf("%d messages: %s", len(list), s.Channel(where).Unfolded())
					}
				}
			})
		})
	}
}

// Twenty people ask at once and watch, while Discord lets each answer be edited five times in five seconds.
func TestStagesInACrowd(t *testing.T) { synctest.Test(t, testStagesInACrowd) }
func testStagesInACrowd(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &stagedTable{pause: 2 * time.Second}
	r := start(t, s, table, func(ts *times) {
		ts.delivery.First, ts.delivery.Stage, ts.delivery.Spare = 0, 50*time.Millisecond, 20*time.Millisecond
	})
	var its []*discordtest.Interaction
	for n := range 20 {
		its = append(its, s.User(fmt.Sprint("person ", n)).Slash(s.General(), "ask",
			discordtest.Opt("question", fmt.Sprint("number ", n))))
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for n, it := range its {
		want := fmt.Sprintf("You asked: number %d [¶16]", n)
		list, err := it.WaitUntil(ctx, func(list []discordtest.Message) bool {
			return len(list) > 0 && strings.Contains(list[0].Content, want)
		})
		if err != nil {
			t.Fatal(n, err, list)
		}
	}
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
	stages := 0
	for n, it := range its {
		list := it.Messages()
		if len(list) != 1 || !strings.Contains(list[0].Content, "You asked: number ") {
			t.Fatalf("%d: %+v", n, list)
		}
		stages += len(list[0].Edits) - 2 // the acknowledgement and the answer
		for _, e := range list[0].Edits[1 : len(list[0].Edits)-1] {
			if !strings.Contains(e.Content, "Stage ") {
				t.Errorf("an edit follows the answer: %q", e.Content)
			}
		}
	}
	if stages < 40 || s.RateLimited() > 0 {
		t.Errorf("%d stages were shown, %d requests were refused", stages, s.RateLimited())
	}
}

// In one channel all answers to messages share a limit: there the stages make way.
func TestStagesOfManyMessages(t *testing.T) { synctest.Test(t, testStagesOfManyMessages) }
func testStagesOfManyMessages(t *testing.T) {
	s := fake(t, discordtest.Config{Message: discordtest.Bucket{Requests: 5, Per: time.Second}})
	table := &stagedTable{pause: time.Second}
	r := start(t, s, table, func(ts *times) {
		ts.delivery.First, ts.delivery.Stage, ts.delivery.Spare = 0, 50*time.Millisecond, 20*time.Millisecond
	})
	var asked []discordtest.ID
	for n := range 12 {
		asked = append(asked, s.User(fmt.Sprint("person ", n)).Mention(s.General(), fmt.Sprint("number ", n)))
	}
	for n, id := range asked {
		want := fmt.Sprintf("You asked: number %d [¶16]", n)
		if _, err := s.WaitMessage(s.General(), patience, func(m discordtest.Message) bool {
			return m.Author.Bot && m.Reference != nil && m.Reference.MessageID == id && strings.Contains(m.Content, want)
		}); err != nil {
			t.Fatal(n, err)
		}
	}
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
	stages := 0
	for _, m := range s.Messages(s.General()) {
		if m.Author.Bot {
			stages += len(m.Edits) - 1
		}
	}
	if n := len(s.Messages(s.General())); n != 24 || s.RateLimited() > 0 || stages == 0 {
		t.Errorf("%d messages, %d requests refused, %d stages", n, s.RateLimited(), stages)
	}
}
