package timeline

import "pilcrow/internal/lexicon"

// The sets are never written to.
var (
	// measures follow a number that is no year.
	measures = lexicon.Set(`
		acres b bc bce billion cases children cm copies days degrees dollars employees euros feet ft gmt hours hp jobs
		kg kilometers km men meters miles million mm months mph people per percent points pounds rpm seats soldiers
		square times tonnes tons troops units utc votes weeks women words workers years
		kilometres metres`)  //nolint:misspell // texts are in both spellings

	// functionWords follow a year: what stands there otherwise may be what a number counts.
	functionWords = lexicon.Set(`
		a about after against alone also although amid an and are as at because before between but by can could
		despite did does due during following for from had has have he her his if in into is it its may might not of
		on onward onwards or over saw she since so than that the their then these they this those though through till
		to under until was we were when where which while who will with would`)

	// dayNames make a weekday a name: Black Friday, Ash Wednesday.
	dayNames = lexicon.Set("black good bloody ash palm easter cyber super giving holy maundy shrove")

	// papers follow a weekday in names: the Sunday Times.
	papers = lexicon.Set("times mirror telegraph express herald post mail football island river islamic")
)
