package answers

import (
	"context"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/commands/excerpt"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/commands/reading"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/question"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
	"pilcrow/internal/words"
)

// mostQuoted is how many quotations answer a question about somebody's words.
const mostQuoted = 3

// routed answers what is no question of the text: a wish for a summary, who is in it, who wrote it. ok is false where
// the engine is to answer, as for a question of no route, or one whose route finds nothing.
func (t *Table) routed(ctx context.Context, in commands.Input, v access.View, text string,
	read question.Reading) (r commands.Reply, ok bool,
	err error) {
	if ofTheText(v, text, read) {
		return commands.Reply{}, false, nil
	}
	in = inputAbout(in, v)
	switch read.Route {
	case question.SmallTalk:
		return smallTalk(in, text, read), true, nil
	case question.Help:
		in.Args = commands.Args{}
		if in.From == commands.Chat {
			in.Args[commands.BriefParam] = "true" // others read along
		}
		r, err = t.introduce(ctx, in)
	case question.Summary:
		return t.routedSummary(ctx, in, v, text, read)
	case question.People:
		r, err = t.routedPeople(ctx, in, v, read)
	case question.Quotations:
		return t.routedQuotations(ctx, in, v, text, read)
	case question.Timeline:
		in.Args["about"] = read.About
		if r, err = t.reading.RunTimeline(ctx, in); err == nil && r.Nothing && read.About != "" {
			return r, false, nil
		}
	case question.Metadata:
		r, err = t.metadata(in, v, text, read.Field)
	case question.Documents:
		return t.routedDocuments(ctx, in, v, read)
	case question.Counting:
		return t.counting(ctx, in, v, text, read)
	default:
		return commands.Reply{}, false, nil
	}
	if err != nil {
		return commands.Reply{}, false, err
	}
	return asAnswer(in.Lang, r, text, read), true, nil
}

// ofTheText tells whether a question that calls the document "the report", or the bot "this machine", may be about such
// a thing in the text: a document speaks of one, and none is one by its title or its slug.
func ofTheText(v access.View, text string, read question.Reading) bool {
	thing := read.Thing(text)
	if thing == "" || !v.Edition.Has(thing, v.Slugs()) {
		return false
	}
	if read.Route == question.Help {
		return true
	}
	return !slices.ContainsFunc(v.Documents, func(d article.Document) bool {
		return slices.Contains(words.Stems(d.Title+" "+strings.ReplaceAll(d.Slug, "-", " ")), words.Stem(thing))
	})
}

// inputAbout is the input of another command that is asked of the documents of the view.
func inputAbout(in commands.Input, v access.View) commands.Input {
	args := commands.Args{}
	if len(v.Documents) == 1 && v.Narrowed {
		args["document"] = v.Documents[0].Slug
	}
	in.Args, in.Files = args, nil
	return in
}

// asAnswer makes the reply of another command one of ask: its small print says what the question was read as, and its
// JSON is that of an answer.
func asAnswer(p lang.Printer, r commands.Reply, text string, read question.Reading) commands.Reply {
	a := ask.Answer{Question: text, Outcome: ask.Answered, By: "pilcrow", Cited: r.Sources}
	if r.Nothing {
		a.Outcome = ask.NotCovered
	}
	var shown []string
	for i, b := range r.Blocks {
		if b.Kind == commands.Small {
			continue
		}
		line := b.Text
		switch {
		case b.Kind == commands.Byline && i > 0 && r.Blocks[i-1].Kind == commands.Quote:
			shown[len(shown)-1] += " " + line
			a.Sentences[len(a.Sentences)-1].Text += " " + line
			a.Sentences[len(a.Sentences)-1].Citations = b.Cites
			continue
		case b.Kind == commands.Quote:
			line = "“" + strings.Trim(line, "“”\"") + "”"
		}
		shown = append(shown, line)
		if b.Kind == commands.Quote || b.Kind == commands.Item || len(b.Cites) > 0 {
			a.Sentences = append(a.Sentences, review.Sentence{Text: line, Citations: b.Cites})
		}
	}
	a.Text = lang.Bare(strings.Join(shown, " "))
	j := newAskJSON(a)
	j.Route = string(read.Route)
	r.JSON = commands.Machine(j)
	if note := routeNote(p, read); note != "" {
		r.Say(commands.Small, note)
	}
	return r
}

