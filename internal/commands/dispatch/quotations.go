package dispatch

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag"
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

// A quoteQuery asks for quotations.
type quoteQuery struct {
	about   string // "" for any
	speaker string // as typed; "" for anybody
	found   []rag.Found
}

// A spoken is everything that is said in the documents that a query is asked of, in reading order.
type spoken struct {
	quotations []said
	reports    []reported
	voices     []voice
	unread     quote.Unread
}

// An outcome says what became of a query for quotations.
type outcome int

const (
	listed       outcome = iota + 1 // the quotations that were asked for
	recalled                        // the quotation that was remembered, perhaps not quite as it is
	othersWords                     // it was remembered, but somebody else said it
	others                          // who was asked for is not quoted on that; others are
	notMarked                       // said, but not in quotation marks
	silent                          // who was asked for is only named
	unknownVoice                    // nobody is called that
	nothing
)

// A quoteResult is what a query for quotations finds.
type quoteResult struct {
	outcome    outcome
	who        []string     // whom the speaker was taken for
	quotations []said       // what was asked for
	beside     []said       // what was not, but is near
	reports    []reported   // for notMarked
	text       string       // what was remembered, without marks around it
	diff       []quote.Edit // between it and the quotation
	refs       []article.Ref
}

// search answers the query. It is pure.
func (q quoteQuery) search(s spoken) quoteResult {
	r := quoteResult{}
	theirs, reports := s.quotations, s.reports
	if q.speaker != "" {
		if r.who = matchVoices(q.speaker, s.voices); len(r.who) == 0 {
			r.outcome = unknownVoice
			return r
		}
		by := func(name string) bool { return slices.Contains(r.who, name) }
		theirs = filter(theirs, func(x said) bool { return by(x.Speaker) })
		reports = filter(reports, func(x reported) bool { return by(x.Speaker) })
	}
	stems := topicStems(q.about)
	text, marked := unmark(q.about)
	r.text = text
	if q.about == "" || len(stems) == 0 && !marked {
		return r.all(theirs, reports, s.voices)
	}
	if q.recall(&r, theirs, s.quotations, marked) {
		return r
	}
	if !marked {
		if r.quotations = ranked(stems, q.found, minCover, theirs, saidScene); len(r.quotations) > 0 {
			r.outcome = listed
			return r
		}
	}
	if r.reports = ranked(stems, nil, minCoverReported, reports, reportedScene); len(r.reports) > 0 {
		r.outcome, r.reports = notMarked, r.reports[:min(len(r.reports), maxBeside)]
		return r
	}
	r.outcome = nothing
	if q.speaker != "" && !marked {
		if r.beside = ranked(stems, q.found, minCover, s.quotations, saidScene); len(r.beside) > 0 {
			r.outcome = others
			r.beside = r.beside[:min(len(r.beside), maxBeside)]
		}
	}
	return r
}

// all is the result where nothing was asked about.
func (r quoteResult) all(quotations []said, reports []reported, all []voice) quoteResult {
	switch {
	case len(quotations) > 0:
		r.outcome, r.quotations = listed, quotations
	case len(r.who) == 0:
		r.outcome = nothing
	case len(reports) > 0:
		r.outcome, r.reports = notMarked, reports
	default:
		r.outcome = silent
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
func (q quoteQuery) recall(r *quoteResult, theirs, all []said, marked bool) bool {
	if x, diff, ok := nearest(r.text, theirs, marked); ok {
		r.outcome, r.quotations, r.diff = recalled, []said{x}, diff
		return true
	}
	if q.speaker == "" {
		return false
	}
	x, diff, ok := nearest(r.text, all, marked)
	if ok {
		r.outcome, r.beside, r.diff = othersWords, []said{x}, diff
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

func filter[T any](list []T, keep func(T) bool) []T {
	var out []T
	for _, x := range list {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}
