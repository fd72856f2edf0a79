package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A draftsRecord is a question over a folder of documents with two drafts that a model might write: an honest one,
// which the passages support, and a careless one. Every sentence of both is labeled.
type draftsRecord struct {
	place
	ID       string           `json:"id"`
	Folder   string           `json:"folder"` // of its documents: docs/FOLDER beside the file
	Kind     string           `json:"kind"`
	Question string           `json:"question"`
	Passages []draftedPassage `json:"passages"` // those that its markers count
	Honest   labeledDraft     `json:"honest"`
	Careless labeledDraft     `json:"careless"`
}

// A draftedPassage is a paragraph that a draft was written from, named by the hash of its text: see paragraphHash.
type draftedPassage struct {
	N    int    `json:"n"`
	Hash string `json:"sha"`
}

type labeledDraft struct {
	Draft     string            `json:"draft"`
	Sentences []labeledSentence `json:"sentences"`

	folded   []string               // the plain texts, to compare by
	evidence []map[int]evidenceSpan // of each sentence, by passage
}

// A labeledSentence is true if the passages that the draft was written from support it.
type labeledSentence struct {
	Text     string                  `json:"text"`  // as it stands in the draft, with its markers
	Plain    string                  `json:"plain"` // without them
	True     *bool                   `json:"label"`
	Error    string                  `json:"error"` // the kind of error of a false one; "" for none
	Cites    []int                   `json:"cites"`
	SaidBy   []string                `json:"said_by"` // patterns of who says it
	Evidence map[string]evidenceSpan `json:"evidence"`
	Twin     *int                    `json:"twin"` // the honest sentence that a false one was made of, from 0
}

// evidenceSpan is where the words stand that bear a sentence out: characters [From, To) of the paragraph with its white
// space squashed, or the words themselves.
type evidenceSpan struct {
	from, to int
	words    string
}

func (e *evidenceSpan) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &e.words) == nil {
		return nil
	}
	var span [2]int
	if err := json.Unmarshal(data, &span); err != nil || span[0] < 0 || span[0] >= span[1] {
		return errors.New("evidence: want the words, or [start, end] in characters")
	}
	e.from, e.to = span[0], span[1]
	return nil
}

// of returns the words in the paragraph's squashed text; "" if it is too short.
func (e evidenceSpan) of(squashed string) string {
	if e.words != "" {
		return e.words
	}
	if r := []rune(squashed); e.to <= len(r) {
		return string(r[e.from:e.to])
	}
	return ""
}

const (
	honest   = "honest"
	careless = "careless"

	// The kinds of error that can be put right by the check, without another sentence.
	errorMarker   = "wrong_marker"
	errorStripped = "attribution_stripped"
	errorQuote    = "quote_altered"
)

var (
	folderName  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
	hashPattern = regexp.MustCompile(`^[0-9a-f]{12}$`)
)

func (d *draftsRecord) check() error {
	d.Question = squash(d.Question)
	switch {
	case d.Question == "":
		return errors.New("question: there is none")
	case !folderName.MatchString(d.Folder):
		return fmt.Errorf("folder: want the name of a folder in docs beside the file, got %q", d.Folder)
	}
	numbers := map[int]bool{}
	for _, p := range d.Passages {
		if p.N < 1 || numbers[p.N] || !hashPattern.MatchString(p.Hash) {
			return errors.New("passages: want each with a number n of its own, from 1, and the first 12 hexadecimal digits " +
				"of a SHA-1 as sha")
		}
		numbers[p.N] = true
	}
	if err := d.Honest.check(honest, numbers, len(d.Honest.Sentences)); err != nil {
		return err
	}
	return d.Careless.check(careless, numbers, len(d.Honest.Sentences))
}

