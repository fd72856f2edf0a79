package question

import "testing"

// What holds the kind of thing that is asked for, and what only looks like it.
func TestHoldsOrNot(t *testing.T) {
	for _, c := range []struct {
		question, text string
		want           bool
	}{
		{"How many ships came?", "In 1911 some ships came.", false},   // a year counts nothing
		{"How many ships came?", "That year 340 ships came.", true},   // a number does
		{"How many ships came?", "That year 2,400 ships came.", true}, // of four digits, too
		{"How many ships came?", "That year twelve ships came.", true},
		{"How many ships came?", "One saw that ships came.", false},                                      // a pronoun
		{"How many ships came?", "Twelve people on the old pier saw a fleet of ships that came.", false}, // too far away
		{"How many ships came?", "Ships came that from afar had seemed no more than twelve.", false},
		{"How many people drowned?", "That night 340 deckhands drowned.", true}, // by what they do
		{"How many people drowned?", "Of the oarswomen 14 drowned.", true},
		{"How many people drowned?", "The night was long when they drowned, 14 hours or more of wind.", true},
		{"How many boats sank?", "That night 14 vessels sank.", true},                              // a synonym
		{"how many babies do they have", "Seven of the dens had two or three young in May.", true}, // what answers it
		{"how many babies do they have", "There were two or three dens in the reeds below the weir that had young.", false},
		{"when does it open", "It opens at half past six.", true}, // a time of day
		{"when does it open", "It opens from 7 to 10.", true},
		{"when does it open", "It opens at 8 a.m.", true},
		{"when does it open", "It opens at 18:30.", true},
		{"when does it open", "It opens from six.", true},
		{"when does it open", "It opens for six.", false},
		{"when does it open", "It opens at 7 Mill Lane.", false},
		{"when can children come", "Children from 3 to 12 years come free.", false}, // an age is no time of day
		{"when can groups come", "We take between 5 and 10 people.", false},
		{"when does it open", "It opens between 5 and 10.", true},
		{"when was the break-in", "It was at about 2 a.m. that the glass broke.", true},
		{"when do logs get deleted", "Logs stay for half a year.", true}, // of what is to come, how long that takes
		{"when can i eat the beans", "They are ready after six weeks.", true},
		{"when will i hear back", "The jury decides within 8 weeks.", true},
		{"when was the jury chosen", "The jury decides within 8 weeks.", false},
		{"when did it end", "It went on for six weeks.", false},
		{"what year does it end", "It goes on for six weeks.", false},
		{"when do logs get deleted", "Logs have six columns.", false},
		{"when can i eat the beans", "Six weeks were cold.", false},
		{"how much is the course", "The course has ten lessons and costs you about 96.", true}, // a price without its money
		{"how much is the course", "The course is 5.50 a visit.", true},
		{"how much is the course", "The course has ten lessons.", false},
		{"how much is the course", "The course cost us dear; ten came.", false},
		{"whats it cost", "The week is 164 florins.", true},
		{"whats it cost", "The clock brought him 60 gulden.", true},
		{"whats it cost", "It was thirty quid.", true},
		{"whats it cost", "The week has 164 hours.", false},
		{"what does a week cost", "The week has 164 hours.", false},
		{"what does a week cost", "The week is 164 florins.", true},
		{"what will a week there cost us", "The week is 164 florins.", true},
		{"what is low cost housing", "The week is 164 florins.", false},
		{"what is opportunity cost", "The week is 164 florins.", false},
		{"what does the storm cost cover", "The week is 164 florins.", false},
		{"what does the room cost per night", "The week is 164 florins.", true},
		{"what are the costs of the week", "The week is 164 florins.", false}, // which, and not how much
		{"what went wrong at what cost", "The week is 164 florins.", false},
		{"When was it built?", "It was built in 1911.", true},
		{"When was it built?", "It was built by 45 masons.", false},
		{"When was it built?", "It was built by 900 masons.", false},
		{"When was it built?", "It was built by 9 masons.", false},
		{"When was it built?", "It was built on the 2nd.", true},
		{"When was it built?", "It was built in the 19th century.", true},
		{"When was it built?", "It was built in March.", true},
		{"When was it built?", "They march where it was built.", false}, // no month
		{"When was it built in 1911?", "It was built in 1911.", false},  // the question's own year
		{"Who built it?", "It was built by Eva Lund.", true},
		{"Who built it?", "Somebody built it.", false}, // a capital that any sentence begins with
		{"Who built it?", "It was built, He said.", false},
	} {
		if got := Parse(c.question).Holds(c.text); got != c.want {
			t.Errorf("%s – %s: %v, want %v", c.question, c.text, got, c.want)
		}
	}
}

// What says the kind of thing that is asked for in whatever way is no weak match.
func TestPlainlySaid(t *testing.T) {
	for _, c := range []struct {
		question, text string
		want           bool
	}{
		{"How many ships came?", "Of ships 340 came.", true},
		{"How many ships came?", "Of ships twelve came.", true},
		{"How many ships came?", "Of ships none came.", true},
		{"How many ships came?", "Ships came.", false},
		{"When was it built?", "It was built in 1911.", true},
		{"When was it built?", "It was built in March.", true},
		{"When was it built?", "It was built in summer.", true},
		{"When was it built?", "It was built after the flood.", true},
		{"When was it built?", "It was built of granite.", false},
	} {
		if got := Parse(c.question).Plainly(c.text); got != c.want {
			t.Errorf("%s – %s: %v, want %v", c.question, c.text, got, c.want)
		}
	}
}

// A slip is a letter too many, too few or another one, or two that changed places.
func TestSlipsOfLetters(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"harbor", "harbor", 0}, {"harbor", "harbr", 1}, {"harbor", "harbbor", 1}, {"harbor", "harbur", 1},
		{"harbor", "hrabor", 1}, {"harbor", "hxybor", 2}, {"harbor", "hraxbor", 3}, {"harbor", "hrxbor", 2},
		{"harbor", "hxabor", 2}, {"harbour", "harbor", 1},
	} {
		if got := Slips(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// Words that only ask stand in no answer.
func TestFrameWords(t *testing.T) {
	for word, want := range map[string]bool{"please": true, "explain": true, "which": true, "harbor": false} {
		if Frames(word) != want {
			t.Errorf("%s: %v, want %v", word, !want, want)
		}
	}
}

// What is defined is a name or a kind of thing.
func TestDefinable(t *testing.T) {
	for about, want := range map[string]bool{"": false, "a kiln": true,
		"a kiln of the old sort that potters once used": false} {
		if definable(about) != want {
			t.Errorf("%q: %v, want %v", about, !want, want)
		}
	}
}
