package corpus

import (
	"slices"

	"pilcrow/internal/question"
)

// The bounds of what is looked at for the language of the documents.
const (
	maxTongueDocuments = 200
	maxTongueBytes     = 1000 // of a paragraph, the first
)

// LanguageWith is the language of the question if one of the documents (nil: all) that are asked is in it: "" for
// English, and for a question about texts in another language, where its function words are nowhere.
func (ed *Edition) LanguageWith(text string, slugs []string) string {
	language := question.Language(text)
	if language == "" {
		return ""
	}
	looked := 0
	for _, d := range ed.Corpus.Documents() {
		if slugs != nil && !slices.Contains(slugs, d.Slug) || len(d.Passages) == 0 {
			continue
		}
		if looked++; looked > maxTongueDocuments {
			break
		}
		first := d.Passages[0].Text
		if question.Language(first[:min(len(first), maxTongueBytes)]) == language {
			return language
		}
	}
	return ""
}

// Parse reads a question about the documents; nil: all.
func (ed *Edition) Parse(text string, slugs []string) question.Question {
	return question.ParseIn(text, ed.LanguageWith(text, slugs))
}
