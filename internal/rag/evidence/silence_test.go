package evidence

import (
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
)

// TestCorrects tells what contradicts a question in what it asks from what only looks so.
func TestCorrects(t *testing.T) {
	for _, tt := range []struct {
		asked, check, said string
		want               bool
	}{
		{"who sold the mill for 60,000 crowns", claim.CheckNumber, "The mill was sold for 40,000 crowns.", true},
		{"who sold the mill in 1930", claim.CheckDate, "The mill was sold in 1931.", true},
		{"when was the mill sold to Holm", claim.CheckDate, "The mill was sold to Dahl in 1931.", false},
		{"who repaired the weir", claim.CheckPolarity, "The weir was never repaired.", true},
		{"what is the main cause of the quarrel", claim.CheckPolarity, "The tax is not the main trouble.", false},
		{"when did the clerk sign it", claim.CheckPolarity, "The clerk refused to sign it.", true},
		{"what part failed to turn", claim.CheckPolarity, "The wheel has not turned.", false},
		{"which engine lacks pistons", claim.CheckPolarity, "The engine has no pistons.", false},
		{"who isn't allowed in", claim.CheckPolarity, "Dogs are not allowed in.", false},
		{"who won the lawsuit", claim.CheckPolarity, "Holm lost the lawsuit.", false},
		{"who sold the mill to Holm", claim.CheckName, "The mill was sold to Dahl.", false},
		{"who drew the map", claim.CheckRelation, "The map drew Dahl.", false},
	} {
		if got := corrects(question.Parse(tt.asked), tt.check, tt.said); got != tt.want {
			t.Errorf("%q is corrected by %q: %v, want %v", tt.asked, tt.said, got, tt.want)
		}
	}
}

// TestNear shows no sentence that has one common word of many, or is near by a meaning that knows not its language.
func TestNear(t *testing.T) {
	for _, tt := range []struct {
		e       Features
		passage string
		want    bool
	}{
		{Features{Window: 0.2, Said: 0.1}, "The mill was sold.", false},
		{Features{Window: 0.3}, "The mill was sold.", true},
		{Features{Window: 0.1, Said: 0.5}, "The mill was sold to Dahl in the spring, and he was glad of it.", true},
		{Features{Window: 0.1, Said: 0.5}, "Die Mühle wurde von der Stadt verkauft, und sie gehört ihm nicht mehr.", false},
		{Features{Window: 0.3, Said: 0.5}, "Die Mühle wurde von der Stadt verkauft, und sie gehört ihm nicht mehr.", true},
	} {
		r := rag.Request{Meaning: rag.Meaning{Kind: rag.TableKind}, Passages: []article.Passage{{Text: tt.passage}}}
		if got := tt.e.ComesNear(Strange(r)); got != tt.want {
			t.Errorf("%+v is near: %v in %q", tt.e, got, tt.passage)
		}
	}
}
