package answers

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/excerpt"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lang"
	"pilcrow/internal/local"
	"pilcrow/internal/question"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
)

const askTimeout = 2 * time.Minute // one slow model call and the extract after it

// Ask is the row of ask.
func (t *Table) Ask() commands.Command {
	return commands.Command{
		Name:    "ask",
		Summary: "Ask a question about the documents",
		Params: []commands.Param{
			{Name: "question", Summary: "What you want to know", Type: commands.Text, Required: true, Rest: true,
				MaxRunes: commands.MaxQuestionRunes},
			t.DocumentParam(),
			{Name: "private", Summary: "Only you see the answer", Type: commands.Flag, Only: commands.Chat},
			{Name: commands.ExplainParam, Summary: "How each sentence of a draft was judged", Type: commands.Flag,
				Only: commands.Terminal},
			{Name: AttachedParam, Summary: "A text file that belongs to the question", Type: commands.Attachment,
				Only: commands.Button},
		},
		Menu:    "Ask Pilcrow about this",
		Timeout: t.AnswerTimeout(askTimeout),
		Run:     t.runAsk,
	}
}

func (t *Table) runAsk(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if r, ok := courtesy(in, in.Args["question"]); ok && in.From == commands.Chat && len(in.Files) == 0 {
		return r, nil
	}
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	asked, attached := in.Args["question"], attachedText(in)
	switch {
	case asked == "" && attached == "":
		return commands.Reply{}, commands.Refuse(in.Lang.Text("The file is empty, and there is no question with it."))
	case asked == "" && utf8.RuneCountInString(attached) > commands.MaxQuestionRunes:
		return t.checkFile(ctx, v, in, attached)
	case asked == "":
		asked, attached = attached, ""
	}
	if attached != "" {
		return t.askEngine(ctx, in, v, asked, attached)
	}
	switch parts, more := question.Split(asked); {
	case len(parts) == 1:
		return t.askOne(ctx, in, v, parts[0], asked)
	case t.writes() && !strings.Contains(asked, "\n"): // a model answers both halves of a sentence at once
		return t.askEngine(ctx, in, v, asked, "")
	default:
		return t.askSeveral(ctx, in, v, parts, more)
	}
}

// writes tells whether a model writes answers.
func (t *Table) writes() bool { return t.Rewriter != nil }

// askOne answers one question, which is all that was typed or the part of it that asks.
func (t *Table) askOne(ctx context.Context, in commands.Input, v access.View, text, typed string) (commands.Reply,
	error) {
	read := question.Read(text)
	if r, ok, err := t.shownBy(ctx, in, v, text, read); ok || err != nil {
		return r, err
	}
	r, asked, read, ok, err := t.asSpelled(ctx, in, v, text, read)
	if err != nil {
		return commands.Reply{}, err
	}
	if !ok {
		if t.writes() { // a model reads what was typed: it needs no help with slips and with what stands around a question
			asked, text = typed, typed
		}
		if r, err = t.askEngine(ctx, in, v, asked, ""); err != nil {
			return commands.Reply{}, err
		}
		r = noteYesNo(in.Lang, r, read)
	}
	if asked != text && !excerpt.Inflected(text, asked) || otherwise(text, typed) {
		sayReadAs(&r, in.Lang, typed, asked)
	}
	return r, nil
}

// shownBy answers with what another command shows, of the document that the question names or of all; a question that
// leans on the conversation is asked as a part of that. ok is false where neither is so.
func (t *Table) shownBy(ctx context.Context, in commands.Input, v access.View, text string,
	read question.Reading) (commands.Reply, bool, error) {
	if read, of, ok := excerpt.OfTitled(v, text); ok {
		if r, ok, err := t.routed(ctx, in, of, text, read); ok || err != nil {
			return r, ok, err
		}
	}
	if len(in.Turns) > 0 && leansOn(read.Route) { // "who wrote it?" may be about a book that the conversation is at
		followed, err := t.standAlone(ctx, v, text, in.Turns)
		if err != nil {
			return commands.Reply{}, false, err
		}
		if followed.Changed {
			r, err := t.askEngine(ctx, in, v, text, "")
			return r, true, err
		}
	}
	return t.routed(ctx, in, v, text, read)
}

