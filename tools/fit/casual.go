package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pilcrow/internal/article"
)

// casualSets are the halves of our own casual questions that may be looked at: a folder, and its questions. The others
// are never read here.
var casualSets = []struct{ docs, questions string }{
	{"dev", "dev/questions.jsonl"}, {"dev2", "dev2/questions.jsonl"}, {"dev3", "dev3/questions.jsonl"},
	{"halves", "halves/dev.jsonl"}, {"six", "six/dev.jsonl"}, {"kinds", "kinds/dev.jsonl"},
}

// A casual question of our own: words are what an answer must have, one of each group.
type casual struct {
	Casual   string     `json:"casual"`
	Document string     `json:"document"`
	Route    string     `json:"route"`
	Words    [][]string `json:"words"`
	Absent   bool       `json:"absent"`
}

// answeredBy reports whether a sentence has something of the answer.
func (c casual) answeredBy(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(slices.Concat(c.Words...), func(w string) bool {
		return strings.Contains(text, strings.ToLower(w))
	})
}

// A casualSet is the documents of a folder and what is asked about them, but for what is no question of a document.
type casualSet struct {
	name      string
	documents []article.Document
	questions []casual
}

func loadCasual() ([]casualSet, error) {
	root := filepath.Join("internal", "eval", "testdata", "casual")
	var all []casualSet
	for _, s := range casualSets {
		corpus, err := article.Load(os.DirFS(filepath.Join(root, s.docs, "docs")))
		if err != nil {
			return nil, fmt.Errorf("run it in the repository: %w", err)
		}
		set := casualSet{name: s.docs, documents: corpus.Documents()}
		text, err := os.ReadFile(filepath.Join(root, s.questions))
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(text) {
			var c casual
			if err := json.Unmarshal(line, &c); err != nil {
				return nil, fmt.Errorf("%s: %w", s.questions, err)
			}
			if c.Route == "" {
				set.questions = append(set.questions, c)
			}
		}
		all = append(all, set)
	}
	return all, nil
}
