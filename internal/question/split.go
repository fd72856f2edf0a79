package question

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// MaxParts is how many questions of one message are answered.
const MaxParts = 5

// The words around a question that ask nothing: a greeting, a thank-you, how it came to be asked, and the politeness of
// asking whether one may ask.
var (
	greetingWords = `(?:hi|hello|hey|heya|yo|hiya|greetings|dear|good (?:morning|afternoon|evening|day))`
	salutation    = regexp.MustCompile(`(?i)^` + greetingWords +
		`\b(?: (?:there|all|everyone|everybody|guys|folks|team|bot|pilcrow|again|you))*\s*[,!.:;–-]*\s*`)
	thanking = regexp.MustCompile(`(?i)[\s,.!?–-]*\b(?:thanks|thank you|thx|cheers|ty|many thanks|thank u)` +
		`(?: (?:a lot|so much|very much|in advance|all|everyone|you|guys|again|for (?:your|the|any) help))*\s*[.!]*$`)
	asking = regexp.MustCompile(`(?i)^(?:(?:ok|okay|so|well|um+|uh+|oh|and|quick question|just a (?:quick )?question|` +
		`question|just curious|sorry|` +
		`i (?:only|just) have (?:a|one|two|five|a few) (?:minutes?|seconds?|moment)|` +
		`excuse me|please|actually|anyway|random question|silly question|maybe a silly question)\s*[,:;.!–-]*\s+)*` +
		`(?:(?:i(?: was| am|'m|’m|m)? (?:just |also )?(?:wondering|curious)(?: about)?|i (?:just |really )?(?:want|need|` +
		`wanted|would like|'d like) to (?:know|ask)|` +
		`(?:can|could|would|will) (?:you|u|anyone|anybody|someone|somebody) (?:please |pls )?(?:tell me|` +
		`explain(?: to me)?|say)|` +
		`(?:do you|does (?:anyone|anybody|someone)) (?:happen to )?know|any idea|tell me|let me know)\s*[,:–-]*\s+` +
		`(?:if |whether )?)?`)
	tailing = regexp.MustCompile(`(?i)[\s,]+(?:please|pls|plz|lol|btw|though|tho|then|exactly|again|anyway|` +
		`in the (?:article|document|text)|asap)\s*$`)
)

// bare takes the politeness from around one question. A text of nothing else is left as it is.
func bare(text string) string {
	out := strings.TrimSpace(text)
	out = salutation.ReplaceAllString(out, "")
	out = thanking.ReplaceAllString(out, "")
	marks := out[len(strings.TrimRight(out, "?!. ")):]
	out = strings.TrimRight(out, "?!. ")
	if m := tailing.FindStringIndex(out); m != nil && len(words.Tokenize(out[:m[0]])) > 2 {
		out = out[:m[0]]
	}
	if rest := asking.ReplaceAllString(out, ""); rest != out && len(words.Stems(rest)) > 0 && !restIsName(out, rest) {
		out = rest
	}
	if len(words.Tokenize(out)) == 0 {
		return strings.TrimSpace(text)
	}
	if strings.Contains(marks, "?") {
		out += "?"
	}
	return out
}

// restIsName tells that what would be left over is a thing and not a question: "tell me about the fence" is one, "do
// you know Basit" is not cut.
func restIsName(whole, rest string) bool {
	l := strings.ToLower(whole)
	return (strings.Contains(l, "do you know") || strings.Contains(l, "tell me") || strings.Contains(l, "explain")) &&
		!asksByWord(rest) &&
		!aboutThing.MatchString(rest)
}

var aboutThing = regexp.MustCompile(`(?i)^(?:about|of)\s`)

// interrogatives begin a question, or a wish that is one.
var interrogatives = lexicon.Set(`what whats which who whos whom whose when where why how is are was were do does
	did has have had can could will would should may might must am isnt arent cant dont doesnt list name give show tell
	explain describe summarize summarise compare quote define find`)

func asksByWord(text string) bool {
	tokens := words.Tokenize(text)
	return len(tokens) > 0 && (interrogatives[tokens[0].Text] ||
		interrogatives[strings.ReplaceAll(tokens[0].Text, "'", "")] ||
		len(tokens) > 1 && prepositions[tokens[0].Text] && interrogatives[tokens[1].Text])
}

var prepositions = lexicon.Set(`in on at by for to from of with during under since until`)

