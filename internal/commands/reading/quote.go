package reading

import (
	"context"
	"slices"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lang"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag/ask"
)

const (
	pageQuotations = 5 // of a page in a chat
)

// Quote is the row of quote.
func (t *Table) Quote() commands.Command {
	return commands.Command{
		Name:    "quote",
		Summary: "Show who said what, word for word",
		Params: []commands.Param{
			{Name: "about", Summary: "What it is about, or the words as you remember them", Type: commands.Text, Rest: true,
				MaxRunes: commands.MaxQuestionRunes},
			{Name: "speaker", Summary: "Who said it", Type: commands.Text, MaxRunes: commands.MaxNameRunes,
				Complete: t.completeSpeaker},
			t.DocumentParam(),
			commands.PageParam(),
		},
		Timeout: t.AnswerTimeout(access.ReadTimeout),
		Run:     t.RunQuote,
	}
}

// RunQuote answers quote.
func (t *Table) RunQuote(ctx context.Context, in commands.Input) (commands.Reply, error) {
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	s, err := t.Spoken(ctx, v)
	if err != nil {
		return commands.Reply{}, err
	}
	q := Query{About: in.Args["about"], Speaker: in.Args["speaker"]}
	if q.Found, err = t.FindTopic(ctx, q.About, v); err != nil {
		return commands.Reply{}, err
	}
	r := QuoteReply(q, q.Search(s), s, v, in)
	t.SayMissing(&r, in)
	return r, nil
}

// Spoken reads what is said in the documents of the view.
func (t *Table) Spoken(ctx context.Context, v access.View) (s spoken, err error) {
	read, err := t.speechesOf(ctx, v)
	if err != nil {
		return spoken{}, err
	}
	var people []quote.Person
	for _, x := range read {
		s.Quotations = append(s.Quotations, x.said...)
		s.reports = append(s.reports, x.reported...)
		people = append(people, x.people...)
		s.unread.Paragraphs += x.unread.Paragraphs
		s.unread.Quotations += x.unread.Quotations
		s.unread.Names += x.unread.Names
	}
	s.voices = voices(s.Quotations, s.reports, people)
	return s, nil
}

// FindTopic ranks the paragraphs as for a question; none where nothing is asked about.
func (t *Table) FindTopic(ctx context.Context, about string, v access.View) ([]ask.Found, error) {
	if about == "" {
		return nil, nil
	}
	query := v.Query(about)
	query.K = TopicCandidates
	return v.Engine.Find(ctx, query)
}

// completeSpeaker offers those who are quoted by name, then those whose speech is only reported.
func (t *Table) completeSpeaker(ctx context.Context, in commands.Input, typed string) []string {
	v, err := t.View(in)
	if err != nil {
		return nil
	}
	s, err := t.Spoken(ctx, v)
	if err != nil {
		return nil
	}
	offered := Filter(s.voices, func(x voice) bool { return x.named && (x.quoted || x.reported) })
	var names []string
	for _, x := range offered {
		names = append(names, x.name)
	}
	if typed != "" {
		names = quote.MatchSpeaker(typed, names)
		names = names[:min(len(names), access.MaxChoices)]
		for _, name := range matchVoices(typed, offered) { // by another of their names
			if len(names) < access.MaxChoices && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names[:min(len(names), access.MaxChoices)]
}

// QuoteReply shows what a query found. It is pure.
func QuoteReply(q Query, r quoteResult, s spoken, v access.View, in commands.Input) commands.Reply {
	reply := commands.Reply{Nothing: len(r.Quotations) == 0}
	lead := q.lead(in.Lang, r, s)
	reply.Say(commands.Para, lead)
	var entries []paragraph.Entry
	for _, x := range slices.Concat(r.Quotations, r.beside) {
		entries = append(entries, quotationEntry(x, r.diff, v))
	}
	for _, x := range r.Reports {
		entries = append(entries, paragraph.Entry{Blocks: reportedBlocks(in.Lang, x), Passage: v.Passage(x.Ref)})
	}
	paragraph.List(&reply, entries, "quote", in, pageQuotations)
	sayUnread(&reply, in.Lang, s.unread)
	for _, text := range differences(in.Lang, r.diff) {
		reply.Say(commands.Item, text)
	}
	if r.Outcome == silent {
		reply.Sources = v.Passages(r.refs[:min(len(r.refs), commands.MaxActions)])
		reply.Blocks[0].Cites = commands.Refs(reply.Sources)
		reply.Actions = paragraph.OpenActions(reply, reply.Sources)
	}
	reply.Entitle(v.Title)
	reply.JSON = commands.Machine(newQuoteJSON(r, lead, v))
	return reply
}

// lead is the sentence above the quotations.
func (q Query) lead(p lang.Printer, r quoteResult, s spoken) string {
	about := commands.Clip(commands.OneLine(r.text), commands.MaxEchoedAbout)
	who := listNames(p, r.who, false)
	switch r.Outcome {
	case Listed:
		n := len(r.Quotations)
		switch on := q.About != "" && r.text != "" && len(topicStems(q.About)) > 0; {
		case on && who != "":
			return p.Text("%d quotations of %s about “%s”:", n, who, about)
		case on:
			return p.Text("%d quotations about “%s”:", n, about)
		case who != "":
			return p.Text("%d quotations of %s:", n, who)
		}
		return p.Text("%d quotations:", n)
	case Recalled:
		if len(differences(p, r.diff)) == 0 {
			return p.Text("Said word for word:")
		}
		return p.Text("Not quite so. The nearest quotation:")
	case othersWords:
		speaker := r.beside[0].Speaker
		if speaker == "" {
			return p.Text("The text does not give that to %s. It does not say whose words they are:", who)
		}
		return p.Text("That is not from %s. %s said it:", who, commands.UpperFirst(speaker))
	case others:
		return p.Text("%s is not quoted about “%s”. Others are:", commands.UpperFirst(who), about)
	case NotMarked:
		return p.Text("Said, but not in quotation marks. The words are the author's:")
	case silent:
		return p.Text("%s is named, but not quoted.", commands.UpperFirst(who))
	case unknownVoice:
		text := p.Text("Nobody called “%s” speaks in the text.", commands.Echo(q.Speaker))
		if names := quotedNames(s.voices); len(names) > 0 {
			text += " " + p.Text("Quoted are %s.", listNames(p, names, true))
		}
		return text
	}
	switch {
	case q.About == "":
		return p.Text("Nobody is quoted.")
	case who != "":
		return p.Text("%s is neither quoted nor reported about “%s”.", commands.UpperFirst(who), about)
	}
	return p.Text("Nobody is quoted about “%s”.", about)
}

func quotedNames(all []voice) []string {
	var names []string
	for _, x := range all {
		if x.named && x.quoted {
			names = append(names, x.name)
		}
	}
	return names
}
