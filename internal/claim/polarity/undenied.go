package polarity

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
)

// Undenied are the texts of what a statement denies, any of which a passage may say that contradicts it: without the
// one or the other of its denials. None where it has none, or only such as are more than a word to leave out ("failed
// to").
func Undenied(m *match.Pair) []string {
	var list []string
	r := m.Hyp.Analysis
	for at := range r.Units {
		u := &r.Units[at]
		if u.Op != syntax.Negates || u.Quoted || r.Parted(at) || deniedWith(m, u.Folded) {
			continue // "to Lund, not to Arn" denies no clause
		}
		from, instead := u.Start, undenied[u.Folded]
		if instead != nil && r.PlainBefore(at) == "may" {
			from, instead = r.Units[at-1].Start, []string{"may", "will"} // who will leave does not say that he may not
		}
		for _, w := range instead {
			list = append(list, strings.Join(strings.Fields(r.Text[:from]+w+r.Text[u.End:]), " "))
		}
	}
	return list
}

// deniedWith reports whether the passage has the same pronoun of denial: "nobody but Lind knew" denies otherwise.
func deniedWith(m *match.Pair, w string) bool {
	return determined(w) && w != "no" &&
		slices.ContainsFunc(m.Prem.Units, func(u syntax.Unit) bool { return u.Folded == w })
}

// undenied is what a word of denial leaves behind.
var undenied = map[string][]string{"not": {""}, "never": {""}, "no": {"", "some"}, "cannot": {"can"}, "cant": {"can"},
	"wont": {"will"}, "isnt": {"is"}, "arent": {"are"}, "wasnt": {"was"}, "werent": {"were"}, "doesnt": {"does"},
	"dont": {"do"}, "didnt": {"did"}, "without": {"with"}, "nobody": {"they"}, "none": {"they"}, "nothing": {"it"}}
