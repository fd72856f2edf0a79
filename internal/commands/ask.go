package commands

import (
	"context"
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
)

const (
	askTimeout = 2 * time.Minute // one slow model call and the extract after it
	maxActions = 10              // buttons of a reply: two rows of Discord's five
)

func (t *Table) ask() Command {
	return Command{
		Name:    "ask",
		Summary: "Ask a question about the documents",
		Params: []Param{
			{Name: "question", Summary: "What you want to know", Type: Text, Required: true, Rest: true,
				MaxRunes: maxQuestionRunes},
			t.documentParam(),
			{Name: "private", Summary: "Only you see the answer", Type: Flag, Only: Chat},
			{Name: explainParam, Summary: "How each sentence of a draft was judged", Type: Flag, Only: Terminal},
			{Name: attachedParam, Summary: "A text file that belongs to the question", Type: Attachment, Only: Button},
		},
		Menu:    "Ask Pilcrow about this",
		Timeout: t.answerTimeout(askTimeout),
		Run:     t.runAsk,
	}
}

func (t *Table) runAsk(ctx context.Context, in Input) (Reply, error) {
	if r, ok := courtesy(in, in.Args["question"]); ok && in.From == Chat && len(in.Files) == 0 {
		return r, nil
	}
	v, err := t.view(in)
	if err != nil {
		return Reply{}, err
	}
	asked, attached := in.Args["question"], attachedText(in)
	switch {
	case asked == "" && attached == "":
		return Reply{}, refuse(in.Lang.Text("The file is empty, and there is no question with it."))
	case asked == "" && utf8.RuneCountInString(attached) > maxQuestionRunes:
		return t.checkFile(ctx, v, in, attached)
	case asked == "":
		asked, attached = attached, ""
	}
	query, readAs, err := t.query(ctx, v, asked, in.Turns)
	if err != nil {
		return Reply{}, err
	}
	query.Attached = attached
	query.Progress = stages(in, readAs)
	answer, age, again, err := t.answer(ctx, v, query, in)
	if err != nil {
		return Reply{}, err
	}
	r := askReply(in.Lang, answer)
	t.rememberWithheld(&r, answer, in)
	if again {
		r.say(Small, fromMemory(in.Lang, age))
	}
	if answer.Outcome == rag.Answered {
		t.offerVote(&r, answer, in)
	} else {
		t.offerTell(ctx, &r, v, answer, in, again)
		t.sayMissing(&r, in)
	}
	r.Share = true
	if in.Args[explainParam] != "" {
		r.explain(answer.Explained)
	}
	if readAs != "" {
		r.Blocks = slices.Insert(r.Blocks, 0, Block{Kind: Small, Text: in.Lang.Text("Read as: %s", readAs)})
	}
	return r, nil
}

// sayMissing says that documents of the server are not answered from, for want of memory or because of a fault: "the documents do not say",
// and a list of all that they say, is not the whole truth then.
func (t *Table) sayMissing(r *Reply, in Input) {
	if t.library != nil {
		r.sayMissing(in, t.library.Status(in.Server).Problems)
	}
}

// sayMissing is the Table's. A channel that is tied to some documents hears nothing of the others; nor does who named one.
func (r *Reply) sayMissing(in Input, problems []string) {
	if n := len(problems); n > 0 && in.Server != "" && in.Scope == nil && in.Args["document"] == "" {
		r.say(Small, in.Lang.Text("%d documents of this server cannot be answered from just now: /status tells the admins why.", n))
	}
}

// askReply shows an answer. It is pure.
func askReply(p lang.Printer, a rag.Answer) Reply {
	r := Reply{Sources: a.Cited, Nothing: a.Outcome != rag.Answered, JSON: newAskJSON(a)}
	if a.Outcome == rag.Answered {
		for _, s := range a.Sentences {
			r.Blocks = append(r.Blocks, Block{Kind: Sentence, Text: s.Text, Cites: s.Citations})
		}
		r.Actions = receipts(r, a)
	} else {
		r.say(Para, p.Say(a.Silence...))
		if len(a.Nearest) > 0 {
			r.Blocks = append(r.Blocks, nearestBlock(p, a.Nearest))
			r.Actions = openActions(r, a.Nearest)
		}
	}
	if a.Replaced > 0 {
		r.say(Small, p.Text("%d sentences are given in the document's own words.", a.Replaced))
	}
	if n := len(a.Withheld) - a.Replaced; n > 0 {
		r.say(Small, p.Text("%d sentences were left out: they did not pass the check.", n))
	}
	if note := p.Say(a.Notes...); note != "" {
		r.say(Small, note)
	}
	return r
}

// nearestBlock names the paragraphs that came nearest, and their document where it is one.
func nearestBlock(p lang.Printer, nearest []article.Passage) Block {
	text, cites := p.Text("Nearest in “%s”:", nearest[0].Title), refs(nearest)
	if slices.ContainsFunc(cites, func(r article.Ref) bool { return r.Slug != cites[0].Slug }) {
		text = p.Text("Nearest:")
	}
	return Block{Kind: Small, Text: text, Cites: cites}
}

func refs(passages []article.Passage) []article.Ref {
	out := make([]article.Ref, len(passages))
	for i, p := range passages {
		out[i] = p.Ref
	}
	return out
}

// openActions offers to open each of the paragraphs.
func openActions(r Reply, passages []article.Passage) []Action {
	mark := r.Marks()
	var actions []Action
	for _, p := range passages[:min(len(passages), maxActions)] {
		actions = append(actions, receipt(mark(p.Ref), p, nil))
	}
	return actions
}

type sentenceJSON struct {
	Text      string    `json:"text"`
	Citations []refJSON `json:"citations"`
}

type withheldJSON struct {
	Text string `json:"text"`
	Why  string `json:"why"`
	Code string `json:"code,omitempty"`
}

type askJSON struct {
	Question  string         `json:"question"`
	Outcome   string         `json:"outcome"`
	Text      string         `json:"text"`
	Sentences []sentenceJSON `json:"sentences"`
	Citations []passageJSON  `json:"citations"`
	Withheld  []withheldJSON `json:"withheld"`
	By        string         `json:"by"`
	Note      string         `json:"note"`
	Nearest   []refJSON      `json:"nearest"`
	Edition   string         `json:"edition"`
	Explained []explainJSON  `json:"explained,omitempty"` // of a model's draft, each sentence in its order
}

func newAskJSON(a rag.Answer) askJSON {
	j := askJSON{
		Question: a.Question, Outcome: a.Outcome.String(), Text: a.Text, By: a.By, Note: lang.Printer{}.Say(a.Notes...), Edition: a.Edition,
		Sentences: []sentenceJSON{}, Citations: []passageJSON{}, Withheld: []withheldJSON{},
		Nearest: passageRefsJSON(a.Nearest),
	}
	for _, s := range a.Sentences {
		j.Sentences = append(j.Sentences, sentenceJSON{s.Text, refsJSON(s.Citations)})
	}
	for _, p := range a.Cited {
		j.Citations = append(j.Citations, passageJSON{p.Ref.Slug, p.Ref.N, p.Text})
	}
	for _, w := range a.Withheld {
		j.Withheld = append(j.Withheld, withheldJSON{w.Text, w.Why.String(), string(w.Code)})
	}
	for _, x := range a.Explained {
		j.Explained = append(j.Explained, newExplainJSON(x))
	}
	return j
}

func (j askJSON) MarshalJSON() ([]byte, error) {
	type plain askJSON
	return encode(func(e *json.Encoder) error { return e.Encode(plain(j)) })
}