// check reads the rest of a draft.
func (l *labeledDraft) check(which string, numbers map[int]bool, twins int) error {
	fail := func(i int, what string) error { return fmt.Errorf("%s: sentence %d: %s", which, i+1, what) }
	if strings.TrimSpace(l.Draft) == "" {
		return fmt.Errorf("%s: there is no draft", which)
	}
	for i, s := range l.Sentences {
		switch {
		case s.Text == "" || !strings.Contains(l.Draft, s.Text):
			return fail(i, "text: it does not stand in the draft")
		case s.True == nil:
			return fail(i, "label: want true or false")
		case *s.True != (s.Error == ""):
			return fail(i, "error: a false sentence has one, a true one has none")
		case slices.ContainsFunc(s.Cites, func(n int) bool { return !numbers[n] }):
			return fail(i, "cites: there is no such passage")
		case s.Twin != nil && (*s.Twin < 0 || *s.Twin >= twins):
			return fail(i, "twin: there is no such honest sentence; they are counted from 0")
		}
		for _, pattern := range s.SaidBy {
			if _, err := regexp.Compile(pattern); err != nil {
				return fail(i, "said_by: "+err.Error())
			}
		}
		spans := map[int]evidenceSpan{}
		for key, e := range s.Evidence {
			n, err := strconv.Atoi(key)
			if err != nil || !numbers[n] {
				return fail(i, "evidence: there is no passage "+strconv.Quote(key))
			}
			spans[n] = e
		}
		l.evidence = append(l.evidence, spans)
		l.folded = append(l.folded, foldDraft(s.Plain))
	}
	return nil
}

// odd tells whether the number that an id ends with is odd: such records set weights, and the others gate.
func (d *draftsRecord) odd() bool {
	digits := strings.TrimLeft(d.ID, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.")
	n, err := strconv.Atoi(digits)
	if err != nil {
		n = d.line
	}
	return n%2 == 1
}

func squash(s string) string { return strings.Join(strings.Fields(s), " ") }

var (
	draftMarker  = regexp.MustCompile(`\[\d+[^\]]*\]`)
	spaceInFront = regexp.MustCompile(`\s+([.,;:۔])`)
	oneMark      = strings.NewReplacer("“", `"`, "”", `"`, "’", "'", "‘", "'", "«", `"`, "»", `"`)
)

// foldDraft is a sentence of a draft as two of them are compared: without markers, typography and case, and without its
// full stop. The noisy judge decides by a hash of it, so that it errs at the same sentences whoever measures.
func foldDraft(s string) string {
	s = oneMark.Replace(strings.ToLower(squash(draftMarker.ReplaceAllString(s, ""))))
	s = strings.TrimSpace(spaceInFront.ReplaceAllString(s, "$1"))
	return strings.TrimRight(s, ".۔ ")
}

// evidenceAt is what a marker at a place of the draft carries for a passage: the labeled words, if there are any.
func (l *labeledDraft) evidenceAt(at, n int, passage string) string {
	for i, s := range l.Sentences {
		from := strings.Index(l.Draft, s.Text)
		if at < from || at >= from+len(s.Text) {
			continue
		}
		if e, ok := l.evidence[i][n]; ok {
			if words := e.of(passage); words != "" && !strings.Contains(words, "]") {
				return `: "` + words + `"`
			}
		}
	}
	return ""
}

// leastAlike is the least share of words that a text must have in common with a sentence to be taken for it.
const leastAlike = 0.5

// find returns the labeled sentence that a text is, or was made of; -1 for none.
func (l *labeledDraft) find(text string) int {
	t := foldDraft(text)
	if i := slices.Index(l.folded, t); i >= 0 || t == "" {
		return i
	}
	best, most := -1, leastAlike
	for i, p := range l.folded {
		if p != "" && strings.Contains(t, p) {
			return i
		}
		score := commonWords(t, p)
		if strings.Contains(p, t) {
			score++
		}
		if score > most {
			best, most = i, score
		}
	}
	return best
}

// commonWords is the Dice coefficient of two texts' words.
func commonWords(a, b string) float64 {
	count := map[string]int{}
	for w := range strings.FieldsSeq(a) {
		count[w]++
	}
	common, all := 0, len(strings.Fields(a))+len(strings.Fields(b))
	for w := range strings.FieldsSeq(b) {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(max(all, 1))
}
