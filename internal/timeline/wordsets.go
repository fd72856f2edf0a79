package timeline

import "pilcrow/internal/lexicon"

// The sets are never written to.
var (
	// measures follow a number that is no year.
	measures = lexicon.List("counted-things")

	// functionWords follow a year: what stands there otherwise may be what a number counts.
	functionWords = lexicon.Set(`
		a about after against alone also although amid an and are as at because before between but by can could
		despite did does due during following for from had has have he her his if in into is it its may might not of
		on onward onwards or over saw she since so than that the their then these they this those though through till
		to under until was we were when where which while who will with would`)

	// dayNames make a weekday a name: Black Friday, Ash Wednesday.
	dayNames = lexicon.List("named-days")

	// papers follow a weekday in names: the Sunday Times.
	papers = lexicon.List("newspaper-words")
)
