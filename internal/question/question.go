// Package question reads what a question asks for: the kind of answer it wants, the words that must be in one, and
// whether a sentence holds such a thing. It knows English; of other languages it knows the words only.
//
// Everything here is pure and safe for use by several goroutines.
package question

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
	cut "pilcrow/internal/text"
	"pilcrow/internal/words"
)

// Kind is what a question asks for.
type Kind int

// The kinds of answer.
const (
	Anything Kind = iota
	Person
	Time
	Place
	Number
	Reason
	Quotation
	YesOrNo
)

// A Question is what a question says about its answer.
type Question struct {
	Text  string
	Kind  Kind
	Stems []string // of its meaningful words, in order
	// Of is the stem of the thing that is counted or of the kind that is asked for: "attacks" in "how many attacks",
	// "treaty" in "which treaty"; "" for none.
	Of string
	// How is the stem of the word behind "how" that asks for a measure, such as "long" or "old", or of its noun behind
	// "what"; "" for none.
	How string
	// Names are the stems of words that are printed with a capital inside the question, or that look like a
	// name, number or abbreviation: an answer that lacks them is about something else.
	Names []string
	// Several says that the question asks for more than one thing: "each", "both", "what reasons".
	Several bool
	// Speaker are the stems of the name of whoever is asked about as a speaker ("what did Ada Lovelace say"); nil for
	// nobody.
	Speaker []string
	// Said says that it is asked what somebody says, whether or not the name is typed with a capital.
	Said bool

	typed map[string]string // the word of each stem as it was typed, folded
}

// questionFrames ask for a kind of answer wherever they stand in a question; the first that matches decides.
var questionFrames = []struct {
	frame string // words that stand side by side
	kind  Kind
}{
	{"word for word", Quotation}, {"what exactly did", Quotation}, {"exact words", Quotation}, {"quote", Quotation},
	{"quotes", Quotation},
	{"quotation", Quotation}, {"in the words of", Quotation},
	{"how many", Number}, {"how much", Number}, {"what percent", Number}, {"what percentage", Number},
	{"what number", Number}, {"what proportion", Number},
	{"what share", Number}, {"what fraction", Number}, {"by how", Number}, {"death toll", Number},
	{"what is the number", Number},
	{"what was the number", Number}, {"number of", Number},
	{"when", Time}, {"whens", Time}, {"what year", Time}, {"which year", Time}, {"what years", Time}, {"what day", Time},
	{"what date", Time},
	{"which date", Time}, {"what month", Time}, {"which month", Time}, {"what decade", Time}, {"what century", Time},
	{"which century", Time}, {"which decade", Time}, {"since when", Time}, {"what time", Time},
	{"where", Place}, {"wheres", Place}, {"what country", Place}, {"which country", Place}, {"what city", Place},
	{"which city", Place},
	{"what town", Place}, {"what place", Place}, {"what region", Place}, {"which region", Place}, {"what province", Place},
	{"which province", Place}, {"what state", Place}, {"what continent", Place},
	{"why", Reason}, {"whys", Reason}, {"what reason", Reason}, {"what reasons", Reason}, {"for what reason", Reason},
	{"how come", Reason},
	{"what caused", Reason}, {"what is the reason", Reason}, {"what was the reason", Reason},
	{"who", Person}, {"whos", Person}, {"whose", Person}, {"whom", Person}, {"who's", Person}, {"what person", Person},
}

// frameWords ask without saying what about: they name the document, the answer's form or the act of answering, and
// stand in no answer. They count only where a question has nothing else.
var frameWords = lexicon.Set(`article articles document documents text passage paragraph story piece author
	according say says said tell tells mention mentions mentioned state states give gives given describe describes
	explain quote quotes quotation word words exact exactly verbatim mean means meant meaning happen happens happened
	reason reasons kind kinds type types sort name names called number many much term example examples question answer
	cite think thinks job role profession occupation get gets got getting go goes went going do back guy guys dude
	dudes stuff folks bloke each both respectively actually specific specifically main exact someone something anyone
	anything`)

// yesNoOpeners begin a question that wants yes or no.
var yesNoOpeners = []string{"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could",
	"will", "would", "should"}

// Parse reads what a question asks for.
func Parse(text string) Question { return ParseIn(text, "") }

