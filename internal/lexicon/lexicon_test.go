package lexicon

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// lists returns the names of all lists.
func lists(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(files, "*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no lists: %v", err)
	}
	for i := range names {
		names[i] = strings.TrimSuffix(names[i], ".txt")
	}
	return names
}

// inAnOrderOfItsOwn are lists whose order says something.
var inAnOrderOfItsOwn = []string{"months", "weekdays", "numbers", "synonyms", "same-words", "interchangeable-words",
	"opposites", "months-solar", "months-islamic", "date-words", "date-phrases", "everyday-words"}

// TestLists holds each list to its form: a header that says where it is from, its license and its readers, words in
// order, none twice.
func TestLists(t *testing.T) {
	for _, name := range lists(t) {
		data, err := files.ReadFile(name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range problems(name, string(data)) {
			t.Errorf("%s.txt: %s", name, problem)
		}
	}
}

func problems(name, text string) (found []string) {
	header, _, ok := strings.Cut(text, "\n\n")
	if !ok || !strings.HasPrefix(header, "# ") {
		return []string{"no header: it begins with # and ends with an empty line"}
	}
	for _, field := range []string{"# Source: ", "# License: ", "# Used by: "} {
		if strings.Count(header, "\n"+field) != 1 {
			found = append(found, "the header lacks “"+field+"”, or has it twice")
		}
	}
	var first []string // of each row, or all words where a row is no record
	record := strings.Contains(readers(), `Rows("`+name+`")`) || strings.Contains(readers(), `calendar("`+name+`")`) ||
		strings.Contains(readers(), `Heads("`+name+`")`)
	seen := map[string]bool{}
	for line := range strings.Lines(text[len(header):]) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if record {
			fields = fields[:1]
			if slices.Contains(inAnOrderOfItsOwn, name) {
				fields = []string{line}
			}
		}
		for _, w := range fields {
			if seen[w] {
				found = append(found, "twice: "+w)
			}
			seen[w] = true
			first = append(first, w)
		}
	}
	if len(first) == 0 {
		found = append(found, "no words")
	}
	if !slices.Contains(inAnOrderOfItsOwn, name) {
		for i := 1; i < len(first); i++ {
			if first[i] < first[i-1] {
				found = append(found, first[i]+" stands behind "+first[i-1])
			}
		}
	}
	return found
}

// readers is the source of all packages that may read lists, without tests.
var readers = func() func() string {
	var all string
	return func() string {
		if all != "" {
			return all
		}
		var b strings.Builder
		_ = filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				data, _ := os.ReadFile(path)
				b.Write(data)
			}
			return nil
		})
		all = b.String()
		return all
	}
}()

