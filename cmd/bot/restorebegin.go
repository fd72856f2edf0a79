package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"pilcrow/internal/backup"
	"pilcrow/internal/store"
)

// begin extracts and checks everything, and writes down what is to change places. After an error nothing is left, and
// nothing that is in use was touched.
func (r *restore) begin(ctx context.Context) (err error) {
	var plan backup.Plan
	var staged []string
	defer func() {
		if err != nil {
			for _, dir := range staged {
				err = errors.Join(err, os.RemoveAll(dir))
			}
		}
	}()
	extract := func(dir, prefix string, file, folder os.FileMode) (*os.Root, error) {
		root, err := backup.Stage(dir)
		if err != nil {
			return nil, err
		}
		staged = append(staged, root.Name())
		return root, r.extract(ctx, prefix, root, file, folder)
	}
	data, err := extract(r.data, dataPrefix, privateFile, privateDir)
	if data != nil {
		defer data.Close()
	}
	if err == nil {
		err = r.migrate(data)
	}
	if err != nil {
		return err
	}
	if r.docs == "" { // checked all the same: an archive is whole or is not believed
		err = r.extract(ctx, documentsPrefix, nil, 0, 0)
	} else {
		err = r.beginDocuments(extract, &plan)
	}
	if err != nil {
		return err
	}
	if r.server.URL != "" {
		return r.intoServer(ctx, data, plan)
	}
	var names []string
	if r.schema > 0 {
		names = []string{store.FileName, store.MarkName}
	}
	if err := plan.Add(r.data, data, r.aside, r.old[r.data], names); err != nil {
		return err
	}
	return plan.Begin(r.data)
}

// beginDocuments extracts the documents, and plans for them.
func (r *restore) beginDocuments(extract func(dir, prefix string, file, folder os.FileMode) (*os.Root, error),
	plan *backup.Plan) error {
	if err := os.MkdirAll(r.docs, publicDir); err != nil {
		return err
	}
	docs, err := extract(r.docs, documentsPrefix, publicFile, publicDir)
	if docs != nil {
		defer docs.Close()
	}
	if err != nil {
		return err
	}
	names, err := entries(docs.Name(), func(string) bool { return true })
	if err != nil {
		return err
	}
	return plan.Add(r.docs, docs, r.aside, r.old[r.docs], names)
}

// intoServer brings the extracted database into the one of PostgreSQL, and begins with the documents after it: what
// could be checked was.
func (r *restore) intoServer(ctx context.Context, data *os.Root, plan backup.Plan) (err error) {
	if r.schema > 0 {
		aside := ""
		if r.replace {
			aside = filepath.Join(r.data, r.aside)
		}
		r.kept, err = r.server.Restore(ctx, data.Name(), r.data, aside)
		switch {
		case errors.Is(err, store.ErrNotEmpty):
			return fmt.Errorf("%s is not empty: add --replace to restore all the same; what is there is then kept in a file",
				r.server.Where(r.data))
		case errors.Is(err, store.ErrServed):
			return fmt.Errorf("%w: stop it first", err)
		case err != nil:
			return err
		}
	}
	err = os.RemoveAll(data.Name())
	if err == nil && len(plan.Changes) > 0 {
		err = plan.Begin(r.data)
	}
	if err != nil {
		return fmt.Errorf("the database is restored, and the documents are not yet: mend this, and restore again with "+
			"--replace: %w", err)
	}
	return nil
}

// migrate checks the extracted database, and brings it to this program's schema.
func (r *restore) migrate(root *os.Root) error {
	if _, err := root.Stat(store.FileName); err != nil {
		if r.manifest.Schema == 0 { // it never had one
			return nil
		}
		return &backup.Error{Msg: "there is no database in it"}
	}
	s, err := store.Open(root.Name())
	switch {
	case errors.Is(err, store.ErrNewer):
		return &backup.Error{Msg: "a newer Pilcrow made its database: use that one"}
	case errors.Is(err, store.ErrDamaged), errors.Is(err, store.ErrForeign):
		return &backup.Error{Msg: "its database is damaged"}
	case err != nil:
		return err
	}
	r.schema = store.SchemaVersion()
	return s.Close()
}
