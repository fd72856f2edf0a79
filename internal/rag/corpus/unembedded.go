package corpus

import (
	"pilcrow/internal/rag"
)

// unembedded leaves the edition without vectors, and counts the texts that are new to it as those that would be
// embedded.
func (ed *Edition) unembedded(earlier []*Edition, t *Tally) {
	known := map[string]bool{}
	var changed []int
	for i, d := range ed.Corpus.Documents() {
		ed.blocks[i], ed.rows[i] = rag.BlockWithout(len(d.Passages)), rows{}
		if old, _ := earlierOf(ed, d, earlier); old == nil {
			changed = append(changed, i)
		} else {
			t.Reused += len(d.Passages)
		}
	}
	if len(changed) > 0 {
		for _, old := range earlier {
			for p := range old.Corpus.Passages() {
				known[p.Text] = true
			}
		}
	}
	for _, i := range changed {
		for _, p := range ed.Corpus.Documents()[i].Passages {
			if known[p.Text] {
				t.Reused++
			} else {
				known[p.Text] = true
				t.Embedded++
			}
		}
	}
}