// asSpelled answers from the text, as it was asked or else as the documents spell it. It returns what was asked last,
// and how that was read.
func (t *Table) asSpelled(ctx context.Context, in commands.Input, v access.View, text string,
	read question.Reading) (r commands.Reply, asked string, last question.Reading, ok bool, err error) {
	known, err := t.excerpts.SectionsOf(ctx, v)
	if err != nil {
		return commands.Reply{}, text, read, false, err
	}
	if r, ok, err = t.fromText(ctx, in, v, text, read, known); ok || err != nil {
		return r, text, read, ok, err
	}
	asked, respelled := t.excerpts.Respell(v, text, known)
	if !respelled {
		return r, text, read, false, nil
	}
	read = question.Read(asked)
	r, ok, err = t.fromText(ctx, in, v, asked, read, known)
	return r, asked, read, ok, err
}

// noteYesNo says below a sentence of the documents that it answers yes or no.
func noteYesNo(p lang.Printer, r commands.Reply, read question.Reading) commands.Reply {
	j, ok := r.JSON.(commands.Form[askJSON])
	if !ok || read.Route != question.YesNo || j.Value.By != local.ExtractName || r.Nothing {
		return r
	}
	r.Say(commands.Small, routeNote(p, read))
	j.Value.Route = string(read.Route)
	r.JSON = j
	return r
}

// leansOn tells whether what is asked for by the route may be a thing of the conversation before: what a document is,
// or who is in it, is not.
func leansOn(route question.Route) bool {
	switch route {
	case question.NoRoute, question.Metadata, question.Quotations, question.Definition, question.Counting,
		question.Comparison, question.YesNo:
		return true
	}
	return false
}

// otherwise tells whether the part of what was typed that asks leaves something out that a reader would look for.
func otherwise(text, typed string) bool {
	return len(question.Parse(text).Stems) < len(question.Parse(typed).Stems)
}

// sayReadAs says how a question was understood, and keeps it as it was typed.
func sayReadAs(r *commands.Reply, p lang.Printer, typed, asked string) {
	note := p.Text("Read as: %s", asked)
	for i, b := range r.Blocks {
		if b.Kind == commands.Small && slices.ContainsFunc(ReadAs(),
			func(begin string) bool { return strings.HasPrefix(lang.Bare(b.Text), begin) }) {
			r.Blocks = slices.Delete(r.Blocks, i, i+1) // of the conversation: it holds what this one does
			note = b.Text
			break
		}
	}
	if len(r.Blocks) > 0 && r.Blocks[0].Kind == commands.Sentence {
		r.Blocks[0].Kind = commands.Para
	}
	r.Blocks = slices.Insert(r.Blocks, 0, commands.Block{Kind: commands.Small, Text: note})
	if j, ok := r.JSON.(commands.Form[askJSON]); ok {
		j.Value.Question, j.Value.ReadAs = typed, asked
		r.JSON = j
	}
}

// fromText answers from the text by other means than the likeness of sentences: what stands below a heading or a
// question, what defines a thing, both sides of a comparison. ok is false where there is no such.
func (t *Table) fromText(ctx context.Context, in commands.Input, v access.View, text string, read question.Reading,
	known *excerpt.Sections) (commands.Reply, bool, error) {
	if read.Route == question.Comparison && !t.writes() {
		if r, ok, err := t.compare(ctx, inputAbout(in, v), v, text, read); ok || err != nil {
			return r, ok, err
		}
	}
	q := question.Parse(text)
	if x, ok := known.Best(q, v); ok {
		if shown := x.Shown(v); len(shown) > 0 {
			r := sentencesReply(in.Lang, v, text, shown)
			r.Say(commands.Small, in.Lang.Text("What stands below “%s”.",
				commands.Clip(commands.OneLine(x.Title), commands.MaxEchoedAbout)))
			return withRoute(r, "section"), true, nil
		}
	}
	if read.Route == question.Definition && !t.writes() {
		s, ok, err := t.define(ctx, v, read.About)
		if ok || err != nil {
			r := sentencesReply(in.Lang, v, text, []excerpt.Sentence{s})
			r.Say(commands.Small, routeNote(in.Lang, read))
			return withRoute(r, string(read.Route)), ok, err
		}
	}
	return commands.Reply{}, false, nil
}