// ParseIn is Parse of a question about texts in the language (as Language tells it): its function words are then in so
// many of them that they tell nothing. In texts of another language they are nowhere.
func ParseIn(text, language string) Question {
	read := Plain(text)
	tokens := words.Tokenize(read)
	joinVerbs(tokens)
	a := Question{Text: text, typed: map[string]string{}}
	var folded, frames []string
	foreign := askingWords[language]
	for i, t := range tokens {
		folded = append(folded, t.Text)
		if t.Stop || foreign[t.Text] {
			continue
		}
		a.typed[t.Stem] = t.Text
		if frameWords[t.Text] {
			frames = append(frames, t.Stem)
			continue
		}
		a.Stems = append(a.Stems, t.Stem)
		if t.Digit && !quantified(tokens[i:]) || t.Capital && (i > 0 || len(t.Text) > 1 && allCapitals(read[t.Start:t.End])) {
			a.Names = append(a.Names, t.Stem)
		}
	}
	if len(a.Stems) == 0 {
		a.Stems = frames // "what happened?" has nothing else
	}
	how, measured := quantityAsked(tokens)
	a.How = how
	a.frame(tokens, " "+strings.Join(folded, " ")+" ", measured)
	if a.How != "" && a.Kind == Anything {
		a.Kind = Number
	}
	if a.Of == "" && a.How == "" {
		a.Of = kindAsked(tokens)
	}
	a.Speaker = speaker(tokens)
	a.Said = whatSaid(tokens)
	a.Several = slices.ContainsFunc(folded, func(w string) bool { return severalWords[w] })
	if a.Kind == Anything && len(folded) > 0 && slices.Contains(yesNoOpeners, folded[0]) &&
		goesOnInEnglish(text) {
		a.Kind = YesOrNo
	}
	return a
}

// goesOnInEnglish reports whether a text is in English by the words behind the first: "was kostet die Reparatur" asks
// what it costs.
func goesOnInEnglish(text string) bool {
	_, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	rest = strings.ReplaceAll(rest+" ", " die ", " der ") // also an English verb, and so in no list
	return cut.Language(rest) == "en"
}

// frame reads the kind of thing that is asked for from the folded words of the question, between spaces: by the first
// frame that it has, unless a measure is asked for before that.
func (q *Question) frame(tokens []words.Token, line string, measured int) {
	for _, f := range questionFrames {
		at := strings.Index(line, " "+f.frame+" ")
		if at < 0 {
			continue
		}
		first := strings.Count(line[:at+1], " ") - 1
		if subordinate[f.frame] && asksOtherwise(tokens, first) {
			continue
		}
		if measured < first { // "how old was she when she died"
			return
		}
		if q.Kind = f.kind; f.kind == Number {
			q.Of = headAfter(tokens, first+len(strings.Fields(f.frame)))
		}
		return
	}
}

// subordinate are the frames that begin a clause as often as a question.
var subordinate = map[string]bool{"when": true, "where": true}

// asksOtherwise reports whether a question whose "when" or "where" is the i-th word asks by another word: "what happens
// when it boils", "When the lock broke, who came?".
func asksOtherwise(tokens []words.Token, i int) bool {
	asks := func(t words.Token) bool { return askers[t.Text] }
	if slices.ContainsFunc(tokens[:min(i, len(tokens))], asks) {
		return true
	}
	// "where and when" asks for both: a clause has words of its own before the one that asks
	return i == 0 && len(tokens) > 3 && slices.ContainsFunc(tokens[3:], asks) && !auxiliaries[tokens[1].Text]
}

var (
	askers = lexicon.Set(`what which who whom whose how why`)
	// auxiliaries stand right behind the word that asks, in front of the subject.
	auxiliaries = lexicon.Set(`is are was were do does did has have had can could will would should may might must shall
		and or to exactly else not`)
)

// kindAsked is the stem of the noun behind the first "which" or "what"; "" where "what is …" or "what exactly …" names
// no kind of thing.
func kindAsked(tokens []words.Token) string {
	i := slices.IndexFunc(tokens, func(t words.Token) bool { return t.Text == "which" || t.Text == "what" })
	if i < 0 {
		return ""
	}
	if rest := tokens[i+1:]; len(rest) > 0 && (rest[0].Stop ||
		frameWords[rest[0].Text] && (len(rest) == 1 || rest[1].Text != "of")) {
		return ""
	}
	return headAfter(tokens, i+1)
}

// reports tells whether the word is a form of a verb that reports speech.
func reports(word string) bool {
	v, ok := lexicon.Reporting(word)
	return ok && v.Cue == lexicon.Reports && v.Clause
}

// speaker finds the name in "what did NAME say", "quote what NAME said" and the like: the capitalized words between
// "what" and a verb of saying, with nothing else of meaning between.
func speaker(tokens []words.Token) []string {
	from := slices.IndexFunc(tokens, func(t words.Token) bool { return t.Text == "what" })
	if from < 0 {
		return nil
	}
	var name []string
	for _, t := range tokens[from+1:] {
		switch {
		case reports(t.Text):
			return name
		case t.Stop || frameWords[t.Text]:
		case t.Capital:
			name = append(name, t.Stem)
		default:
			return nil
		}
	}
	return nil
}

