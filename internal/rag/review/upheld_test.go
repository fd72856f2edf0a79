package review

import (
	"testing"

	"pilcrow/internal/claim"
	"pilcrow/internal/rag"
)

// TestUpheld holds what a judge refuses against what the rules find: only a bare refusal is outvoted, and only where a
// passage says the sentence clause by clause, nobody's words are given as a fact, and it stands by itself.
func TestUpheld(t *testing.T) {
	passages, contexts := harbor(t)
	for _, tt := range []struct {
		name, draft string
		code        claim.Code
		want        bool
	}{
		{"in another order", "In May the crane fell into the basin, and the harbor at Vell was closed on May 3 [1].",
			claim.CodeUnsupported, true},
		{"clause kept", "The fish market moved to the old station [4].", claim.CodeUnsupported, true},
		{"clause kept, not in the text", "A crane fell into the basin [1].", claim.CodeNotInText, true},
		{"with its speaker", "Mayor Ines Holt said nobody was hurt [1].", claim.CodeUnsupported, true},
		{"a reason is given", "The fish market moved to the old station [4].", claim.CodeRoles, false},
		{"off the question", "The fish market moved to the old station [4].", claim.CodeOffQuestion, false},
		{"without its speaker", "Nobody was hurt [1].", claim.CodeUnsupported, false},
		{"of other words", "The fish market found a new place [4].", claim.CodeUnsupported, false},
		{"with the words named", `The fish market moved to the old station [4: "moved to the old station"].`,
			claim.CodeUnsupported, false},
		{"leaning on another", "It moved to the old station [4].", claim.CodeUnsupported, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := newReview(rag.Draft{Text: tt.draft}, rag.Request{Passages: passages}, contexts)
			v.hear([]int{0}, []rag.Opinion{{Code: tt.code}})
			if p := v.parts[0]; p.passed() != tt.want {
				t.Errorf("passed %v, want %v (kept %v, %v)", p.passed(), tt.want, p.exam.Kept, p.exam.Doubts)
			}
		})
	}
}
