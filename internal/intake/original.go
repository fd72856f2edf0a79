package intake

import (
	"context"
	"fmt"
	"os"
	"path"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
)

// Original returns what a document of the folder was made of, and where it lies below it: the file that was added or
// fetched, or, of a document that somebody put there, its own file. ok is false where it is not there any more.
func (in *Intake) Original(d article.Document) (file string, data []byte, ok bool) {
	root, err := os.OpenRoot(in.Dir)
	if err != nil {
		return "", nil, false
	}
	defer root.Close()
	file = d.Path
	if o, known := readOrigin(root, originFile(d.Slug)); known && o.File != "" {
		if own, _, there := copyOf(root, d.Slug); there && own == d.Path {
			file = path.Join(Originals, path.Base(o.File))
		}
	}
	info, err := root.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxFileBytes {
		return "", nil, false
	}
	data, err = root.ReadFile(file)
	return file, data, err == nil
}

// Text returns what a document of the folder is parsed from: the file as it is, or the Markdown that is made of one in
// another format.
func (in *Intake) Text(ctx context.Context, d article.Document) ([]byte, error) {
	root, err := os.OpenRoot(in.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	data, err := root.ReadFile(d.Path)
	if err != nil {
		return nil, err
	}
	kind := convert.KindOf(d.Path, "", data)
	if kind == convert.Text {
		return data, nil
	}
	if in.Converter == nil {
		return nil, fmt.Errorf("%s: nothing is converted here", d.Path)
	}
	made, err := in.Converter.Convert(ctx, kind, data, convert.Source{Keep: true})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.Path, err)
	}
	return made.Markdown(), nil
}
