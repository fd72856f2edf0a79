package question

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// An act is a rule that reads a question by the cues that it has, whatever their order. It matches where every word of
// the question is a cue that it speaks of, but for a topic; a question that has one more word asks for what the
// documents say. So "who wrote this" asks for the author, and "who wrote the opera" does not.
type act struct {
	name    string
	route   Route
	example string // which it must match; a test looks
	all     string // groups of kinds, of each of which the question has one: "who write|author"
	with    string // kinds that it may have beside
	never   string // kinds that it must not have
	// topic is the kinds of which one stands beside what it is about, "any" where that may stand anywhere, and "" where
	// it is about nothing; behind "!" there must be a topic.
	topic string
	field Field
	who   string
	named bool // what it asks for could be asked of a thing that a document speaks of: what the report says
}

// A preparedAct is an act with the sets of its cues.
type preparedAct struct {
	act
	groups                  []cueSet
	allowed, barred, beside cueSet
	anywhere, needsTopic    bool
}

// lightCues may stand in every question: "can you tell me".
const lightCues = "light doc this it here i you can have know need future allowed"

var preparedActs = sync.OnceValue(func() (out []preparedAct) {
	for _, a := range acts {
		p := preparedAct{act: a, barred: cuesOf(a.never)}
		topic, needed := strings.CutPrefix(a.topic, "!")
		p.needsTopic, p.anywhere = needed, topic == "any"
		if !p.anywhere {
			p.beside = cuesOf(topic)
		}
		for group := range strings.FieldsSeq(a.all) {
			p.groups = append(p.groups, cuesOf(group))
		}
		p.allowed = cuesOf(lightCues).or(cuesOf(a.all)).or(cuesOf(a.with)).or(p.beside)
		out = append(out, p)
	}
	return out
})

var (
	lightSet = cuesOf(lightCues)
	// asksFor are the words that ask: what they ask for is no topic.
	asksFor = cuesOf("what who when where why how many often")
	// speakers are the cues that may stand for somebody who says something.
	speakers = cuesOf("he person role")
	// asksWhether are the words that begin a question that is answered by yes or no.
	asksWhether = cuesOf("whether")
	asksOpenly  = cuesOf("what who when where why how")
	aboutSet    = cuesOf("about")
	bySet       = cuesOf("by whose")
)

// noTopic is a run of no cues.
var noTopic = run{-1, -1}

// A run is some of the cues of a question, from the first to the last.
type run struct{ first, last int }

// matches tells whether a rule reads a question of these cues, and which of them are its topic. In a language of
// postpositions what opens a topic may stand behind it.
func (a preparedAct) matches(cues []cue, postpositions bool) (topic run, ok bool) {
	topic = noTopic
	for i, c := range cues {
		if c.set.has(a.barred) {
			return noTopic, false
		}
		if c.within(a.allowed) {
			continue
		}
		if c.set.has(asksFor) {
			return noTopic, false
		}
		if topic.first < 0 {
			topic.first = i
		}
		topic.last = i
	}
	if topic == noTopic && a.needsTopic || topic != noTopic && !a.placed(cues, &topic, postpositions) {
		return noTopic, false
	}
	var has cueSet
	for i, c := range cues {
		if i < topic.first || i > topic.last || a.anywhere && c.within(a.allowed) {
			has = has.or(c.does())
		}
	}
	return topic, !slices.ContainsFunc(a.groups, func(g cueSet) bool { return !has.has(g) })
}

// placed tells whether the topic stands where the rule wants it; what stands between it and what opens it, as an
// article, comes to belong to it.
func (a preparedAct) placed(cues []cue, topic *run, postpositions bool) bool {
	if a.anywhere {
		return true
	}
	for i := topic.first - 1; i >= 0; i-- {
		if cues[i].set.has(a.beside) {
			topic.first = i + 1
			return true
		}
		if !cues[i].set.has(lightSet) {
			break
		}
	}
	return postpositions && topic.last+1 < len(cues) && cues[topic.last+1].set.has(a.beside)
}

