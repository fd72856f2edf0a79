package library

import (
	"context"
	"errors"
	"path"

	"pilcrow/internal/mirror"
	"pilcrow/internal/store"
)

// Original returns the file that a document which a server sees was made of. Its error is ErrNoBytes where that is not
// kept: of pages that are followed, and of what is built in, there is the text alone.
func (l *Library) Original(ctx context.Context, server, slug string) (name string, data []byte, err error) {
	l.mu.RLock()
	var own ownDocument
	var isOwn bool
	if s := l.servers[server]; s != nil && server != "" {
		own, isOwn = s.own[slug]
	}
	l.mu.RUnlock()
	if isOwn {
		if own.State.Hidden {
			return "", nil, ErrNoDocument
		}
		data, err = l.config.Store.Bytes(ctx, own.State.Original)
		if errors.Is(err, store.ErrNoBytes) {
			err = ErrNoBytes
		}
		return own.State.Name, data, err
	}
	shared := l.config.Shared.Edition()
	if shared == nil || l.config.Folder == nil {
		return "", nil, ErrNoBytes
	}
	d, ok := shared.Corpus.Document(slug)
	if !ok {
		return "", nil, ErrNoDocument
	}
	if l.config.Mirrors != nil {
		for _, s := range l.config.Mirrors.List() {
			if s.Kind != mirror.Git && s.Has(d.Path) {
				return "", nil, ErrNoBytes
			}
		}
	}
	file, data, ok := l.config.Folder.Original(d)
	if !ok {
		return "", nil, ErrNoBytes
	}
	return path.Base(file), data, nil
}
