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
	"pilcrow/internal/question"
	"pilcrow/internal/words"
)

// wordsPerMinute is how fast people read: Brysbaert, How many words do we read per minute?, 2019 (238 of non-fiction).
const wordsPerMinute = 238

// metadata answers who wrote a document, when, where it is from, what it is called and how long it is; of all documents
// of the view where none is meant.
func (t *Table) metadata(in commands.Input, v access.View, text string, field question.Field) (commands.Reply, error) {
	var r commands.Reply
	r.Share, r.Nothing = true, true
	documents := v.Documents[:min(len(v.Documents), admin.MaxListed)]
	kind := commands.Item
	if d, ok := excerpt.SubjectOf(v, in, text); ok {
		documents, kind = []article.Document{d}, commands.Para
	}
	for _, d := range documents {
		text, known := fieldOf(in.Lang, d, field)
		block := commands.Block{Kind: kind, Text: text}
		line, day := d.Byline()
		if field == question.ByDate {
			line = day
		}
		if line != nil && (field == question.ByAuthor || field == question.ByDate) {
			block.Cites = []article.Ref{line.Ref}
			r.Source(*line)
		}
		r.Blocks = append(r.Blocks, block)
		r.Nothing = r.Nothing && !known
	}
	if more := len(v.Documents) - admin.MaxListed; more > 0 && kind == commands.Item {
		r.Say(commands.Small, in.Lang.Text("and %d more", more))
	}
	return r, nil
}

// fieldOf says what a document has in its front matter; known is false where it says nothing.
func fieldOf(p lang.Printer, d article.Document, field question.Field) (text string, known bool) {
	title := p.Isolate(commands.ShownTitle(d.Title))
	switch field {
	case question.ByAuthor:
		if d.Author == "" {
			return p.Text("“%s” does not say who wrote it.", title), false
		}
		return p.Text("“%s” is by %s.", title, p.Isolate(d.Author)), true
	case question.ByDate:
		if d.Published.IsZero() {
			return p.Text("“%s” does not say when it was published.", title), false
		}
		return p.Text("“%s” was published on %s.", title, p.Day(d.Published)), true
	case question.BySource:
		from := d.Source
		if d.URL != "" {
			from = strings.TrimPrefix(from+", "+d.URL, ", ")
		}
		if from == "" {
			return p.Text("“%s” does not say where it is from.", title), false
		}
		return p.Text("The source of “%s”: %s", title, p.Isolate(from)), true
	case question.ByAddress:
		if d.URL == "" {
			return p.Text("“%s” does not say at which address it stands.", title), false
		}
		return p.Text("The address of “%s”: %s", title, p.Isolate(d.URL)), true
	case question.ByTitle:
		return p.Text("It is called “%s”.", title), true
	}
	n := 0
	for _, passage := range d.Passages {
		n += len(strings.Fields(passage.Text))
	}
	return p.Text("“%s” has %s and about %d words: some %d minutes to read.", title,
		p.Text("%d paragraphs", len(d.Passages)), n,
		max(1, n/wordsPerMinute)), true
}

// routedDocuments lists the documents, or those paragraphs that speak of something.
func (t *Table) routedDocuments(ctx context.Context, in commands.Input, v access.View,
	read question.Reading) (commands.Reply,
	bool, error) {
	if read.About == "" {
		r := commands.Reply{Share: true}
		r.Say(commands.Heading, in.Lang.Text("%d documents", len(v.Documents)))
		for _, d := range v.Documents[:min(len(v.Documents), admin.MaxListed)] {
			r.Blocks = append(r.Blocks, admin.DocumentItem(in.Lang, d))
		}
		if more := len(v.Documents) - admin.MaxListed; more > 0 {
			r.Say(commands.Small, in.Lang.Text("and %d more", more))
		}
		return asAnswer(in.Lang, r, read.About, read), true, nil
	}
	stems := excerpt.DistinctStems(read.About)
	query := v.Query(read.About)
	query.K = reading.TopicCandidates
	found, err := v.Engine.Find(ctx, query)
	if err != nil || len(stems) == 0 {
		return commands.Reply{}, false, err
	}
	r := commands.Reply{Share: true, Listed: true}
	about := commands.Clip(commands.OneLine(read.About), commands.MaxEchoedAbout)
	r.Say(commands.Para, in.Lang.Text("These paragraphs speak of “%s”:", about))
	for _, f := range found {
		sentence, share := bestSentence(f.Passage, stems)
		if share < minSpokenOf || len(r.Sources) == mostSpokenOf {
			continue
		}
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Item, Text: sentence, Cites: []article.Ref{f.Passage.Ref}})
		r.Source(f.Passage)
	}
	if len(r.Sources) == 0 {
		return r, false, nil
	}
	r.Actions = paragraph.OpenActions(r, r.Sources)
	return asAnswer(in.Lang, r, read.About, read), true, nil
}

