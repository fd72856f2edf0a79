package words

import "pilcrow/internal/lexicon"

// Synonyms returns the stems that everyday English uses for the same thing, the given one not among them; nil for none.
// They are loose: good for finding, not for proving.
func Synonyms(stem string) []string { return synonyms[stem] }

// Groups of near synonyms that news and those who ask about it choose freely between.
var synonyms = group(lexicon.Rows("synonyms"))

func group(rows [][]string) map[string][]string {
	m := map[string][]string{}
	for _, row := range rows {
		var stems []string
		for _, w := range row {
			stems = append(stems, Stem(w))
		}
		for _, s := range stems {
			for _, o := range stems {
				if o != s {
					m[s] = append(m[s], o)
				}
			}
		}
	}
	return m
}
