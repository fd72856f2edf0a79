package vectors

import (
	"crypto/sha256"
	"encoding/binary"
	"io"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// Key names the vectors of a document: what is embedded of each paragraph, in order.
func (m *Maker) Key(d article.Document) (key rag.TextsKey) {
	h := sha256.New()
	count := func(n int) { _, _ = h.Write(binary.LittleEndian.AppendUint64(nil, uint64(n))) }
	for _, p := range d.Passages {
		pieces := m.Pieces(p)
		count(len(pieces))
		for _, text := range pieces {
			count(len(text))
			_, _ = io.WriteString(h, text)
		}
	}
	h.Sum(key[:0])
	return key
}