// routeNote is the small print that says what a question was read as; "" where the answer says so by itself.
func routeNote(p lang.Printer, read question.Reading) string {
	switch read.Route {
	case question.Summary:
		return p.Text("Read as asking for a summary.")
	case question.People:
		if read.Who != "" {
			return p.Text("Read as asking who is quoted.")
		}
		return p.Text("Read as asking who is named.")
	case question.Quotations:
		return p.Text("Read as asking for somebody's words.")
	case question.Timeline:
		return p.Text("Read as asking what happened when.")
	case question.Metadata:
		return p.Text("Read as asking about the document itself.")
	case question.Documents:
		return p.Text("Read as asking which documents there are.")
	case question.Counting:
		return p.Text("Read as asking how many there are.")
	case question.Definition:
		return p.Text("Read as asking what something is.")
	case question.Comparison:
		return p.Text("Read as asking for both sides.")
	case question.YesNo:
		return p.Text("Read as a yes-or-no question: this is what the text says on it.")
	}
	return ""
}

// smallTalk answers what is said to the bot and asks nothing of the documents.
func smallTalk(in commands.Input, text string, read question.Reading) commands.Reply {
	r, ok := courtesy(in, text)
	if !ok {
		p := in.Lang
		if !p.Given() {
			p = lang.For(read.Locale)
		}
		r = commands.Reply{Nothing: true}
		r.Say(commands.Para, p.Text("I am here for questions about the documents: /help says what can be asked."))
	}
	return asAnswer(in.Lang, r, text, read)
}

// routedSummary sums up the document that is meant, or says of each of several what it is about.
func (t *Table) routedSummary(ctx context.Context, in commands.Input, v access.View, text string,
	read question.Reading) (commands.Reply, bool,
	error) {
	d, ok := excerpt.SubjectOf(v, in, text)
	if read.About != "" { // "summarize the strike" is about a part of the text, unless a document is called so
		if d, ok = excerpt.NamedIn(v, read.About); !ok || beyondName(d, read.About) {
			return commands.Reply{}, false, nil
		}
	}
	if ok {
		in.Args["document"] = d.Slug
		r, err := t.reading.RunSummary(ctx, in)
		return asAnswer(in.Lang, r, text, read), err == nil, err
	}
	var r commands.Reply
	r.Listed = true
	for _, d := range v.Documents[:min(len(v.Documents), admin.MaxListed)] {
		picks, err := t.reading.Picks(ctx, v, d)
		if err != nil {
			return commands.Reply{}, false, err
		}
		title := in.Lang.Isolate(commands.ShownTitle(d.Title))
		b := commands.Block{Kind: commands.Item, Text: title, Bold: []article.Span{{Start: 0, End: len(title)}}}
		if len(picks) > 0 {
			b.Text += " – " + in.Lang.Isolate(picks[0].Text)
			b.Cites = []article.Ref{picks[0].Ref}
			r.Source(v.Passage(picks[0].Ref))
		}
		r.Blocks = append(r.Blocks, b)
	}
	if more := len(v.Documents) - admin.MaxListed; more > 0 {
		r.Say(commands.Small, in.Lang.Text("and %d more", more))
	}
	return asAnswer(in.Lang, r, text, read), true, nil
}

// beyondName tells whether a topic has more than the name of the document and what documents are called: "the rule on
// pets" is a part of the "House rules".
func beyondName(d article.Document, about string) bool {
	name := words.Stems(d.Title + " " + strings.ReplaceAll(d.Slug, "-", " "))
	return slices.ContainsFunc(words.Stems(about), func(s string) bool {
		return !slices.Contains(name, s) && !writing[s]
	})
}

// writing are the stems of what documents are called.
var writing = func() map[string]bool {
	m := map[string]bool{}
	for w := range lexicon.Set(`article document text report letter paper page file story piece post news manual book
		Artikel Dokument Text Bericht Beitrag article document texte rapport artículo documento texto informe`) {
		m[words.Stem(words.Fold(w))] = true
	}
	return m
}()

