package openai

import (
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag/ragtest"
)

// Who listens hears the beginning of the answer, ever longer, and nothing of what the model thinks aloud.
func TestPartial(t *testing.T) { synctest.Test(t, testPartial) }
func testPartial(t *testing.T) {
	s := openaitest.NewMemory(t)
	for _, c := range []struct{ says, want string }{
		{"The bridge was closed in May [1]. It is open again [2].",
			"The bridge was closed in May [1]. It is open again [2]."},
		{"<think>May? The passage says May [3].</think>\n\nThe bridge was closed [1].", "The bridge was closed [1]."},
		{" <thinking>\nso many words </thinking> Yes [1]. No [2].", "Yes [1]. No [2]."},
		{"<think>never ends [1]. It goes on [2].", ""},
		{"<thoughtful> is no tag [1].", "<thoughtful> is no tag [1]."},
	} {
		s.Always(openaitest.Reply{Text: c.says})
		heard := []string{""}
		r := ragtest.Request()
		r.Partial = func(text string) { heard = append(heard, text) }
		draft, err := newGenerator(t, config(s)).Generate(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range heard[1:] {
			if !strings.HasPrefix(text, heard[i]) || !strings.HasPrefix(draft.Text, strings.TrimSpace(text)) {
				t.Errorf("%q: heard %q after %q", c.says, text, heard[i])
			}
		}
		if last := strings.TrimSpace(heard[len(heard)-1]); last != c.want || c.want != "" && len(heard) < 3 {
			t.Errorf("%q: heard %d times, the last %q", c.says, len(heard)-1, last)
		}
	}
}
