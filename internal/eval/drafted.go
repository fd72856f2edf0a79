package eval

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
	"pilcrow/internal/words"
)

// DraftsConfig is how labeled drafts are measured.
type DraftsConfig struct {
	// Documents loads the documents of a folder beside a file of records.
	Documents func(file, folder string) (*article.Corpus, error)
	// Open makes an engine like the program's own, with another generator and judge; a nil judge is none.
	Open   func(ctx context.Context, corpus *article.Corpus, g rag.Generator, j rag.Judge) (*ask.Engine, error)
	Own    rag.Judge // the configured judge, for JudgeModel; nil: there is none
	Judges []string  // nil: DefaultJudges
	// drafts are made from the recorded passages, whatever is found: it measures the check without the search
	Recorded bool
	Evidence bool   // each marker carries the labeled words that bear its sentence out
	IDs      string // "odd" or "even": only records whose id ends with such a number; "" is all
	Signals  bool   // count doubts and draw the curve, too
}

// The fates of a drafted sentence.
const (
	fateShown    = "shown"
	fateReplaced = "in the document's words"
	fateWithheld = "withheld"
	fateRefused  = "refused"   // the whole question ended as not covered
	fateElse     = "extracted" // the whole draft gave way to extracted sentences, or the sentence was not found again
)

// A draftedResult is what became of one labeled sentence with one judge.
type draftedResult struct {
	record   *draftsRecord
	draft    *labeledDraft
	which    string
	at       int // in the draft
	fate     string
	explain  *review.Explanation // nil: the draft was not looked at
	why      string              // for a reader
	shown    string
	repaired bool // false, and shown put right
	moved    bool // shown with other citations than drafted
	dropped  bool // shown without a citation that it needs
	orphan   bool // leans on a sentence that is not there
	wrongly  bool // given to somebody who did not say it
}

func (s draftedResult) sentence() *labeledSentence { return &s.draft.Sentences[s.at] }

// good tells whether the sentence was treated as it should be.
func (s draftedResult) good() bool {
	if *s.sentence().True {
		return s.fate == fateShown
	}
	return s.fate != fateShown || s.repaired
}

// A draftsRun is all records asked with one judge.
type draftsRun struct {
	judge     string
	sentences []draftedResult
	whole     int // honest answers of which each sentence is shown
	answers   int // honest drafts with sentences
	silent    int // drafts that say NOT_COVERED whose question ends so
	silences  int
	unasked   int // questions for which no draft was asked
	lost      int // markers whose passage was not in the request
	asked     int // questions, both drafts
	markers   int // of the drafts that were asked for
}

// draftsOf are the records that are to be measured.
func (r *run) draftsOf(records []draftsRecord) []*draftsRecord {
	var out []*draftsRecord
	for i := range records {
		if d := &records[i]; r.Drafts.IDs == "" || d.odd() == (r.Drafts.IDs == "odd") {
			out = append(out, d)
		}
	}
	return out
}

func (r *run) drafts(ctx context.Context, all []draftsRecord, g *Group) error {
	g.Name, g.About = "drafts", "questions with an honest and a careless draft, every sentence labeled"
	records := r.draftsOf(all)
	g.Records = len(records)
	corpora, err := r.corpora(records)
	if err != nil {
		return err
	}
	judges := r.Drafts.Judges
	if len(judges) == 0 {
		judges = DefaultJudges
	}
	for _, judge := range judges {
		result, err := r.replayed(ctx, records, corpora, judge)
		if err != nil {
			return err
		}
		g.Columns = append(g.Columns, judge)
		result.measure(g)
		if r.Drafts.Signals && judge == JudgeNone {
			g.Signals = signalTables(result.sentences)
		}
	}
	return nil
}

// A folderKey names the documents of a record.
type folderKey struct{ file, folder string }

func (d *draftsRecord) folder() folderKey { return folderKey{d.file, d.Folder} }

// corpora loads the documents of all records, and holds their passages against them.
func (r *run) corpora(records []*draftsRecord) (map[folderKey]*article.Corpus, error) {
	out, hashes, asked := map[folderKey]*article.Corpus{}, map[folderKey]map[string]bool{}, map[folderKey]map[string]bool{}
	for _, d := range records {
		key := d.folder()
		if out[key] == nil {
			corpus, err := r.Drafts.Documents(d.file, d.Folder)
			if err != nil {
				return nil, d.fail(err)
			}
			out[key], hashes[key], asked[key] = corpus, map[string]bool{}, map[string]bool{}
			for _, doc := range corpus.Documents() {
				for _, p := range doc.Passages {
					hashes[key][paragraphHash(p.Text)] = true
				}
			}
		}
		for _, p := range d.Passages {
			if !hashes[key][p.Hash] {
				return nil, d.fail(fmt.Errorf("passages: no paragraph in the documents of %s has the hash %s of passage %d",
					d.Folder, p.Hash, p.N))
			}
		}
		if asked[key][d.Question] {
			return nil, d.fail(fmt.Errorf("question: another record of %s asks the same", d.Folder))
		}
		asked[key][d.Question] = true
	}
	return out, nil
}

// refs are the recorded passages.
func (d *draftsRecord) refs(corpus *article.Corpus) []article.Ref {
	refs := []article.Ref{}
	for _, doc := range corpus.Documents() {
		for _, p := range doc.Passages {
			hash := paragraphHash(p.Text)
			if slices.ContainsFunc(d.Passages, func(q draftedPassage) bool { return q.Hash == hash }) {
				refs = append(refs, p.Ref)
			}
		}
	}
	return refs
}

