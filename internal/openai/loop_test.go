package openai

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag/ragtest"
)

func TestLooped(t *testing.T) {
	const sentence = "The Taliban speaks for the people.\nThe answer:\n"
	list := "1. In May it was closed [1].\n2. In June it was closed [1].\n3. In July it was closed [1].\n4. In August " +
		"it was closed [1].\n"
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"a sentence again and again", "It was closed. " + strings.Repeat(sentence, 6), true},
		{"cut in the middle of it", "It was closed. " + strings.Repeat(sentence, 6) + sentence[:20], true},
		{"one character", strings.Repeat("x", 260), true},
		{"a long paragraph", strings.Repeat(strings.Repeat("a", 200)+strings.Repeat("b", 300)+" ", 4), true},
		{"three times", "It was closed. " + strings.Repeat(sentence, 3), false},
		{"short and emphatic", "No, no, no, no, no, no. It was closed in May [1].", false},
		{"a list that changes", strings.Repeat(list, 3), false},
		{"a loop that ended", strings.Repeat(sentence, 6) +
			strings.Repeat("and then something else was written about it ", 3) + list, false},
		{"a list of one sentence", numberedList(14), true},
		{"years that differ", numberedList(6), false},
	} {
		if got := new(looped).more(test.text); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

func numberedList(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d. In %d the bridge was shut for %d days.\n", i+1, 1990+i, 3*i)
	}
	return b.String()
}

// A model that writes the same for ever is left long before its limit.
func TestLoopIsLeft(t *testing.T) { synctest.Test(t, testLoopIsLeft) }
func testLoopIsLeft(t *testing.T) {
	s := openaitest.NewMemory(t)
	s.Always(openaitest.Reply{Text: strings.Repeat("The bridge was closed in May [1]. ", 1000),
		Pace: 2 * time.Millisecond})
	c := config(s)
	c.Timeout = time.Minute
	began := time.Now()
	_, err := newGenerator(t, c).Generate(t.Context(), ragtest.Request())
	if !errors.Is(err, ErrLoops) || time.Since(began) > 8*time.Second { // all of it takes 14 s at least
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}