const (
	mostSpokenOf = 5   // paragraphs that speak of a thing
	minSpokenOf  = 0.6 // of the words that name it must stand in a paragraph
)

// bestSentence is the sentence of a passage that has most of the stems, and the share of them that the passage has.
func bestSentence(p article.Passage, stems []string) (text string, share float64) {
	most, all := -1, map[string]bool{}
	for _, span := range article.Sentences(p.Text) {
		n, sentence := 0, span.Of(p.Text)
		own := words.Stems(sentence)
		for _, s := range stems {
			if slices.Contains(own, s) {
				n++
				all[s] = true
			}
		}
		if n > most && !strings.HasSuffix(sentence, "?") {
			most, text = n, sentence
		}
	}
	return text, float64(len(all)) / float64(len(stems))
}

// counting counts who is quoted or named, quotations, dates, and how often something is named.
func (t *Table) counting(ctx context.Context, in commands.Input, v access.View, text string,
	read question.Reading) (commands.Reply, bool,
	error) {
	var r commands.Reply
	var err error
	switch read.Rule {
	case "counting names":
		r, err = t.reading.RunWho(ctx, in)
		n := len(reading.Filter(r.Blocks, func(b commands.Block) bool { return b.Kind == commands.Item }))
		r.Blocks = slices.Insert(r.Blocks, 0, commands.Block{Kind: commands.Para,
			Text: in.Lang.Text("%d people and bodies are named:", n)})
	case "counting people":
		r, err = t.routedPeople(ctx, in, v, question.Reading{Route: question.People, Who: "quoted"})
		n := len(reading.Filter(r.Blocks, func(b commands.Block) bool { return b.Kind == commands.Item }))
		if n > 0 {
			r.Blocks = slices.Insert(r.Blocks, 0, commands.Block{Kind: commands.Para,
				Text: in.Lang.Text("%d people are quoted:", n)})
		}
	case "counting dates":
		r, err = t.reading.RunTimeline(ctx, in)
	case "counting quotations":
		r, err = t.reading.RunQuote(ctx, in)
	default:
		r, err = t.mentions(in, v, read.About)
	}
	if err != nil || r.Nothing {
		return commands.Reply{}, false, err
	}
	return asAnswer(in.Lang, r, text, read), true, nil
}

// mentions counts how often the words stand in the documents of the view, one after the other.
func (t *Table) mentions(in commands.Input, v access.View, about string) (commands.Reply, error) {
	asked := words.Stems(about)
	r := commands.Reply{Share: true}
	n := 0
	var refs []article.Ref
	for _, d := range v.Documents {
		for _, p := range d.Passages {
			stems := words.Stems(p.Text)
			before := n
			for i := range stems {
				if len(asked) > 0 && i+len(asked) <= len(stems) && slices.Equal(stems[i:i+len(asked)], asked) {
					n++
				}
			}
			if n > before {
				refs = append(refs, p.Ref)
				if len(r.Sources) < commands.MaxActions {
					r.Source(p)
				}
			}
		}
	}
	r.Nothing = n == 0
	about = commands.Clip(commands.OneLine(about), commands.MaxEchoedAbout)
	r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para,
		Text: in.Lang.Text("“%s” is named %d times, in %s.", about, n,
			in.Lang.Text("%d paragraphs", len(refs))), More: max(0, len(refs)-reading.MaxWhoRefs),
		Cites: refs[:min(len(refs), reading.MaxWhoRefs)]})
	r.Actions = paragraph.OpenActions(r, r.Sources)
	return r, nil
}
