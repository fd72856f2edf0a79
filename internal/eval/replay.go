package eval

import (
	"context"
	"crypto/sha1" // names paragraphs in gold files; it guards nothing
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"pilcrow/internal/claim"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
)

// Judges are those that labeled drafts can be measured with. All but JudgeModel are simulated from the labels.
const (
	JudgeNone   = "none"
	JudgeOracle = "oracle" // always right: an upper bound
	// catches nine of ten false sentences and refuses three of a hundred true ones, the same ones in every run
	JudgeNoisy = "noisy"
	JudgeYes   = "yes"   // says SUPPORTED to everything
	JudgeLiar  = "liar"  // always wrong
	JudgeModel = "model" // the configured one
)

// DefaultJudges are measured side by side where none is named.
var DefaultJudges = []string{JudgeNone, JudgeOracle, JudgeNoisy}

// Of a thousand sentences, those that the noisy judge is wrong about.
const (
	noisyRefuses = 30
	noisyAllows  = 100
)

// nowhere is a passage that no request has.
const nowhere = 99

// writer is what a replayed draft says of who wrote it.
const writer = "replay"

// paragraphHash names a paragraph in gold files: the first 12 hexadecimal digits of the SHA-1 of its text, white space
// squashed.
func paragraphHash(text string) string {
	sum := sha1.Sum([]byte(squash(text)))
	return hex.EncodeToString(sum[:])[:12]
}

// A replay is a generator that writes the labeled drafts of one kind again, and a judge that knows the labels. It is
// safe for use by several goroutines.
type replay struct {
	which    string // honest or careless
	judge    string
	evidence bool // the markers carry the labeled words
	records  map[string]*draftsRecord

	mu    sync.Mutex
	asked map[string]int // by question: how many of the draft's markers point at a passage that is not in the request
}

func newReplay(which, judge string, evidence bool) *replay {
	return &replay{which: which, judge: judge, evidence: evidence, records: map[string]*draftsRecord{},
		asked: map[string]int{}}
}

func (d *draftsRecord) draft(which string) *labeledDraft {
	if which == honest {
		return &d.Honest
	}
	return &d.Careless
}

var replayMarker = regexp.MustCompile(`\[(\d+)((?::\s*"[^\]]*")?)\]`)

// Generate writes the draft of the question, its markers moved to where the recorded passages stand in the request.
func (r *replay) Generate(_ context.Context, request rag.Request) (rag.Draft, error) {
	d := r.records[squash(request.Question)]
	if d == nil {
		return rag.Draft{}, fmt.Errorf("there is no draft for %q", request.Question)
	}
	places, texts := map[int]int{}, map[int]string{}
	for i, p := range request.Passages {
		hash := paragraphHash(p.Text)
		for _, q := range d.Passages {
			if q.Hash == hash {
				places[q.N], texts[q.N] = i+1, squash(p.Text)
			}
		}
	}
	l := d.draft(r.which)
	lost, last := 0, 0
	var b strings.Builder
	for _, m := range replayMarker.FindAllStringSubmatchIndex(l.Draft, -1) {
		n, _ := strconv.Atoi(l.Draft[m[2]:m[3]]) // digits
		to, ok := places[n]
		if !ok {
			to = nowhere
			lost++
		}
		words := l.Draft[m[4]:m[5]]
		if words == "" && r.evidence {
			words = l.evidenceAt(m[0], n, texts[n])
		}
		fmt.Fprintf(&b, "%s[%d%s]", l.Draft[last:m[0]], to, words)
		last = m[1]
	}
	b.WriteString(l.Draft[last:])
	text := b.String()
	r.mu.Lock()
	r.asked[d.Question] = lost
	r.mu.Unlock()
	return rag.Draft{Text: text, NotCovered: prompt.SaysNotCovered(text), By: writer}, nil
}

// Judge answers from the labels.
func (r *replay) Judge(_ context.Context, c rag.Case) ([]rag.Opinion, error) {
	d := r.records[squash(c.Question)]
	if d == nil {
		return nil, rag.ErrNoJudgment
	}
	opinions := make([]rag.Opinion, len(c.Sentences))
	for i, h := range c.Sentences {
		opinions[i].Code = claim.CodeUnsupported
		if r.judge == JudgeLiar {
			opinions[i].Code = claim.CodeRoles // the worse one: a bare refusal may be outvoted
		}
		if r.supports(d.draft(r.which), h.Text) {
			opinions[i].Code = claim.CodeSupported
		}
	}
	return opinions, nil
}

// supports is the judge's opinion of a sentence. What was not drafted, it has no reason to refuse; a wrong marker is
// not for it to find.
func (r *replay) supports(l *labeledDraft, text string) bool {
	ok := true
	if i := l.find(text); i >= 0 {
		ok = *l.Sentences[i].True || l.Sentences[i].Error == errorMarker
	}
	switch r.judge {
	case JudgeYes:
		return true
	case JudgeLiar:
		return !ok
	case JudgeNoisy:
		sum := sha1.Sum([]byte(foldDraft(text)))
		x := (int(sum[0])<<24 | int(sum[1])<<16 | int(sum[2])<<8 | int(sum[3])) % 1000
		if ok {
			return x >= noisyRefuses
		}
		return x < noisyAllows
	}
	return ok
}
