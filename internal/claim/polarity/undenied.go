package polarity

import (
	"strings"

	"pilcrow/internal/claim/syntax"
)

// Undenied are the texts of what a statement denies, any of which a passage may say that contradicts it; none where it
// has no denial, or several, or one that is more than a word to leave out ("nobody", "failed to").
func Undenied(r *syntax.Analysis) []string {
	n, at := count(r.Units, syntax.Negates)
	if n != 1 || r.Parted(at) { // "to Lund, not to Arn" denies no clause
		return nil
	}
	u := &r.Units[at]
	from, instead := u.Start, undenied[u.Folded]
	if r.PlainBefore(at) == "may" {
		from, instead = r.Units[at-1].Start, []string{"may", "will"} // who will leave does not say that he may not
	}
	var list []string
	for _, w := range instead {
		list = append(list, strings.Join(strings.Fields(r.Text[:from]+w+r.Text[u.End:]), " "))
	}
	return list
}

// undenied is what a word of denial leaves behind.
var undenied = map[string][]string{"not": {""}, "never": {""}, "no": {"", "some"}, "cannot": {"can"}, "cant": {"can"},
	"wont": {"will"}, "isnt": {"is"}, "arent": {"are"}, "wasnt": {"was"}, "werent": {"were"}, "doesnt": {"does"},
	"dont": {"do"}, "didnt": {"did"}}
