package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// goldRecords reads one JSON object a line of the shared data, and names the folder of the article they are about.
func goldRecords[T any](t *testing.T, name string) (records []T, docs string) {
	t.Helper()
	shared := os.Getenv("PILCROW_SHARED")
	if shared == "" {
		t.Skip("PILCROW_SHARED is not set")
	}
	data, err := os.ReadFile(filepath.Join(shared, "data", "article", name))
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		var r T
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	return records, filepath.Join(shared, "articles", "dated")
}

// output runs a command that must succeed and reads its JSON.
func output[T any](t *testing.T, args ...string) (v T) {
	t.Helper()
	r := bot(t.Context(), nil, "", args...)
	if r.code != exitOK || r.stderr != "" {
		t.Fatalf("exit code %d: %s", r.code, r.stderr)
	}
	if err := json.Unmarshal([]byte(r.stdout), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestQuoteGold holds the program against the article's quotations: 12 of 12 with words, paragraph, speaker and place,
// none more.
func TestQuoteGold(t *testing.T) {
	type quotation struct {
		Quote, Speaker, Kind  string
		Paragraph, Start, End int
	}
	gold, docs := goldRecords[quotation](t, "quotes.jsonl")
	got := output[struct{ Quotations []quotation }](t, "quote", "--json", "--docs", docs).Quotations
	paragraphs := map[int]string{}
	for i, q := range got { // the records count characters, the program bytes
		if paragraphs[q.Paragraph] == "" {
			n := []string{"paragraph", "--json", "--docs", docs, strconv.Itoa(q.Paragraph)}
			paragraphs[q.Paragraph] = output[struct{ Text string }](t, n...).Text
		}
		text := paragraphs[q.Paragraph]
		if text[q.Start:q.End] != q.Quote {
			t.Errorf("not a slice: %+v", q)
		}
		got[i].Start, got[i].End = utf8.RuneCountInString(text[:q.Start]), utf8.RuneCountInString(text[:q.End])
	}
	if !slices.Equal(got, gold) {
		t.Errorf("got  %+v\nwant %+v", got, gold)
	}
	t.Logf("%d quotations, %d wanted", len(got), len(gold))
}

// TestTimelineGold holds the program against the article's dated events: all of them with days and paragraph, none
// more, in order.
func TestTimelineGold(t *testing.T) {
	type record struct {
		Start     string `json:"date_start"`
		End       string `json:"date_end"`
		Precision string
		Paragraph int
	}
	gold, docs := goldRecords[record](t, "timeline.jsonl")
	type event struct {
		Start, End, Precision string
		Paragraph             int
	}
	var want []event
	for _, g := range gold {
		want = append(want, event(g))
	}
	got := output[struct{ Events []event }](t, "timeline", "--json", "--docs", docs).Events
	for _, e := range want {
		if !slices.Contains(got, e) {
			t.Errorf("missed %+v", e)
		}
	}
	for _, e := range got {
		if !slices.Contains(want, e) {
			t.Errorf("not an event: %+v", e)
		}
	}
	if !slices.IsSortedFunc(got, func(a, b event) int { return strings.Compare(a.Start, b.Start) }) {
		t.Errorf("out of order: %+v", got)
	}
	t.Logf("%d events, %d wanted", len(got), len(want))
}
