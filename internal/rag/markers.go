package rag

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/article"
)

// marker matches one citation in any of the ways that models write it: [1], [1, 2], [¶3], (¶1), 【4】, 【4†source】, [^2], [passage 5],
// and [3: "supporting words"].
var marker = regexp.MustCompile(
	`\s*(?:[\[【［]\s*\^?(?i:¶|passages?|paragraphs?|para\.?|p\.?|sources?|no\.?)?\s*(\d{1,3}(?:\s*(?:,|;|and|&|–|-)\s*(?:¶|\^)?\s*\d{1,3})*)` +
		`(?:†[^\]】]{0,40})?(?:\s*[:：]\s*["“”«]([^\]】]{1,600}?)["“”»])?\s*[\]】］]|\(\s*¶+\s*(\d{1,3}(?:\s*[,;]\s*¶?\s*\d{1,3})*)\s*\))`)

var markerNumber = regexp.MustCompile(`\d{1,3}`)

// bounds of what is read of a draft.
const (
	maxDraftBytes     = 16 << 10
	maxDraftSentences = 20
)

// parseDraft cuts a draft's text into sentences and takes their citation markers off. A marker belongs to the sentence that it stands
// in, or, where it stands behind a full stop, to the one before.
func parseDraft(text string) []Drafted {
	text = strings.ToValidUTF8(text[:min(len(text), maxDraftBytes)], "")
	var plain strings.Builder
	type found struct {
		at       int // in the plain text
		numbers  []int
		evidence string
	}
	var all []found
	last := 0
	for _, m := range marker.FindAllStringSubmatchIndex(text, -1) {
		plain.WriteString(text[last:m[0]])
		f := found{at: plain.Len()}
		list := m[2:4]
		if list[0] < 0 {
			list = m[6:8]
		}
		for _, n := range markerNumber.FindAllString(text[list[0]:list[1]], -1) {
			v, _ := strconv.Atoi(n) // at most three digits
			f.numbers = append(f.numbers, v)
		}
		if m[4] >= 0 {
			f.evidence = text[m[4]:m[5]]
		}
		all = append(all, f)
		last = m[1]
		if last < len(text) && isLetter(text[last]) { // "end.[2]Next"
			plain.WriteByte(' ')
		}
	}
	plain.WriteString(text[last:])
	flat := plain.String()
	var out []Drafted
	var ends []int
	for start := 0; start < len(flat); { // a line is a sentence or more, never a part of one
		end := len(flat)
		if i := strings.IndexByte(flat[start:], '\n'); i >= 0 {
			end = start + i
		}
		for _, span := range article.Sentences(flat[start:end]) {
			s := unlist(span.Of(flat[start:end]))
			if s == "" || len(out) == maxDraftSentences {
				continue
			}
			out = append(out, Drafted{Text: s})
			ends = append(ends, start+span.End)
		}
		start = end + 1
	}
	for _, f := range all {
		i, _ := slices.BinarySearch(ends, f.at)
		i = min(i, len(out)-1)
		if i < 0 {
			break
		}
		for _, n := range f.numbers {
			if !slices.Contains(out[i].Cites, n) {
				out[i].Cites = append(out[i].Cites, n)
			}
			if f.evidence != "" {
				if out[i].Evidence == nil {
					out[i].Evidence = map[int]string{}
				}
				out[i].Evidence[n] = f.evidence
			}
		}
	}
	return out
}

// unlist takes off what makes a sentence a list item or a heading.
func unlist(s string) string {
	s = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(s), "-*•#> "))
	return strings.TrimSpace(strings.NewReplacer("**", "", "__", "").Replace(s))
}

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80 }
