package openai

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag/ask"
)

// Under one name another model answers, of another dimension or of the same one, and later the first one again.
func TestModelChangesUnderItsName(t *testing.T) { synctest.Test(t, testModelChangesUnderItsName) }
func testModelChangesUnderItsName(t *testing.T) {
	for _, other := range []openaitest.Fault{openaitest.OtherDimension, openaitest.OtherModel} {
		h := newHarbor(t, 30)
		h.start()
		h.whole()
		h.once(openaitest.None, 30)
		h.asking.Lock() // the fingerprint is looked at now and then; no question comes before it is
		h.misbehaves(always(other))
		h.skip.Add(int64(time.Hour))
		h.asking.Unlock()
		h.ask(t.Context(), 7)
		h.whole()
		h.once(other, 30)
		if !strings.Contains(h.log.String(), "changed under its name") {
			t.Errorf("the log does not say it: %s", h.log)
		}
		// An edit, and a start, with the new one; then the first comes back, and everything of it is known.
		h.mu.Lock()
		h.texts["cranes"] += "Crane number 77 lifts 177 tons of grain."
		h.mu.Unlock()
		if _, err := h.Reload(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		h.whole()
		h.end()
		h.start()
		h.whole()
		h.once(other, 31)
		h.end()
		h.misbehaves(nil)
		h.start()
		h.ask(t.Context(), 77)
		h.whole()
		h.once(openaitest.None, 31)
		h.once(other, 31)
	}
}

// The server is away while one vector is unknown: what is known serves, words the rest, and it is embedded when the
// server is back.
func TestServerAwayAtLoad(t *testing.T) { synctest.Test(t, testServerAwayAtLoad) }
func testServerAwayAtLoad(t *testing.T) {
	for _, fault := range []openaitest.Fault{openaitest.Dropped, openaitest.Unavailable, openaitest.Unauthorized,
		openaitest.NullValue, openaitest.Portal} {
		h := newHarbor(t, 30)
		h.start()
		h.whole()
		h.end()
		h.texts["cranes"] += "Crane number 99 lifts 199 tons of grain."
		h.misbehaves(always(fault))
		if r := h.start(); r.Missing != 1 || r.Reused != 30 || r.Trouble == nil {
			t.Errorf("fault %d: %+v", fault, r)
		}
		h.ask(t.Context(), 99)
		if done, total, trouble := h.backlog.Progress(); done != 0 || total != 1 || trouble == nil {
			t.Errorf("fault %d: %d of %d, %v", fault, done, total, trouble)
		}
		h.misbehaves(nil)
		h.whole()
		h.ask(t.Context(), 99)
		h.once(openaitest.None, 31)
	}
}

// The server is dead or wrong at the very first start: words serve, vectors follow. Nothing is embedded twice although
// it breaks again and again.
func TestServerAwayAtFirst(t *testing.T) { synctest.Test(t, testServerAwayAtFirst) }
func testServerAwayAtFirst(t *testing.T) {
	const texts = 90
	for _, fault := range []openaitest.Fault{openaitest.Dropped, openaitest.Unauthorized, openaitest.ZeroVector,
		openaitest.Gibberish, openaitest.OneVectorLess} {
		h := newHarbor(t, texts)
		h.misbehaves(always(fault))
		if r := h.start(); r.Missing != texts || r.Trouble == nil {
			t.Errorf("fault %d: %+v", fault, r)
		}
		h.ask(t.Context(), 23)
		calls := 0
		h.misbehaves(func(openaitest.Request) openaitest.Fault {
			if calls++; calls%3 == 0 {
				return fault
			}
			return openaitest.None
		})
		h.whole()
		h.once(openaitest.None, texts)
		for deadline := time.Now().Add(time.Minute); !strings.Contains(h.log.String(),
			"all paragraphs are embedded"); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) { // it is said after the last vector is kept
				t.Fatalf("the log does not say when it ends: %s", h.log)
			}
		}
	}
}

