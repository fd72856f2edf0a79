package access

import (
	"context"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/corpus"
)

// MaxChoices is how many documents an error or an autocompletion lists (Discord: 25 choices).
const MaxChoices = 25

// DocumentParam is the parameter that narrows a command to one document.
func (c *Control) DocumentParam() commands.Param {
	return commands.Param{Name: "document", Summary: "Only this document", Type: commands.Document,
		Complete: c.CompleteDocument}
}

// A View is what one call can see: the documents that the caller may see, narrowed to the one named.
type View struct {
	Engine    *ask.Engine
	Edition   *corpus.Edition // the engine's, from which all of the call is answered
	Documents []article.Document
	Narrowed  bool // documents are fewer than are loaded
	Lang      lang.Printer
}

// View looks at the edition once. A document outside the scope does not exist, in errors neither.
func (c *Control) View(in commands.Input) (View, error) {
	engine := c.EngineOf(in)
	edition := engine.Edition()
	if edition == nil {
		return View{}, commands.Refuse(in.Lang.Text("The documents are still being loaded. Please try again in a moment."))
	}
	v := View{Engine: engine, Edition: edition, Documents: edition.Corpus.Documents(), Lang: in.Lang}
	if in.Scope != nil {
		v.Documents = slices.DeleteFunc(slices.Clone(v.Documents), func(d article.Document) bool {
			return !slices.Contains(in.Scope, d.Slug)
		})
		v.Narrowed = true
	}
	if len(v.Documents) == 0 {
		return View{}, commands.Refuse(in.Lang.Text("There are no documents here."))
	}
	if name := in.Args["document"]; name != "" {
		d, ok := FindDocument(v.Documents, name)
		if !ok {
			return View{}, commands.Refuse(in.Lang.Text("There is no document “%s”. There is: %s.",
				commands.Echo(name), ListSlugs(in.Lang, v.Documents)))
		}
		v.Documents, v.Narrowed = []article.Document{d}, true
	}
	return v, nil
}

// Slugs is the view as ask.Query wants it: nil for everything that is loaded.
func (v View) Slugs() []string {
	if !v.Narrowed {
		return nil
	}
	slugs := make([]string, len(v.Documents))
	for i, d := range v.Documents {
		slugs[i] = d.Slug
	}
	return slugs
}

// Query asks the view's documents, as they are in its edition.
func (v View) Query(text string) ask.Query {
	return ask.Query{Text: text, Documents: v.Slugs(), Edition: v.Edition}
}

// Passages are the paragraphs of the view that the references name.
func (v View) Passages(refs []article.Ref) []article.Passage {
	var out []article.Passage
	for _, ref := range refs {
		if p, ok := v.Edition.Corpus.Passage(ref); ok {
			out = append(out, p)
		}
	}
	return out
}

// Passage is the paragraph of the view's edition that the reference names.
func (v View) Passage(ref article.Ref) article.Passage {
	p, _ := v.Edition.Corpus.Passage(ref) // it was read from there
	return p
}

// Title is that of the document of a paragraph of the view's edition.
func (v View) Title(ref article.Ref) string { return v.Passage(ref).Title }

// One returns the single document of the view, or says which there are.
func (v View) One() (article.Document, error) {
	if len(v.Documents) > 1 {
		return article.Document{}, commands.Refuse(v.Lang.Text("There are several documents: name one of %s.",
			ListSlugs(v.Lang, v.Documents)))
	}
	return v.Documents[0], nil
}

// FindDocument takes a slug or a title, in any case; a slug wins over a title.
func FindDocument(documents []article.Document, name string) (article.Document, bool) {
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

// ListSlugs names documents; many of them in part.
func ListSlugs(p lang.Printer, documents []article.Document) string {
	shown := make([]string, min(len(documents), MaxChoices))
	for i := range shown {
		shown[i] = documents[i].Slug
	}
	list := strings.Join(shown, ", ")
	if more := len(documents) - len(shown); more > 0 {
		return p.Text("%s and %d more", list, more)
	}
	return list
}

// CompleteDocument offers slugs: those that begin with what was typed, then those that hold it in slug or title.
func (c *Control) CompleteDocument(_ context.Context, in commands.Input, typed string) []string {
	v, err := c.View(commands.Input{Scope: in.Scope, Server: in.Server, Lang: in.Lang})
	if err != nil {
		return nil
	}
	typed = strings.ToLower(strings.TrimSpace(typed))
	var first, second []string
	for _, d := range v.Documents {
		switch {
		case strings.HasPrefix(d.Slug, typed):
			first = append(first, d.Slug)
		case strings.Contains(d.Slug, typed), strings.Contains(strings.ToLower(d.Title), typed):
			second = append(second, d.Slug)
		}
	}
	offers := slices.Concat(first, second)
	return offers[:min(len(offers), MaxChoices)]
}
