package vectors

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
func (m *Maker) cut(text string) []string {
	var smaller []string
	if len(text) >= 2*minPieceBytes {
		smaller = pieces(text, len(text)/2+1)
	}
	if len(smaller) == 1 {
		smaller = nil
	}
	m.cutting.Lock()
	defer m.cutting.Unlock()
	m.cuts[text] = smaller
	return smaller
}

// Pieces returns the texts in which a passage is embedded.
func (m *Maker) Pieces(p article.Passage) []string {
	plain := m.PlainPieces(p)
	m.cutting.Lock()
	defer m.cutting.Unlock()
	if len(m.cuts) == 0 {
		return plain
	}
	var out []string
	for _, piece := range plain {
		out = append(out, m.cutInto(piece)...)
	}
	return out
}

// cutInto follows the cuts of a text. The caller holds cutting.
func (m *Maker) cutInto(text string) []string {
	smaller, ok := m.cuts[text]
	if !ok {
		return []string{text}
	}
	var out []string
	for _, piece := range smaller {
		out = append(out, m.cutInto(piece)...)
	}
	return out
}

// headShare is the greatest part of a piece that title and heading may take.
const headShare = 4

// PlainPieces are those of a model that takes all texts of its length: pieces of the text, where the meaning has heads
// each behind the title of the document and the heading, since a paragraph seldom says what it is about.
func (m *Maker) PlainPieces(p article.Passage) []string {
	maxBytes, head := m.embedder.MaxBytes(), ""
	if m.heads {
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

// embeddedHead is the title and the heading of a passage as they stand before what is embedded of it.
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

// pieces cuts a text into pieces of at most maxBytes; 0 for no limit.
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

// Stored adds the vectors that the store has, of the dimension if it is not 0: what an older version kept under one
// name may be of several models. It returns the texts that have none, those that are known to be too long as their
// pieces.
func (m *Maker) Stored(ctx context.Context, texts []string, vectors map[string][]float32,
	dimension int) (missing []string, err error) {
	if m.store == nil {
		return texts, nil
	}
	lookup := func(model string, texts []string) ([][]float32, error) {
		found, err := m.store.Lookup(ctx, model, texts)
		if err == nil && len(found) != len(texts) {
			err = fmt.Errorf("%d for %d texts", len(found), len(texts))
		}
		if err != nil {
			return nil, fmt.Errorf("look up stored vectors: %w", err)
		}
		return found, nil
	}
	for model := m.embedder.Model(); len(texts) > 0; {
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
			smaller = append(smaller, m.cut(text)...)
		}
		texts = smaller
	}
	return missing, nil
}

// cutMark behind a model's name is the one under which it is kept that it takes a text in pieces alone.
const cutMark = " takes in pieces"

// keep stores vectors. What is paid for is kept also if nobody waits for it any longer.
func (m *Maker) keep(ctx context.Context, model string, texts []string, vectors [][]float32) {
	if m.store == nil || len(texts) == 0 {
		return
	}
	kept, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
	defer cancel()
	if err := m.store.Store(kept, model, texts, vectors); err != nil {
		m.logger.WarnContext(ctx, "vectors could not be kept: after a restart they are made again", "vectors",
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
