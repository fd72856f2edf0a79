package ask

import (
	"context"
	"fmt"
	"time"

	"pilcrow/internal/article"
)

// minPieceBytes is the shortest text that is cut in two because the model takes no text as long.
const minPieceBytes = 64

// cut has a text embedded in pieces from now on, which it returns. One that is too short to be cut is found by its
// words alone.
func (e *Engine) cut(text string) []string {
	var smaller []string
	if len(text) >= 2*minPieceBytes {
		smaller = pieces(text, len(text)/2+1)
	}
	if len(smaller) == 1 {
		smaller = nil
	}
	e.cutting.Lock()
	defer e.cutting.Unlock()
	e.cuts[text] = smaller
	return smaller
}

// pieces returns the texts in which a passage is embedded.
func (e *Engine) pieces(p article.Passage) []string {
	plain := e.plainPieces(p)
	e.cutting.Lock()
	defer e.cutting.Unlock()
	if len(e.cuts) == 0 {
		return plain
	}
	var out []string
	for _, piece := range plain {
		out = append(out, e.cutInto(piece)...)
	}
	return out
}

// cutInto follows the cuts of a text. The caller holds cutting.
func (e *Engine) cutInto(text string) []string {
	smaller, ok := e.cuts[text]
	if !ok {
		return []string{text}
	}
	var out []string
	for _, piece := range smaller {
		out = append(out, e.cutInto(piece)...)
	}
	return out
}

// headShare is the greatest part of a piece that title and heading may take.
const headShare = 4

// plainPieces are those of a model that takes all texts of its length: pieces of the text, where the meaning has heads
// each behind the title of the document and the heading, since a paragraph seldom says what it is about.
func (e *Engine) plainPieces(p article.Passage) []string {
	maxBytes, head := e.config.Embedder.MaxBytes(), ""
	if e.config.Meaning.Heads {
		head = embeddedHead(p)
	}
	if maxBytes > 0 {
		if len(head) > maxBytes/headShare {
			head = ""
		}
		maxBytes -= len(head)
	}
	out := pieces(p.Text, maxBytes)
	if head != "" {
		for i, piece := range out {
			out[i] = head + piece
		}
	}
	return out
}

func embeddedHead(p article.Passage) string {
	head := ""
	if p.Title != "" {
		head = p.Title + ". "
	}
	if p.Heading != "" && p.Heading != p.Title {
		head += p.Heading + ". "
	}
	return head
}

func pieces(text string, maxBytes int) []string {
	if maxBytes <= 0 || len(text) <= maxBytes {
		return []string{text}
	}
	var out []string
	for _, span := range article.Pieces(text, maxBytes) {
		out = append(out, span.Of(text))
	}
	return out
}

// stored adds the vectors that the store has, of the dimension if it is not 0: what an older version kept under one
// name may be of several models. It returns the texts that have none, those that are known to be too long as their
// pieces.
func (e *Engine) stored(ctx context.Context, texts []string, vectors map[string][]float32,
	dimension int) (missing []string, err error) {
	if e.config.Vectors == nil {
		return texts, nil
	}
	lookup := func(model string, texts []string) ([][]float32, error) {
		found, err := e.config.Vectors.Lookup(ctx, model, texts)
		if err == nil && len(found) != len(texts) {
			err = fmt.Errorf("%d for %d texts", len(found), len(texts))
		}
		if err != nil {
			return nil, fmt.Errorf("look up stored vectors: %w", err)
		}
		return found, nil
	}
	for model := e.config.Embedder.Model(); len(texts) > 0; {
		found, err := lookup(model, texts)
		if err != nil {
			return nil, err
		}
		var unknown, smaller []string
		for i, text := range texts {
			if found[i] != nil && (dimension == 0 || len(found[i]) == dimension) {
				vectors[text] = found[i]
				continue
			}
			unknown = append(unknown, text)
		}
		if len(unknown) == 0 {
			break
		}
		marks, err := lookup(model+cutMark, unknown)
		if err != nil {
			return nil, err
		}
		for i, text := range unknown {
			if marks[i] == nil {
				missing = append(missing, text)
				continue
			}
			smaller = append(smaller, e.cut(text)...)
		}
		texts = smaller
	}
	return missing, nil
}

// cutMark behind a model's name is the one under which it is kept that it takes a text in pieces alone.
const cutMark = " takes in pieces"

// keep stores vectors. What is paid for is kept also if nobody waits for it any longer.
func (e *Engine) keep(ctx context.Context, model string, texts []string, vectors [][]float32) {
	if e.config.Vectors == nil || len(texts) == 0 {
		return
	}
	kept, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
	defer cancel()
	if err := e.config.Vectors.Store(kept, model, texts, vectors); err != nil {
		e.config.Logger.WarnContext(ctx, "vectors could not be kept: after a restart they are made again", "vectors",
			len(vectors), "error", err)
	}
}

func first(vectors [][]float32) []float32 {
	if len(vectors) == 0 {
		return nil
	}
	return vectors[0]
}

// keepTimeout bounds the writing of one batch.
const keepTimeout = 10 * time.Second
