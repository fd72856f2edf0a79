package delivery

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discordtest"
)

// answer is a page of so many messages.
func answer(parts ...string) render.Page { return render.Page{Parts: parts} }

// A message is answered below it, in the place of its stages, each part once.
func TestMessage(t *testing.T) { synctest.Test(t, testMessage) }
func testMessage(t *testing.T) {
	o := opened(t)
	id, at := o.mentioned("")
	done := at.Accept(t.Context())
	stages := o.Stages(t.Context(), o.asked(at))
	show := stages.Begin()
	show(says("Found something."))
	time.Sleep(o.Times.First + time.Second)
	o.want(o.s.General(), "Found something.")
	first := o.s.Messages(o.s.General())[1]
	show(says("Read it."))
	time.Sleep(o.Times.Stage + time.Second)
	o.want(o.s.General(), "Read it.")
	done()
	stages.End()
	show(says("Too late."))
	p, err := o.Deliver(t.Context(), o.asked(at), answer("It was raining.", "It was snowing."))
	if err != nil || len(p.Parts) != 2 {
		t.Errorf("%+v, %v", p, err)
	}
	o.want(o.s.General(), "It was raining.", "It was snowing.")
	for _, m := range o.s.Messages(o.s.General())[1:] {
		if m.Reference == nil || m.Reference.MessageID != id {
			t.Errorf("%q is no reply", m.Content)
		}
	}
	if now := o.s.Messages(o.s.General())[1]; now.ID != first.ID {
		t.Error("the answer is not in the place of the stages")
	}
	if err := at.TakeBack(t.Context()); err != nil {
		t.Error(err)
	}
	o.want(o.s.General(), "It was snowing.")
	stages = o.Stages(t.Context(), Asked{Place: at, Unasked: true})
	if stages != nil || stages.Begin() != nil {
		t.Error("what nobody asked shows stages")
	}
}

func says(text string) commands.Reply {
	return commands.Reply{Blocks: []commands.Block{{Kind: commands.Para, Text: text}}}
}

// Where the bot may not write, whoever asked gets the answer privately, with what is lacking; nobody does who did not
// ask.
func TestBlockedMessage(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(o *office)
		want  string
	}{
		"send": {func(o *office) { o.s.Deny(o.s.General(), discordtest.SendMessages) }, permitSend},
		"view": {func(o *office) { o.s.Hide(o.s.General()) }, permitView},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := opened(t)
				_, at := o.mentioned("")
				test.spoil(o)
				a := o.asked(at)
				a.Unasked = true
				if _, err := o.Deliver(t.Context(), a, answer("It was raining.")); err == nil {
					t.Error("it stands where nobody may write")
				}
				o.want(o.ada.Direct())
				if _, err := o.Deliver(t.Context(), o.asked(at), answer("It was raining.")); err != nil {
					t.Error(err)
				}
				o.Refuse(t.Context(), Asked{Place: at, Event: "78", Who: string(o.ada.ID()), Server: "1",
					Channel: string(o.s.General())}, "Not now.")
				o.want(o.s.General())
				told := o.ours(o.ada.Direct())
				if len(told) != 4 || !strings.Contains(told[0], test.want) || told[1] != "It was raining." ||
					!strings.Contains(told[2], test.want) || told[3] != "Not now." {
					t.Errorf("%q", told)
				}
			})
		})
	}
}

// Who may not read what was said before is told so once, and then not for an hour.
func TestToldOnce(t *testing.T) { synctest.Test(t, testToldOnce) }
func testToldOnce(t *testing.T) {
	o := opened(t)
	o.s.Deny(o.s.General(), discordtest.ReadHistory)
	for n, want := range []int{1, 1, 2} {
		_, at := o.mentioned("")
		a := o.asked(at)
		a.Event = string(rune('a' + n))
		if _, err := o.Deliver(t.Context(), a, answer("It was raining.")); err != nil {
			t.Error(err)
		}
		if told := o.ours(o.ada.Direct()); len(told) != want || !strings.Contains(told[0], permitHistory) {
			t.Errorf("%q, want %d", told, want)
		}
		if n > 0 {
			time.Sleep(tellAgain)
		}
	}
}

// A refusal that is for the author alone goes there, and to the channel if they take no messages.
func TestPrivately(t *testing.T) { synctest.Test(t, testPrivately) }
func testPrivately(t *testing.T) {
	o := opened(t)
	_, at := o.mentioned("")
	o.Refuse(t.Context(), o.asked(at.Privately()), "Not so fast.")
	o.want(o.s.General())
	o.want(o.ada.Direct(), "Not so fast.")
	_, at = o.mentioned("")
	o.ada.CloseDirect()
	o.Refuse(t.Context(), o.asked(at.Privately()), "Not so fast.")
	o.want(o.s.General(), "Not so fast.")
}

