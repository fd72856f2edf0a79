package eval

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// typography makes quotation marks, dashes and spaces of one kind, so that how a text is set decides nothing.
var typography = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ", "–", "-", "—", "-")

// norm folds typography, space and case.
func norm(s string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(typography.Replace(s), isSpace), " "))
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// contains reports whether the normed text holds the needle: not inside of a word at its beginning, and, where it ends
// with a digit, not inside of a longer number.
func contains(text, needle string) bool {
	n := norm(needle)
	if n == "" {
		return true
	}
	first, _ := utf8.DecodeRuneInString(n)
	last, _ := utf8.DecodeLastRuneInString(n)
	for from := 0; ; {
		i := strings.Index(text[from:], n)
		if i < 0 {
			return false
		}
		start := from + i
		end := start + len(n)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		inside := start > 0 && isWord(first) && first != '_' && isWord(before) ||
			end < len(text) && unicode.IsDigit(last) && isWord(after)
		if !inside {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		from = start + size
	}
}

func containsAny(text string, needles []string) bool {
	for _, n := range needles {
		if contains(text, n) {
			return true
		}
	}
	return false
}

// quoted finds words between double quotation marks that are long enough to be somebody's words.
var quoted = regexp.MustCompile(`["“]([^"”]{12,})["”]`)

// minQuotedWords is the shortest quotation that is held against the documents; shorter ones may be names and titles.
const minQuotedWords = 3

// fabricated returns the quotations of an answer that stand neither in the normed text of the documents nor in the
// question. It is the rule of the scorer that the project is measured with, which passes over short quotations by
// leaving out their first mark: behind one, what stands between two quotations may be taken for a third. A finding is
// worth a look, not a proof.
func fabricated(answer, documents, question string) []string {
	var out []string
	asked := norm(question)
	for at := 0; at < len(answer); {
		m := quoted.FindStringSubmatchIndex(answer[at:])
		if m == nil {
			break
		}
		open := at + m[0]
		before, _ := utf8.DecodeLastRuneInString(answer[:open])
		if open > 0 && answer[open] == '"' && !isSpace(before) && !unicode.Is(unicode.Ps, before) {
			at = open + 1 // what stands between the end of one quotation and the beginning of the next is none
			continue
		}
		said := answer[at+m[2] : at+m[3]]
		words := strings.Trim(norm(said), " .,")
		known := strings.Contains(documents, words) || strings.Contains(asked, words)
		if len(strings.Fields(said)) >= minQuotedWords && !known {
			out = append(out, said)
		}
		at += m[1]
	}
	return out
}

// sameQuotation reports whether two quotations are the same but for their ends: one within the other and at least four
// fifths of its length.
func sameQuotation(a, b string) bool {
	const ends, least = " .,;:!?", 0.8
	x, y := strings.Trim(norm(a), ends), strings.Trim(norm(b), ends)
	if x == y {
		return true
	}
	nx, ny := utf8.RuneCountInString(x), utf8.RuneCountInString(y)
	return strings.ContainsFunc(x, isWord) && strings.ContainsFunc(y, isWord) &&
		(strings.Contains(x, y) || strings.Contains(y, x)) && float64(min(nx, ny))/float64(max(nx, ny)) >= least
}
