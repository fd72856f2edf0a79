package articletest

import (
	"testing"

	"pilcrow/internal/article"
)

// Each kind is accepted at its largest, and has the size that its name promises.
func TestWorstIsAccepted(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	const maxFile = 10 << 20 // bytes: the largest file that is taken
	for _, k := range Worst() {
		text := k.Text(k.Most, 1)
		d, err := article.Parse(k.File, text)
		if err != nil {
			t.Errorf("%s: %v", k.Name, err)
			continue
		}
		t.Logf("%s: %d bytes, %d paragraphs", k.Name, len(text), len(d.Passages))
		if len(text) > maxFile || len(d.Passages) < k.Most {
			t.Errorf("%s: %d bytes, %d paragraphs of %d", k.Name, len(text), len(d.Passages), k.Most)
		}
		if other := k.Text(k.Most, 2); string(other) == string(text) {
			t.Errorf("%s: two servers have the same document", k.Name)
		}
	}
}
