package prompt

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// A marker is one citation of a draft: the passages that it names, counted from 1, and the words of each that it gives
// as evidence.
type marker struct {
	start, end int // in the draft, with the space before it
	numbers    []int
	evidence   map[int][]string
}

// Markers are read in all the ways that models write them: [1], [1, 2], [¶3], (¶1), 【4】, 【4†source】, [^2], [passage
// 5], and with evidence [3: "supporting words"], [3: "one", "two"] and [1: "…", 2: "…"].
var (
	markerOpen   = regexp.MustCompile(`\s*(?:[\[【［]\s*|\(\s*¶)`)
	markerLabel  = regexp.MustCompile(`^\s*\^?(?i:¶+|passages?|paragraphs?|para\.?|p\.?|sources?|no\.?)?\s*\^?(\d{1,3})`)
	markerLink   = regexp.MustCompile(`^\s*(?:,|;|and\b|&|–|-)\s*`)
	markerSource = regexp.MustCompile(`^†[^\]】]{0,40}`)
	markerColon  = regexp.MustCompile(`^\s*[:：]\s*`)
	markerClose  = regexp.MustCompile(`^\s*[\]】］)]`)
	// evidenceEnd is a closing quotation mark behind which the marker ends or goes on.
	evidenceEnd = regexp.MustCompile(`["“”»’']\s*(?:[\]】］]|[,;]\s*(?:["“„«]|¶?\s*\d{1,3}\s*[:：\]】］]))`)
)

// maxEvidence is how long the words may be that a marker gives, in bytes: a long sentence.
const maxEvidence = 800

// findMarkers lists the citations of a draft, in order.
func findMarkers(text string) []marker {
	var all []marker
	for at := 0; at < len(text); {
		open := markerOpen.FindStringIndex(text[at:])
		if open == nil {
			break
		}
		start, inside := at+open[0], at+open[1]
		m, length, ok := readMarker(text[inside:])
		if !ok {
			at = inside
			continue
		}
		m.start, m.end = start, inside+length
		all = append(all, m)
		at = m.end
	}
	return all
}

// readMarker reads what stands behind the opening bracket, up to and with the closing one.
func readMarker(s string) (m marker, length int, ok bool) {
	m.evidence = map[int][]string{}
	at := 0
	take := func(re *regexp.Regexp) bool {
		loc := re.FindStringIndex(s[at:])
		if loc != nil {
			at += loc[1]
		}
		return loc != nil
	}
	for len(m.numbers) < maxMarkerNumbers {
		label := markerLabel.FindStringSubmatchIndex(s[at:])
		if label == nil {
			return m, 0, false
		}
		n, _ := strconv.Atoi(s[at+label[2] : at+label[3]]) // at most three digits
		if !slices.Contains(m.numbers, n) {
			m.numbers = append(m.numbers, n)
		}
		at += label[1]
		take(markerSource)
		if take(markerColon) {
			quoted, used, ok := readEvidence(s[at:])
			if !ok {
				return m, 0, false
			}
			m.evidence[n] = append(m.evidence[n], quoted...)
			at += used
		}
		if take(markerClose) {
			return m, at, true
		}
		if !take(markerLink) {
			return m, 0, false
		}
	}
	return m, 0, false
}

// maxMarkerNumbers is how many passages one marker may name: more than a draft is made from.
const maxMarkerNumbers = rag.MaxPassages

// readEvidence reads one or several quotations behind a marker's colon, or what stands there without marks.
func readEvidence(s string) (quoted []string, used int, ok bool) {
	for {
		first, size := utf8.DecodeRuneInString(s[used:])
		if !strings.ContainsRune(`"“„«‘'`, first) || size == 0 {
			break
		}
		body := s[used+size : min(len(s), used+size+maxEvidence)]
		end := evidenceEnd.FindStringIndex(body)
		if end == nil {
			break
		}
		quoted = append(quoted, strings.TrimSpace(body[:end[0]]))
		_, mark := utf8.DecodeRuneInString(body[end[0]:])
		used += size + end[0] + mark
		link := markerLink.FindStringIndex(s[used:])
		if link == nil || !strings.ContainsAny(s[used+link[1]:min(len(s), used+link[1]+3)], `"“„«`) {
			return quoted, used, true
		}
		used += link[1]
	}
	// Without marks, or with one that never closes.
	body := s[used:min(len(s), used+maxEvidence)]
	end := strings.IndexAny(body, "]\n")
	if end <= 0 || body[end] == '\n' {
		return nil, 0, false
	}
	return append(quoted, strings.Trim(body[:end], " \"“”„«»")), used + end, true
}

// bounds of what is read of a draft.
const (
	MaxDraftBytes     = 16 << 10
	maxDraftSentences = 20
)

// ParseDraft cuts a draft's text into sentences and takes their citation markers off. A marker belongs to the sentence
// that it stands in, or, where it stands behind a full stop, to the one before.
func ParseDraft(text string) []rag.Drafted {
	text = strings.ToValidUTF8(text[:min(len(text), MaxDraftBytes)], "")
	markers := findMarkers(text)
	flat, places := withoutMarkers(text, markers)
	out, ends := draftedSentences(flat)
	if len(out) == 0 {
		return nil
	}
	for k, m := range markers {
		i, _ := slices.BinarySearch(ends, places[k])
		cite(&out[min(i, len(out)-1)], m)
	}
	return out
}

// withoutMarkers is a draft's text without its markers, and the byte of it where each stood.
func withoutMarkers(text string, markers []marker) (flat string, places []int) {
	var plain strings.Builder
	places = make([]int, len(markers))
	last := 0
	for i, m := range markers {
		plain.WriteString(text[last:m.start])
		places[i] = plain.Len()
		last = m.end
		if last < len(text) && isLetter(text[last]) { // "end.[2]Next"
			plain.WriteByte(' ')
		}
	}
	plain.WriteString(text[last:])
	return plain.String(), places
}

// draftedSentences cuts the text of a draft, at most maxDraftSentences, and says behind which byte each ends.
func draftedSentences(flat string) (out []rag.Drafted, ends []int) {
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
			out = append(out, rag.Drafted{Text: s})
			ends = append(ends, start+span.End)
		}
		start = end + 1
	}
	return out, ends
}

// cite adds the passages of a marker to its sentence, each once, and what is given as their words.
func cite(s *rag.Drafted, m marker) {
	for _, n := range m.numbers {
		if !slices.Contains(s.Cites, n) {
			s.Cites = append(s.Cites, n)
		}
		if len(m.evidence[n]) == 0 {
			continue
		}
		if s.Evidence == nil {
			s.Evidence = map[int][]string{}
		}
		s.Evidence[n] = append(s.Evidence[n], m.evidence[n]...)
	}
}

// unlist takes off what makes a sentence a list item or a heading.
func unlist(s string) string {
	s = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(s), "-*•#> "))
	return strings.TrimSpace(strings.NewReplacer("**", "", "__", "").Replace(s))
}

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80 }
