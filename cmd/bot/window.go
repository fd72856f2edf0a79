package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pilcrow/internal/rag"
)

// sameVector is the least cosine of two vectors that were made of the same tokens. Of 2,000 bytes that end with two
// different sentences, small models make vectors that are at most .9995 alike.
const sameVector = 0.999999

// window finds out whether the embedding model reads as much of a text as it is given. Many servers cut what is too
// long without a word, and then the end of every long paragraph is found by nothing.
func (c *checkup) window(ctx context.Context, e rag.Embedder) {
	const what = "its window"
	most := e.MaxBytes()
	read, err := readsAll(ctx, e, most)
	switch {
	case errors.Is(err, rag.ErrTextTooLong):
		c.bad(what, fmt.Sprintf("it refuses texts of %d bytes, as long paragraphs are: set %s to the tokens that it takes",
			most, envEmbedTokens))
	case err != nil:
		c.report(what, "", err)
	case !read:
		c.bad(what, fmt.Sprintf("of a text of %d bytes the server does not read the end, and does not say so: set %s to "+
			"the tokens that the model takes",
			most, envEmbedTokens))
	default:
		c.good(what, fmt.Sprintf("texts of %d bytes are read to their end; longer ones are embedded in pieces", most))
	}
}

// readsAll compares two long texts that differ at their end.
func readsAll(ctx context.Context, e rag.Embedder, bytes int) (bool, error) {
	ends := []string{"The ferry left at noon with all hands.", "Interest rates were raised in March."}
	const filler = "In the harbor the crane lifts grain from the long gray ships while the pilots wait for the tide. "
	texts := make([]string, len(ends))
	for i, end := range ends {
		room := max(bytes-len(end), 0)
		texts[i] = strings.Repeat(filler, room/len(filler)+1)[:room] + end
	}
	got, err := e.Embed(ctx, rag.Passage, texts)
	if err != nil {
		return false, err
	}
	cosine := 0.0
	for i, v := range got[0] {
		cosine += float64(v) * float64(got[1][i])
	}
	return cosine < sameVector, nil
}
