package commands

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/quote"
)

// Bounds of what is shown of somebody.
const (
	whoPage    = 10 // people on a page of a chat
	maxWords   = 3  // quotations
	maxWhoRefs = 12 // paragraphs
)

func (t *Table) who() Command {
	return Command{
		Name:    "who",
		Summary: "Say who is in the documents, what they are and where they speak",
		Params: []Param{
			{Name: "name", Summary: "Who; everybody unless said otherwise", Type: Text, Rest: true, MaxRunes: maxNameRunes,
				Complete: t.completeWho},
			t.documentParam(),
			pageParam(),
		},
		Run: t.runWho,
	}
}

func (t *Table) runWho(ctx context.Context, in Input) (Reply, error) {
	v, err := t.view(in)
	if err != nil {
		return Reply{}, err
	}
	all := everybody(v, t.cast.take(v.edition, v.documents))
	typed := in.Args["name"]
	if typed == "" {
		return whoReply(all, v, in), nil
	}
	names := matchVoices(typed, whoVoices(all))
	i := slices.IndexFunc(all, func(s somebody) bool { return len(names) > 0 && s.Name == names[0] })
	if i < 0 {
		r := Reply{Nothing: true, JSON: whoJSON{People: []personJSON{}}}
		r.say(Para, in.Lang.Text("The documents name nobody like “%s”. Without a name, all are listed.", echo(typed)))
		return r, nil
	}
	quotations, err := gather(ctx, t.readings(v), func(r *reading) []said { return r.speech().said })
	if err != nil {
		return Reply{}, err
	}
	r := personReply(all[i], v, quotations)
	if len(names) > 1 {
		r.say(Small, in.Lang.Text("Others of that name: %s", strings.Join(names[1:min(len(names), 6)], ", ")))
	}
	return r, nil
}

// somebody is one whom the documents know. what is what they are in the words of a document, "" where none says.
type somebody struct {
	quote.Known
	what string
}

// everybody orders who is known: people, then institutions, each in the order in which they appear.
func everybody(v view, known []quote.Known) []somebody {
	var people, bodies []somebody
	for _, k := range known {
		s := somebody{k, k.Role}
		if s.what == "" {
			s.what = described(v, k)
		}
		if k.Institution {
			bodies = append(bodies, s)
		} else {
			people = append(people, s)
		}
	}
	return append(people, bodies...)
}

// description is what follows a name that says what somebody is.
const description = `(?:,? who)? (?:is|was|are|were) ((?:an?|the|one of) (?:(?:\p{Lu}\.)+|[^.,;:()]){3,100})`

// described finds what a document says that somebody is: "… is a historian of the valley".
func described(v view, k quote.Known) string {
	pattern, err := regexp.Compile(`\b` + regexp.QuoteMeta(k.Name) + `,?` + description)
	if err != nil { // the name is quoted: it cannot be
		return ""
	}
	for _, p := range v.passages(k.Refs) {
		if m := pattern.FindStringSubmatch(p.Text); m != nil {
			return strings.TrimSpace(m[1])
		}
	}
	return ""
}

func whoVoices(all []somebody) []voice {
	out := make([]voice, len(all))
	for i, s := range all {
		out[i] = voice{name: s.Name, named: true, also: s.Aliases, refs: s.Refs}
		if s.what != "" {
			out[i].roles = []string{s.what}
		}
	}
	return out
}

// whoReply lists everybody.
func whoReply(all []somebody, v view, in Input) Reply {
	r := Reply{Share: true, Nothing: len(all) == 0}
	out := whoJSON{People: []personJSON{}}
	var entries []entry
	for _, s := range all {
		out.People = append(out.People, newPersonJSON(s))
		name := in.Lang.Isolate(s.Name)
		text := name
		if s.what != "" {
			text += " – " + in.Lang.Isolate(s.what)
		}
		cites := s.Refs[:min(len(s.Refs), maxWhoRefs)]
		entries = append(entries, entry{
			blocks:  []Block{{Kind: Item, Text: text, Cites: cites, Bold: []article.Span{{Start: 0, End: len(name)}}}},
			passage: v.passage(s.Refs[0]),
		})
	}
	if r.JSON = out; r.Nothing {
		r.say(Para, in.Lang.Text("The documents name nobody of whom they say anything."))
		return r
	}
	r.list(entries, "who", in, whoPage)
	return r
}

// personReply says what the documents say of one.
func personReply(s somebody, v view, quotations []said) Reply {
	r := Reply{Share: true, JSON: whoJSON{People: []personJSON{newPersonJSON(s)}}}
	r.say(Heading, s.Name)
	if s.what != "" {
		r.say(Para, s.what)
	}
	if len(s.Aliases) > 0 {
		r.say(Small, v.lang.Text("Also: %s", strings.Join(s.Aliases, ", ")))
	}
	r.Blocks = append(r.Blocks, Block{Kind: Para, Text: v.lang.Text("Named in"), Cites: s.Refs[:min(len(s.Refs), maxWhoRefs)]})
	if len(s.Speaks) > 0 {
		r.Blocks = append(r.Blocks, Block{Kind: Para, Text: v.lang.Text("Speaks in"), Cites: s.Speaks[:min(len(s.Speaks), maxWhoRefs)]})
	}
	shown := 0
	for _, q := range quotations {
		if q.Speaker == s.Name && shown < maxWords {
			shown++
			r.Blocks = append(r.Blocks, Block{Kind: Quote, Text: q.Words, Cites: []article.Ref{q.Ref}})
		}
	}
	for _, ref := range slices.Concat(s.Speaks, s.Refs) {
		if len(r.Sources) < maxActions {
			r.source(v.passage(ref))
		}
	}
	r.Actions = openActions(r, r.Sources)
	return r
}

// completeWho offers the names that hold what was typed, people first.
func (t *Table) completeWho(_ context.Context, in Input, typed string) []string {
	v, err := t.view(Input{Scope: in.Scope, Server: in.Server, Lang: in.Lang, Args: Args{"document": in.Args["document"]}})
	if err != nil {
		return nil
	}
	typed = strings.ToLower(strings.TrimSpace(typed))
	var out []string
	for _, s := range everybody(v, t.cast.take(v.edition, v.documents)) {
		holds := func(name string) bool { return strings.Contains(strings.ToLower(name), typed) }
		if (holds(s.Name) || slices.ContainsFunc(s.Aliases, holds)) && !slices.Contains(out, s.Name) && len(out) < maxChoices {
			out = append(out, s.Name)
		}
	}
	return out
}

type personJSON struct {
	Name        string    `json:"name"`
	Aliases     []string  `json:"aliases"`
	What        string    `json:"what"`
	Institution bool      `json:"institution"`
	Named       []refJSON `json:"named"`
	Speaks      []refJSON `json:"speaks"`
}

func newPersonJSON(s somebody) personJSON {
	return personJSON{s.Name, append([]string{}, s.Aliases...), s.what, s.Institution, refsJSON(s.Refs), refsJSON(s.Speaks)}
}

type whoJSON struct {
	People []personJSON `json:"people"`
}

func (j whoJSON) MarshalJSON() ([]byte, error) {
	type plain whoJSON
	return encode(func(e *json.Encoder) error { return e.Encode(plain(j)) })
}
