package rag

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
	"pilcrow/internal/words"
)

// foreign reports whether a sentence is in another language than English, the one that claims can be checked in: most of its letters are
// of another script, or it has the function words of another language and more of them than of English. When in doubt it is
// English, where more is checked.
func foreign(text string) bool {
	letters, other := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if !unicode.Is(unicode.Latin, r) {
				other++
			}
		}
	}
	if other*2 > letters {
		return true
	}
	english, theirs := 0, 0
	for _, t := range words.Tokenize(text) {
		if foreignStops[t.Text] {
			theirs++
		} else if t.Stop {
			english++
		}
	}
	return theirs >= 2 && theirs > english
}

// foreignStops are function words, accents folded, of languages in Latin script that English does not have.
var foreignStops = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`der das und nicht ein eine einen einer dem den des zu mit auf fur von wegen wurde wurden haben hatte sind auch nach
		uber beim zum zur le les une dans pour pas que qui sur avec et au aux du est sont ont ete mais plus cette ces el los las del
		por para con una como pero fue han se su al y il lo gli della delle che di non sono per con het een van niet en ook
		zijn werd naar os uma nao foi com dos das em ao och att som inte pa av ett med ve bir icin ile bu nie jest na sie z do przez`) {
		m[w] = true
	}
	return m
}()

// verifyForeign checks a sentence in another language by the supporting words that it gives of each passage: they must stand there byte for
// byte, and the sentence's numbers and abbreviations must stand in the same passage. Every citation needs such words.
func (v verifier) verifyForeign(s Drafted) (Sentence, lang.Sentence) {
	out := Sentence{Text: s.Text}
	var texts strings.Builder
	for _, n := range s.Cites {
		if n < 1 || n > len(v.passages) || s.Evidence[n] == "" {
			continue
		}
		p := v.passages[n-1]
		cut, why := claim.CutQuotations(`"`+strings.Trim(s.Evidence[n], `"“”«»`)+`"`, []article.Passage{p})
		if !why.None() {
			return Sentence{}, lang.Say("it rests on words that the paragraph does not have")
		}
		if len(words.Stems(cut)) < minEvidenceStems {
			continue
		}
		out.Citations = append(out.Citations, p.Ref)
		out.Evidence = append(out.Evidence, strings.Trim(cut, `"`))
		texts.WriteString(p.Text + "\n")
	}
	if len(out.Citations) == 0 {
		return Sentence{}, lang.Say("it is in another language than the document and gives no words of it as evidence")
	}
	has := map[string]bool{}
	for _, t := range words.Tokenize(texts.String()) {
		has[t.Text] = true
		if t.Digit {
			has[decimal(strings.ReplaceAll(t.Text, ",", ""), '.')] = true
		}
	}
	plain := westernDigits.Replace(s.Text)
	for _, t := range words.Tokenize(plain) {
		raw := plain[t.Start:t.End]
		is := func(reading string) bool { return has[reading] }
		if t.Digit && !slices.ContainsFunc(readings(t.Text), is) || abbreviated(raw) && !has[t.Text] {
			return Sentence{}, lang.Say("the paragraph does not have “%s”", raw)
		}
	}
	if text, why := claim.CutQuotations(s.Text, v.named(out.Citations)); why.None() {
		out.Text = text
		return out, lang.Sentence{}
	}
	return Sentence{}, lang.Say("it puts words between quotation marks that the paragraph does not have")
}

// minEvidenceStems is how many meaningful words make evidence: fewer stand somewhere in any paragraph.
const minEvidenceStems = 2

// westernDigits writes the digits of Arabic, Persian and Urdu, and what groups them, as English does.
var westernDigits = func() *strings.Replacer {
	pairs := []string{"\u066b", ".", "\u066c", ","}
	for i := range 10 {
		pairs = append(pairs, string(rune('\u0660'+i)), strconv.Itoa(i), string(rune('\u06f0'+i)), strconv.Itoa(i))
	}
	return strings.NewReplacer(pairs...)
}()

// abbreviated tells whether a word is written in capitals, of a script that has them.
func abbreviated(word string) bool {
	return len(word) > 1 && strings.ToUpper(word) == word && strings.IndexFunc(word, unicode.IsUpper) == 0
}

// readings are the numbers that a number may mean in a language that groups digits and begins decimals in its own way: 1.200 is twelve
// hundred or a little over one.
func readings(number string) []string {
	at := strings.LastIndexAny(number, ".,")
	if at < 0 {
		return []string{decimal(number, '.')}
	}
	sep := number[at]
	grouped := strings.NewReplacer(",", "", ".", "").Replace(number)
	fraction := decimal(strings.ReplaceAll(number, string(','+'.'-sep), ""), sep)
	switch several := strings.Count(number, string(sep)) > 1; {
	case several:
		return []string{decimal(grouped, '.')}
	case len(number)-at-1 == len("000"):
		return []string{decimal(grouped, '.'), fraction}
	}
	return []string{fraction}
}

// decimal writes a number without groups in one way: "4.20" as "4.2". What is no number stays.
func decimal(number string, sep byte) string {
	whole, fraction, _ := strings.Cut(strings.Trim(number, "-"), string(sep))
	if fraction = strings.TrimRight(fraction, "0"); fraction == "" {
		return whole
	}
	return whole + "." + fraction
}
