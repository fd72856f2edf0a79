package claim

import "pilcrow/internal/lexicon"

// tellsNothing reports whether no clause stands behind a verb of saying that somebody could say: only what it is done
// to, as in "praised the firefighters, who had kept the flames away" and "apologized to her before his death". What
// somebody denies may be a noun, and what he accuses of a word in -ing.
func (r *reading) tellsNothing(f *frame) bool {
	if f.trailing || f.denies || f.impersonal {
		return false
	}
	for k := f.c0; k < f.c1; k++ {
		switch q := r.partOf(k); {
		case r.units[k].quoted, ingForms[r.units[k].folded],
			q == subordinator && r.units[k].folded != "because" && !r.parted(k):
			return false
		case q == coordinator && k+1 < f.c1 && verbOrHelp(r.partOf(k+1)):
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
func (r *reading) insideSpeech(f *frame, start, end int) bool {
	return f.from > start && r.parted(f.from) && f.to+1 < end && r.parted(f.to+1) && r.hasVerb(start, f.from) &&
		!r.ofNoun(f.to) && r.partOf(f.to+1) != coordinator && r.units[f.to+1].folded != "that"
}

// behindSpeech reports whether what is said comes before who speaks, or around, and tells the frame so.
func (r *reading) behindSpeech(f *frame, start, end int) bool {
	switch {
	case r.insideSpeech(f, start, end):
		f.c0, f.c1, f.trailing = start, end, true
	case f.from > start && !contrasting[r.units[f.from].folded] && r.tells(start, f.from) && r.endsSpeech(f.to, f.from):
		f.c0, f.c1, f.trailing = start, f.from, true
	default:
		return false
	}
	return true
}