// replayed asks all questions twice.
func (r *run) replayed(ctx context.Context, records []*draftsRecord, corpora map[folderKey]*article.Corpus,
	judge string) (draftsRun, error) {
	out := draftsRun{judge: judge}
	for _, which := range []string{honest, careless} {
		engines, replays := map[folderKey]*ask.Engine{}, map[folderKey]*replay{}
		for _, d := range records {
			key := d.folder()
			if engines[key] == nil {
				replays[key] = newReplay(which, judge, r.Drafts.Evidence)
				engine, err := r.Drafts.Open(ctx, corpora[key], replays[key], r.judgeOf(judge, replays[key]))
				if err != nil {
					return out, d.fail(err)
				}
				engines[key] = engine
			}
			replays[key].records[d.Question] = d
		}
		results, err := each(ctx, records, func(ctx context.Context, d *draftsRecord) (ask.Answer, error) {
			q := ask.Query{Text: d.Question}
			if r.Drafts.Recorded {
				q.Passages = d.refs(corpora[d.folder()])
			}
			return askAt(ctx, engines[d.folder()], d.place, q)
		})
		if err != nil {
			return out, err
		}
		for i, d := range records {
			lost, asked := replays[d.folder()].asked[d.Question]
			out.asked++
			out.unasked += one(!asked)
			if asked {
				out.lost += lost
				out.markers += len(replayMarker.FindAllString(d.draft(which).Draft, -1))
			}
			out.add(d, which, results[i], corpora[d.folder()])
		}
	}
	return out, nil
}

func (r *run) judgeOf(name string, p *replay) rag.Judge {
	switch name {
	case JudgeNone:
		return nil
	case JudgeModel:
		return r.Drafts.Own
	}
	return p.Judge
}

// add says what became of each sentence of a draft.
func (t *draftsRun) add(d *draftsRecord, which string, a ask.Answer, corpus *article.Corpus) {
	l := d.draft(which)
	if len(l.Sentences) == 0 {
		t.silences++
		t.silent += one(a.Outcome == ask.NotCovered)
		return
	}
	first := len(t.sentences)
	for i := range l.Sentences {
		s := draftedResult{record: d, draft: l, which: which, at: i, fate: fateElse}
		if a.Outcome == ask.NotCovered {
			s.fate = fateRefused
		}
		t.sentences = append(t.sentences, s)
	}
	rows := t.sentences[first:]
	for k := range a.Explained {
		x := &a.Explained[k]
		i := l.find(x.Text)
		// a sentence that was cut in two is shown if both halves are
		if i < 0 || rows[i].explain != nil && x.Fate == review.Shown {
			continue
		}
		rows[i].explain, rows[i].why = x, x.Why.String()
		if a.Outcome == ask.Answered && a.By == writer {
			rows[i].hold(x, a, corpus)
		}
	}
	shown := 0
	for i := range rows {
		shown += one(rows[i].fate == fateShown)
		rows[i].orphan = i > 0 && rows[i].fate == fateShown && rows[i-1].fate != fateShown &&
			leansOn.MatchString(l.Sentences[i].Plain)
	}
	if which == honest {
		t.answers++
		t.whole += one(shown == len(rows))
	}
}

// leansOn finds a sentence that needs the one before it: a rule of the measure, not the engine's.
var leansOn = regexp.MustCompile(`(?i)^(he|she|they|it|this|that|both|these|those|his|her|their|its|such|however|` +
	`still|but|another|others|the two)\b` +
	`|\b(also|nonetheless|by contrast)\b`)

// hold reads the fate of a sentence in an answer that was made of its draft.
func (s *draftedResult) hold(x *review.Explanation, a ask.Answer, corpus *article.Corpus) {
	switch x.Fate {
	case review.Replaced:
		s.fate, s.shown = fateReplaced, x.Shown
		return
	case review.Kept:
		s.fate = fateWithheld
		return
	}
	s.fate, s.shown = fateShown, x.Shown
	if s.shown == "" {
		s.shown = x.Text
	}
	got, want := map[string]bool{}, map[string]bool{}
	for _, sentence := range a.Sentences {
		if sentence.Text == s.shown {
			for _, ref := range sentence.Citations {
				if p, ok := corpus.Passage(ref); ok {
					got[paragraphHash(p.Text)] = true
				}
			}
			break
		}
	}
	label := s.sentence()
	for _, p := range s.record.Passages {
		if slices.Contains(label.Cites, p.N) {
			want[p.Hash] = true
			s.dropped = s.dropped || !got[p.Hash]
		}
	}
	s.moved = s.dropped || len(got) != len(want)
	given := attributedTo(label, s.shown)
	s.wrongly = given == givenWrong
	switch label.Error {
	case errorMarker:
		s.repaired = s.moved
	case errorStripped:
		s.repaired = given == givenRight
	case errorQuote:
		s.repaired = foldDraft(s.shown) != foldDraft(label.Plain)
	}
}

// What became of an attribution that was put in front of a sentence.
const (
	givenRight   = "right"
	givenWrong   = "wrong"
	givenDoubled = "doubled" // the sentence names its source itself
)

var accordingTo = regexp.MustCompile(`^According to (?:the )?(.{2,60}?),\s`)

// attributedTo says whether the check put a source in front of a sentence, and whether it is the right one.
func attributedTo(s *labeledSentence, shown string) string {
	m := accordingTo.FindStringSubmatch(shown)
	if m == nil || strings.HasPrefix(s.Plain, "According to") {
		return ""
	}
	names := words.Stems(m[1])
	for _, stem := range words.Stems(s.Plain) {
		if slices.Contains(names, stem) {
			return givenDoubled
		}
	}
	for _, pattern := range s.SaidBy {
		if re, err := regexp.Compile("(?i)" + pattern); err == nil && re.MatchString(m[1]) {
			return givenRight
		}
	}
	return givenWrong
}
