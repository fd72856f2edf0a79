package timeline

import "testing"

// An expression that somebody found is read by its own words, with the tense and the dates of its sentence.
func TestNormalize(t *testing.T) {
	reference := civil(2022, 4, 28) // a Thursday
	for _, c := range []struct {
		expression, sentence string
		offset               int
		want                 string // "" for none
	}{
		// What the rules find in the sentence is taken as it is.
		{"April 16", "The bridge fell on April 16.", 19, "2022-04-16"},
		{"the previous year", "In 2010 it opened, and the previous year it was built.", 23, "2009-01-01/2009-12-31"},
		{"Friday", "It fell on Friday, and it will open on Friday.", 39, "2022-04-29"},
		{"Friday", "It fell on Friday, and it will open on Friday.", 11, "2022-04-22"},
		// An offset that does not fit is looked for.
		{"Friday", "It will open on Friday.", -1, "2022-04-29"},
		{"Friday", "It will open on Friday.", 100, "2022-04-29"},
		{"Friday", "It will open on Friday.", 3, "2022-04-29"},
		// What is in no sentence stands for itself.
		{"2009", "It rained.", 0, "2009-01-01/2009-12-31"},
		{"3 May 2009", "", 0, "2009-05-03"},
		// Longer and shorter expressions than the rules would cut.
		{"on Friday", "It will open on Friday.", 13, "2022-04-29"},
		{"on Friday", "It opened on Friday.", 10, "2022-04-22"},
		{"early on Friday", "It opened early on Friday.", 10, "2022-04-22"},
		{"9 a.m. Friday", "It opened at 9 a.m. Friday.", 13, "2022-04-22"},
		{"on Friday morning", "It opened on Friday morning.", 10, "2022-04-22"},
		{"in about 1640", "It was built in about 1640.", 13, "1640-01-01/1640-12-31"},
		{"the Friday of the storm", "It fell the Friday of the storm.", 8, "2022-04-22"},
		{"the same year", "In 2010 it fell, and the same year it was sold.", 21, "2010-01-01/2010-12-31"},
		{"later the same year", "In 2010 it fell, and later the same year it was sold.", 21, "2010-01-01/2010-12-31"},
		{"later that year", "Later that year it fell; in 2010 it was sold.", 0, ""},
		// Other languages.
		{"letzte Woche", "Die Halle an der Brücke war letzte Woche leer.", 29, "2022-04-18/2022-04-24"},
		{"im Mai", "Die Halle an der Brücke wird im Mai leer sein.", 30, "2022-05-01/2022-05-31"},
		{"im Mai", "Die Halle an der Brücke war im Mai leer.", 29, "2021-05-01/2021-05-31"},
		{"en mayo de 2019", "La nave estaba vacía en mayo de 2019.", 22, "2019-05-01/2019-05-31"},
		// No day.
		{"the storm", "It fell in the storm.", 11, ""},
		{"every Friday", "It opens every Friday.", 9, ""},
		{"each May", "It opens each May.", 9, ""},
		{"on Fridays", "It opens on Fridays.", 9, ""},
		{"", "It rained.", 0, ""},
	} {
		got := ""
		if d, ok := Normalize(c.expression, c.sentence, c.offset, reference); ok {
			got = d.String()
		}
		if got != c.want {
			t.Errorf("%q in %q at %d: %q, want %q", c.expression, c.sentence, c.offset, got, c.want)
		}
	}
}

// What "the weekend" is depends on the day of the publication.
func TestWeekends(t *testing.T) {
	const friday, saturday, sunday = 29, 30, 31 // of April, as days of the month; Sunday is May 1
	for _, c := range []struct {
		text string
		day  int
		want string
	}{
		{"They left over the weekend.", friday, "2022-04-23/2022-04-24"},
		{"They left over the weekend.", saturday, "2022-04-30/2022-05-01"},
		{"They left over the weekend.", sunday, "2022-04-30/2022-05-01"},
		{"They left over the weekend.", sunday + 1, "2022-04-30/2022-05-01"},
		{"They left this weekend.", friday - 3, "2022-04-23/2022-04-24"},
		{"They left this weekend.", friday - 2, "2022-04-23/2022-04-24"},
		{"They left this weekend.", friday, "2022-04-30/2022-05-01"},
		{"They left this weekend.", saturday, "2022-04-30/2022-05-01"},
		{"They will leave this weekend.", friday - 3, "2022-04-30/2022-05-01"},
		{"They left last weekend.", saturday, "2022-04-23/2022-04-24"},
		{"They left last weekend.", friday - 3, "2022-04-23/2022-04-24"},
		{"They will leave next weekend.", friday - 3, "2022-05-07/2022-05-08"},
	} {
		var got string
		for _, m := range Tag(c.text, Context{Reference: civil(2022, 4, c.day)}) {
			got += m.String()
		}
		if got != c.want {
			t.Errorf("%s on April %d: %q, want %q", c.text, c.day, got, c.want)
		}
	}
}
