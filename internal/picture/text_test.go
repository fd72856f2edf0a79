package picture

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/timeline"
)

func luminance(r, g, b uint8) float64 {
	linear := func(c uint8) float64 {
		v := float64(c) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// letters is ten pixels a letter.
func letters(s string) float64 { return 10 * float64(utf8.RuneCountInString(s)) }

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		lines int
		want  string
	}{
		{"", 2, ""},
		{"one two", 2, "one two"},
		{"one two three", 2, "one two|three"},
		{"one two three four five six", 2, "one two|three…"},
		{"one two, three", 1, "one two…"},
		{"abcdefghijklmnop", 2, "abcdefghij|klmnop"},
		{"abcdefghijklmnopqrstuvwxyz", 2, "abcdefghij|klmnopqrs…"},
		{"ääääääääääää", 1, "äääääääää…"},
	} {
		got := wrap(c.text, c.lines, letters, 100)
		if strings.Join(got, "|") != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.text, c.lines, got, c.want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	const sentence = "one two three four five six seven eight in 1999 nine ten eleven twelve"
	at := strings.Index(sentence, "1999")
	e := timeline.Event{Text: sentence, Phrase: "1999", Span: article.Span{Start: 50 + at, End: 50 + at + 4},
		Sentence: article.Span{Start: 50, End: 50 + len(sentence)}}
	e.From.N = e.Ref.N
	if got := strings.Join(excerpt(e, 2, letters, 200), "|"); got != "…six seven eight in|1999 nine ten…" {
		t.Errorf("the date is cut off: %q", got)
	}
	if got := strings.Join(excerpt(e, 2, letters, 400),
		"|"); got != "one two three four five six seven eight|in 1999 nine ten eleven twelve" {
		t.Errorf("cut where all has room: %q", got)
	}
	e.Sentence.Start = 500 // spans that do not fit
	if got := excerpt(e, 2, letters, 200); len(got) != 2 {
		t.Errorf("spans that do not fit: %q", got)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("one two three", 2)
	f.Add("\xff\u202e wwwwwwwwwwwwwwwwww", 1)
	f.Fuzz(func(t *testing.T, text string, lines int) {
		if lines < 1 || lines > 5 {
			return
		}
		cleaned := clean(text)
		if strings.ContainsAny(cleaned, "\n\r\t\x00\u202e") || !utf8.ValidString(cleaned) {
			t.Fatalf("clean(%q) = %q", text, cleaned)
		}
		got := wrap(cleaned, lines, letters, 100)
		if len(got) < 1 || len(got) > lines {
			t.Fatalf("%d lines", len(got))
		}
		for _, line := range got {
			if letters(line) > 100 {
				t.Fatalf("%q is too wide", line)
			}
		}
	})
}

func TestDateLines(t *testing.T) {
	for _, c := range []struct{ typed, first, second string }{
		{"2022-04-16", "16 Apr 2022", ""},
		{"2021-08", "Aug 2021", ""},
		{"1893", "1893", ""},
		{"1990s", "1990s", ""},
		{"2001-2005", "2001–2005", ""},
		{"Q2 2021", "Apr – Jun 2021", ""},
		{"winter 2019", "Dec 2019 –", "Feb 2020"},
		{"past two years", "28 Apr 2020 –", "28 Apr 2022"},
	} {
		start, end, err := timeline.ParseBound(c.typed, time.Date(2022, 4, 28, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		d := timeline.Date{Start: start, End: end, Precision: timeline.Range}
		switch c.typed {
		case "2022-04-16":
			d.Precision = timeline.Day
		case "2021-08":
			d.Precision = timeline.Month
		case "1893":
			d.Precision = timeline.Year
		case "1990s":
			d.Precision = timeline.Decade
		}
		if first, second := dateLines(d); first != c.first || second != c.second {
			t.Errorf("%s: %q, %q; want %q, %q", c.typed, first, second, c.first, c.second)
		}
	}
	day := time.Date(2020, 4, 16, 0, 0, 0, 0, time.UTC)
	d := timeline.Date{Start: day, End: day, Precision: timeline.Day, Inferred: timeline.InferredYear}
	if first, second := dateLines(d); first != "16 Apr 2020" || second != "year inferred" {
		t.Errorf("inferred: %q, %q", first, second)
	}
	d.Inferred, d.Yearless = "", true
	if first, second := dateLines(d); first != "16 Apr" || second != "year not given" {
		t.Errorf("yearless: %q, %q", first, second)
	}
}

// Years before Christ, small years and what restricts a period are printed as readers write them.
func TestDateLinesOfEras(t *testing.T) {
	year := func(n int) time.Time { return time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		from, to  int
		precision timeline.Precision
		mod       timeline.Mod
		want      string
	}{
		{-311, -311, timeline.Year, "", "312 BC"},
		{-263, -240, timeline.Range, "", "264–241 BC"},
		{-26, 14, timeline.Range, "", "27 BC – AD 14"},
		{14, 14, timeline.Year, "", "AD 14"},
		{871, 871, timeline.Year, "", "871"},
		{1754, 1754, timeline.Year, timeline.ModAbout, "about 1754"},
	} {
		d := timeline.Date{Start: year(c.from), End: year(c.to+1).AddDate(0, 0, -1), Precision: c.precision, Mod: c.mod}
		if got, _ := dateLines(d); got != c.want {
			t.Errorf("%v: %q, want %q", d, got, c.want)
		}
	}
}

// What the fonts have no letters for is not drawn as boxes.
func TestDraws(t *testing.T) {
	for text, want := range map[string]bool{"It rained.": true, "Дождь": true, "1893": true, "": true,
		"پل 2021 میں کھلا": true, "पुल 2021 में खुला": false,
		"The bridge, پل in Urdu, fell in the flood.": true, "橋は落ちた": false} {
		if got := Draws(text); got != want {
			t.Errorf("Draws(%q) = %v", text, got)
		}
	}
	e := event(t, 1, "2021", "पुल 2021 में खुला")
	for _, label := range layOut([]timeline.Event{e}, Options{Title: "पुल"}, func(s string, size float64, _ bool) float64 {
		return float64(len(s)) * size / 2
	}).Labels {
		if !Draws(label.Text) {
			t.Errorf("drawn: %q", label.Text)
		}
	}
}
