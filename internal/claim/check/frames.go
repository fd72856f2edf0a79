package check

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// A frame is where a text says who says something.
type frame struct {
	sentence   int
	verb       int   // the unit that says so: "said", "according"
	from, to   int   // the units that name the speaker
	names      []int // those among them that are names
	c0, c1     int   // the units of what is said
	trailing   bool  // what is said comes first
	denies     bool
	asserts    bool
	impersonal bool // "according to the article"
	empty      bool // nothing is said: see tellsNothing
}

// tells reports whether what stands at a unit is what somebody says.
func (f *frame) tells(j int) bool { return !f.empty && j >= f.c0 && j < f.c1 }

// humanPlurals speak without a name or an article: "Residents said".
var humanPlurals = lexicon.List("human-plurals")

// determiners stand before noun phrases.
var determiners = lexicon.Set(`the a an this that these those his her its their our my your any some no such many
	several few`)

// beForms are the forms of "be".
var beForms = lexicon.Set(`was were is are be been being am`)

// findFrames finds the frames of a text, in order.
func findFrames(r *Analysis) []frame { return findFramesFrom(r, 0) }

// findFramesFrom finds the frames whose verb is at a unit or behind it.
func findFramesFrom(r *Analysis, from int) []frame {
	var frames []frame
	for i := from; i < len(r.Units); i++ {
		f, ok := r.frameAt(i)
		if !ok {
			continue
		}
		s := r.Units[i].sentence
		if n := len(frames); n >= maxFrames && frames[n-maxFrames].sentence == s {
			continue
		}
		if n := len(frames); n == 0 || frames[n-1].sentence != s {
			// the first of its sentence
		} else if last := &frames[n-1]; r.semicolon(f.from) && f.from < i {
			// "Beekeepers protested; their spokesman, Rui Pinto, said": who speaks behind the semicolon is another one.
			last.c1 = min(last.c1, max(f.from, last.c0))
		} else if r.subjectless(f.from, f.to, i) {
			// "The ministry announced … and declared …": the speaker is the one before.
			f.from, f.to = last.from, last.to
		}
		f.sentence, f.verb = s, i
		v, _ := lexicon.Reporting(r.Units[i].Folded)
		f.denies, f.asserts = v.Denies, v.Asserts
		r.nameSpeaker(&f)
		f.empty = r.tellsNothing(&f)
		frames = append(frames, f)
	}
	return frames
}

// frameAt reads who says something by the verb, or the "according to", at i, if that is one.
func (r *Analysis) frameAt(i int) (frame, bool) {
	u := &r.Units[i]
	if u.quoted || u.Kind == Name || u.Kind == number || u.Kind == date {
		return frame{}, false
	}
	var f frame
	switch {
	case u.Folded == "according" && i+1 < len(r.Units) && r.Units[i+1].Folded == "to":
		f = accordingTo(r, i)
	case saying(r, i) && !r.tellsStory(i):
		f = saidBy(r, i)
	}
	return f, f.to > f.from
}

// tellsStory reports whether what a verb tells of is a story, and no statement: "The film tells of a pilot who".
func (r *Analysis) tellsStory(i int) bool {
	return i > 0 && works[r.Units[i-1].Folded] && r.Units[i].Folded != "says" && r.topicAt(i) >= 0
}

// nameSpeaker finds the names of a frame's speaker.
func (r *Analysis) nameSpeaker(f *frame) {
	for k := f.from; k < f.to; k++ {
		if v := &r.Units[k]; v.Kind == Name || v.first && v.Capital && v.Kind == plain && !commonStarts[v.Folded] &&
			!humanPlurals[v.Folded] {
			f.names = append(f.names, k)
		}
		switch r.Units[k].Folded {
		case "article", "document", "paragraph", "text", "report", "passage", "source", "documents", "sources":
			f.impersonal = !r.Units[k].Capital
		}
	}
	if !slices.ContainsFunc(f.names, func(k int) bool { return !titles[r.Units[k].Folded] }) {
		f.names = nil // "the mayor": a role, in whatever capitals the document has it
	}
}

// semicolon reports whether a semicolon stands before a unit: what follows is a sentence of its own.
func (r *Analysis) semicolon(i int) bool {
	return i > 0 && strings.Contains(r.Text[r.Units[i-1].End:r.Units[i].Start], ";")
}

// subjectless reports whether nothing but function words stands between the clause's beginning and its verb.
func (r *Analysis) subjectless(from, to, verb int) bool {
	if to != verb {
		return false
	}
	for k := verb - 1; k >= from && r.Units[k].clause == r.Units[verb].clause; k-- {
		if r.Units[k].Folded == "and" || r.Units[k].Folded == "or" {
			return true
		}
		if r.Units[k].Kind != light || pronouns[r.Units[k].Folded] {
			return false
		}
	}
	return true
}

