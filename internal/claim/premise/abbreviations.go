package premise

import (
	"strings"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// abbreviations finds "Long Name (LN)" and "Long Name, also known as the Other Name": the forms in which a text
// introduces one name for another (Schwartz and Hearst, A Simple Algorithm for Identifying Abbreviation Definitions in
// Biomedical Text, 2003).
func abbreviations(text string, tokens []words.Token) [][]string {
	var found [][]string
	for i := 1; i < len(tokens); i++ {
		t := tokens[i]
		short := text[t.Start:t.End]
		if t.Start == 0 || text[t.Start-1] != '(' || t.End >= len(text) || text[t.End] != ')' || len(short) < 2 ||
			len(short) > 10 ||
			strings.ToUpper(short) != short {
			if names := alsoKnown(tokens, text, i); names != nil {
				found = append(found, names)
			}
			continue
		}
		if start := spells(tokens[:i], strings.ToLower(short), text); start >= 0 {
			found = append(found, []string{text[tokens[start].Start:tokens[i-1].End], short})
		}
	}
	return found
}

// spells finds the words before an abbreviation whose initials it is made of; function words may be skipped.
func spells(before []words.Token, short, text string) int {
	k := len(short) - 1
	i := len(before) - 1
	for ; i >= 0 && k >= 0 && len(before)-i <= 2*len(short)+2; i-- {
		t := before[i]
		if t.Text[0] == short[k] && (t.Capital || !t.Stop) {
			k--
			if k < 0 {
				return i
			}
		} else if t.Capital && !t.Stop {
			return -1
		}
	}
	return -1
}

// alsoKnown reads "the guild, also known as the Old Guild" at the token "known".
func alsoKnown(tokens []words.Token, text string, i int) []string {
	if tokens[i].Text != "known" || i+2 >= len(tokens) || tokens[i+1].Text != "as" {
		return nil
	}
	k := i - 1
	for k >= 0 && nicknamed[tokens[k].Text] {
		k--
	}
	if k < 0 || !tokens[k].Capital || k == i-1 {
		return nil
	}
	start := k
	for start > 0 && tokens[start-1].Capital && syntax.Joined(text[tokens[start-1].End:tokens[start].Start]) {
		start--
	}
	a := i + 2
	for a < len(tokens) && tokens[a].Stop {
		a++
	}
	b := a
	for b < len(tokens) && tokens[b].Capital && (b == a || syntax.Joined(text[tokens[b-1].End:tokens[b].Start])) {
		b++
	}
	if b == a {
		return nil
	}
	return []string{text[tokens[start].Start:tokens[k].End], text[tokens[a].Start:tokens[b-1].End]}
}

// nicknamed stand before "known as" and another name of the same.
var nicknamed = lexicon.Set("also better formerly officially")
