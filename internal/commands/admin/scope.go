package admin

import (
	"context"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/settings"
	"pilcrow/internal/library"
)

const (
	maxScopeRunes = 2_000 // of a list of documents
	allDocuments  = "all" // in place of a list: no longer tied to some
	maxChoice     = 100   // Discord: characters of an offered value
)

func (t *Table) scopeDocuments() commands.Command {
	return commands.Command{
		Name:    "documents scope",
		Summary: "Tie a channel, or the server, to some of the documents; or show what is tied",
		Params: []commands.Param{
			{Name: "documents", Summary: "Their names, with commas between; “all” unties", Type: commands.Text,
				MaxRunes: maxScopeRunes,
				Complete: t.completeList},
			{Name: "channel", Summary: "Which channel or thread; this one unless said otherwise", Type: commands.Channel},
			{Name: "server", Summary: "The whole server, where no channel is tied to others", Type: commands.Flag},
		},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Run:     t.runScope,
	}
}

func (t *Table) runScope(ctx context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	place, isServer := in.Args["channel"], in.Args["server"] != ""
	if isServer && place != "" {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("That is a channel and the whole server: give one of the two."))
	}
	if place == "" && !isServer && len(in.Channels) > 0 {
		place = in.Channels[0]
	}
	if in.Args["documents"] == "" {
		return showScopes(l, in)
	}
	v, err := t.Held(commands.Input{Lang: in.Lang, Server: in.Server})
	if err != nil {
		return commands.Reply{}, err
	}
	slugs, err := namedDocuments(in, v.Documents)
	if err != nil {
		return commands.Reply{}, err
	}
	if err := l.SetScope(ctx, in.Server, place, slugs, access.Caller(in)); err != nil {
		return commands.Reply{}, t.Unchanged(in, err)
	}
	r := commands.Reply{JSON: commands.Machine(scopesJSON{[]scopeJSON{{place, append([]string{}, slugs...)}}})}
	switch {
	case len(slugs) == 0 && place == "":
		r.Say(commands.Para, in.Lang.Text("The server is tied to no documents any more: where no channel is, questions are "+
			"answered from all of them."))
	case len(slugs) == 0:
		r.Say(commands.Para, in.Lang.Text("This channel is tied to no documents of its own any more:"))
		settings.SayWhere(&r, place)
	case place == "":
		r.Say(commands.Para, in.Lang.Text("On this server, where a channel is not tied to others, questions are answered "+
			"from "+
			"these documents alone:"))
	default:
		r.Say(commands.Para, in.Lang.Text("In this channel and its threads, questions are answered from these documents "+
			"alone:"))
		settings.SayWhere(&r, place)
	}
	sayDocuments(&r, v.Documents, slugs)
	r.Say(commands.Small, in.Lang.Text("To take it back: /documents undo"))
	return r, nil
}

// namedDocuments reads a list of slugs or titles; none for "all".
func namedDocuments(in commands.Input, documents []article.Document) ([]string, error) {
	var slugs []string
	typed := in.Args["documents"]
	if d, ok := access.FindDocument(documents, typed); ok { // a title may have a comma
		return []string{d.Slug}, nil
	}
	for part := range strings.SplitSeq(typed, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		d, ok := access.FindDocument(documents, part)
		switch {
		case ok && !slices.Contains(slugs, d.Slug):
			slugs = append(slugs, d.Slug)
		case !ok && strings.EqualFold(part, allDocuments):
			return nil, nil
		case !ok:
			return nil, commands.Refuse(in.Lang.Text("There is no document “%s”. There is: %s.", commands.Echo(part),
				access.ListSlugs(in.Lang, documents)))
		}
	}
	if len(slugs) == 0 {
		return nil, commands.Refuse(in.Lang.Text("Name the documents, with commas between, or write “all” to untie."))
	}
	return slugs, nil
}

// showScopes says what is tied to what.
func showScopes(l *library.Library, in commands.Input) (commands.Reply, error) {
	places := l.Scopes(in.Server)
	out := scopesJSON{[]scopeJSON{}}
	var r commands.Reply
	if len(places) == 0 {
		r.Say(commands.Para, in.Lang.Text("No channel is tied to documents: questions are answered from all of them "+
			"everywhere."))
	}
	for _, p := range places {
		out.Scopes = append(out.Scopes, scopeJSON{p.ID, p.Slugs})
		text := commands.Clip(strings.Join(p.Slugs, ", "), commands.MaxCauseRunes)
		if p.ID == "" {
			text = in.Lang.Text("The whole server: %s", text)
		}
		r.Say(commands.Item, text)
		settings.SayWhere(&r, p.ID)
	}
	r.Say(commands.Small, in.Lang.Text("To tie: /documents scope documents: NAME, NAME channel: #CHANNEL. To untie: "+
		"documents: all"))
	r.Actions = []commands.Action{{Label: in.Lang.Text("Tie a channel"), Command: "documents scope", Form: true}}
	r.JSON = commands.Machine(out)
	return r, nil
}

// sayDocuments names the documents of the slugs.
func sayDocuments(r *commands.Reply, documents []article.Document, slugs []string) {
	for _, d := range documents {
		if slices.Contains(slugs, d.Slug) {
			r.Say(commands.Item, commands.ShownTitle(d.Title)+" ("+d.Slug+")")
		}
	}
}

// completeList offers documents for the last of a list of names.
func (t *Table) completeList(ctx context.Context, in commands.Input, typed string) []string {
	in.Scope = nil
	done, last := "", typed
	if i := strings.LastIndexByte(typed, ','); i >= 0 {
		done, last = strings.TrimSpace(typed[:i])+", ", typed[i+1:]
	}
	named := strings.Split(strings.ReplaceAll(done, " ", ""), ",")
	var offers []string
	for _, slug := range t.CompleteDocument(ctx, in, last) {
		if value := done + slug; len([]rune(value)) <= maxChoice && !slices.Contains(named, slug) {
			offers = append(offers, value)
		}
	}
	if done == "" && strings.HasPrefix(allDocuments, strings.ToLower(strings.TrimSpace(last))) &&
		len(offers) < access.MaxChoices {
		offers = append(offers, allDocuments)
	}
	return offers
}

type scopeJSON struct {
	Place     string   `json:"place"` // "" for the server
	Documents []string `json:"documents"`
}

type scopesJSON struct {
	Scopes []scopeJSON `json:"scopes"`
}
