package answers

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/rag/review"
)

// stages shows how an answer that a model writes comes about; nil where nobody can see it. What is shown has been
// verified; the reply takes its place.
func stages(in commands.Input, readAs string) func(review.Stage) {
	if in.Show == nil {
		return nil
	}
	return func(s review.Stage) { in.Show(stageReply(in, readAs, s)) }
}

// mostFound is how many paragraphs are named while they are read: as many as are named when the documents do not say.
const mostFound = 3

// stageReply is a stage as it is shown. It is pure.
func stageReply(in commands.Input, readAs string, s review.Stage) commands.Reply {
	var r commands.Reply
	if readAs != "" {
		r.Say(commands.Small, in.Lang.Text("Read as: %s", readAs))
	}
	if len(s.Sentences) == 0 {
		r.Sources = s.Passages[:min(len(s.Passages), mostFound)]
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Small,
			Text:  in.Lang.Text("Found these paragraphs, reading them now:"),
			Cites: commands.Refs(r.Sources)})
		return r
	}
	for _, sentence := range s.Sentences {
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Sentence, Text: sentence.Text, Cites: sentence.Citations})
		for _, p := range s.Passages {
			known := func(o article.Passage) bool { return o.Ref == p.Ref }
			if slices.Contains(sentence.Citations, p.Ref) && !slices.ContainsFunc(r.Sources, known) {
				r.Sources = append(r.Sources, p)
			}
		}
	}
	r.Say(commands.Small, in.Lang.Text("Writing and checking the rest…"))
	return r
}
