package followup

import (
	"regexp"
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// A phrase is a run of words of a question that names something: with its article, without a verb that can be told from
// it.
type phrase struct {
	start, end int  // of the text, the article included
	bare       int  // where the words behind the article begin
	name       bool // printed with a capital
	subject    bool // stands behind the verb that helps: who or what does something
	asked      bool // stands behind "how many", "what" or "which"
}

func (p phrase) of(text string) string { return text[p.start:p.end] }

// phrases finds the phrases of a question, in order. There is no grammar here but that of English questions: behind a
// verb that helps comes the subject, and behind that the verb.
func phrases(text string) []phrase {
	tokens := words.Tokenize(text)
	var out []phrase
	for i := 0; i < len(tokens); {
		if !counts(tokens, i) {
			i++
			continue
		}
		j := i + 1
		for j < len(tokens) && counts(tokens, j) && joined(text[tokens[j-1].End:tokens[j].Start]) {
			j++
		}
		run := tokens[i:j]
		from, helper := run[0].Start, ""
		at := i - 1
		if at >= 0 && articles[tokens[at].Text] {
			from = tokens[at].Start
			at--
		}
		if at >= 0 && (doVerbs[tokens[at].Text] || beVerbs[tokens[at].Text]) {
			helper = tokens[at].Text
		} else if run[0].Capital && slices.ContainsFunc(tokens[:i], func(t words.Token) bool { return doVerbs[t.Text] }) {
			helper = verbBefore // "did the ferry to Oster sail"
		}
		made := cut(run, from, helper)
		if len(made) > 0 && at == i-1 && at >= 0 {
			made[0].asked = tokens[at].Text == "what" || tokens[at].Text == "which" || tokens[at].Text == "many" ||
				tokens[at].Text == "much"
		}
		out = append(out, made...)
		i = j
	}
	return out
}

// counts tells whether the token can be part of a phrase. The first word of a question has its capital for another
// reason.
func counts(tokens []words.Token, i int) bool {
	t := tokens[i]
	// "who made …"
	verb := i == 0 && verbFirst[t.Text] || i == 1 && !t.Capital && (tokens[0].Text == "who" || tokens[0].Text == "whom")
	return !t.Stop && !t.Digit && !askingOnly[t.Text] && !particles[t.Text] && !verb
}

func joined(between string) bool {
	return between == " " || between == "-" || between == "'s " || between == "’s " || between == ". "
}

// verbBefore stands for a helping verb that is not next to the run: the run may end with what it helps.
const verbBefore = "-"

// cut takes the verb out of a run of words behind a verb that helps.
func cut(run []words.Token, from int, helper string) []phrase {
	whole := func(run []words.Token, from int, subject bool) phrase {
		p := phrase{start: from, bare: run[0].Start, end: run[len(run)-1].End, subject: subject}
		p.name = slices.ContainsFunc(run, func(t words.Token) bool { return t.Capital })
		return p
	}
	switch helper {
	case "":
		return []phrase{whole(run, from, false)}
	case verbBefore:
		n := 1
		for n < len(run) && run[n].Capital {
			n++
		}
		return []phrase{whole(run[:n], from, false)}
	}
	if from == run[0].Start && strings.HasSuffix(run[0].Text, "ing") { // "who is building a fence?"
		if len(run) == 1 {
			return nil
		}
		return []phrase{whole(run[1:], run[1].Start, false)}
	}
	names := 0
	for names < len(run) && run[names].Capital {
		names++
	}
	n := len(run)
	switch {
	case names > 0 && names < len(run) && (doVerbs[helper] || participle(run[names].Text) || quality(run[names].Text)):
		n = names
	case names == 0 && len(run) > 1 && (doVerbs[helper] || participle(run[len(run)-1].Text)):
		n = len(run) - 1
	}
	out := []phrase{whole(run[:n], from, true)}
	if rest := run[n:]; len(rest) > 1 {
		out = append(out, whole(rest[1:], rest[1].Start, false))
	}
	return out
}

// quality tells whether the word says how something is: "is the mill older now?".
func quality(w string) bool {
	for _, ending := range []string{"er", "est", "ly", "ous", "ful", "able", "ible", "ive", "ic"} {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return qualities[w]
}

var qualities = lexicon.Set("strong weak close angry afraid now new old big small good bad safe ready open shut " +
	"dead alive important famous rich poor")

func participle(w string) bool {
	return strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "wn") ||
		strings.HasSuffix(w, "en") || irregularParticiples[w]
}

// topic lists what a text is about, without what the question says itself.
func topic(text, question string) string {
	own := map[string]bool{}
	for _, s := range words.Stems(question) {
		own[s] = true
	}
	var parts []string
	tokens := content(text)
	for i := 0; i < len(tokens) && len(parts) < maxTopic; {
		if own[tokens[i].Stem] {
			i++
			continue
		}
		j := i + 1
		for j < len(tokens) && !own[tokens[j].Stem] && joined(text[tokens[j-1].End:tokens[j].Start]) {
			j++
		}
		for _, t := range tokens[i:j] {
			own[t.Stem] = true
		}
		parts = append(parts, text[tokens[i].Start:tokens[j-1].End])
		i = j
	}
	return strings.Join(parts, ", ")
}

// things lists the phrases of a question, without what is done: "the ferry, Oster".
func things(question string) string {
	var parts []string
	for _, p := range phrases(question) {
		if text := definite(p.of(question)); len(parts) < maxTopic && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ")
}

const maxTopic = 8 // phrases that are named behind a question

var (
	months   = strings.Join(monthNames(), "|")
	year     = regexp.MustCompile(`\b(?:1[0-9]{3}|20[0-9]{2})s?\b`)
	prepYear = regexp.MustCompile(`(?i)\b(?:in|since|during|until|before|after|by|for)\s+(?:the\s+)?(?:(?:early|` +
		`late|mid)[\s-]+)?` + timeWords)
	timeWords   = `(?:(?:` + months + `)(?:\s+\d{1,2}(?:st|nd|rd|th)?)?,?\s*)?(?:1[0-9]{3}|20[0-9]{2})s?\b`
	monthWords  = regexp.MustCompile(`(?i)\b(?:` + strings.Replace(months, "|may|", "|", 1) + `)\b|\bMay\b`)
	leadPrepose = regexp.MustCompile(`(?i)^(in|on|at|by|for|from|to|of|with|about|after|before|since|until|during|` +
		`against|under)\s+`)
)

func monthNames() []string {
	var names []string
	for _, m := range lexicon.Months() {
		if m.Language == "en" && !m.Short {
			names = append(names, m.Word)
		}
	}
	return names
}