// sentencesReply shows sentences as an answer.
func sentencesReply(p lang.Printer, v access.View, text string, sentences []excerpt.Sentence) commands.Reply {
	a := ask.Answer{Question: text, Outcome: ask.Answered, By: "pilcrow", Confidence: 1,
		Edition: v.Edition.Corpus.Digest()}
	for _, s := range sentences {
		a.Sentences = append(a.Sentences, review.Sentence{Text: s.Text, Citations: []article.Ref{s.Ref}})
		if !slices.ContainsFunc(a.Cited, func(c article.Passage) bool { return c.Ref == s.Ref }) {
			a.Cited = append(a.Cited, v.Passage(s.Ref))
		}
		a.Text = strings.TrimSpace(a.Text + " " + s.Text)
	}
	r := askReply(p, excerpt.Attributed(a, v.Edition))
	r.Share = true
	if len(sentences) > excerpt.MostShown || len(sentences) > 1 &&
		!strings.ContainsAny(sentences[0].Text[len(sentences[0].Text)-1:], ".!?\"”") {
		for i := range r.Blocks {
			if r.Blocks[i].Kind == commands.Sentence {
				r.Blocks[i].Kind = commands.Item
			}
		}
	}
	return r
}

func withRoute(r commands.Reply, route string) commands.Reply {
	if j, ok := r.JSON.(commands.Form[askJSON]); ok {
		j.Value.Route = route
		r.JSON = j
	}
	return r
}

// askEngine puts a question to the engine.
func (t *Table) askEngine(ctx context.Context, in commands.Input, v access.View, asked,
	attached string) (commands.Reply,
	error) {
	query, readAs, err := t.query(ctx, v, asked, in.Turns)
	if err != nil {
		return commands.Reply{}, err
	}
	query.Attached = attached
	query.Progress = stages(in, readAs)
	answer, age, again, err := t.answer(ctx, v, query, in)
	if err != nil {
		return commands.Reply{}, err
	}
	if answer.By == local.ExtractName {
		answer = excerpt.Attributed(answer, v.Edition)
	}
	r := askReply(in.Lang, answer)
	r.Withheld = len(answer.Withheld)
	t.rememberWithheld(&r, answer, in)
	if again {
		r.Say(commands.Small, fromMemory(in.Lang, age))
	}
	if answer.Outcome == ask.Answered {
		t.feedback.OfferVote(&r, answer, in)
	} else {
		t.feedback.OfferTell(ctx, &r, v, answer, in, again)
		t.SayMissing(&r, in)
	}
	r.Share = true
	if in.Args[commands.ExplainParam] != "" {
		explain(&r, answer.Explained)
	}
	if readAs != "" {
		r.Blocks = slices.Insert(r.Blocks, 0, commands.Block{Kind: commands.Small, Text: in.Lang.Text("Read as: %s", readAs)})
	}
	return r, nil
}

// closestOf are the passages of the sentences that come nearest to a question that is not answered.
func closestOf(a ask.Answer) []article.Passage {
	return slices.DeleteFunc(slices.Clone(a.Nearest), func(p article.Passage) bool {
		return !slices.ContainsFunc(a.Closest, func(s review.Sentence) bool { return slices.Contains(s.Citations, p.Ref) })
	})
}

