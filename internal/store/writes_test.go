package store

import (
	"context"

	"pilcrow/internal/article"
)

// writes are one of each kind of write, by name.
func writes(s *Store) map[string]func(context.Context) error {
	texts, vectors := batch(0, 2)
	return map[string]func(context.Context) error{
		"a document": func(ctx context.Context) error {
			_, err := s.Apply(ctx, put("a", "tide", "three"))
			return err
		},
		"a setting": func(ctx context.Context) error {
			_, err := s.Apply(ctx, Edit{Server: "a", At: noon, Action: "setting", Slug: "language", Setting: "language",
				Value: "de"})
			return err
		},
		"what an address said": func(ctx context.Context) error { return s.Visited(ctx, "a", "mill", Visit{ETag: "x"}) },
		"a vote": func(ctx context.Context) error {
			_, err := s.Vote(ctx, Vote{Server: "a", Answer: "b", Person: "c", Cites: []article.Ref{{Slug: "mill", N: 1}},
				At: noon})
			return err
		},
		"tokens": func(ctx context.Context) error {
			hold, _, err := s.HoldUsage(ctx, "2026-11-29", 1)
			if err == nil {
				_, err = s.AddUsage(ctx, "2026-11-29", hold, Usage{Prompt: 1})
			}
			return err
		},
		"vectors":        func(ctx context.Context) error { return s.Store(ctx, "m", texts, vectors) },
		"a server's end": func(ctx context.Context) error { return s.DropServer(ctx, "z") },
		"a person's end": func(ctx context.Context) error {
			_, err := s.Forget(ctx, "c")
			return err
		},
	}
}