// somebody parts the topic of a question for somebody's words into whose they are and what they are about.
func somebody(cues []cue, topic run, postpositions bool) (who, about run) {
	if postpositions {
		if topic.last+1 < len(cues) && cues[topic.last+1].set.has(aboutSet) {
			return noTopic, topic
		}
		return topic, noTopic
	}
	for i := topic.first + 1; i < topic.last; i++ {
		if cues[i].set.has(aboutSet) && !cues[i].set.has(bySet) {
			return run{topic.first, i - 1}, run{i + 1, topic.last}
		}
	}
	for i := topic.first - 1; i >= 0 && cues[i].set.has(lightSet.or(aboutSet)); i-- {
		if cues[i].set.has(bySet) {
			return topic, noTopic
		}
		if cues[i].set.has(aboutSet) {
			return noTopic, topic
		}
	}
	return topic, noTopic
}

// names tells whether what a rule took for somebody or something may be that: the document, or a word that asks, is
// nobody.
func names(locale, who string) bool {
	f := foldText(who)
	v := vocabularyOf[locale]()
	if first, _, _ := strings.Cut(f.text, " "); first != "" && v.look([]string{first}).has(cuesOf("who what whose")) &&
		len(f.starts) > 1 {
		return false // "who may quote": a capital at the beginning makes no name
	}
	if f.text == "" || strings.ContainsFunc(who, unicode.IsUpper) {
		return true
	}
	return slices.ContainsFunc(v.cues(strings.Fields(apart(f.text))), func(c cue) bool {
		return c.set.none() || c.set.has(speakers)
	})
}

// cueWords are the words of a text that may be cues, and where each stands in what was typed.
func cueWords(f folded) (all []string, spans [][2]int) {
	for i, w := range strings.Split(f.text, " ") {
		for part := range strings.FieldsSeq(apart(w)) {
			all, spans = append(all, part), append(spans, f.spans[i])
		}
	}
	return all, spans
}

// fewestAsking is how many words a question has at least that a word begins which asks whether something is so.
const fewestAsking = 3

// fewestKnown is how many of them the language must know where that word does other things, too.
const fewestKnown = 2

// whether reads a question that begins with a word that asks whether something is so, in another language than English,
// whose questions have a rule: "ist", "est-ce que", "آیا". It must be in the language that knows most of its words, and
// that one must know more of them than English does.
func whether(typed string) Reading {
	f := foldText(typed)
	if n := len(f.starts); n < fewestAsking || n > maxRouted {
		return Reading{}
	}
	all, _ := cueWords(f)
	latin := f.text[0] < utf8.RuneSelf
	read := byLanguage(all, latin)
	english := slices.IndexFunc(read, func(c cuesIn) bool { return c.locale == "en" })
	for _, in := range read {
		if in.unknown > read[0].unknown || english >= 0 && read[english].unknown <= in.unknown {
			break
		}
		if !in.cues[0].set.has(asksWhether) {
			continue
		}
		if in.cues[0].set.has(cuesOf("sure")) || len(all)-in.unknown >= fewestKnown &&
			!slices.ContainsFunc(in.cues[1:], func(c cue) bool { return c.set.has(asksOpenly) && !c.set.has(lightSet) }) {
			return Reading{Route: YesNo, Rule: "whether", Locale: in.locale, About: typed}
		}
	}
	return Reading{}
}

// readActs reads a question by its cues.
func readActs(typed string) (Reading, bool) {
	f := foldText(typed)
	if n := len(f.starts); n == 0 || n > maxRouted {
		return Reading{}, false
	}
	all, spans := cueWords(f)
	latin := f.text[0] < utf8.RuneSelf
	for _, in := range byLanguage(all, latin) {
		r, ok := firstAct(in.cues, !latin, func(r run) string {
			if r == noTopic {
				return ""
			}
			return typed[spans[in.cues[r.first].first][0]:spans[in.cues[r.last].last][1]]
		})
		if ok {
			r.Locale = in.locale
			return r, true
		}
	}
	return Reading{}, false
}

// cuesIn are the cues of a question as one language has them.
type cuesIn struct {
	locale  string
	cues    []cue
	unknown int // words that are in no entry
}

