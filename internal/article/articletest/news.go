package articletest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// WriteNews writes documents of 40 invented paragraphs each into a folder: people who speak, dates and figures among
// them. It returns the paragraphs. The same number gives the same documents.
func WriteNews(dir string, paragraphs int) (texts []string, err error) {
	n := news{random: rand.New(rand.NewPCG(1, 2)), vocabulary: make([]string, 8000)}
	for i := range n.vocabulary {
		for range 2 + n.random.IntN(2) {
			n.vocabulary[i] += string("bdfgklmnprstvz"[n.random.IntN(14)]) + string("aeiou"[n.random.IntN(5)])
		}
	}
	const each = 40
	for at := 0; at < paragraphs; at += each {
		var b strings.Builder
		for range min(each, paragraphs-at) {
			p := n.paragraph()
			texts = append(texts, p)
			b.WriteString(p + "\n\n")
		}
		name := filepath.Join(dir, fmt.Sprintf("d%05d.txt", at/each))
		if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// news writes paragraphs in words of its own.
type news struct {
	random     *rand.Rand
	vocabulary []string
}

func (n *news) word() string {
	r := n.random
	return n.vocabulary[int(float64(len(n.vocabulary))*r.Float64()*r.Float64()*r.Float64())]
}

func (n *news) name() string { w := n.word(); return strings.ToUpper(w[:1]) + w[1:] }

func (n *news) paragraph() string {
	var b strings.Builder
	for range 2 + n.random.IntN(4) {
		switch n.random.IntN(6) {
		case 0:
			fmt.Fprintf(&b, "\"The %s of the %s stays %s,\" said Maria %s, a spokesman for the Ministry of %s. ", n.word(),
				n.word(), n.word(), n.name(), n.name())
		case 1:
			fmt.Fprintf(&b, "He added that the %s of %s was over in the %s. ", n.word(), n.name(), n.word())
		default:
			fmt.Fprintf(&b, "The %s %s of %s was %s in %d with the %s %s of the %s. ", n.word(), n.word(), n.name(), n.word(),
				1950+n.random.IntN(70), n.word(), n.word(), n.word())
		}
	}
	return strings.TrimSpace(b.String())
}
