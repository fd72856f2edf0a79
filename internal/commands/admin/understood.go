package admin

import (
	"context"
	"fmt"
	"io"
	"mime"
	"path"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

// Understood writes a document out as it was understood: each paragraph with its number, what it is, the headings that
// it stands under, what introduces it and where it stands on the web.
func Understood(d article.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", d.Title)
	for _, f := range []struct{ name, value string }{
		{"name", d.Slug}, {"author", d.Author}, {"source", d.Source}, {"published", commands.ISODay(d.Published)},
		{"url", d.URL},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
		}
	}
	if d.Promos > 0 {
		fmt.Fprintf(&b, "promotional inserts left out: %d\n", d.Promos)
	}
	heading := ""
	for _, p := range d.Passages {
		if p.Path != heading {
			heading = p.Path
			fmt.Fprintf(&b, "\n## %s\n", heading)
		}
		fmt.Fprintf(&b, "\n¶%d %s", p.Ref.N, p.Kind)
		if p.Language() != "" {
			fmt.Fprintf(&b, " %s", p.Language())
		}
		if p.Lead() != "" {
			fmt.Fprintf(&b, " · introduced by: %s", p.Lead())
		}
		if p.Noted > 0 {
			fmt.Fprintf(&b, " · of ¶%d", p.Noted)
		}
		if p.Unsure {
			b.WriteString(" · not sure: never quoted")
		}
		if p.Link() != "" {
			fmt.Fprintf(&b, " · %s", p.Link())
		}
		fmt.Fprintf(&b, "\n%s\n", p.Text)
	}
	return b.String()
}

// maxAttached is how large a file may be that is sent back. Discord takes 10 MiB with all that goes around it.
const maxAttached = 8 << 20

// attachOriginal gives a reply the file that a document was made of, or says that there is none.
func (t *Table) attachOriginal(ctx context.Context, in commands.Input, d article.Document, r *commands.Reply) error {
	name, data, err := t.Library.Original(ctx, in.Server, d.Slug)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil || len(data) > maxAttached {
		r.Say(commands.Small, in.Lang.Text("The original is not attached: it is not kept, or is larger than 8 MB."))
		return nil //nolint:nilerr // the document is shown all the same
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	r.File = &commands.File{Name: name, MediaType: kind, Alt: in.Lang.Text("The original of “%s”",
		commands.ShownTitle(d.Title)),
		Write: func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		}}
	return nil
}
