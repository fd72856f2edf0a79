package premise

import (
	"slices"
	"strings"
	"sync"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// A phrasal verb is one unit of several words that has the key of the verb it stands for: "gave up", as "stopped".
type phrasal struct {
	behind []string // what stands behind the verb, folded
	key    string
}

// phrasals are the phrasal verbs by the forms of their first words.
var phrasals = sync.OnceValue(func() map[string][]phrasal {
	all := map[string][]phrasal{}
	for _, row := range lexicon.Rows("phrasal-verbs") {
		verb, behind, _ := strings.Cut(row[0], "-")
		key := words.Stem(row[1])
		if k, ok := syntax.Canonical[key]; ok {
			key = k
		}
		forms := lexicon.Inflect(verb)
		for _, form := range slices.Compact(slices.Sorted(slices.Values(append([]string{verb}, forms[:]...)))) {
			all[form] = append(all[form], phrasal{strings.Split(behind, "-"), key})
		}
	}
	return all
})

// phrasalAt is the key of the phrasal verb that begins at a token, and how many tokens it has; 0 for none. Before "of"
// the second word is a direction: "came out of the house".
func (c *cutter) phrasalAt(i int) (key string, n int) {
	if i > 0 && syntax.Determiners[c.tokens[i-1].Text] {
		return "", 0 // "a call for help"
	}
	for _, p := range phrasals()[c.tokens[i].Text] {
		n = 1 + len(p.behind)
		if i+n > len(c.tokens) || syntax.Breaks(c.Text[c.tokens[i].Start:c.tokens[i+n-1].End]) {
			continue
		}
		same := slices.EqualFunc(p.behind, c.tokens[i+1:i+n], func(w string, t words.Token) bool {
			return w == t.Text || w == "one's" && Possessives[t.Text] && t.Text != "whose"
		})
		if same && (i+n == len(c.tokens) || c.tokens[i+n].Text != "of" ||
			syntax.Breaks(c.Text[c.tokens[i+n-1].End:c.tokens[i+n].Start])) {
			return p.key, n
		}
	}
	return "", 0
}
