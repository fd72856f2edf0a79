package claim

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
}

// humanPlurals speak without a name or an article: "Residents said".
var humanPlurals = lexicon.List("human-plurals")

var determiners = set(`the a an this that these those his her its their our my your any some no such many several few`)

var beForms = set(`was were is are be been being am`)

// findFrames finds the frames of a text, in order.
func findFrames(r *reading) []frame { return findFramesFrom(r, 0) }

func findFramesFrom(r *reading, from int) []frame {
	var frames []frame
	for i := from; i < len(r.units); i++ {
		u := &r.units[i]
		if u.quoted || u.kind == name || u.kind == number || u.kind == date {
			continue
		}
		var f frame
		switch {
		case u.folded == "according" && i+1 < len(r.units) && r.units[i+1].folded == "to":
			f = accordingTo(r, i)
		case saying(r, i):
			f = saidBy(r, i)
		default:
			continue
		}
		if f.to <= f.from {
			continue
		}
		if n := len(frames); n >= maxFrames && frames[n-maxFrames].sentence == u.sentence {
			continue
		}
		if n := len(frames); n > 0 && frames[n-1].sentence == u.sentence && r.subjectless(f.from, f.to, i) {
			// "The ministry announced … and declared …": the speaker is the one before.
			f.from, f.to = frames[n-1].from, frames[n-1].to
		}
		f.sentence, f.verb = u.sentence, i
		v, _ := lexicon.Reporting(u.folded)
		f.denies, f.asserts = v.Denies, v.Asserts
		for k := f.from; k < f.to; k++ {
			if v := &r.units[k]; v.kind == name || v.first && v.capital && v.kind == plain && !commonStarts[v.folded] &&
				!humanPlurals[v.folded] {
				f.names = append(f.names, k)
			}
			switch r.units[k].folded {
			case "article", "document", "paragraph", "text", "report", "passage", "source", "documents", "sources":
				f.impersonal = !r.units[k].capital
			}
		}
		if !slices.ContainsFunc(f.names, func(k int) bool { return !titles[r.units[k].folded] }) {
			f.names = nil // "the mayor": a role, in whatever capitals the document has it
		}
		frames = append(frames, f)
	}
	return frames
}

// subjectless reports whether nothing but function words stands between the clause's beginning and its verb.
func (r *reading) subjectless(from, to, verb int) bool {
	if to != verb {
		return false
	}
	for k := verb - 1; k >= from && r.units[k].clause == r.units[verb].clause; k-- {
		if r.units[k].folded == "and" || r.units[k].folded == "or" {
			return true
		}
		if r.units[k].kind != light || pronouns[r.units[k].folded] {
			return false
		}
	}
	return true
}

