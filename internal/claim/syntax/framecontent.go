package syntax

import "pilcrow/internal/lexicon"

// tellsNothing reports whether no clause stands behind a verb of saying that somebody could say: only what it is done
// to, as in "praised the firefighters, who had kept the flames away" and "apologized to her before his death". What
// somebody denies may be a noun, and what he accuses of a word in -ing.
func (r *Analysis) tellsNothing(f *Frame) bool {
	if f.Trailing || f.denies || f.Impersonal {
		return false
	}
	for k := f.C0; k < f.C1; k++ {
		switch q := r.PartOf(k); {
		case r.Units[k].Quoted, IngForms()[r.Units[k].Folded],
			q == Subordinator && r.Units[k].Folded != "because" && !r.Parted(k):
			return false
		case q == Coordinator && k+1 < f.C1 && VerbOrHelp(r.PartOf(k+1)):
			return true // "promised a report and praised the firefighters": another verb of the same speaker
		case VerbOrHelp(q) && !r.OfNoun(k):
			return false
		case VerbOrHelp(q):
			for k+1 < f.C1 && !r.Parted(k+1) { // all that tells of the noun
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
func (r *Analysis) insideSpeech(f *Frame, start, end int) bool {
	return f.From > start && r.Parted(f.From) && f.To+1 < end && r.Parted(f.To+1) && r.HasVerb(start, f.From) &&
		!r.OfNoun(f.To) && r.PartOf(f.To+1) != Coordinator && r.Units[f.To+1].Folded != "that"
}

// behindSpeech reports whether what is said comes before who speaks, or around, and tells the frame so.
func (r *Analysis) behindSpeech(f *Frame, start, end int) bool {
	switch {
	case r.insideSpeech(f, start, end):
		f.C0, f.C1, f.Trailing = start, end, true
	case f.From > start && !contrasting[r.Units[f.From].Folded] && r.tells(start, f.From) && r.endsSpeech(f.To, f.From):
		f.C0, f.C1, f.Trailing = start, f.From, true
	default:
		return false
	}
	return true
}
