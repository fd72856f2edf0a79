package dispatch

import (
	"context"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
)

// maxChoices is how many documents an error or an autocompletion lists (Discord: 25 choices).
const maxChoices = 25

// documentParam is the parameter that narrows a command to one document.
func (t *Table) documentParam() commands.Param {
	return commands.Param{Name: "document", Summary: "Only this document", Type: commands.Document,
		Complete: t.completeDocument}
}

// A view is what one call can see: the documents that the caller may see, narrowed to the one named.
type view struct {
	engine    *rag.Engine
	edition   *rag.Edition // the engine's, from which all of the call is answered
	documents []article.Document
	narrowed  bool // documents are fewer than are loaded
	lang      lang.Printer
}

// view looks at the edition once. A document outside the scope does not exist, in errors neither.
func (t *Table) view(in commands.Input) (view, error) {
	engine := t.engineOf(in)
	edition := engine.Edition()
	if edition == nil {
		return view{}, commands.Refuse(in.Lang.Text("The documents are still being loaded. Please try again in a moment."))
	}
	v := view{engine: engine, edition: edition, documents: edition.Corpus.Documents(), lang: in.Lang}
	if in.Scope != nil {
		v.documents = slices.DeleteFunc(slices.Clone(v.documents), func(d article.Document) bool {
			return !slices.Contains(in.Scope, d.Slug)
		})
		v.narrowed = true
	}
	if len(v.documents) == 0 {
		return view{}, commands.Refuse(in.Lang.Text("There are no documents here."))
	}
	if name := in.Args["document"]; name != "" {
		d, ok := findDocument(v.documents, name)
		if !ok {
			return view{}, commands.Refuse(in.Lang.Text("There is no document “%s”. There is: %s.",
				commands.Echo(name), listSlugs(in.Lang, v.documents)))
		}
		v.documents, v.narrowed = []article.Document{d}, true
	}
	return v, nil
}

// slugs is the view as rag.Query wants it: nil for everything that is loaded.
func (v view) slugs() []string {
	if !v.narrowed {
		return nil
	}
	slugs := make([]string, len(v.documents))
	for i, d := range v.documents {
		slugs[i] = d.Slug
	}
	return slugs
}

// query asks the view's documents, as they are in its edition.
func (v view) query(text string) rag.Query {
	return rag.Query{Text: text, Documents: v.slugs(), Edition: v.edition}
}

// passages are the paragraphs of the view that the references name.
func (v view) passages(refs []article.Ref) []article.Passage {
	var out []article.Passage
	for _, ref := range refs {
		if p, ok := v.edition.Corpus.Passage(ref); ok {
			out = append(out, p)
		}
	}
	return out
}

func (v view) passage(ref article.Ref) article.Passage {
	p, _ := v.edition.Corpus.Passage(ref) // it was read from there
	return p
}

// title is that of the document of a paragraph of the view's edition.
func (v view) title(ref article.Ref) string { return v.passage(ref).Title }

// one returns the single document of the view, or says which there are.
func (v view) one() (article.Document, error) {
	if len(v.documents) > 1 {
		return article.Document{}, commands.Refuse(v.lang.Text("There are several documents: name one of %s.",
			listSlugs(v.lang, v.documents)))
	}
	return v.documents[0], nil
}

// findDocument takes a slug or a title, in any case; a slug wins over a title.
func findDocument(documents []article.Document, name string) (article.Document, bool) {
	for _, field := range []func(article.Document) string{
		func(d article.Document) string { return d.Slug },
		func(d article.Document) string { return d.Title },
	} {
		same := func(d article.Document) bool { return strings.EqualFold(field(d), name) }
		if i := slices.IndexFunc(documents, same); i >= 0 {
			return documents[i], true
		}
	}
	return article.Document{}, false
}

func listSlugs(p lang.Printer, documents []article.Document) string {
	shown := make([]string, min(len(documents), maxChoices))
	for i := range shown {
		shown[i] = documents[i].Slug
	}
	list := strings.Join(shown, ", ")
	if more := len(documents) - len(shown); more > 0 {
		return p.Text("%s and %d more", list, more)
	}
	return list
}

// completeDocument offers slugs: those that begin with what was typed, then those that hold it in slug or title.
func (t *Table) completeDocument(_ context.Context, in commands.Input, typed string) []string {
	v, err := t.view(commands.Input{Scope: in.Scope, Server: in.Server, Lang: in.Lang})
	if err != nil {
		return nil
	}
	typed = strings.ToLower(strings.TrimSpace(typed))
	var first, second []string
	for _, d := range v.documents {
		switch {
		case strings.HasPrefix(d.Slug, typed):
			first = append(first, d.Slug)
		case strings.Contains(d.Slug, typed), strings.Contains(strings.ToLower(d.Title), typed):
			second = append(second, d.Slug)
		}
	}
	offers := slices.Concat(first, second)
	return offers[:min(len(offers), maxChoices)]
}