// saying reports whether the unit is a finite verb of saying.
func saying(r *Analysis, i int) bool {
	u := &r.Units[i]
	v, ok := lexicon.Reporting(u.Folded)
	if !ok || !v.Clause || !finite(v) {
		return false
	}
	if v.Acts && !r.speaks(i) {
		return false // "the dispute explains why"
	}
	if i > r.from[u.sentence] {
		prev := r.Units[i-1].Folded
		if determiners[prev] || beForms[prev] || prev == "to" || prev == "of" && u.Folded != "said" {
			return false
		}
	}
	if i+1 < len(r.Units) && (r.Units[i+1].Folded == "by" || r.Units[i+1].Folded == "for") {
		return false // "was said by", "hoped for"
	}
	return true
}

// finite tells whether the form is one that its subject stands before, and hardly ever a noun: "says", and not
// "claims".
func finite(v lexicon.ReportingVerb) bool {
	switch v.Form {
	case lexicon.Past, lexicon.Present:
		return !v.Noun
	case lexicon.Base:
		return v.Lemma == "say"
	case lexicon.Ing:
		return v.Lemma == "say" || v.Lemma == "tell"
	}
	return false
}

// speaks tells whether somebody who may speak stands before the verb in its clause.
func (r *Analysis) speaks(verb int) bool {
	for k := verb - 1; k >= max(r.from[r.Units[verb].sentence], verb-maxClause) &&
		r.Units[k].clause == r.Units[verb].clause; k-- {
		if u := &r.Units[k]; u.Kind == Name || pronouns[u.Folded] || humanPlurals[u.Folded] {
			return true
		}
	}
	return verb == r.from[r.Units[verb].sentence] || r.Units[verb-1].clause != r.Units[verb].clause
}

// maxClause is how many units of a clause are looked back at.
const maxClause = 100

// maxFrames is how many frames of one sentence are found: the longest of real ones have five.
const maxFrames = 32

// accordingTo reads "according to X".
func accordingTo(r *Analysis, i int) frame {
	s := r.Units[i].sentence
	end := r.from[s+1]
	f := frame{from: i + 2, to: i + 2}
	clause := -1
	for f.to < end && (clause < 0 || r.Units[f.to].clause == clause) && f.to < i+14 {
		clause = r.Units[f.to].clause
		f.to++
	}
	if i > r.from[s]+1 {
		f.c0, f.c1, f.trailing = r.from[s], i, true
		// "…, killing dozens, according to residents" is about the killing.
		last := i - 1
		for last > f.c0 && r.Units[last-1].clause == r.Units[i-1].clause && i-last < maxClause {
			last--
		}
		if last > f.c0 && strings.HasSuffix(r.Units[last].Folded, "ing") {
			f.c0 = last
		}
	} else {
		f.c0, f.c1 = f.to, end
	}
	return f
}

// trailingWords is how many content words may follow a verb of saying that ends its sentence.
const trailingWords = 2

// saidBy reads "X said …", "…, X said" and "…, said X".
func saidBy(r *Analysis, i int) frame {
	start, end := r.from[r.Units[i].sentence], r.from[r.Units[i].sentence+1]
	if r.inverted(i) && (r.Units[i-1].quoted || r.speakerEnds(i) && r.tells(start, i)) {
		return frame{from: i + 1, to: r.speakerEnd(i+1, end), c0: start, c1: i, trailing: true}
	}
	f := frame{from: r.speakerStart(i, start), to: i}
	subjectless := !slices.ContainsFunc(r.Units[f.from:f.to],
		func(u Unit) bool { return u.Kind != light || pronouns[u.Folded] })
	if !subjectless && r.behindSpeech(&f, start, end) {
		return f
	}
	if subjectless || f.from < i && (determiners[r.Units[f.from].Folded] ||
		!slices.ContainsFunc(r.Units[f.from:f.to], mayName)) {
		f.from = r.beforeApposition(f.from, i, start)
	}
	f.c0, f.c1 = r.behindAddressee(i, end), end
	if f.to > f.from && relatives3[r.Units[f.to-1].Folded] { // "Moe, who thinks that the road is safe, owns a mill"
		for f.c1 = f.c0; f.c1 < end && (f.c1 == f.c0 || !r.parted(f.c1)); f.c1++ {
		}
	}
	return f
}

// addressed verbs have whom they are said to as their object.
var addressed = formsOf("tell inform notify warn assure remind advise alert brief")