// numbering begins a line of a list.
var numbering = regexp.MustCompile(`^\s*(?:[-*•·]|\(?\d{1,2}[.):]|\(?[a-zA-Z][.)])\s+`)

// andAsks parts "how big is it and how deep" before the second question, and "can I park there and is it far".
var andAsks = regexp.MustCompile(`(?i)[,;]?\s+(?:and|&|n)\s+(?:also\s+)?((?:what|what's|whats|who|who's|whos|when|` +
	`where|why|how)\s|(?:is|are|was|were|do|does|did|can|could|will|would|should)\s+(?:it|i|we|they|he|she|there|you|u|` +
	`the|this|that|my|your)\s)`)

// Split takes the questions out of what somebody wrote: what asks, without the greeting and the story before it.
// Several questions come each by itself, at most MaxParts; more says how many were left. What holds no question comes
// back whole, as a keyword may be all that was typed.
func Split(text string) (parts []string, more int) {
	text = strings.TrimSpace(text)
	if list := lines(text); len(list) > 1 {
		parts = list
	} else {
		for _, p := range sentencesThatAsk(strings.Join(strings.Fields(text), " ")) {
			parts = append(parts, conjoined(p)...)
		}
	}
	if len(parts) > MaxParts {
		return parts[:MaxParts], len(parts) - MaxParts
	}
	return parts, 0
}

// lines are the questions of a pasted list, one on each line; nil where the text is none.
func lines(text string) []string {
	var out []string
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		n++
		item := numbering.ReplaceAllString(line, "")
		if strings.HasSuffix(item, "?") || item != line || asksByWord(item) {
			if b := bare(item); len(words.Tokenize(b)) > 0 {
				out = append(out, b)
			}
		}
	}
	if n < 2 || len(out) < 2 {
		return nil
	}
	return out
}

// maxBackground is how long the sentences before a question may be that are read with it.
const maxBackground = 300

// sentencesThatAsk are the sentences that end in a question mark or, where none does, begin as a question; all of the
// text where none asks. A question that says nothing by itself ("what do I do?") keeps the sentence before it.
func sentencesThatAsk(text string) []string {
	spans := article.Sentences(text)
	if len(spans) < 2 {
		return []string{bare(text)}
	}
	var all, out []string
	for _, s := range spans {
		all = append(all, s.Of(text))
	}
	asks := func(s string) bool { return strings.HasSuffix(s, "?") }
	if !slices.ContainsFunc(all, asks) {
		asks = func(s string) bool { return asksByWord(bare(s)) }
	}
	for i, s := range all {
		if !asks(s) {
			continue
		}
		b := bare(s)
		if len(Parse(b).Stems) == 0 || empty(b) {
			if i > 0 && !asks(all[i-1]) && utf8.RuneCountInString(all[i-1]) <= maxBackground {
				b = strings.TrimRight(bare(all[i-1]), ".!? ") + ": " + b
			}
		}
		out = append(out, b)
	}
	if len(out) == 0 {
		return []string{bare(text)}
	}
	return out
}

// empty reports whether a question has no word that a document could answer by: "what now?", "is that allowed?", "can I
// get another one?".
func empty(text string) bool {
	for _, s := range Parse(text).Stems {
		if !emptyStems[s] {
			return false
		}
	}
	return true
}

var emptyStems = func() map[string]bool {
	m := map[string]bool{}
	for w := range lexicon.Set(`allowed allow ok okay possible happen need have help another one now new else true
		right correct mean know want still way`) {
		m[words.Stem(w)] = true
	}
	return m
}()

// conjoined parts a sentence of two questions; each must have something to ask.
func conjoined(text string) []string {
	m := andAsks.FindStringSubmatchIndex(text)
	if m == nil || !asksByWord(text) {
		return []string{text}
	}
	first, second := strings.TrimSpace(text[:m[0]]), strings.TrimSpace(text[m[2]:])
	if len(words.Stems(first)) == 0 || len(words.Tokenize(second)) < 2 || depends(first) {
		return []string{text}
	}
	return append([]string{first + "?"}, conjoined(second)...)
}

// depends reports whether a clause is not over where "and" stands: "explain when and why", "the man who came and what
// he saw".
func depends(first string) bool {
	tokens := words.Tokenize(first)
	last := tokens[len(tokens)-1].Text
	return interrogatives[last] || prepositions[last] || len(tokens) < 3
}
