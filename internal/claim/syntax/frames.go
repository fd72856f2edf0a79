package syntax

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// A Frame is where a text says who says something.
type Frame struct {
	Sentence   int
	Verb       int   // the unit that says so: "said", "according"
	From, To   int   // the units that name the speaker
	Names      []int // those among them that are names
	C0, C1     int   // the units of what is said
	Trailing   bool  // what is said comes first
	denies     bool
	asserts    bool
	Impersonal bool // "according to the article"
	empty      bool // nothing is said: see tellsNothing
}

// Tells reports whether what stands at a unit is what somebody says.
func (f *Frame) Tells(j int) bool { return !f.empty && j >= f.C0 && j < f.C1 }

// HumanPlurals speak without a name or an article: "Residents said".
var HumanPlurals = lexicon.List("human-plurals")

// Determiners stand before noun phrases.
var Determiners = lexicon.Set(`the a an this that these those his her its their our my your any some no such many
	several few`)

// BeForms are the forms of "be".
var BeForms = lexicon.Set(`was were is are be been being am`)

// FindFrames finds the frames of a text, in order.
func FindFrames(r *Analysis) []Frame { return FindFramesFrom(r, 0) }

// FindFramesFrom finds the frames whose verb is at a unit or behind it.
func FindFramesFrom(r *Analysis, from int) []Frame {
	var frames []Frame
	for i := from; i < len(r.Units); i++ {
		f, ok := r.frameAt(i)
		if !ok {
			continue
		}
		s := r.Units[i].Sentence
		if n := len(frames); n >= maxFrames && frames[n-maxFrames].Sentence == s {
			continue
		}
		if n := len(frames); n == 0 || frames[n-1].Sentence != s {
			// the first of its sentence
		} else if last := &frames[n-1]; r.Semicolon(f.From) && f.From < i {
			// "Beekeepers protested; their spokesman, Rui Pinto, said": who speaks behind the semicolon is another one.
			last.C1 = min(last.C1, max(f.From, last.C0))
		} else if r.subjectless(f.From, f.To, i) {
			// "The ministry announced … and declared …": the speaker is the one before.
			f.From, f.To = last.From, last.To
		}
		f.Sentence, f.Verb = s, i
		v, _ := lexicon.Reporting(r.Units[i].Folded)
		f.denies, f.asserts = v.Denies, v.Asserts
		r.nameSpeaker(&f)
		f.empty = r.tellsNothing(&f)
		frames = append(frames, f)
	}
	return frames
}

// frameAt reads who says something by the verb, or the "according to", at i, if that is one.
func (r *Analysis) frameAt(i int) (Frame, bool) {
	u := &r.Units[i]
	if u.Quoted || u.Kind == Name || u.Kind == Number || u.Kind == Date {
		return Frame{}, false
	}
	var f Frame
	switch {
	case u.Folded == "according" && i+1 < len(r.Units) && r.Units[i+1].Folded == "to":
		f = accordingTo(r, i)
	case saying(r, i) && !r.tellsStory(i):
		f = saidBy(r, i)
	}
	return f, f.To > f.From
}

// tellsStory reports whether what a verb tells of is a story, and no statement: "The film tells of a pilot who".
func (r *Analysis) tellsStory(i int) bool {
	return i > 0 && Works[r.Units[i-1].Folded] && r.Units[i].Folded != "says" && r.TopicAt(i) >= 0
}

// nameSpeaker finds the names of a frame's speaker.
func (r *Analysis) nameSpeaker(f *Frame) {
	for k := f.From; k < f.To; k++ {
		if v := &r.Units[k]; v.Kind == Name || v.First && v.Capital && v.Kind == Plain && !CommonStarts[v.Folded] &&
			!HumanPlurals[v.Folded] {
			f.Names = append(f.Names, k)
		}
		switch r.Units[k].Folded {
		case "article", "document", "paragraph", "text", "report", "passage", "source", "documents", "sources":
			f.Impersonal = !r.Units[k].Capital
		}
	}
	if !slices.ContainsFunc(f.Names, func(k int) bool { return !Titles[r.Units[k].Folded] }) {
		f.Names = nil // "the mayor": a role, in whatever capitals the document has it
	}
}

// Semicolon reports whether a semicolon stands before a unit: what follows is a sentence of its own.
func (r *Analysis) Semicolon(i int) bool {
	return i > 0 && strings.Contains(r.Text[r.Units[i-1].End:r.Units[i].Start], ";")
}