// askReply shows an answer. It is pure.
func askReply(p lang.Printer, a ask.Answer) commands.Reply {
	r := commands.Reply{Sources: a.Cited, Nothing: a.Outcome != ask.Answered, JSON: commands.Machine(newAskJSON(a))}
	if a.Outcome == ask.Answered {
		r.Blocks = append(r.Blocks, commands.AnswerBlocks(a)...)
		r.Actions = paragraph.Receipts(r, a)
	} else {
		r.Say(commands.Para, p.Say(a.Silence...))
		for _, s := range a.Closest {
			r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Quote, Text: s.Text, Cites: s.Citations})
		}
		r.SayUnsure(p, closestOf(a))
		if len(a.Nearest) > 0 {
			r.Blocks = append(r.Blocks, nearestBlock(p, a.Nearest))
			r.Actions = paragraph.OpenActions(r, a.Nearest)
		}
	}
	if a.Replaced > 0 {
		r.Say(commands.Small, p.Text("%d sentences are given in the document's own words.", a.Replaced))
	}
	if n := len(a.Withheld) - a.Replaced; n > 0 {
		r.Say(commands.Small, p.Text("%d sentences were left out: they did not pass the check.", n))
	}
	if note := p.Say(a.Notes...); note != "" {
		r.Say(commands.Small, note)
	}
	return r
}

// nearestBlock names the paragraphs that came nearest, and their document where it is one.
func nearestBlock(p lang.Printer, nearest []article.Passage) commands.Block {
	text, cites := p.Text("Nearest in “%s”:", nearest[0].Title), commands.Refs(nearest)
	if slices.ContainsFunc(cites, func(r article.Ref) bool { return r.Slug != cites[0].Slug }) {
		text = p.Text("Nearest:")
	}
	return commands.Block{Kind: commands.Small, Text: text, Cites: cites}
}

type withheldJSON struct {
	Text string `json:"text"`
	Why  string `json:"why"`
	Code string `json:"code,omitempty"`
}

type askJSON struct {
	Question  string                  `json:"question"`
	Outcome   string                  `json:"outcome"`
	Text      string                  `json:"text"`
	Sentences []commands.SentenceJSON `json:"sentences"`
	Citations []commands.PassageJSON  `json:"citations"`
	Withheld  []withheldJSON          `json:"withheld"`
	By        string                  `json:"by"`
	Note      string                  `json:"note"`
	Nearest   []commands.RefJSON      `json:"nearest"`
	Closest   []commands.SentenceJSON `json:"closest,omitempty"` // where it is not sure that the documents do not say
	Edition   string                  `json:"edition"`
	Route     string                  `json:"route,omitempty"`     // what else than a question of the text it was read as
	ReadAs    string                  `json:"read_as,omitempty"`   // how it was understood, where not as it was typed
	Explained []explainJSON           `json:"explained,omitempty"` // of a model's draft, each sentence in its order
}

func newAskJSON(a ask.Answer) askJSON {
	j := askJSON{
		Question: a.Question, Outcome: a.Outcome.String(), Text: a.Text, By: a.By, Note: lang.Printer{}.Say(a.Notes...),
		Edition:   a.Edition,
		Sentences: []commands.SentenceJSON{}, Citations: []commands.PassageJSON{}, Withheld: []withheldJSON{},
		Nearest: commands.PassageRefsJSON(a.Nearest),
	}
	for _, s := range a.Sentences {
		j.Sentences = append(j.Sentences, commands.SentenceJSON{Text: s.Text, Citations: commands.RefsJSON(s.Citations)})
	}
	for _, s := range a.Closest {
		j.Closest = append(j.Closest, commands.SentenceJSON{Text: s.Text, Citations: commands.RefsJSON(s.Citations)})
	}
	for _, p := range a.Cited {
		j.Citations = append(j.Citations, commands.NewPassageJSON(p))
	}
	for _, w := range a.Withheld {
		j.Withheld = append(j.Withheld, withheldJSON{w.Text, w.Why.String(), string(w.Code)})
	}
	for _, x := range a.Explained {
		j.Explained = append(j.Explained, newExplainJSON(x))
	}
	return j
}