// An answer opens its thread; where the thread does not take it, it stands in the channel, and the next one opens none
// for a while. What failed opens none.
func TestThread(t *testing.T) { synctest.Test(t, testThread) }
func testThread(t *testing.T) {
	o := opened(t)
	id, at := o.mentioned("why?")
	if o.Stages(t.Context(), o.asked(at)) != nil {
		t.Error("stages of an answer that opens a thread")
	}
	if _, err := o.Deliver(t.Context(), o.asked(at), answer("It was raining.")); err != nil {
		t.Error(err)
	}
	o.want(o.s.General())
	o.want(id, "It was raining.")
	if r, known := o.rooms.Known(string(id)); !known || r.Parent != string(o.s.General()) {
		t.Errorf("%+v", r)
	}
	if took, _ := o.parties.Known(string(id)); !took {
		t.Error("the bot does not take part in the thread that it opened")
	}
	_, at = o.mentioned("and why?")
	if _, err := o.Deliver(t.Context(), o.asked(at), render.Failure("It failed.")); err != nil {
		t.Error(err)
	}
	o.want(o.s.General(), "It failed.")
	if o.Threadless(string(o.s.General())) {
		t.Error("nothing was refused")
	}
	o.s.Deny(o.s.General(), discordtest.SendInThreads)
	id, at = o.mentioned("and then?")
	if _, err := o.Deliver(t.Context(), o.asked(at), answer("It was snowing.")); err != nil {
		t.Error(err)
	}
	o.want(id)
	o.want(o.s.General(), "It failed.", "It was snowing.")
	if !o.Threadless(string(o.s.General())) {
		t.Error("the next thread is tried at once")
	}
	time.Sleep(tellAgain)
	if o.Threadless(string(o.s.General())) {
		t.Error("no thread is tried any more")
	}
}

// What is ready at once is the first response; what is not fills the acknowledgment in. Both are counted, once.
func TestInteraction(t *testing.T) { synctest.Test(t, testInteraction) }
func testInteraction(t *testing.T) {
	o := opened(t)
	for n, wait := range []time.Duration{0, o.Times.Instant + time.Millisecond} {
		it, at := o.called()
		at.Private = true
		done := at.Accept(t.Context())
		time.Sleep(wait)
		done()
		if _, err := o.Deliver(t.Context(), o.asked(at), answer("It was raining.", "It was snowing.")); err != nil {
			t.Error(err)
		}
		kind, _ := it.Acknowledged()
		if want := []int{4, 5}[n]; kind != want || o.Acknowledged() != int64(n+1) {
			t.Errorf("a response of type %d, want %d; %d are counted", kind, want, o.Acknowledged())
		}
		list := it.Messages()
		if len(list) != 2 || list[0].Content != "It was raining." || list[1].Content != "It was snowing." ||
			!list[0].Ephemeral() || !list[1].Ephemeral() {
			t.Errorf("%+v", list)
		}
	}
	it, at := o.called()
	o.Refuse(t.Context(), o.asked(at), "Not now.")
	if list := it.Messages(); len(list) != 1 || list[0].Content != "Not now." || !list[0].Ephemeral() {
		t.Errorf("%+v", list)
	}
}

// Where the interaction does not take the answer, it goes to the channel, and privately what is for one person alone.
// What Discord cannot show is said to have failed.
func TestOtherWays(t *testing.T) {
	for name, test := range map[string]struct {
		private         bool
		fault           int
		there, directly []string
	}{
		"refused": {false, http.StatusForbidden, []string{
			"Discord did not let me show the answer in this place. It is in the channel, as a message.",
			"It was raining."}, nil},
		"refused, alone": {true, http.StatusForbidden, []string{
			"Discord did not let me show the answer in this place. I have sent it to you privately."},
			[]string{"It was raining."}},
		"unfit": {false, http.StatusBadRequest, []string{"It failed (ref 7f3a00)."}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := opened(t)
				_, at := o.called()
				at.Private = test.private
				done := at.Accept(t.Context())
				time.Sleep(o.Times.Instant + time.Millisecond)
				done()
				o.s.Fault(discordtest.Match{Method: http.MethodPatch, Path: "/webhooks/**"},
					discordtest.Fault{Status: test.fault, Times: 1})
				if _, err := o.Deliver(t.Context(), o.asked(at), answer("It was raining.")); err != nil {
					t.Error(err)
				}
				o.want(o.s.General(), test.there...)
				if got := o.ours(o.ada.Direct()); !slices.Equal(got, test.directly) {
					t.Errorf("privately %q", got)
				}
			})
		})
	}
}

// A page that cannot be turned stays as it was, stages and all, and the reader alone is told why.
func TestTurn(t *testing.T) { synctest.Test(t, testTurn) }
func testTurn(t *testing.T) {
	o := opened(t)
	it, at := o.called()
	if _, err := o.Deliver(t.Context(), o.asked(at), answer("page one")); err != nil {
		t.Fatal(err)
	}
	id := it.Messages()[0].ID
	if s := at.State(); s.Turns || s.Was != "" || s.Token != it.Token() {
		t.Errorf("%+v", s)
	}
	next, at := o.called() // a click would say the same of the message
	at.Turn = &event.Clicked{}
	if err := json.Unmarshal([]byte(`{"id":"`+string(id)+`","content":"page one"}`), at.Turn); err != nil {
		t.Fatal(err)
	}
	if s := at.State(); !s.Turns || s.Was == "" {
		t.Errorf("%+v", s)
	}
	if at.Alone() {
		t.Error("a page that all see is for one person alone")
	}
	at.Turn.Flags = render.FlagEphemeral
	if !at.Alone() {
		t.Error("a page that one person sees is for all")
	}
	if _, err := o.Deliver(t.Context(), o.asked(at), render.Failure("It failed.")); err != nil {
		t.Error(err)
	}
	if list := next.Messages(); len(list) != 1 || list[0].Content != "It failed." || !list[0].Ephemeral() {
		t.Errorf("%+v", list)
	}
	o.want(o.s.General(), "page one", "It failed.")
}

func TestInformedStayFew(t *testing.T) {
	var told informed
	now := time.Now()
	for n := range 3 * maxTold {
		if !told.first(string(rune(n)), now) {
			t.Fatal(n)
		}
	}
	if len(told.since) > maxTold {
		t.Errorf("%d are remembered", len(told.since))
	}
	if !told.knows(string(rune(3*maxTold-1)), now) || told.knows("never", now) {
		t.Error("who was told last is forgotten, or somebody else is not")
	}
}
