package discord

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

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
func TestReferences(t *testing.T) { synctest.Test(t, testReferences) }
func testReferences(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &referringTable{}
	r := start(t, s, table, nil)
	wantReply(t, s, s.User("Ada").DM("fail"), "Something went wrong (ref ")
	panics := s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "panic"))
	wantAnswer(t, s, panics, "Something went wrong (ref ")
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

// What Discord does not hear of in time is told from what it does.
func TestAcknowledgedInTime(t *testing.T) { synctest.Test(t, testAcknowledgedInTime) }
func testAcknowledgedInTime(t *testing.T) {
	s := fake(t, discordtest.Config{})
	r := start(t, s, &smallTable{}, nil)
	ada := s.User("Ada")
	const way = 40 * time.Millisecond
	s.Fault(discordtest.Match{Path: "/interactions/**"}, discordtest.Fault{Delay: way, Times: 1})
	first := ada.Slash(s.General(), "ask", discordtest.Opt("question", "one?"))
	wantAnswer(t, s, first, "one?")
	if took, ok := first.AcknowledgedAfter(); !ok || took != way {
		t.Errorf("%v, %t", took, ok)
	}
	if _, err := ada.Autocomplete(t.Context(), s.General(), "ask", "document", "m"); err != nil {
		t.Fatal(err)
	}
	if came, acknowledged := r.Interactions(); came != 1 || acknowledged != 1 {
		t.Errorf("%d of %d", acknowledged, came)
	}
	s.Fault(discordtest.Match{Path: "/interactions/**"}, discordtest.Fault{Status: 404})
	second := ada.Slash(s.General(), "ask", discordtest.Opt("question", "two?"))
	eventually(t, "it came", func() bool { came, _ := r.Interactions(); return came == 2 })
	<-r.answers.Wait()
	if came, acknowledged := r.Interactions(); came != 2 || acknowledged != 1 {
		t.Errorf("%d of %d", acknowledged, came)
	}
	if _, ok := second.AcknowledgedAfter(); ok {
		t.Error("the second one is acknowledged")
	}
	s.Forgive(discordtest.RuleInteraction)
}
