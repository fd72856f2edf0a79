package main

import (
	"context"
	"fmt"
	"slices"

	"pilcrow/internal/rag/ask"
)

// fitFind fits nothing: it says how well is found what is shipped, beside plain BM25 with the title before each
// passage.
func (f *fit) fitFind(ctx context.Context) error {
	bases := map[string]*ask.Engine{}
	crowd := f.data.clapnq // as many other texts as a folder of documents has
	crowd.name = "ClapNQ among others"
	crowd.documents = slices.Concat(crowd.documents, f.data.squad.documents, f.data.paraphrase.documents)
	for _, r := range []ranking{
		{"SQuAD, its article", f.data.squad, true}, {"SQuAD, all articles", f.data.squad, false},
		{"ClapNQ, one pool", f.data.clapnq, false},
		{"ClapNQ, among others", crowd, false}, {"paraphrases, its document", f.data.paraphraseDev, true},
		{"paraphrases, all", f.data.paraphraseDev, false}, {"paraphrases, its document", f.data.paraphrase, true},
		{"paraphrases, all", f.data.paraphrase, false},
	} {
		plain := newReference(r.pool.documents)
		for _, dev := range []bool{true, false} {
			ours, err := f.rank(ctx, r, f.meaning, dev, bases)
			if err != nil {
				return err
			}
			var theirs hits
			for _, q := range r.pool.questions {
				if !q.answerable || q.dev != dev {
					continue
				}
				slug := ""
				if r.own {
					slug = q.slug
				}
				theirs.add(plain.find(q.text, slug, deepest), q)
			}
			if ours.n > 0 {
				fmt.Fprintf(f.out, "%-26s %s (%d): %v; BM25 with the title %v\n", r.name, half(dev), ours.n, ours, theirs)
			}
		}
	}
	return nil
}