// TestProblems: the lint finds what it is for.
func TestProblems(t *testing.T) {
	const header = "# Words.\n# Source: ours\n# License: ours\n# Used by: nobody\n\n"
	for text, want := range map[string]string{
		header + "add say tell\n":    "",
		header + "say add\n":         "add stands behind say",
		header + "add add\n":         "twice: add",
		header:                       "no words",
		"add say\n":                  "no header",
		"# Words.\n\nadd say\n":      "lacks",
		header + "add say\nsay so\n": "twice: say",
	} {
		got := strings.Join(problems("no-such-list", text), "; ")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestReaders: the packages that a header names read package lexicon, and every list is read by somebody.
func TestReaders(t *testing.T) {
	for _, name := range lists(t) {
		if !strings.Contains(readers(), `"`+name+`"`) {
			t.Errorf("nobody reads %s.txt", name)
		}
		data, _ := files.ReadFile(name + ".txt")
		header, _, _ := strings.Cut(string(data), "\n\n")
		_, used, _ := strings.Cut(header, "# Used by: ")
		for pkg := range strings.FieldsSeq(used) {
			reads := false
			sources, _ := filepath.Glob(filepath.Join("..", "..", pkg, "*.go"))
			for _, file := range sources {
				source, _ := os.ReadFile(file)
				reads = reads || strings.Contains(string(source), `"pilcrow/internal/lexicon"`) ||
					pkg == "internal/lexicon"
			}
			if !reads {
				t.Errorf("%s.txt is said to be used by %s, which does not import package lexicon", name, pkg)
			}
		}
	}
}

func TestRecords(t *testing.T) {
	for _, row := range Rows("reporting-verbs") {
		if len(row) < 2 || cues[row[1]] == 0 {
			t.Errorf("reporting-verbs.txt: %v has no cue", row)
			continue
		}
		for _, trait := range row[2:] {
			if !slices.Contains([]string{"clause", "states", "asserts", "denies", "acts", "noun"}, trait) {
				t.Errorf("reporting-verbs.txt: %s is no trait", trait)
			}
		}
	}
	for list, highest := range map[string]int{"months": 12, "weekdays": 7} {
		for _, row := range Rows(list) {
			if n, err := strconv.Atoi(row[1]); err != nil || n < 1 || n > highest || len(row) < 3 || len(row[0]) != 2 {
				t.Errorf("%s.txt: %v", list, row)
			}
		}
	}
	for _, row := range Rows("irregular-verbs") {
		if len(row) < 3 || len(row) > 4 ||
			len(row) == 4 && !slices.Contains(row[1:3], strings.TrimPrefix(row[3], "~")) {
			t.Errorf("irregular-verbs.txt: %v", row)
		}
	}
}

func TestInflect(t *testing.T) {
	for verb, want := range map[string]string{
		"say": "say says said said saying", "write": "write writes wrote written writing",
		"snap":  "snap snaps snapped snapped snapping",
		"admit": "admit admits admitted admitted admitting", "quip": "quip quips quipped quipped quipping",
		"reply": "reply replies replied replied replying", "pray": "pray prays prayed prayed praying",
		"agree": "agree agrees agreed agreed agreeing", "lie": "lie lies lied lied lying",
		"preach": "preach preaches preached preached preaching",
		"claim":  "claim claims claimed claimed claiming", "offer": "offer offers offered offered offering",
		"refer": "refer refers referred referred referring", "concur": "concur concurs concurred concurred concurring",
		"vow": "vow vows vowed vowed vowing", "mimic": "mimic mimics mimicked mimicked mimicking",
		"shout": "shout shouts shouted shouted shouting", "guess": "guess guesses guessed guessed guessing",
		"begin": "begin begins began begun beginning", "forecast": "forecast forecasts forecast forecast forecasting",
		"tweet": "tweet tweets tweeted tweeted tweeting", "label": "label labels labeled labeled labeling",
		"muse": "muse muses mused mused musing", "sob": "sob sobs sobbed sobbed sobbing",
		"fix": "fix fixes fixed fixed fixing",
	} {
		forms := Inflect(verb)
		if got := strings.Join(forms[:], " "); got != want {
			t.Errorf("Inflect(%q) = %s, want %s", verb, got, want)
		}
	}
}

func TestPlural(t *testing.T) {
	for noun, want := range map[string]string{"spokesman": "spokesmen", "human": "humans", "deputy": "deputies",
		"attorney": "attorneys",
		"boss":     "bosses", "judge": "judges", "witness": "witnesses", "coach": "coaches"} {
		if got := Plural(noun); got != want {
			t.Errorf("Plural(%q) = %s, want %s", noun, got, want)
		}
	}
}

func TestReporting(t *testing.T) {
	for word, want := range map[string]ReportingVerb{
		"told":    {Lemma: "tell", Form: Past, Cue: Reports, Clause: true, States: true},
		"claims":  {Lemma: "claim", Form: Present, Cue: Reports, Clause: true, States: true, Noun: true},
		"claimed": {Lemma: "claim", Form: Past, Cue: Reports, Clause: true, States: true},
		"snapped": {Lemma: "snap", Form: Past, Cue: Reports},
		"dubbed":  {Lemma: "dub", Form: Past, Cue: Names},
		"spoken":  {Lemma: "speak", Form: Participle, Cue: Reports},
		"sagte":   {Lemma: "sagen", Form: Past, Cue: Reports, Clause: true, States: true, Foreign: true},
		"denying": {Lemma: "deny", Form: Ing, Cue: Reports, Clause: true, Denies: true},
	} {
		if got, ok := Reporting(word); !ok || got != want {
			t.Errorf("Reporting(%q) = %+v, %v, want %+v", word, got, ok, want)
		}
	}
	if v, ok := Reporting("walked"); ok {
		t.Errorf("Reporting(walked) = %+v", v)
	}
}
