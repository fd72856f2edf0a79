package timeline

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// gold opens a file of the measured data, which lies outside the repository.
func gold[T any](t *testing.T, name string) []T {
	t.Helper()
	shared := os.Getenv("PILCROW_SHARED")
	if shared == "" {
		t.Skip("PILCROW_SHARED is not set")
	}
	f, err := os.Open(filepath.Join(shared, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var records []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r T
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		records = append(records, r)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return records
}

func date(t *testing.T, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

type goldDate struct {
	ID, Text, Reference, Expression, Start, End string
	Offset                                      int
}

func TestGoldDates(t *testing.T) {
	const wantExact, wantFound, wantRight = 0.98, 0.96, 0.98
	records := gold[goldDate](t, "data/dates.dev.jsonl")
	exact, found, answered := 0, 0, 0
	for _, g := range records {
		reference := date(t, g.Reference)
		d, _ := Normalize(g.Expression, g.Text, g.Offset, reference)
		start, end := d.ISO()
		if start == g.Start && end == g.End {
			exact++
		} else {
			t.Logf("%s: %q in %q on %s: got %s, want %s/%s", g.ID, g.Expression, g.Text, g.Reference, d, g.Start, g.End)
		}
		hit := false
		for _, m := range Tag(g.Text, Context{Reference: reference}) {
			if m.IsZero() || m.Span.End <= g.Offset || m.Span.Start >= g.Offset+len(g.Expression) {
				continue
			}
			start, end := m.ISO()
			answered++
			if start == g.Start && end == g.End {
				hit = true
			} else {
				t.Logf("%s: found %q for %q in %q on %s: got %s, want %s/%s", g.ID, m.Phrase, g.Expression, g.Text, g.Reference,
					m.Date, g.Start, g.End)
			}
		}
		if hit {
			found++
		} else {
			t.Logf("%s: not found %q in %q", g.ID, g.Expression, g.Text)
		}
	}
	share := float64(exact) / float64(len(records))
	t.Logf("exact range, expression given: %d of %d = %.3f", exact, len(records), share)
	t.Logf("found in its sentence: recall %d of %d, precision %d of %d", found, len(records), found, answered)
	if share < wantExact {
		t.Errorf("exact range %.3f, want at least %.2f", share, wantExact)
	}
	recall, precision := float64(found)/float64(len(records)), float64(found)/float64(answered)
	if recall < wantFound || precision < wantRight {
		t.Errorf("recall %.3f and precision %.3f, want at least %.2f and %.2f", recall, precision, wantFound, wantRight)
	}
}
