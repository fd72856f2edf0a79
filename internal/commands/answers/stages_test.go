package answers

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/rag/review"
)

func TestStageReply(t *testing.T) {
	var passages []article.Passage
	for n := range 5 {
		passages = append(passages, article.Passage{Ref: article.Ref{Slug: "a", N: n + 1}, Title: "A"})
	}
	if stages(commands.Input{}, "") != nil {
		t.Error("stages for nobody")
	}
	var shown []commands.Reply
	show := stages(commands.Input{Show: func(r commands.Reply) { shown = append(shown, r) }}, "why was it lit?")
	show(review.Stage{Passages: passages})
	sentence := review.Sentence{Text: "It was lit in 1871.", Citations: []article.Ref{{Slug: "a", N: 4}}}
	show(review.Stage{Passages: passages, Sentences: []review.Sentence{sentence, sentence}})
	found, half := shown[0], shown[1]
	if len(found.Sources) != mostFound || len(found.Blocks) != 2 || len(found.Blocks[1].Cites) != mostFound ||
		found.Blocks[0].Text != "Read as: why was it lit?" {
		t.Errorf("found: %+v", found)
	}
	if len(half.Sources) != 1 || half.Sources[0].Ref.N != 4 || len(half.Blocks) != 4 ||
		half.Blocks[1].Kind != commands.Sentence ||
		!strings.Contains(half.Blocks[3].Text, "the rest") {
		t.Errorf("half: %+v", half)
	}
	if len(found.Actions)+len(half.Actions) != 0 || found.Share || half.Share {
		t.Error("a stage offers something")
	}
}