// A server that takes so many bytes: longer texts are cut in pieces under one number, each embedded once, also after a
// restart.
func TestOverlongTexts(t *testing.T) { synctest.Test(t, testOverlongTexts) }
func testOverlongTexts(t *testing.T) {
	const most = 300
	for _, fault := range []openaitest.Fault{openaitest.TooLong, openaitest.TooLongFails, openaitest.RefusedMutely} {
		h := newHarbor(t, 40)
		var b strings.Builder
		for i := range 30 {
			fmt.Fprintf(&b, "The winch of pier %d was oiled in the year %d. ", i, 1900+i)
		}
		h.texts["winches"] = b.String()
		refused := 0
		h.misbehaves(func(r openaitest.Request) openaitest.Fault {
			if slices.ContainsFunc(r.Input, func(text string) bool { return len(text) > most }) {
				refused++
				return fault
			}
			return openaitest.None
		})
		if r := h.start(); r.Missing != 0 || r.Trouble != nil {
			t.Errorf("fault %d: %+v", fault, r)
		}
		h.end()
		pieces := len(h.counted()) // at least
		found, err := h.Find(t.Context(), ask.Query{Text: "When was the winch of pier 29 oiled?", K: 1})
		if err != nil || len(found) != 1 || found[0].Passage.Ref != (article.Ref{Slug: "winches", N: 1}) {
			t.Errorf("fault %d: %v, %v", fault, found, err)
		}
		first := refused
		h.start()
		h.whole()
		h.end()
		if again := refused - first; again > 0 || first == 0 || pieces < 45 {
			t.Errorf("fault %d: %d refusals at first, %d after a restart", fault, first, again)
		}
		for text, times := range h.counted() {
			if times > 1 && strings.Contains(text, "winch") && !strings.Contains(text, "?") {
				t.Errorf("fault %d: %q was embedded %d times", fault, text, times)
			}
		}
	}
}

// A server that needs longer for many texts than a call may last gets fewer.
func TestSlowServer(t *testing.T) { synctest.Test(t, testSlowServer) }
func testSlowServer(t *testing.T) {
	h := newHarbor(t, 60)
	h.config.Timeout = 300 * time.Millisecond
	h.misbehaves(func(r openaitest.Request) openaitest.Fault {
		if len(r.Input) > 5 {
			return openaitest.Hanging
		}
		return openaitest.None
	})
	h.start()
	h.whole()
	h.ask(t.Context(), 50)
	h.once(openaitest.None, 60)
}

// A reload that would take too long is over when its patience is, and the rest follows.
func TestPatience(t *testing.T) { synctest.Test(t, testPatience) }
func testPatience(t *testing.T) {
	h := newHarbor(t, 300)
	h.patience = 30 * time.Millisecond
	h.misbehaves(func(r openaitest.Request) openaitest.Fault {
		if len(r.Input) > 1 && len(r.Input) == firstBatchTexts {
			return openaitest.None
		}
		return openaitest.Hanging
	})
	if r := h.start(); r.Missing == 0 || r.Trouble != nil {
		t.Errorf("%+v", r)
	}
	h.misbehaves(nil)
	h.whole()
	h.ask(t.Context(), 250)
	h.once(openaitest.None, 300)
}

// The vector of a question that is asked again is kept, also while the server is away.
func TestQuestionsAreKept(t *testing.T) { synctest.Test(t, testQuestionsAreKept) }
func testQuestionsAreKept(t *testing.T) {
	h := newHarbor(t, 30)
	h.start()
	h.end()
	ask := func() int {
		before := len(h.server.Requests())
		if _, err := h.Find(t.Context(), ask.Query{Text: "What does crane 3 lift?"}); err != nil {
			t.Error(err)
		}
		return len(h.server.Requests()) - before
	}
	if first, second := ask(), ask(); first != 1 || second != 0 {
		t.Errorf("%d calls for the first time, %d for the second", first, second)
	}
	h.misbehaves(always(openaitest.Unauthorized))
	if n := ask(); n != 0 || strings.Contains(h.log.String(), "question not embedded") {
		t.Errorf("%d calls while the server is away: %s", n, h.log)
	}
}
