package timeline

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// A tongueGrammar says how one language prints dates: the forms of testdata/dates.txt. It knows nothing of the lists of
// the lexicon, so that what is missing there shows.
type tongueGrammar struct {
	language string
	forms    map[string][]string
}

// readTongues reads testdata/dates.txt.
func readTongues(t *testing.T) []tongueGrammar {
	t.Helper()
	data, err := os.ReadFile("testdata/dates.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []tongueGrammar
	for line := range strings.Lines(string(data)) {
		name, templates, ok := strings.Cut(strings.TrimSpace(line), " | ")
		if !ok {
			continue
		}
		language, form, _ := strings.Cut(name, " ")
		if len(all) == 0 || all[len(all)-1].language != language {
			all = append(all, tongueGrammar{language, map[string][]string{}})
		}
		all[len(all)-1].forms[form] = strings.Split(templates, " | ")
	}
	return all
}

// A generatedDate is one row: a sentence, the day it is read on, and the days that it means.
type generatedDate struct {
	language, form, text string
	reference            time.Time
	want                 []string
}

// generateDates makes n rows by a seed. The days are found by package time alone.
func generateDates(tongues []tongueGrammar, seed uint64, n int) []generatedDate {
	r := rand.New(rand.NewPCG(seed, 16))
	rows := make([]generatedDate, 0, n)
	for len(rows) < n {
		if row, ok := generateDate(r, &tongues[len(rows)%len(tongues)]); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

func pick(r *rand.Rand, from []string) string {
	if len(from) == 0 {
		return ""
	}
	return from[r.IntN(len(from))]
}

func span(from, to time.Time) string {
	return from.Format(time.DateOnly) + "/" + to.Format(time.DateOnly)
}

// A maker makes one row.
type maker struct {
	*tongueGrammar
	*rand.Rand
	reference time.Time
	y         int
	m         time.Month
	d         int
	fill      map[string]string
}

func whole(first, last int) string { return span(civil(first, 1, 1), civil(last, 12, 31)) }

func monthOf(y, m int) string { return span(civil(y, time.Month(m), 1), civil(y, time.Month(m)+1, 0)) }

// choose fills a slot with one of the words of a form, and returns which.
func (k *maker) choose(slot, form string) int {
	all := k.forms[form]
	n := k.IntN(len(all))
	k.fill[slot] = all[n]
	return n
}

// forms are how dates are written: a text, and the days that it means; no text where the language lacks the form.
var forms = []struct {
	name string
	make func(k *maker) (text string, want []string)
}{
	{"full", func(k *maker) (string, []string) {
		day := civil(k.y, k.m, k.d)
		return pick(k.Rand, k.forms["full"]), []string{span(day, day)}
	}},
	{"day", func(k *maker) (string, []string) {
		day := civil(k.reference.Year(), k.m, k.d)
		if day.After(k.reference) {
			day = civil(k.reference.Year()-1, k.m, k.d)
		}
		return pick(k.Rand, k.forms["dayOnly"]), []string{span(day, day)}
	}},
	{"month", func(k *maker) (string, []string) {
		return pick(k.Rand, k.forms["month"]), []string{monthOf(k.y, int(k.m))}
	}},
	{"year", func(k *maker) (string, []string) { return pick(k.Rand, k.forms["year"]), []string{whole(k.y, k.y)} }},
	{"decade", func(k *maker) (string, []string) {
		first := k.y / 10 * 10
		if first%100 == 0 {
			first += 10
		}
		k.fill["y"] = fmt.Sprint(first)
		return pick(k.Rand, k.forms["decade"]), []string{whole(first, first+9)}
	}},
	{"century", func(k *maker) (string, []string) {
		n := k.choose("c", "centuries")
		return pick(k.Rand, k.forms["century"]), []string{whole(1600+100*n, 1699+100*n)}
	}},
	{"ago", makeAgo},
	{"last", func(k *maker) (string, []string) {
		unit := k.IntN(len(k.forms["last"]))
		week := k.reference.AddDate(0, 0, -(int(k.reference.Weekday())+6)%7-7)
		year, month := k.reference.Year(), int(k.reference.Month())
		spans := []string{span(week, week.AddDate(0, 0, 6)), monthOf(year, month-1), whole(year-1, year-1)}
		return k.forms["last"][unit], spans[unit : unit+1]
	}},
	{"yesterday", func(k *maker) (string, []string) {
		day := k.reference.AddDate(0, 0, -1)
		return pick(k.Rand, k.forms["yesterday"]), []string{span(day, day)}
	}},
	{"before", func(k *maker) (string, []string) {
		day := k.reference.AddDate(0, 0, -2)
		return pick(k.Rand, k.forms["before"]), []string{span(day, day)}
	}},
	{"season", func(k *maker) (string, []string) {
		n := time.Month(3 * k.choose("s", "seasons"))
		return pick(k.Rand, k.forms["season"]), []string{span(civil(k.y, n+3, 1), civil(k.y, n+6, 0))}
	}},
	{"quarter", func(k *maker) (string, []string) {
		n := time.Month(3 * k.choose("q", "quarters"))
		return pick(k.Rand, k.forms["quarter"]), []string{span(civil(k.y, n+1, 1), civil(k.y, n+4, 0))}
	}},
	{"early", func(k *maker) (string, []string) { return pick(k.Rand, k.forms["early"]), []string{whole(k.y, k.y)} }},
	{"late", func(k *maker) (string, []string) { return pick(k.Rand, k.forms["late"]), []string{whole(k.y, k.y)} }},
	{"about", func(k *maker) (string, []string) { return pick(k.Rand, k.forms["about"]), []string{whole(k.y, k.y)} }},
	{"years", func(k *maker) (string, []string) {
		k.fill["z"] = fmt.Sprint(k.y + 5)
		return pick(k.Rand, k.forms["years"]), []string{whole(k.y, k.y+5)}
	}},
	{"days", func(k *maker) (string, []string) {
		k.d = min(k.d, 20)
		k.fill["d"], k.fill["e"] = fmt.Sprint(k.d), fmt.Sprint(k.d+3)
		return pick(k.Rand, k.forms["days"]), []string{span(civil(k.y, k.m, k.d), civil(k.y, k.m, k.d+3))}
	}},
	{"months", func(k *maker) (string, []string) {
		if k.m == time.December {
			return "", nil
		}
		k.fill["w"] = k.forms["months"][k.m]
		return pick(k.Rand, k.forms["twoMonths"]), []string{monthOf(k.y, int(k.m)), monthOf(k.y, int(k.m)+1)}
	}},
}

func makeAgo(k *maker) (string, []string) {
	n, unit := 2+k.choose("n", "numbers"), k.IntN(len(k.forms["ago"]))
	year, month := k.reference.Year(), int(k.reference.Month())
	days := k.reference.AddDate(0, 0, -n)
	weeks := k.reference.AddDate(0, 0, -7*n)
	spans := []string{span(days, days), span(weeks, weeks), monthOf(year, month-n), whole(year-n, year-n)}
	return k.forms["ago"][unit], spans[unit : unit+1]
}

func generateDate(r *rand.Rand, g *tongueGrammar) (generatedDate, bool) {
	reference := civil(2001+r.IntN(24), time.Month(1+r.IntN(12)), 1+r.IntN(28))
	day := civil(1601+r.IntN(reference.Year()-1602), time.Month(1+r.IntN(12)), 1+r.IntN(27))
	y, m, d := day.Date()
	k := &maker{tongueGrammar: g, Rand: r, reference: reference, y: y, m: m, d: d, fill: map[string]string{
		"d": fmt.Sprint(d), "o": fmt.Sprint(d), "m": g.forms["months"][m-1], "y": fmt.Sprint(y), "k": fmt.Sprint(int(m))}}
	if first := g.forms["ordinalDay"]; d == 1 && len(first) > 0 {
		k.fill["o"] = first[0]
	}
	form := forms[r.IntN(len(forms))]
	text, want := form.make(k)
	if text == "" || strings.Contains(text, "{d}th") && (d < 4 || d > 20) {
		return generatedDate{}, false
	}
	for name, value := range k.fill {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	if g.language == "ps" || g.language == "fa" && r.IntN(2) == 0 {
		text = persianDigits(text)
	}
	frame := pick(r, g.forms["frames"])
	if strings.HasPrefix(frame, "%s,") {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return generatedDate{g.language, form.name, fmt.Sprintf(frame, text), reference, want}, true
}

func persianDigits(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c - '0' + '۰'
		}
		return c
	}, text)
}

// TestGenerated reads dates in seven languages out of sentences that a grammar makes: ten sets of forty, five to
// develop with, five as a gate. A row is right if its dates are found, exactly, and no others.
func TestGenerated(t *testing.T) {
	const sets, rows, want = 10, 40, 0.97
	tongues := readTongues(t)
	share := func(name string, first uint64) {
		right, all := 0, 0
		for seed := first; seed < sets; seed += 2 {
			for _, row := range generateDates(tongues, seed, rows) {
				var got []string
				for _, m := range Tag(row.text, Context{Reference: row.reference}) {
					if m.Kind == KindDate && !m.IsZero() {
						got = append(got, span(m.Start, m.End))
					}
				}
				all++
				if slices.Equal(got, row.want) {
					right++
				} else {
					t.Logf("%s, %s on %s: %q: %v, want %v", name, row.form, row.reference.Format(time.DateOnly), row.text,
						got, row.want)
				}
			}
		}
		t.Logf("%s: %d of %d right", name, right, all)
		if float64(right) < want*float64(all) {
			t.Errorf("%s: %d of %d right, want %.2f", name, right, all, want)
		}
	}
	share("development", 0)
	share("gate", 1)
}