// subjectless reports whether nothing but function words stands between the clause's beginning and its verb.
func (r *Analysis) subjectless(from, to, verb int) bool {
	if to != verb {
		return false
	}
	for k := verb - 1; k >= from && r.Units[k].Clause == r.Units[verb].Clause; k-- {
		if r.Units[k].Folded == "and" || r.Units[k].Folded == "or" {
			return true
		}
		if r.Units[k].Kind != Light || Pronouns[r.Units[k].Folded] {
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
	if i > r.From[u.Sentence] {
		prev := r.Units[i-1].Folded
		if Determiners[prev] || BeForms[prev] || prev == "to" || prev == "of" && u.Folded != "said" {
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
	for k := verb - 1; k >= max(r.From[r.Units[verb].Sentence], verb-MaxClause) &&
		r.Units[k].Clause == r.Units[verb].Clause; k-- {
		if u := &r.Units[k]; u.Kind == Name || Pronouns[u.Folded] || HumanPlurals[u.Folded] {
			return true
		}
	}
	return verb == r.From[r.Units[verb].Sentence] || r.Units[verb-1].Clause != r.Units[verb].Clause
}

// MaxClause is how many units of a clause are looked back at.
const MaxClause = 100

// maxFrames is how many frames of one sentence are found: the longest of real ones have five.
const maxFrames = 32

// accordingTo reads "according to X".
func accordingTo(r *Analysis, i int) Frame {
	s := r.Units[i].Sentence
	end := r.From[s+1]
	f := Frame{From: i + 2, To: i + 2}
	clause := -1
	for f.To < end && (clause < 0 || r.Units[f.To].Clause == clause) && f.To < i+14 {
		clause = r.Units[f.To].Clause
		f.To++
	}
	if i > r.From[s]+1 {
		f.C0, f.C1, f.Trailing = r.From[s], i, true
		// "…, killing dozens, according to residents" is about the killing.
		last := i - 1
		for last > f.C0 && r.Units[last-1].Clause == r.Units[i-1].Clause && i-last < MaxClause {
			last--
		}
		if last > f.C0 && strings.HasSuffix(r.Units[last].Folded, "ing") {
			f.C0 = last
		}
	} else {
		f.C0, f.C1 = f.To, end
	}
	return f
}

// trailingWords is how many content words may follow a verb of saying that ends its sentence.
const trailingWords = 2

// saidBy reads "X said …", "…, X said" and "…, said X".
func saidBy(r *Analysis, i int) Frame {
	start, end := r.From[r.Units[i].Sentence], r.From[r.Units[i].Sentence+1]
	if r.inverted(i) && (r.Units[i-1].Quoted || r.speakerEnds(i) && r.tells(start, i)) {
		return Frame{From: i + 1, To: r.speakerEnd(i+1, end), C0: start, C1: i, Trailing: true}
	}
	f := Frame{From: r.speakerStart(i, start), To: i}
	subjectless := !slices.ContainsFunc(r.Units[f.From:f.To],
		func(u Unit) bool { return u.Kind != Light || Pronouns[u.Folded] })
	if !subjectless && r.behindSpeech(&f, start, end) {
		return f
	}
	if subjectless || f.From < i && (Determiners[r.Units[f.From].Folded] ||
		!slices.ContainsFunc(r.Units[f.From:f.To], mayName)) {
		f.From = r.beforeApposition(f.From, i, start)
	}
	f.C0, f.C1 = r.behindAddressee(i, end), end
	if f.To > f.From && relatives3[r.Units[f.To-1].Folded] { // "Moe, who thinks that the road is safe, owns a mill"
		for f.C1 = f.C0; f.C1 < end && (f.C1 == f.C0 || !r.Parted(f.C1)); f.C1++ {
		}
	}
	return f
}

// Addressed verbs have whom they are said to as their object.
var Addressed = FormsOf("tell inform notify warn assure remind advise alert brief")

// behindAddressee is where begins what is said by the verb at i: behind what is told of whom it is said to, "informed
// the families, who had lost their homes, that".
func (r *Analysis) behindAddressee(i, end int) int {
	if !Addressed[r.Units[i].Folded] || i+1 >= end {
		return i + 1
	}
	_, next := r.PhraseFrom(i+1, end)
	if next >= end || r.PartOf(next) != Relativizer || r.Units[next].Folded == "that" {
		return i + 1
	}
	apart := r.Parted(next)
	for k := next + 1; k < end; k++ {
		if r.Units[k].Folded == "that" && r.PartOf(k) == Subordinator || apart && r.Parted(k) {
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
	for to < end && r.Units[to].Clause == r.Units[from].Clause && !r.Units[to].Quoted && to < from-1+maxSpeaker {
		to++
	}
	return to
}

// beforeApposition is where a speaker begins whose name stands before an apposition: "Abdul Basit, an expert, said …".
func (r *Analysis) beforeApposition(from, i, start int) int {
	for from > start && i-from < 16 && !r.Units[from-1].Quoted && !r.Semicolon(from) {
		from--
	}
	return from
}

// speakerStart is where the speaker before the verb at i begins.
func (r *Analysis) speakerStart(i, start int) int {
	from := i
	for from > start && r.Units[from-1].Clause == r.Units[i].Clause && !r.Units[from-1].Quoted && i-from < maxSpeaker {
		from--
	}
	return from
}

// tells reports whether the units [from, to) may be what is said, and not the beginning of a speaker with an
// apposition: "Its manager, Ruben Falk, told".
func (r *Analysis) tells(from, to int) bool {
	for k := from; k < to; k++ {
		switch r.PartOf(k) {
		case Nominal, Determiner, Preposition, Coordinator:
			if r.Units[k].Quoted {
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
	if i == r.From[u.Sentence] || i+1 >= r.From[u.Sentence+1] || u.Folded == "saying" ||
		r.Units[i-1].Clause == u.Clause && !r.Units[i-1].Quoted {
		return false
	}
	next := &r.Units[i+1]
	return !next.Quoted && next.Folded != "that" && (next.Kind == Name || next.Kind == Plain || Determiners[next.Folded])
}

// endsSpeech reports whether what is said comes before the speaker, who begins at from: little follows the verb at i,
// or the end of a quotation stands before.
func (r *Analysis) endsSpeech(i, from int) bool {
	end := r.From[r.Units[i].Sentence+1]
	after := 0 // content words between the verb and the end of the sentence, outside quotation marks
	for k := i + 1; k < end && after <= trailingWords; k++ {
		if r.Units[k].Kind != Light && !r.Units[k].Quoted {
			after++
		}
	}
	return after <= trailingWords || i+1 >= end ||
		r.Units[min(i+1, end-1)].Clause != r.Units[i].Clause && r.Units[from-1].Quoted
}

// mayName reports whether a unit may name who speaks: a name, a pronoun, "residents".
func mayName(u Unit) bool {
	return u.Kind == Name && u.Capital || Pronouns[u.Folded] || HumanPlurals[u.Folded]
}

// speakerEnds reports whether what follows a verb of saying is a speaker and nothing else: up to a mark or the
// sentence's end, without a verb. "Helle Moen, said the company could not pay" has its speaker before the comma, and so
// has "Helle Moen, said the company “could not pay”".
func (r *Analysis) speakerEnds(i int) bool {
	k, end := i+1, r.From[r.Units[i].Sentence+1]
	for ; k < end && r.Units[k].Clause == r.Units[i+1].Clause; k++ {
		if VerbOrHelp(r.PartOf(k)) || r.Units[k].Folded == "that" || r.Units[k].Folded == "of" && accuses(r.Units[i].Folded) {
			return false
		}
	}
	return k == end || !r.Units[k].Quoted || strings.ContainsAny(r.Text[r.Units[k-1].End:r.Units[k].Start], ",:;—–")
}

// accusing verbs have an object that is not their speaker: "accused the company of".
var accusing = lexicon.Set(`accuse suspect warn remind inform tell question`)

func accuses(word string) bool {
	v, ok := lexicon.Reporting(word)
	return ok && accusing[v.Lemma]
}

// FrameAround finds the frame whose words stand at a byte offset, or the only one of the sentence.
func (r *Analysis) FrameAround(offset int) *Frame {
	var only *Frame
	for k := range r.Frames {
		f := &r.Frames[k]
		if f.Impersonal {
			continue
		}
		if f.C0 < f.C1 && r.Units[f.C0].Start <= offset && offset < r.Units[f.C1-1].End {
			return f
		}
		only = f
	}
	return only
}