// byLanguage reads the words in the languages of their script: that first which knows most of them.
func byLanguage(all []string, latin bool) (out []cuesIn) {
	for _, locale := range locales {
		if latin == arabicScript[locale] {
			continue
		}
		in := cuesIn{locale: locale, cues: vocabularyOf[locale]().cues(all)}
		for _, c := range in.cues {
			if c.set.none() {
				in.unknown++
			}
		}
		out = append(out, in)
	}
	slices.SortStableFunc(out, func(a, b cuesIn) int { return a.unknown - b.unknown })
	return out
}

// firstAct reads a question by the first act that matches its cues; typed is what was typed for some of them.
func firstAct(cues []cue, postpositions bool, typed func(run) string) (Reading, bool) {
	unknown := slices.ContainsFunc(cues, func(c cue) bool { return c.set.none() })
	for _, a := range preparedActs() {
		if unknown && a.topic == "" {
			continue
		}
		topic, ok := a.matches(cues, postpositions)
		if !ok {
			continue
		}
		r := Reading{Route: a.route, Rule: a.name, Field: a.field, Who: a.who, About: typed(topic)}
		switch {
		case a.route == Definition && !definable(r.About):
			continue
		case a.route == Comparison && topic != noTopic:
			if r.About, r.Other = sides(r.About); r.Other == "" && !bothSides.MatchString(r.About) || !twoSides(r) ||
				max(strings.Count(r.About, " "), strings.Count(r.Other, " ")) > maxSideSpaces {
				continue
			}
		case a.route == Quotations && topic != noTopic:
			who, about := somebody(cues, topic, postpositions)
			r.Who, r.About = typed(who), typed(about)
		}
		return r, true
	}
	return Reading{}, false
}

// between stands between the sides of a comparison.
var between = regexp.MustCompile(`(?i) (?:and|vs\.?|versus|with|to|from|than|or|against|` +
	`und|oder|mit|von|gegen|et|ou|avec|du|de|à|contre|y|o|con|del|contra|اور|سے|یا|او|که|له|سره|و|با|از) `)

// maxSideSpaces is one less than the words that a side has at most: more words ask for something else.
const maxSideSpaces = 3

// bothSides names two things as one, or several.
var bothSides = regexp.MustCompile(`(?i)\b(?:two|both|these|those|beiden?|deux|dos|ambos)\b|دونوں|دواړه|هر دو|[^\Ws]s$`)

// differing says of a side that it is held against the other.
var differing = regexp.MustCompile(`(?i) (?:differs?|different|compares?|compared|contrasts?|distinguished)$`)

// sides cuts what is compared in two.
func sides(text string) (one, other string) {
	m := between.FindStringIndex(text)
	if m == nil {
		return text, ""
	}
	one = differing.ReplaceAllString(openingSides.ReplaceAllString(text[:m[0]], ""), "")
	return strings.TrimSpace(one), text[m[1]:]
}

// openingSides stand before the first side: "Unterschied zwischen Eco und Turbo".
var openingSides = regexp.MustCompile(`(?i)^(?:zwischen|between|entre)(?: |$)`)

// placing are words that place: a side that ends in one is a place or a time, and no thing: "before and after the war".
var placing = lexicon.Set(`before after during since until till while inside outside above below within without under
	over vor nach während seit bis unter avant après pendant depuis jusque sous antes después desde hasta durante bajo`)

// twoSides tells whether both sides of a comparison are things: a word of place or time at the end of the first, or the
// verb that asks, says that the cut is not between two.
func twoSides(r Reading) bool {
	if r.Other == "" {
		return true
	}
	one := strings.Fields(strings.ToLower(r.About))
	if len(one) == 0 || placing[one[len(one)-1]] {
		return false
	}
	return len(one) == 1 || !comparing.MatchString(r.About)
}

// comparing is the verb of the question within a side, which then is no side.
var comparing = regexp.MustCompile(`(?i)\b(?:compares?|compared|differs?|differed|vary|varies|varied)\b`)
