package reading

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/steps"
)

// Bounds of what is shown of somebody.
const (
	whoPage    = 10 // people on a page of a chat
	maxWords   = 3  // quotations
	MaxWhoRefs = 3  // paragraphs; a number tells of the others
)

// Who is the row of who.
func (t *Table) Who() commands.Command {
	return commands.Command{
		Name:    "who",
		Summary: "Say who is in the documents, what they are and where they speak",
		Params: []commands.Param{
			{Name: "name", Summary: "Who; everybody unless said otherwise", Type: commands.Text, Rest: true,
				MaxRunes: commands.MaxNameRunes,
				Complete: t.completeWho},
			t.DocumentParam(),
			commands.PageParam(),
		},
		Timeout: access.ReadTimeout,
		Run:     t.RunWho,
	}
}

// RunWho answers who.
func (t *Table) RunWho(ctx context.Context, in commands.Input) (commands.Reply, error) {
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	known, err := t.Cast.Take(ctx, v.Edition, v.Documents)
	if err != nil {
		return commands.Reply{}, err
	}
	read, err := t.speechesOf(ctx, v)
	if err != nil {
		return commands.Reply{}, err
	}
	all := Everybody(known)
	typed := in.Args["name"]
	if typed == "" {
		r := whoReply(all, v, in)
		sayUnread(&r, in.Lang, unreadNames(read))
		t.SayMissing(&r, in)
		return r, nil
	}
	names := matchVoices(typed, whoVoices(all))
	i := slices.IndexFunc(all, func(s Somebody) bool { return len(names) > 0 && s.Name == names[0] })
	if i < 0 {
		r := commands.Reply{Nothing: true, JSON: commands.Machine(whoJSON{People: []personJSON{}})}
		r.Say(commands.Para, in.Lang.Text("The documents name nobody like “%s”. Without a name, all are listed.",
			commands.Echo(typed)))
		t.SayMissing(&r, in)
		return r, nil
	}
	var quotations []said
	for _, s := range read {
		quotations = append(quotations, s.said...)
	}
	r := personReply(all[i], v, quotations)
	if len(names) > 1 {
		r.Say(commands.Small, in.Lang.Text("Others of that name: %s", strings.Join(names[1:min(len(names), 6)], ", ")))
	}
	t.SayMissing(&r, in)
	return r, nil
}

// Somebody is one whom the documents know. What is what they are in the words of a document, "" where none says.
type Somebody struct {
	quote.Known
	What string
}

