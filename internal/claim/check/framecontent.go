package check

import "pilcrow/internal/lexicon"

// tellsNothing reports whether no clause stands behind a verb of saying that somebody could say: only what it is done
// to, as in "praised the firefighters, who had kept the flames away" and "apologized to her before his death". What
// somebody denies may be a noun, and what he accuses of a word in -ing.
func (r *Analysis) tellsNothing(f *frame) bool {
	if f.trailing || f.denies || f.impersonal {
		return false
	}
	for k := f.c0; k < f.c1; k++ {
		switch q := r.PartOf(k); {
		case r.Units[k].quoted, ingForms[r.Units[k].Folded],
			q == subordinator && r.Units[k].Folded != "because" && !r.parted(k):
			return false
		case q == coordinator && k+1 < f.c1 && verbOrHelp(r.PartOf(k+1)):
			return true // "promised a report and praised the firefighters": another verb of the same speaker
		case verbOrHelp(q) && !r.ofNoun(k):
			return false
		case verbOrHelp(q):
			for k+1 < f.c1 && !r.parted(k+1) { // all that tells of the noun
				k++
			}
		}
	}
	return true
}

// contrasting words begin a clause of which the verb of saying is the author's: "…, although the ministry expects".
var contrasting = lexicon.Set("although though because while whereas if unless since when until")

// insideSpeech reports whether who speaks stands between two marks, and what is said around it: "All filters had been
// replaced, a spokesman said, except".
func (r *Analysis) insideSpeech(f *frame, start, end int) bool {
	return f.from > start && r.parted(f.from) && f.to+1 < end && r.parted(f.to+1) && r.hasVerb(start, f.from) &&
		!r.ofNoun(f.to) && r.PartOf(f.to+1) != coordinator && r.Units[f.to+1].Folded != "that"
}

// behindSpeech reports whether what is said comes before who speaks, or around, and tells the frame so.
func (r *Analysis) behindSpeech(f *frame, start, end int) bool {
	switch {
	case r.insideSpeech(f, start, end):
		f.c0, f.c1, f.trailing = start, end, true
	case f.from > start && !contrasting[r.Units[f.from].Folded] && r.tells(start, f.from) && r.endsSpeech(f.to, f.from):
		f.c0, f.c1, f.trailing = start, f.from, true
	default:
		return false
	}
	return true
}
