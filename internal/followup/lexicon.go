package followup

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// maxFragment is how many words a question without a verb may have to be taken for one that leans on the last.
const maxFragment = 4

var (
	doVerbs = lexicon.Set("do does did will would can could may might must shall should")
	beVerbs = lexicon.Set("is are was were has have had am")
	asking  = lexicon.Set("who whom whose what when where why how which who's what's where's when's how's whos " +
		"whats wheres whens hows whys")
	articles = lexicon.Set("the a an this that these those his her its their")
	prepose  = lexicon.Set("in on at by for from to of with about after before since until during against under " +
		"between through near")
	hePronouns = lexicon.Set("he she him his her hers he's she's hes shes")
	itPronouns = lexicon.Set("it its it's")
	theyWords  = lexicon.Set("they them their theirs they're theyre")

	// fillers may stand beside a question word that has nothing else to it.
	fillers = lexicon.Set("not exactly so precisely then now else really please again actually and but")

	// askingOnly are content words that ask without saying about what.
	askingOnly = lexicon.Set(`say says said tell tells told happen happens happened mean means meant else exactly
		really more next afterwards afterward later true false right correct sure exact same other thing things one ones
		something anything details detail explain elaborate source sources paragraph document article text word words many
		much long far old often then so now not`)

	// courtesies say nothing that could be asked.
	courtesies = lexicon.Set("hello hi hey thanks thank thx you ty cool great nice good fine wow lol ok okay oh bot " +
		"well done bye morning evening all right")

	// particles belong to the verb before them.
	particles = lexicon.Set("out up down off back away over again together apart along around ahead")

	clauses = lexicon.Set("when that because after before if while as and but which who although though since until " +
		"where why how")

	// irregularParticiples are those that no ending shows.
	irregularParticiples = func() map[string]bool {
		forms := map[string]bool{}
		for _, v := range lexicon.IrregularVerbs() {
			forms[v.Participle] = true
		}
		return forms
	}()
)

// isMore matches what asks to go on.
func isMore(question string) bool {
	return more.MatchString(question) && slices.ContainsFunc(words.Tokenize(question), func(t words.Token) bool {
		return !courtesies[t.Text] && t.Text != "so" && t.Text != "please"
	})
}

var more = regexp.MustCompile(`(?i)^\s*(?:(?:yes|yeah|yep|yup|sure|ok|okay|please|oh|and|so|go\s+on|go\s+ahead|` +
	`tell\s+me\s+more|more|` +
	`more\s+(?:please|details?|about\s+(?:that|this|it))|(?:anything|something|what)\s+else|(?:any\s+)?(?:more|` +
	`further)\s+details?|do|` +
	`continue|elaborate|say\s+more|show\s+me|keep\s+going|there\s+is|is\s+there|` +
	`(?:is\s+there\s+)?(?:anything\s+)?more)[\s,.!?]*)+$`)

// meantPatterns match a correction; the last group is what was meant.
var meantPatterns = []*regexp.Regexp{
	regexp.MustCompile(`(?is)^\s*(?:no|nope|nah|sorry|wait|oops)?[\s,.;:–-]*not\s+[^,;.]{1,80}[,;.–-]\s*(?:but\s+|` +
		`i\s+meant?\s+)?(.+)$`),
	regexp.MustCompile(`(?is)^\s*(?:(?:no|nope|nah|sorry|wait|oops|well|actually|oh)[\s,.;:–-]+)*(?:i\s+(?:meant?|` +
		`was\s+asking\s+` +
		`(?:about|for)|am\s+asking\s+(?:about|for)|wanted\s+to\s+know\s+about)|i(?:'|’)m\s+asking\s+(?:about|for)|rather|` +
		`make\s+that)\s+(.+)$`),
	regexp.MustCompile(`(?is)^\s*(?:(?:no|nope|nah|sorry|wait|oops)[\s,.;:–-]+)+(.+)$`),
}

// correction tells what was meant instead of what was said.
func correction(question string) (meant string, ok bool) {
	for _, p := range meantPatterns {
		if m := p.FindStringSubmatch(question); m != nil {
			return strings.Trim(strings.TrimSpace(m[1]), ",;"), true
		}
	}
	return "", false
}

// leads are what begins a question that goes on from another.
var leads = regexp.MustCompile(`(?i)^\s*(?:(?:and|but|so|or|also|then|ok|okay|oh|hm+|well|right|now)\b[\s,…–-]*)*` +
	`(?:(?:what|how)\s+about\s+|what\s+of\s+|same\s+for\s+)?`)

