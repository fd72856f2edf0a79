package attribution

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// CutQuotations replaces what stands between quotation marks by the bytes of the passage that has it. A quotation must
// be in one passage, whole words and without a gap, but for the shape of its marks, its spaces and the punctuation at
// its end, and one that is not Unsure; one with an ellipsis is cut in two, which must follow each other in one
// quotation of the passage. why says nothing if all are there, and else for a reader which is not: then the sentence
// must not be shown.
func CutQuotations(sentence string, passages []article.Passage) (rewritten string, why lang.Sentence) {
	sentence = strings.ToValidUTF8(sentence, "\uFFFD")
	hays := make([]Haystack, len(passages))
	for i, p := range passages {
		hays[i].Stored = p.Text
	}
	var b strings.Builder
	done := 0
	for _, span := range syntax.Quoted(sentence) {
		if span.Start == span.End {
			continue
		}
		cut, ok, unsure := "", false, false
		for i := range hays {
			var spans []article.Span
			if spans, ok = hays[i].Find(span.Of(sentence)); ok && passages[i].Unsure {
				ok, unsure = false, true
			}
			if ok {
				cut = stitch(span.Of(sentence), spans, hays[i].Stored)
				break
			}
		}
		if unsure && !ok {
			return "", lang.Say("the words “%s” stand where the letters, or their order, are not sure",
				match.Piece(span.Of(sentence)))
		}
		if !ok {
			return "", lang.Say("no paragraph has the words “%s”", match.Piece(span.Of(sentence)))
		}
		b.WriteString(sentence[done:span.Start])
		b.WriteString(cut)
		done = span.End
	}
	b.WriteString(sentence[done:])
	return b.String(), lang.Sentence{}
}

// stitch prints the stored words, with the punctuation that the sentence had at the end.
func stitch(said string, spans []article.Span, text string) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = s.Of(text)
	}
	return strings.Join(parts, "” … “") + said[len(strings.TrimRightFunc(said, EndMark)):]
}

// EndMark reports whether a letter is a mark or a space: what may differ where a quotation ends.
func EndMark(r rune) bool { return strings.ContainsRune(".,;:!?…", r) || unicode.IsSpace(r) }

var ellipsis = regexp.MustCompile(`\s*(?:\[\s*)?(?:…|\.\s?\.\s?\.)(?:\s*\])?\s*`)

// A Haystack is a passage's text in which words are looked for, folded once for all of them.
type Haystack struct {
	Stored string
	folded *syntax.FoldedText // nil until it is needed
	lower  string             // the folded text without its capitals; "" until it is needed
}

// Find finds what somebody is said to have said in a passage: its parts, byte for byte in the stored text.
func (h *Haystack) Find(said string) ([]article.Span, bool) {
	said = strings.TrimRightFunc(said, EndMark)
	if h.folded == nil {
		folded := syntax.FoldMarks(h.Stored)
		h.folded = &folded
	}
	hay := h.folded
	var spans []article.Span
	after := 0
	parts := ellipsis.Split(said, maxEllipses+1)
	if len(parts) > maxEllipses {
		return nil, false
	}
	for _, part := range parts {
		needle := strings.TrimFunc(syntax.FoldMarks(part).Text,
			func(r rune) bool { return EndMark(r) && r != '?' && r != '!' })
		if needle == "" {
			if len(parts) > 1 {
				continue // an ellipsis at the beginning or the end
			}
			return nil, false
		}
		at := findWhole(hay.Text, needle, after)
		if at < 0 {
			// Titles are printed with other capitals here and there; the stored bytes are shown in any case.
			if h.lower == "" {
				h.lower = lowerSame(hay.Text)
			}
			at = findWhole(h.lower, lowerSame(needle), after)
		}
		if at < 0 {
			return nil, false
		}
		spans = append(spans, article.Span{Start: hay.From[at], End: hay.From[at+len(needle)]})
		after = at + len(needle)
	}
	if len(spans) > 1 && strings.Contains(hay.Text[foldedAt(hay, spans[0].End):foldedAt(hay, spans[len(spans)-1].Start)],
		`"`) {
		return nil, false // the parts are not of one quotation
	}
	return spans, len(spans) > 0
}

// lowerSame folds the case of the letters that keep their length by it.
func lowerSame(s string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
}

// maxEllipses is how many parts a quotation may have.
const maxEllipses = 4

func foldedAt(f *syntax.FoldedText, stored int) int {
	i, _ := slices.BinarySearch(f.From, stored)
	return min(i, len(f.Text))
}

// findWhole finds the needle from an offset on, where it begins and ends with whole words; -1 for nowhere.
func findWhole(hay, needle string, from int) int {
	for from <= len(hay)-len(needle) {
		i := strings.Index(hay[from:], needle)
		if i < 0 {
			return -1
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(hay[:i])
		first, _ := utf8.DecodeRuneInString(needle)
		last, _ := utf8.DecodeLastRuneInString(needle)
		after, _ := utf8.DecodeRuneInString(hay[i+len(needle):])
		if !(letter(before) && letter(first)) && !(letter(last) && letter(after)) {
			return i
		}
		_, size := utf8.DecodeRuneInString(hay[i:])
		from = i + size
	}
	return -1
}

func letter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// Quotations requires every quotation of the statement in the passage, said by whom the statement says.
func Quotations(m *match.Pair) *match.Failure {
	hay := Haystack{Stored: m.Prem.Text}
	for _, span := range m.Hyp.Marks {
		said := span.Of(m.Hyp.Text)
		if strings.TrimFunc(said, EndMark) == "" {
			continue
		}
		at, ok := hay.Find(said)
		if !ok {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckQuotation,
				Why: lang.Say("the paragraph does not have the words “%s”", match.Piece(said))}
		}
		if m.Prem.Unsure {
			why := lang.Say("the words “%s” stand where the letters, or their order, are not sure", match.Piece(said))
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckQuotation, Why: why}
		}
		if f := Spoken(m, span, at[0]); f != nil {
			return f
		}
	}
	return nil
}

// Spoken compares the speaker of a quotation in the statement with that in the passage.
func Spoken(m *match.Pair, span, at article.Span) *match.Failure {
	f := m.Hyp.FrameAround(span.Start)
	if f == nil || f.Names == nil || m.Verbatim() {
		return nil
	}
	if g := aligned(m, f); g != nil && stranger(m, f, g) < 0 &&
		!slices.ContainsFunc(f.Names, func(k int) bool { return m.Align[k] < 0 }) {
		return nil // the passage's own sentence, speaker and all
	}
	inMarks := false
	for _, mark := range m.Prem.Marks {
		inMarks = inMarks || mark.Start <= at.Start && at.End <= mark.End
	}
	if !inMarks {
		if words := strings.Fields(span.Of(m.Hyp.Text)); len(words) >= minSpoken && !titleCase(words) {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckQuotation, Why: lang.Say(
				"the paragraph has the words “%s”, but not as a quotation", match.Piece(span.Of(m.Hyp.Text)))}
		}
		return nil
	}
	for _, s := range m.Doc.Speeches[m.Prem.Ref] {
		if s.Span.Start <= at.Start && at.End <= s.Span.End && s.Named && !entail.Speaks(m, f, s.Speaker) {
			return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckSpeaker,
				Why: lang.Say("in the paragraph these are words of %s", s.Speaker)}
		}
	}
	return nil
}

// titleCase reports whether words are printed as those of a title are: the long ones with capitals.
func titleCase(words []string) bool {
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if len(w) > 4 && unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// minSpoken is from how many words on a quotation that is given to somebody must be one in the passage: shorter ones
// are terms.
const minSpoken = 3