// saying reports whether the unit is a finite verb of saying.
func saying(r *reading, i int) bool {
	u := &r.units[i]
	v, ok := lexicon.Reporting(u.folded)
	if !ok || !v.Clause || !finite(v) {
		return false
	}
	if v.Acts && !r.speaks(i) {
		return false // "the dispute explains why"
	}
	if i > r.from[u.sentence] {
		prev := r.units[i-1].folded
		if determiners[prev] || beForms[prev] || prev == "to" || prev == "of" && u.folded != "said" {
			return false
		}
	}
	if i+1 < len(r.units) && (r.units[i+1].folded == "by" || r.units[i+1].folded == "for") {
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
func (r *reading) speaks(verb int) bool {
	for k := verb - 1; k >= max(r.from[r.units[verb].sentence], verb-maxClause) &&
		r.units[k].clause == r.units[verb].clause; k-- {
		if u := &r.units[k]; u.kind == name || pronouns[u.folded] || humanPlurals[u.folded] {
			return true
		}
	}
	return verb == r.from[r.units[verb].sentence] || r.units[verb-1].clause != r.units[verb].clause
}

// maxClause is how many units of a clause are looked back at.
const maxClause = 100

// maxFrames is how many frames of one sentence are found: the longest of real ones have five.
const maxFrames = 32

// accordingTo reads "according to X".
func accordingTo(r *reading, i int) frame {
	s := r.units[i].sentence
	end := r.from[s+1]
	f := frame{from: i + 2, to: i + 2}
	clause := -1
	for f.to < end && (clause < 0 || r.units[f.to].clause == clause) && f.to < i+14 {
		clause = r.units[f.to].clause
		f.to++
	}
	if i > r.from[s]+1 {
		f.c0, f.c1, f.trailing = r.from[s], i, true
		// "…, killing dozens, according to residents" is about the killing.
		last := i - 1
		for last > f.c0 && r.units[last-1].clause == r.units[i-1].clause && i-last < maxClause {
			last--
		}
		if last > f.c0 && strings.HasSuffix(r.units[last].folded, "ing") {
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
func saidBy(r *reading, i int) frame {
	u := &r.units[i]
	start, end := r.from[u.sentence], r.from[u.sentence+1]
	after := 0 // content words between the verb and the end of the sentence, outside quotation marks
	for k := i + 1; k < end && after <= trailingWords; k++ {
		if r.units[k].kind != light && !r.units[k].quoted {
			after++
		}
	}
	// Inverted: the verb begins its clause, and the speaker follows.
	inverted := i > start && (r.units[i-1].clause != u.clause || r.units[i-1].quoted) && i+1 < end &&
		!r.units[i+1].quoted &&
		r.units[i+1].folded != "that" &&
		(r.units[i+1].kind == name || determiners[r.units[i+1].folded] || r.units[i+1].kind == plain) && u.folded != "saying"
	if inverted && (r.units[i-1].quoted || r.speakerEnds(i)) {
		f := frame{from: i + 1, to: i + 1, c0: start, c1: i, trailing: true}
		for f.to < end && r.units[f.to].clause == r.units[i+1].clause && !r.units[f.to].quoted && f.to < i+12 {
			f.to++
		}
		return f
	}
	f := frame{to: i}
	f.from = i
	for f.from > start && r.units[f.from-1].clause == u.clause && !r.units[f.from-1].quoted && i-f.from < 12 {
		f.from--
	}
	subjectless := true
	for k := f.from; k < f.to; k++ {
		subjectless = subjectless && r.units[k].kind == light && !pronouns[r.units[k].folded]
	}
	trailing := f.from > start && (after <= trailingWords || i+1 >= end ||
		r.units[min(i+1, end-1)].clause != u.clause && r.units[f.from-1].quoted)
	if trailing && !subjectless {
		f.c0, f.c1, f.trailing = start, f.from, true
		return f
	}
	// "Abdul Basit, an expert, said …": the name stands before the apposition.
	if f.from > start {
		named := false
		for k := f.from; k < f.to; k++ {
			named = named || r.units[k].kind == name && r.units[k].capital || pronouns[r.units[k].folded] ||
				humanPlurals[r.units[k].folded]
		}
		if subjectless || !named || determiners[r.units[f.from].folded] {
			for f.from > start && i-f.from < 16 && !r.units[f.from-1].quoted {
				f.from--
			}
		}
	}
	f.c0, f.c1 = i+1, end
	return f
}

// speakerEnds reports whether what follows a verb of saying is a speaker and nothing else: up to a mark or the
// sentence's end, without a verb. "Helle Moen, said the company could not pay" has its speaker before the comma.
func (r *reading) speakerEnds(i int) bool {
	for k := i + 1; k < r.from[r.units[i].sentence+1] && r.units[k].clause == r.units[i+1].clause; k++ {
		if verbOrHelp(r.partOf(k)) || r.units[k].folded == "that" || r.units[k].folded == "of" && accuses(r.units[i].folded) {
			return false
		}
	}
	return true
}

// accusing verbs have an object that is not their speaker: "accused the company of".
var accusing = set(`accuse suspect warn remind inform tell question`)

func accuses(word string) bool {
	v, ok := lexicon.Reporting(word)
	return ok && accusing[v.Lemma]
}

// frameAround finds the frame whose words stand at a byte offset, or the only one of the sentence.
func (r *reading) frameAround(offset int) *frame {
	var only *frame
	for k := range r.frames {
		f := &r.frames[k]
		if f.impersonal {
			continue
		}
		if f.c0 < f.c1 && r.units[f.c0].Start <= offset && offset < r.units[f.c1-1].End {
			return f
		}
		only = f
	}
	return only
}