// behindAddressee is where begins what is said by the verb at i: behind what is told of whom it is said to, "informed
// the families, who had lost their homes, that".
func (r *Analysis) behindAddressee(i, end int) int {
	if !addressed[r.Units[i].Folded] || i+1 >= end {
		return i + 1
	}
	_, next := r.phraseFrom(i+1, end)
	if next >= end || r.PartOf(next) != relativizer || r.Units[next].Folded == "that" {
		return i + 1
	}
	apart := r.parted(next)
	for k := next + 1; k < end; k++ {
		if r.Units[k].Folded == "that" && r.PartOf(k) == subordinator || apart && r.parted(k) {
			return k
		}
	}
	return end
}

// maxSpeaker is how many units of a speaker are taken.
const maxSpeaker = 12

// speakerEnd is the unit behind the speaker who begins at from.
func (r *Analysis) speakerEnd(from, end int) int {
	to := from
	for to < end && r.Units[to].clause == r.Units[from].clause && !r.Units[to].quoted && to < from-1+maxSpeaker {
		to++
	}
	return to
}

// beforeApposition is where a speaker begins whose name stands before an apposition: "Abdul Basit, an expert, said …".
func (r *Analysis) beforeApposition(from, i, start int) int {
	for from > start && i-from < 16 && !r.Units[from-1].quoted && !r.semicolon(from) {
		from--
	}
	return from
}

// speakerStart is where the speaker before the verb at i begins.
func (r *Analysis) speakerStart(i, start int) int {
	from := i
	for from > start && r.Units[from-1].clause == r.Units[i].clause && !r.Units[from-1].quoted && i-from < maxSpeaker {
		from--
	}
	return from
}

// tells reports whether the units [from, to) may be what is said, and not the beginning of a speaker with an
// apposition: "Its manager, Ruben Falk, told".
func (r *Analysis) tells(from, to int) bool {
	for k := from; k < to; k++ {
		switch r.PartOf(k) {
		case nominal, determiner, preposition, coordinator:
			if r.Units[k].quoted {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// inverted reports whether a verb of saying begins its clause and its speaker may follow: "…, said X".
func (r *Analysis) inverted(i int) bool {
	u := &r.Units[i]
	if i == r.from[u.sentence] || i+1 >= r.from[u.sentence+1] || u.Folded == "saying" ||
		r.Units[i-1].clause == u.clause && !r.Units[i-1].quoted {
		return false
	}
	next := &r.Units[i+1]
	return !next.quoted && next.Folded != "that" && (next.Kind == Name || next.Kind == plain || determiners[next.Folded])
}

// endsSpeech reports whether what is said comes before the speaker, who begins at from: little follows the verb at i,
// or the end of a quotation stands before.
func (r *Analysis) endsSpeech(i, from int) bool {
	end := r.from[r.Units[i].sentence+1]
	after := 0 // content words between the verb and the end of the sentence, outside quotation marks
	for k := i + 1; k < end && after <= trailingWords; k++ {
		if r.Units[k].Kind != light && !r.Units[k].quoted {
			after++
		}
	}
	return after <= trailingWords || i+1 >= end ||
		r.Units[min(i+1, end-1)].clause != r.Units[i].clause && r.Units[from-1].quoted
}

// mayName reports whether a unit may name who speaks: a name, a pronoun, "residents".
func mayName(u Unit) bool {
	return u.Kind == Name && u.Capital || pronouns[u.Folded] || humanPlurals[u.Folded]
}

// speakerEnds reports whether what follows a verb of saying is a speaker and nothing else: up to a mark or the
// sentence's end, without a verb. "Helle Moen, said the company could not pay" has its speaker before the comma, and so
// has "Helle Moen, said the company “could not pay”".
func (r *Analysis) speakerEnds(i int) bool {
	k, end := i+1, r.from[r.Units[i].sentence+1]
	for ; k < end && r.Units[k].clause == r.Units[i+1].clause; k++ {
		if verbOrHelp(r.PartOf(k)) || r.Units[k].Folded == "that" || r.Units[k].Folded == "of" && accuses(r.Units[i].Folded) {
			return false
		}
	}
	return k == end || !r.Units[k].quoted || strings.ContainsAny(r.Text[r.Units[k-1].End:r.Units[k].Start], ",:;—–")
}

// accusing verbs have an object that is not their speaker: "accused the company of".
var accusing = lexicon.Set(`accuse suspect warn remind inform tell question`)

func accuses(word string) bool {
	v, ok := lexicon.Reporting(word)
	return ok && accusing[v.Lemma]
}

// frameAround finds the frame whose words stand at a byte offset, or the only one of the sentence.
func (r *Analysis) frameAround(offset int) *frame {
	var only *frame
	for k := range r.frames {
		f := &r.frames[k]
		if f.impersonal {
			continue
		}
		if f.c0 < f.c1 && r.Units[f.c0].Start <= offset && offset < r.Units[f.c1-1].End {
			return f
		}
		only = f
	}
	return only
}