// strip takes off what only connects.
func strip(question string) (rest string, led bool) {
	rest = strings.TrimSpace(question[len(leads.FindString(question)):])
	if rest == "" || !strings.ContainsFunc(rest, func(r rune) bool { return r != '?' && r != '!' && r != '.' }) {
		return question, false
	}
	return rest, len(rest) < len(strings.TrimSpace(question))
}

// showNearest asks for one paragraph, as the engine understands it.
func showNearest(ref article.Ref) string {
	return "What does paragraph " + strconv.Itoa(ref.N) + " say?"
}

// fragment tells whether the text is no whole question: it has words, and neither a verb that helps nor one that asks.
func fragment(text string) bool {
	tokens := words.Tokenize(text)
	contents := 0
	for i, t := range tokens {
		switch {
		case doVerbs[t.Text] && !(t.Text == "may" && t.Capital), beVerbs[t.Text], asking[t.Text]:
			return false
		case hePronouns[t.Text] && !articles[t.Text], theyWords[t.Text] && !articles[t.Text], t.Text == "it", t.Text == "i",
			t.Text == "you":
			return false
		case (t.Text == "that" || t.Text == "this" || t.Text == "those") && i == len(tokens)-1:
			return false
		case !t.Stop && !askingOnly[t.Text]:
			contents++
		}
	}
	return contents > 0 && len(tokens) <= 2*maxFragment && !verbFirst[first(tokens)]
}

// verbFirst begin an order, which is a whole sentence.
var verbFirst = lexicon.Set("show tell give list name explain describe summarize summarise compare quote find read " +
	"say translate write ignore")

func first(tokens []words.Token) string {
	if len(tokens) == 0 {
		return ""
	}
	return tokens[0].Text
}

// bareAsking tells whether the text asks with a question word and has nothing that it asks about.
func bareAsking(text string) bool {
	tokens := words.Tokenize(text)
	if len(tokens) == 0 || len(tokens) > maxFragment {
		return false
	}
	asks := false
	for i, t := range tokens {
		switch {
		case asking[t.Text]:
			asks = true
		case fillers[t.Text], prepose[t.Text] && i == 0, t.Text == "come":
		default:
			return false
		}
	}
	return asks
}

// pointing tells whether the text points at something said before: "that", "this", "those attacks", "there", "then".
func pointing(text string) bool {
	tokens := words.Tokenize(text)
	for i, t := range tokens {
		last := i == len(tokens)-1
		switch t.Text {
		case "this", "these", "those":
			return true
		case "that":
			if last || i == 0 || tokens[i-1].Stop && !tokens[i-1].Capital && tokens[i+1].Text != "the" {
				return true
			}
		case "there":
			if last || i > 0 && !beVerbs[tokens[i-1].Text] && !beVerbs[tokens[i+1].Text] {
				return true
			}
		case "then", "next", "afterwards", "afterward":
			if last {
				return true
			}
		case "he", "she", "him", "they", "them":
			if !inside(tokens[:i], false) {
				return true
			}
		case "one", "ones":
			if last {
				return true
			}
		}
	}
	return false
}

// inside tells whether a pronoun behind these words of its question stands for something among them. In its own clause
// it does not, unless it says whose something is.
func inside(tokens []words.Token, owns bool) bool {
	for k, t := range tokens {
		thing := k > 0 && !t.Stop && (t.Capital || articles[tokens[k-1].Text])
		if thing && (owns || slices.ContainsFunc(tokens[k+1:], func(t words.Token) bool { return clauses[t.Text] })) {
			return true
		}
	}
	return false
}

// lacksSubject tells whether a question does not say what it is about: it asks with nothing but empty words, goes on
// from the last with one word of its own, or has only what was done ("who was blamed?").
func lacksSubject(text string, led bool) bool {
	tokens, own := words.Tokenize(text), content(text)
	if !slices.ContainsFunc(tokens, func(t words.Token) bool { return !courtesies[t.Text] && t.Text != "s" }) {
		return false
	}
	switch {
	case len(own) == 0:
		return strings.ContainsRune(text, '?') || asking[first(tokens)]
	case len(own) > 1 || own[0].Capital:
		return false
	}
	last := len(tokens) - 1
	done := last > 0 && own[0] == tokens[last] && participle(own[0].Text) && tokens[last-1].Stop &&
		beVerbs[tokens[last-1].Text]
	return led || done
}

// content returns the tokens that say what a text is about.
func content(text string) []words.Token {
	var out []words.Token
	for _, t := range words.Tokenize(text) {
		if !t.Stop && !askingOnly[t.Text] {
			out = append(out, t)
		}
	}
	return out
}
