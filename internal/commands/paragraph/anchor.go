package paragraph

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"iter"
	"unicode"

	"pilcrow/internal/article"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/steps"
)

// An anchor is what a button knows of its paragraph besides its number, so that it opens the same one after the
// document was edited: a mark of the text, a sketch of its words, by which a changed text is known again, and marks of
// the paragraphs around it.
//
// Written it is 5 characters of base64 for the text and 4 for the sketch, and 3 for each of the neighbors, if there is
// room: the ones next to it, then the ones behind those. Six hexadecimal digits are a mark of the text alone, as
// buttons had at first.
type anchor struct {
	text   string
	sketch string    // "" for unknown
	near   [4]string // before, after, second before, second after; "" for unknown, edge for none
	hex    bool      // text is a mark of the first kind
}

// Sizes of an anchor, in characters of 6 bits each. Of texts one in a thousand million is taken for another, of
// neighbors one in 262,144; but those count only where several things agree.
const (
	textChars    = 5
	sketchChars  = 4
	nearChars    = 3
	anchorChars  = textChars + sketchChars + 4*nearChars
	oldMarkChars = 6

	sketchParts = 8 // least hashes in a sketch, 3 bits of each
	sketchBytes = 3
	takenFor    = .25      // the share of pairs of words from which one paragraph may be taken for another
	maxSketched = 64 << 10 // bytes of a text that are read for its sketch; a paragraph has hundreds
	edge        = "..."
	common      = "...." // in place of a sketch
)

// anchorOf makes what is known of a paragraph by itself.
func anchorOf(text string) anchor {
	bits := sketch(text)
	return anchor{text: mark(text, textChars), sketch: base64.RawURLEncoding.EncodeToString([]byte{byte(bits >> 16),
		byte(bits >> 8), byte(bits)})}
}

// around adds the marks of the neighbors of ¶n, which is one of the document's. Where another paragraph is very like
// it, as in a list of which only the days differ, there is no sketch: the other would be taken for a change of it.
func (a anchor) around(d article.Document, sketches []uint32, n int) anchor {
	own := sketches[n-1]
	for i, other := range sketches {
		if i == n-1 || agreeing(own, other) < alike-1 {
			continue
		}
		if it, text := d.Passages[i].Text, d.Passages[n-1].Text; it != text && resemblance(it, text) >= takenFor {
			a.sketch = common
			break
		}
	}
	for i, at := range []int{n - 1, n + 1, n - 2, n + 2} {
		a.near[i] = markAt(d, at)
	}
	return a
}

// sketchesOf are those of all of a document's paragraphs, in order.
func sketchesOf(c *steps.Counter, d article.Document) []uint32 {
	out := make([]uint32, len(d.Passages))
	for i, p := range d.Passages {
		if !c.Take(1 + min(len(p.Text), maxSketched)/access.BytesPerWord) {
			return nil
		}
		out[i] = sketch(p.Text)
	}
	return out
}

// markAt is the mark by which ¶n is known as a neighbor. What is before the first or behind the last is the edge.
func markAt(d article.Document, n int) string {
	if n < 1 || n > len(d.Passages) {
		return edge
	}
	return mark(d.Passages[n-1].Text, nearChars)
}

// write writes as much as fits into so many characters; "" where not even the text's mark does.
func (a anchor) write(most int) string {
	s := a.text + a.sketch
	if len(s) > most {
		return ""
	}
	for i := 0; i < len(a.near); i += 2 {
		if pair := a.near[i] + a.near[i+1]; len(pair) == 2*nearChars && len(s)+len(pair) <= most {
			s += pair
			continue
		}
		break
	}
	return s
}

// readAnchor reads what write wrote. It comes from outside: what is of another length is no anchor, and whatever else
// is wrong is the mark of nothing.
func readAnchor(s string) (a anchor, ok bool) {
	if len(s) == oldMarkChars {
		return anchor{text: s, hex: true}, true
	}
	cut := func(n int) (part string) {
		part, s = s[:n], s[n:]
		return part
	}
	if over := len(s) - textChars - sketchChars; over < 0 || over%(2*nearChars) != 0 || len(s) > anchorChars {
		return anchor{}, false
	}
	a.text, a.sketch = cut(textChars), cut(sketchChars)
	for i := 0; s != ""; i++ {
		a.near[i] = cut(nearChars)
	}
	return a, true
}

// is tells whether the text is the one that was cited.
func (a anchor) is(text string) bool {
	if a.hex {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:oldMarkChars/2]) == a.text
	}
	return mark(text, textChars) == a.text
}

// like counts the parts of the sketch, 0 to sketchParts, that the text has too: about as many of them as of its words,
// and one of those of another text.
func (a anchor) like(text string) int {
	was, err := base64.RawURLEncoding.DecodeString(a.sketch)
	if err != nil || len(was) != sketchBytes { // a decoder skips line breaks
		return 0
	}
	return agreeing(uint32(was[0])<<16|uint32(was[1])<<8|uint32(was[2]), sketch(text))
}

// agreeing counts the parts that two sketches have in common.
func agreeing(a, b uint32) int {
	same, differ := 0, a^b
	for range sketchParts {
		if differ&7 == 0 {
			same++
		}
		differ >>= 3
	}
	return same
}

// mark is a short hash of a text, in characters of 6 bits.
func mark(text string, chars int) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:6])[:chars]
}

// sketch is the b-bit minwise hash of a text's pairs of words (Li and König, b-Bit Minwise Hashing, 2010): how many
// parts of two agree tells how many pairs they share. Single words will not do: the ones that every text has would make
// all texts alike.
func sketch(text string) uint32 {
	var least [sketchParts]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for x := range pairs(text) {
		for i := range least {
			x = mix(x + 0x9e3779b97f4a7c15)
			least[i] = min(least[i], x)
		}
	}
	var bits uint32
	for _, x := range least {
		bits = bits<<3 | uint32(x&7)
	}
	return bits
}

// pairs yields a hash of each two words that follow each other, or of the only one. Case and punctuation do not count.
// Of writings without spaces each character is a word.
func pairs(text string) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		before, count := uint64(0), 0
		for word := range hashedWords(text[:min(len(text), maxSketched)]) {
			if count++; count > 1 && !yield(mix(before)^word) {
				return
			}
			before = word
		}
		if count == 1 {
			yield(before)
		}
	}
}

// hashedWords yields a hash of each word.
func hashedWords(text string) iter.Seq[uint64] {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	return func(yield func(uint64) bool) {
		h := uint64(offset)
		for _, r := range text {
			if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
				if h != offset && !yield(h) {
					return
				}
				h = offset
				continue
			}
			h = (h ^ uint64(unicode.ToLower(r))) * prime
			if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer,
				unicode.Myanmar) {
				if !yield(h) {
					return
				}
				h = offset
			}
		}
		if h != offset {
			yield(h)
		}
	}
}

// resemblance is the share of the pairs of words of two texts that both have.
func resemblance(a, b string) float64 {
	in := map[uint64]bool{}
	for x := range pairs(a) {
		in[x] = false
	}
	both, only := 0, 0
	for x := range pairs(b) {
		if seen, ok := in[x]; !ok {
			only++
		} else if !seen {
			in[x] = true
			both++
		}
	}
	return float64(both) / float64(max(len(in)+only, 1))
}

// mix is the finalizer of SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// TextMark is a mark of a paragraph's text, by which it is known again after it moved.
func TextMark(text string) string { return anchorOf(text).text }
