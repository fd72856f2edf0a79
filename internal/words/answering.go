package words

import "pilcrow/internal/lexicon"

// Answering returns the stems of words that stand in what answers a question with this one: who asks what it eats is
// told of its prey; nil for none. They are looser than Synonyms, and one way only.
func Answering(stem string) []string { return answering[stem] }

var answering = func() map[string][]string {
	m := map[string][]string{}
	for _, row := range lexicon.Rows("answering-words") {
		asked := Stem(row[0])
		for _, w := range row[1:] {
			if s := Stem(w); s != asked {
				m[asked] = append(m[asked], s)
			}
		}
	}
	return m
}()
