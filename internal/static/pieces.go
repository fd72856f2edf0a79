package static

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// useWordPiece cuts a word from its beginning, the longest known piece first (https://arxiv.org/abs/1609.08144). A word
// with a part that is not known has no piece at all, as in the reference implementation.
func (t *tokenizer) useWordPiece(raw json.RawMessage) error {
	var m struct {
		Unknown string `json:"unk_token"`
		Prefix  string `json:"continuing_subword_prefix"`
		Most    int    `json:"max_input_chars_per_word"`
		Vocab   map[string]int
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("%w: tokenizer.json: WordPiece: %w", errModel, err)
	}
	longest := 0
	for piece, id := range m.Vocab {
		if id < 0 {
			return fmt.Errorf("%w: tokenizer.json: the piece %q has the number %d", errModel, piece, id)
		}
		longest, t.size = max(longest, len(piece)), max(t.size, id+1)
	}
	unknown, hasUnknown := m.Vocab[m.Unknown]
	t.pieces = func(ids []int, word string) []int {
		if m.Most > 0 && utf8.RuneCountInString(word) > m.Most {
			return ids
		}
		before, prefix := len(ids), ""
		for word != "" {
			end := min(len(word), longest)
			id, ok := 0, false
			for ; end > 0; end-- {
				if end < len(word) && !utf8.RuneStart(word[end]) {
					continue
				}
				if id, ok = m.Vocab[prefix+word[:end]]; ok {
					break
				}
			}
			if !ok {
				return ids[:before]
			}
			if !hasUnknown || id != unknown {
				ids = append(ids, id)
			}
			word, prefix = word[end:], m.Prefix
		}
		return ids
	}
	return nil
}

// unknownPenalty is how much worse than the worst piece a character without one is: the reference's kUnkPenalty.
const unknownPenalty = 10

// useUnigram cuts a word so that the logarithms of its pieces' probabilities have the largest sum
// (https://arxiv.org/abs/1804.10959).
func (t *tokenizer) useUnigram(raw json.RawMessage) error {
	var m struct {
		Unknown  *int              `json:"unk_id"`
		Vocab    []json.RawMessage // pairs of a piece and its logarithm
		Fallback bool              `json:"byte_fallback"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("%w: tokenizer.json: Unigram: %w", errModel, err)
	}
	if m.Fallback {
		return unsupported("byte_fallback", "true")
	}
	type scored struct {
		id    int
		score float64
	}
	vocabulary, longest, least := make(map[string]scored, len(m.Vocab)), 0, math.Inf(1)
	for id, pair := range m.Vocab {
		var piece string
		var score float64
		if err := json.Unmarshal(pair, &[]any{&piece, &score}); err != nil {
			return fmt.Errorf("%w: tokenizer.json: the piece %d: %w", errModel, id, err)
		}
		vocabulary[piece] = scored{id, score}
		longest, least = max(longest, len(piece)), min(least, score)
	}
	t.size = len(m.Vocab)
	unknown := -1
	if m.Unknown != nil {
		unknown = *m.Unknown
	}
	t.pieces = func(ids []int, word string) []int {
		type step struct {
			id, from int
			score    float64
			reached  bool
		}
		best := make([]step, len(word)+1)
		best[0].reached = true
		for from := 0; from < len(word); {
			_, width := utf8.DecodeRuneInString(word[from:])
			single := false
			for end := from + width; end <= len(word) && end-from <= longest; {
				if p, ok := vocabulary[word[from:end]]; ok {
					single = single || end == from+width
					if score := best[from].score + p.score; !best[end].reached || score > best[end].score {
						best[end] = step{p.id, from, score, true}
					}
				}
				if end == len(word) {
					break
				}
				_, next := utf8.DecodeRuneInString(word[end:])
				end += next
			}
			if score := best[from].score + least - unknownPenalty; !single &&
				(!best[from+width].reached || score > best[from+width].score) {
				best[from+width] = step{unknown, from, score, true}
			}
			from += width
		}
		before := len(ids)
		for at := len(word); at > 0; at = best[at].from {
			if best[at].id != unknown {
				ids = append(ids, best[at].id)
			}
		}
		for i, k := before, len(ids)-1; i < k; i, k = i+1, k-1 {
			ids[i], ids[k] = ids[k], ids[i]
		}
		return ids
	}
	return nil
}

// A charsmap is SentencePiece's table of what is written otherwise: a double-array trie of what is found, and what
// takes its place, each ended by a zero byte (https://github.com/google/sentencepiece, src/normalizer.cc).
type charsmap struct {
	units  []uint32
	values string
}

func readCharsmap(encoded string) (*charsmap, error) {
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(data) < 4 {
		return nil, fmt.Errorf("%w: tokenizer.json: the precompiled_charsmap cannot be read", errModel)
	}
	size := int(binary.LittleEndian.Uint32(data))
	if size%4 != 0 || size > len(data)-4 {
		return nil, fmt.Errorf("%w: tokenizer.json: the precompiled_charsmap is cut short", errModel)
	}
	m := &charsmap{units: make([]uint32, size/4), values: string(data[4+size:])}
	for i := range m.units {
		m.units[i] = binary.LittleEndian.Uint32(data[4+4*i:])
	}
	return m, nil
}

// apply replaces the longest known run of characters at each place.
func (m *charsmap) apply(s string) string {
	var b strings.Builder
	for s != "" {
		length, value, ok := m.longest(s)
		if !ok {
			_, length = utf8.DecodeRuneInString(s)
			value = s[:length]
		}
		b.WriteString(value)
		s = s[length:]
	}
	return b.String()
}

// longest walks the trie. A unit is a label with an offset, or a value (https://github.com/s-yata/darts-clone).
func (m *charsmap) longest(s string) (length int, value string, ok bool) {
	if len(m.units) == 0 {
		return 0, "", false
	}
	offset := func(unit uint32) uint32 { return unit >> 10 << (unit & (1 << 9) >> 6) }
	at := offset(m.units[0])
	for i := range len(s) {
		at ^= uint32(s[i])
		if int(at) >= len(m.units) {
			break
		}
		unit := m.units[at]
		if unit&(1<<31|0xff) != uint32(s[i]) {
			break
		}
		at ^= offset(unit)
		if unit>>8&1 == 1 && int(at) < len(m.units) {
			if start := int(m.units[at] & (1<<31 - 1)); start < len(m.values) {
				value, _, _ = strings.Cut(m.values[start:], "\x00")
				length, ok = i+1, true
			}
		}
	}
	return length, value, ok
}
