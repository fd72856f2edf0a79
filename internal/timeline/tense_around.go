package timeline

// tenseAround reads the tense off the nearest verb before the date, or off the first one after it where the date
// opens the sentence. "Since December" and "since the flood of 2 January" are past whatever the verb; in the present,
// what is "until Friday" or "is on Friday" is to come.
func tenseAround(tokens []token, from, to int) tense {
	comma := false
	for i := from - 1; i >= max(0, from-maxVerbDistance); i-- {
		t := &tokens[i]
		if t.is(";", "?", "!") || t.is(".") && at(tokens, i+1).capital {
			break
		}
		if comma = comma || t.is(","); !comma && t.is("since") {
			return tensePast
		}
		found := tenseOf(tokens, i)
		if found == tensePresent && (deadline(tokens, i, from) || scheduled(tokens, i, from)) {
			return tenseFuture
		}
		if postponing[t.lower] && at(tokens, from-1).is("to", "until", "till") {
			return tenseFuture // "adjourned the inquest until 2 December"
		}
		if found != tenseOpen {
			return found % tensePresent
		}
	}
	for i := to; i < min(len(tokens), to+maxVerbDistance); i++ {
		if tokens[i].is(".", ";", "?", "!") {
			break
		}
		if found := tenseOf(tokens, i); found != tenseOpen {
			return found % tensePresent
		}
	}
	if at(tokens, from-1).is("by", "until", "till") {
		return tenseFuture // "Entries by Friday to the clerk."
	}
	return tenseOpen
}

// deadline tells that the date at from is one that the verb of the present at i has for its end: "is closed until
// Friday", "must be paid before Friday".
func deadline(tokens []token, i, from int) bool {
	before := at(tokens, from-1)
	for k := i + 1; k < from; k++ {
		if at(tokens, k).is("from") {
			return false // "is laid up from October until Easter": the end goes with the beginning
		}
	}
	return before.is("by", "until", "till") || before.is("before") && !at(tokens, i).is("is", "are")
}

// scheduled tells that the verb at i says of nothing but the date at from when something is: "The draw is on Monday",
// "The deadline is Friday". "It is Friday" and "today is Friday" tell what day it is.
func scheduled(tokens []token, i, from int) bool {
	dated := at(tokens, from).kind == kindNumber || at(tokens, from).has(cWeekday|cMonth)
	return dated && at(tokens, i).is("is", "are") && skip(tokens, i+1, "on", "from") == from &&
		!at(tokens, i-1).is("it", "this", "today", "that", "what")
}
