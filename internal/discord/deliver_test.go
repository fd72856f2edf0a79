package discord

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/commands"
	"pilcrow/internal/discordtest"
)

// drawing is a table whose answers have a picture.
type drawing struct{ smallTable }

func (d *drawing) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	r, err := d.smallTable.Run(ctx, name, in)
	r.File = &commands.File{Name: "timeline.png", MediaType: "image/png", Alt: "A line with *three* dots",
		Write: func(w io.Writer) error {
			_, err := w.Write([]byte("\x89PNG"))
			return err
		}}
	return r, err
}

// A picture that Discord refuses leaves the text, and what it would have shown.
func TestRefusedPicture(t *testing.T) { synctest.Test(t, testRefusedPicture) }
func testRefusedPicture(t *testing.T) {
	for _, status := range []int{400, 403, 404, 413, 415, 422} {
		s := quick(t, discordtest.Config{})
		start(t, s, &drawing{}, nil)
		s.Fault(discordtest.Match{Path: "/interactions/**"}, discordtest.Fault{Status: status, Times: 1})
		s.Fault(discordtest.Match{Method: http.MethodPatch, Path: "/webhooks/**"},
			discordtest.Fault{Status: status, Times: 1})
		s.Fault(discordtest.Match{Method: http.MethodPost, Path: "/channels/*/messages"},
			discordtest.Fault{Status: status, Times: 1})
		slash := wantAnswer(t, s, s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "why?")),
			`A line with \*three\* dots`)
		reply := wantReply(t, s, s.User("Bert").Mention(s.Thread(), "why?"), `A line with \*three\* dots`)
		for _, m := range []discordtest.Message{slash, reply} {
			if len(m.Attachments) > 0 || len(m.Components) == 0 || !strings.Contains(m.Content, "You asked: why?") {
				t.Errorf("%d: %+v", status, m)
			}
		}
	}
}

// An answer that is there at once is the first response: nobody sees "is thinking…". What is too large for three
// seconds is not.
func TestInstantAnswer(t *testing.T) { synctest.Test(t, testInstantAnswer) }
func testInstantAnswer(t *testing.T) {
	s := quick(t, discordtest.Config{})
	start(t, s, &drawing{}, func(ts *times) { ts.delivery.Instant = ts.delivery.Ack })
	ada := s.User("Ada")
	for _, private := range []string{"true", "false"} {
		it := ada.Slash(s.General(), "ask", discordtest.Opt("question", "why?"), discordtest.Opt("private", private))
		m := wantAnswer(t, s, it, "You asked: why?")
		if kind, _ := it.Acknowledged(); kind != 4 || len(m.Edits) != 1 || len(m.Attachments) != 1 ||
			m.Ephemeral() != (private == "true") {
			t.Errorf("a response of type %d, %d states, %d files", kind, len(m.Edits), len(m.Attachments))
		}
	}
	it := ada.Slash(s.General(), "ask", discordtest.Opt("question", "long"))
	wantAnswer(t, s, it, "long road")
	if _, err := it.WaitUntil(t.Context(), func(m []discordtest.Message) bool { return len(m) == 4 }); err != nil {
		t.Error(err)
	}
}

// Where the first response is refused, the answer comes behind an acknowledgement, once.
func TestInstantAnswerRefused(t *testing.T) { synctest.Test(t, testInstantAnswerRefused) }
func testInstantAnswerRefused(t *testing.T) {
	s := quick(t, discordtest.Config{})
	start(t, s, &smallTable{}, func(ts *times) { ts.delivery.Instant = ts.delivery.Ack })
	f := s.Fault(discordtest.Match{Path: "/interactions/**"}, discordtest.Fault{Status: 403, Times: 1})
	it := s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "why?"))
	wantAnswer(t, s, it, "You asked: why?")
	if kind, _ := it.Acknowledged(); kind != 5 || f.Hits() != 1 {
		t.Errorf("a response of type %d after %d refusals", kind, f.Hits())
	}
}