// whatSaid reports whether the tokens ask what somebody says: "what did …" and a verb of saying within saidReach words.
func whatSaid(tokens []words.Token) bool {
	i := slices.IndexFunc(tokens, func(t words.Token) bool { return t.Text == "what" })
	if i < 0 || i+2 >= len(tokens) || !auxiliaries[tokens[i+1].Text] {
		return false
	}
	return slices.ContainsFunc(tokens[i+2:min(len(tokens), i+2+saidReach)], func(t words.Token) bool {
		return reports(t.Text) || t.Stem == "call"
	})
}

// saidReach is how many words a name may have with what stands around it.
const saidReach = 6

var severalWords = lexicon.Set(`each both respectively reasons ways examples list factors causes differences causes
	steps problems`)

// Office reports whether the stem is of an office that a person holds.
func Office(stem string) bool { return offices[stem] }

var offices = func() map[string]bool {
	m := map[string]bool{}
	for w := range lexicon.Set(`president minister premier king queen emperor empress pope governor mayor senator
		general admiral ambassador chancellor judge chairman chairwoman director secretary captain coach bishop archbishop
		prince princess duke sultan commander commissioner`) {
		m[words.Stem(w)] = true
	}
	return m
}()

// headAfter returns the stem of the first meaningful word at or after token i.
func headAfter(tokens []words.Token, i int) string {
	for ; i >= 0 && i < len(tokens); i++ {
		if !tokens[i].Stop && !tokens[i].Capital && !frameWords[tokens[i].Text] {
			return tokens[i].Stem
		}
	}
	return ""
}

// phrases are ways of asking in more words than a document would use.
var phrases = regexp.MustCompile(`(?i)\b(?:(go|goes|going|gone|went) (up|down)|(set|sets|setting) up|(carry|carries|` +
	`carried|carrying) out|` +
	`(?:the )?(year|month|week|day) (before|earlier)|(back in|return(?:ed)? to|came back to) power|(took|take|taken|` +
	`taking) over|vs\.?)\b`)

// plain puts the document's usual word in place of such a phrase.
func plain(text string) string {
	return phrases.ReplaceAllStringFunc(text, func(p string) string {
		l := strings.ToLower(p)
		switch {
		case strings.HasSuffix(l, " up") && l[0] == 'g', strings.HasSuffix(l, " up") && l[0] == 'w':
			return "increase"
		case strings.HasSuffix(l, " down"):
			return "decrease"
		case strings.HasSuffix(l, " up"):
			return "establish"
		case strings.HasSuffix(l, " out"):
			return "conduct"
		case strings.HasSuffix(l, " before"), strings.HasSuffix(l, " earlier"):
			return "previous " + strings.Fields(strings.TrimPrefix(l, "the "))[0]
		case strings.HasSuffix(l, " power"):
			return "regain power"
		case strings.HasSuffix(l, " over"):
			return "takeover"
		}
		return "versus"
	})
}

func allCapitals(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// opening matches the words with which a question asks, up to the first that says something.
var opening = regexp.MustCompile(`(?i)^(?:(?:and|so|but|well|ok|hey|lol)[, ]+)*(?:(?:in|on|at|by|for|to|from|of|` +
	`with|during|under|since|until)\s+)?` +
	`(?:what|whats|which|who|whos|whom|whose|when|whens|where|wheres|why|whys|how(?:\s+(?:many|much|long|often|far|old|` +
	`large|big|high))?)\s+` +
	`(?:(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\s+)?`)

// negative matches what is left of "why can't …" and "on which day don't …".
var negative = regexp.MustCompile(`(?i)^(?:not|(?:[\p{L}'’-]+\s+){0,2}(?:can|will|do|does|did|is|are|was|were|have|` +
	`has|had|could|would|should|must) not)\s`)

// Statement turns a question into what it takes for granted, as a sentence: "When did the ferry sink?" says that the
// ferry sank. The grammar is left as it is; it is for comparing, never for showing. It is "" where nothing is left, and
// for "why can't …": where the "not" belongs in the sentence only its grammar would say, and without it the sentence
// would be the opposite. "Isn't it so?" asks whether it is.
func Statement(text string) string {
	text = strings.TrimSpace(Everyday(text))
	if first, rest, ok := strings.Cut(text, " "); ok && slices.Contains(yesNoOpeners, strings.ToLower(first)) {
		text = strings.TrimPrefix(rest, "not ")
	}
	text = strings.TrimSpace(opening.ReplaceAllString(text, ""))
	if negative.MatchString(text) {
		return ""
	}
	text = strings.TrimRight(text, "?!. ")
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}
