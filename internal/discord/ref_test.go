package discord

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/lang"
)

// referringTable shows the reference under which the log has a question.
type referringTable struct {
	smallTable

	mu   sync.Mutex
	refs []string
}

func (s *referringTable) Public(err error, _ lang.Printer) (string, string) {
	ref := "none"
	if r, ok := errors.AsType[*commands.Referred](err); ok {
		ref = r.Ref
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refs = append(s.refs, ref)
	return "Something went wrong (ref " + ref + ").", ref
}

// What a reader is told of a failure leads to all that the log has of the question, from its arrival to its ending.
func TestReferences(t *testing.T) {
	s := discordtest.New(t)
	table := &referringTable{}
	r := start(t, s, table, nil)
	wantReply(t, s, s.User("Ada").DM("fail"), "Something went wrong (ref ")
	wantAnswer(
		t,
		s,
		s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "panic")),
		"Something went wrong (ref ",
	)
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
	if len(table.refs) != 2 || table.refs[0] == table.refs[1] {
		t.Fatalf("references %v", table.refs)
	}
	for _, ref := range table.refs {
		for _, line := range []string{`msg="a question came" ref=`, `msg="a question ended" ref=`} {
			if len(ref) != 6 || strings.Count(r.log.String(), line+ref) != 1 {
				t.Errorf("no %s%s in\n%s", line, ref, r.log.String())
			}
		}
	}
}