// Everybody orders who is known: people, then institutions, then places, each in the order in which they appear.
func Everybody(known []Somebody) []Somebody {
	sorted := slices.Clone(known)
	rank := func(s Somebody) int {
		switch {
		case s.Place:
			return 2
		case s.Institution:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(sorted, func(a, b Somebody) int { return cmp.Compare(rank(a), rank(b)) })
	return sorted
}

// whoIn finds who is known to a document, and what they are.
func whoIn(c *steps.Counter, d article.Document) []Somebody {
	known := quote.Who(c, d)
	out := make([]Somebody, len(known))
	for i, k := range known {
		out[i] = Somebody{k, k.Role}
		if k.Role == "" {
			out[i].What = described(c, d, k)
		}
	}
	if c.Err() != nil {
		return nil
	}
	return out
}

// description is what follows a name that says what somebody is.
var description = regexp.MustCompile(`^,?(?:,? who)? (?:is|was|are|were) ((?:an?|the|one of) (?:(?:\p{Lu}\.)+|[^.,;` +
	`:()]){3,100})`)

// Bounds of the search for what somebody is: whoever is introduced is so where they are named first.
const (
	describedIn    = 32      // paragraphs
	describedBytes = 8 << 10 // of each
	describedAt    = 8       // places of the name in each
)

// described finds what a document says that somebody is: "… is a historian of the valley".
func described(c *steps.Counter, d article.Document, k quote.Known) string {
	for _, ref := range k.Refs[:min(len(k.Refs), describedIn)] {
		text := d.Passages[ref.N-1].Text
		text = text[:min(len(text), describedBytes)]
		if !c.Take(1 + len(text)/describedPerStep) {
			return ""
		}
		for at, tries := 0, 0; tries < describedAt; tries++ {
			i := strings.Index(text[at:], k.Name)
			if i < 0 {
				break
			}
			start := at + i
			at = start + len(k.Name)
			if before, _ := utf8.DecodeLastRuneInString(text[:start]); start > 0 &&
				(unicode.IsLetter(before) || unicode.IsDigit(before)) {
				continue
			}
			if m := description.FindStringSubmatch(text[at:]); m != nil {
				return strings.TrimSpace(strings.ToValidUTF8(m[1], ""))
			}
		}
	}
	return ""
}

// describedPerStep is how many bytes of a text are looked through for a name in one step.
const describedPerStep = 256

func whoVoices(all []Somebody) []voice {
	out := make([]voice, len(all))
	for i, s := range all {
		out[i] = voice{name: s.Name, named: true, also: s.Aliases, refs: s.Refs}
		if s.What != "" {
			out[i].roles = []string{s.What}
		}
	}
	return out
}

// whoReply lists everybody.
func whoReply(all []Somebody, v access.View, in commands.Input) commands.Reply {
	r := commands.Reply{Share: true, Nothing: len(all) == 0}
	out := whoJSON{People: []personJSON{}}
	var entries []paragraph.Entry
	for _, s := range all {
		out.People = append(out.People, newPersonJSON(s))
		name := in.Lang.Isolate(s.Name)
		text := name
		if s.What != "" {
			text += " – " + in.Lang.Isolate(s.What)
		}
		item := commands.Block{Kind: commands.Item, Text: text, Bold: []article.Span{{Start: 0, End: len(name)}}}
		entries = append(entries, paragraph.Entry{Blocks: []commands.Block{item.Citing(s.Refs, MaxWhoRefs)},
			Passage: v.Passage(s.Refs[0])})
	}
	if r.JSON = commands.Machine(out); r.Nothing {
		r.Say(commands.Para, in.Lang.Text("The documents name nobody of whom they say anything."))
		return r
	}
	paragraph.List(&r, entries, "who", in, whoPage)
	r.Entitle(v.Title)
	return r
}

// personReply says what the documents say of one.
func personReply(s Somebody, v access.View, quotations []said) commands.Reply {
	r := commands.Reply{Share: true, JSON: commands.Machine(whoJSON{People: []personJSON{newPersonJSON(s)}})}
	r.Say(commands.Heading, s.Name)
	if s.What != "" {
		r.Say(commands.Para, s.What)
	}
	if len(s.Aliases) > 0 {
		r.Say(commands.Small, v.Lang.Text("Also: %s", strings.Join(s.Aliases, ", ")))
	}
	r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para, Text: v.Lang.Text("Named in")}.Citing(s.Refs,
		MaxWhoRefs))
	if len(s.Speaks) > 0 {
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para, Text: v.Lang.Text("Speaks in")}.Citing(s.Speaks,
			MaxWhoRefs))
	}
	shown := 0
	for _, q := range quotations {
		if q.Speaker == s.Name && shown < maxWords {
			shown++
			r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Quote, Text: shownWords(q.Words),
				Cites: []article.Ref{q.Ref}})
		}
	}
	for _, ref := range slices.Concat(s.Speaks, s.Refs) {
		if len(r.Sources) < commands.MaxActions {
			r.Source(v.Passage(ref))
		}
	}
	r.Actions = paragraph.OpenActions(r, r.Sources)
	r.Entitle(v.Title)
	return r
}

// completeWho offers the names that hold what was typed, people first.
func (t *Table) completeWho(ctx context.Context, in commands.Input, typed string) []string {
	v, err := t.View(commands.Input{Scope: in.Scope, Server: in.Server, Lang: in.Lang,
		Args: commands.Args{"document": in.Args["document"]}})
	if err != nil {
		return nil
	}
	known, err := t.Cast.Take(ctx, v.Edition, v.Documents)
	if err != nil {
		return nil
	}
	typed = strings.ToLower(strings.TrimSpace(typed))
	var out []string
	for _, s := range Everybody(known) {
		holds := func(name string) bool { return strings.Contains(strings.ToLower(name), typed) }
		if len(out) < access.MaxChoices && (holds(s.Name) || slices.ContainsFunc(s.Aliases, holds)) &&
			!slices.Contains(out, s.Name) {
			out = append(out, s.Name)
		}
	}
	return out
}

type personJSON struct {
	Name        string             `json:"name"`
	Aliases     []string           `json:"aliases"`
	What        string             `json:"what"`
	Institution bool               `json:"institution"`
	Named       []commands.RefJSON `json:"named"`
	Speaks      []commands.RefJSON `json:"speaks"`
}

func newPersonJSON(s Somebody) personJSON {
	return personJSON{s.Name, append([]string{}, s.Aliases...), s.What, s.Institution, commands.RefsJSON(s.Refs),
		commands.RefsJSON(s.Speaks)}
}

type whoJSON struct {
	People []personJSON `json:"people"`
}

// A Cast keeps who is known to the documents, by slug.
type Cast struct{ access.PerDocument[[]Somebody] }

// Take returns who the documents, which are the edition's, know; by document, then in the order in which they appear.
func (c *Cast) Take(ctx context.Context, edition *corpus.Edition, documents []article.Document) ([]Somebody, error) {
	var out []Somebody
	for _, d := range documents {
		known, err := c.Of(ctx, edition, d.Slug, func(c *steps.Counter) []Somebody { return whoIn(c, d) })
		if err != nil {
			return nil, err
		}
		out = append(out, known...)
	}
	return out, nil
}
