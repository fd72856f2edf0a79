package reading

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/words"
)

// A text without quotation marks is half remembered if so many of its words stand in the quotation one after the other,
// and it has so many in all or no others.
const (
	minRecalledRun   = 3
	minRecalledWords = 5
)

// maxBeside bounds what is shown beside what was asked for: quotations of others, sentences that only report.
const maxBeside = 3

// A Query asks for quotations.
type Query struct {
	About   string // "" for any
	Speaker string // as typed; "" for anybody
	Found   []ask.Found
}

// A spoken is everything that is said in the documents that a query is asked of, in reading order.
type spoken struct {
	Quotations []said
	reports    []reported
	voices     []voice
	unread     quote.Unread
}

// An outcome says what became of a query for quotations.
type outcome int

// The outcomes.
const (
	Listed       outcome = iota + 1 // the quotations that were asked for
	Recalled                        // the quotation that was remembered, perhaps not quite as it is
	othersWords                     // it was remembered, but somebody else said it
	others                          // who was asked for is not quoted on that; others are
	NotMarked                       // said, but not in quotation marks
	silent                          // who was asked for is only named
	unknownVoice                    // nobody is called that
	nothing
)

// A quoteResult is what a query for quotations finds.
type quoteResult struct {
	Outcome    outcome
	who        []string     // whom the speaker was taken for
	Quotations []said       // what was asked for
	beside     []said       // what was not, but is near
	Reports    []reported   // for notMarked
	text       string       // what was remembered, without marks around it
	diff       []quote.Edit // between it and the quotation
	refs       []article.Ref
}

// Search answers the query. It is pure.
func (q Query) Search(s spoken) quoteResult {
	r := quoteResult{}
	theirs, reports := s.Quotations, s.reports
	if q.Speaker != "" {
		if r.who = matchVoices(q.Speaker, s.voices); len(r.who) == 0 {
			r.Outcome = unknownVoice
			return r
		}
		by := func(name string) bool { return slices.Contains(r.who, name) }
		theirs = Filter(theirs, func(x said) bool { return by(x.Speaker) })
		reports = Filter(reports, func(x reported) bool { return by(x.Speaker) })
	}
	stems := topicStems(q.About)
	text, marked := unmark(q.About)
	r.text = text
	if q.About == "" || len(stems) == 0 && !marked {
		return r.all(theirs, reports, s.voices)
	}
	if q.recall(&r, theirs, s.Quotations, marked) {
		return r
	}
	if !marked {
		if r.Quotations = ranked(stems, q.Found, minCover, theirs, saidScene); len(r.Quotations) > 0 {
			r.Outcome = Listed
			return r
		}
	}
	if r.Reports = ranked(stems, nil, minCoverReported, reports, reportedScene); len(r.Reports) > 0 {
		r.Outcome, r.Reports = NotMarked, r.Reports[:min(len(r.Reports), maxBeside)]
		return r
	}
	r.Outcome = nothing
	if q.Speaker != "" && !marked {
		if r.beside = ranked(stems, q.Found, minCover, s.Quotations, saidScene); len(r.beside) > 0 {
			r.Outcome = others
			r.beside = r.beside[:min(len(r.beside), maxBeside)]
		}
	}
	return r
}

// all is the result where nothing was asked about.
func (r quoteResult) all(quotations []said, reports []reported, all []voice) quoteResult {
	switch {
	case len(quotations) > 0:
		r.Outcome, r.Quotations = Listed, quotations
	case len(r.who) == 0:
		r.Outcome = nothing
	case len(reports) > 0:
		r.Outcome, r.Reports = NotMarked, reports
	default:
		r.Outcome = silent
		for _, v := range all {
			if slices.Contains(r.who, v.name) {
				r.refs = append(r.refs, v.refs...)
			}
		}
		slices.SortFunc(r.refs, article.Ref.Compare)
		r.refs = slices.Compact(r.refs)
	}
	return r
}

// recall looks for the quotation that the query remembers: among theirs first, then, where a speaker was named, among
// all.
func (q Query) recall(r *quoteResult, theirs, all []said, marked bool) bool {
	if x, diff, ok := nearest(r.text, theirs, marked); ok {
		r.Outcome, r.Quotations, r.diff = Recalled, []said{x}, diff
		return true
	}
	if q.Speaker == "" {
		return false
	}
	x, diff, ok := nearest(r.text, all, marked)
	if ok {
		r.Outcome, r.beside, r.diff = othersWords, []said{x}, diff
	}
	return ok
}

// nearest finds the quotation that a text remembers. Without quotation marks the text may as well be a topic, so more
// of it must be in the quotation.
func nearest(text string, in []said, marked bool) (said, []quote.Edit, bool) {
	quotations := make([]quote.Quotation, len(in))
	for i, x := range in {
		quotations[i] = x.Quotation
	}
	found, diff, ok := quote.Misquote(text, quotations)
	if !ok {
		return said{}, nil, false
	}
	if !marked && !recollection(text, diff) {
		return said{}, nil, false
	}
	i := slices.IndexFunc(in, func(x said) bool { return x.Ref == found.Ref && x.Start == found.Start })
	return in[i], diff, true
}

// recollection tells whether a text without quotation marks repeats a quotation, rather than that it names its topic.
func recollection(text string, diff []quote.Edit) bool {
	run := 0
	for _, e := range diff {
		if e.Kind == quote.Same {
			run = max(run, len(words.Tokenize(e.Words)))
		}
	}
	n := len(words.Tokenize(text))
	return run >= minRecalledRun && (n >= minRecalledWords || n == run)
}

func saidScene(x said) (article.Ref, scene) { return x.Ref, x.scene }

func reportedScene(x reported) (article.Ref, scene) { return x.Ref, x.scene }

// Filter returns those that are kept, in order.
func Filter[T any](list []T, keep func(T) bool) []T {
	var out []T
	for _, x := range list {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}