// routedPeople lists who is in the documents, or who speaks there.
func (t *Table) routedPeople(ctx context.Context, in commands.Input, v access.View,
	read question.Reading) (commands.Reply,
	error) {
	if read.Who == "" {
		return t.reading.RunWho(ctx, in)
	}
	speakers, err := t.speakers(ctx, v)
	if err != nil {
		return commands.Reply{}, err
	}
	r := commands.Reply{Share: true, Listed: true, Nothing: len(speakers) == 0}
	if r.Nothing {
		r.Say(commands.Para, in.Lang.Text("Nobody is quoted."))
	}
	for _, s := range speakers {
		name := in.Lang.Isolate(s.name)
		b := commands.Block{Kind: commands.Item, Text: name, Bold: []article.Span{{Start: 0, End: len(name)}}}.Citing(s.refs,
			reading.MaxWhoRefs)
		if s.role != "" {
			b.Text += " – " + in.Lang.Isolate(s.role)
		}
		r.Blocks = append(r.Blocks, b)
		if len(r.Sources) < commands.MaxActions {
			r.Source(v.Passage(s.refs[0]))
		}
	}
	r.Actions = paragraph.OpenActions(r, r.Sources)
	r.Entitle(v.Title)
	return r, nil
}

// A speaker is somebody who is quoted, with the paragraphs where.
type speaker struct {
	name, role string
	refs       []article.Ref
}

// speakers are those who are quoted in the documents of the view, in the order in which they first speak.
func (t *Table) speakers(ctx context.Context, v access.View) ([]speaker, error) {
	s, err := t.reading.Spoken(ctx, v)
	if err != nil {
		return nil, err
	}
	var out []speaker
	for _, q := range s.Quotations {
		if q.Speaker == "" {
			continue
		}
		i := slices.IndexFunc(out, func(o speaker) bool { return o.name == q.Speaker })
		if i < 0 {
			i = len(out)
			out = append(out, speaker{name: q.Speaker})
		}
		if out[i].role == "" {
			out[i].role = q.Role
		}
		if !slices.Contains(out[i].refs, q.Ref) {
			out[i].refs = append(out[i].refs, q.Ref)
		}
	}
	return out, nil
}

// nobody are words that stand where a speaker is asked for and name none.
var nobody = lexicon.Set(`he she they it you we i that this one anyone anybody somebody someone everyone everybody
	people text article document me us them him her er sie es il elle el ella experts`)

// routedQuotations shows somebody's words. Where there are none the engine looks for a sentence that tells of them.
func (t *Table) routedQuotations(ctx context.Context, in commands.Input, v access.View, text string,
	read question.Reading) (commands.Reply,
	bool, error) {
	if nobody[strings.ToLower(read.Who)] {
		return commands.Reply{}, false, nil
	}
	s, err := t.reading.Spoken(ctx, v)
	if err != nil {
		return commands.Reply{}, false, err
	}
	q := reading.Query{About: read.About, Speaker: read.Who}
	if nobody[strings.ToLower(q.About)] {
		q.About = ""
	}
	if q.Found, err = t.reading.FindTopic(ctx, q.About, v); err != nil {
		return commands.Reply{}, false, err
	}
	found := q.Search(s)
	switch {
	case found.Outcome == reading.Listed && (q.About != "" || q.Speaker != ""):
		found.Quotations = found.Quotations[:min(len(found.Quotations), mostQuoted)]
	case found.Outcome == reading.Listed, found.Outcome == reading.Recalled:
	case found.Outcome == reading.NotMarked && q.Speaker != "":
		found.Reports = found.Reports[:min(len(found.Reports), mostQuoted)]
	default:
		return commands.Reply{}, false, nil
	}
	if q.Speaker == "" {
		in.Args["about"] = q.About
		r := reading.QuoteReply(q, found, s, v, in)
		return asAnswer(in.Lang, r, text, read), true, nil
	}
	var shown []excerpt.Sentence
	for _, x := range found.Quotations {
		shown = appendOnce(shown, excerpt.Sentence{Text: wholeSentence(v.Passage(x.Ref).Text, x.Sentence), Ref: x.Ref})
	}
	for _, x := range found.Reports {
		shown = appendOnce(shown, excerpt.Sentence{Text: x.Text, Ref: x.Ref})
	}
	r := sentencesReply(in.Lang, v, text, shown)
	r.Say(commands.Small, routeNote(in.Lang, read))
	return withRoute(r, string(read.Route)), true, nil
}

// wholeSentence is the span with the rest of the sentence in which it ends: a quotation ends before who said it is
// named.
func wholeSentence(text string, span article.Span) string {
	for _, s := range article.Sentences(text) {
		if s.End >= span.End {
			return text[span.Start:s.End]
		}
	}
	return span.Of(text)
}

// appendOnce adds a sentence that is not yet there, as two quotations may stand in one.
func appendOnce(list []excerpt.Sentence, s excerpt.Sentence) []excerpt.Sentence {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
