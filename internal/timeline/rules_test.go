package timeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Each case is a sentence of our own, read on Thursday, 28 April 2022; want lists "rule: phrase = days" for each
// expression, and "kind: phrase" for those that have no date.
func TestRules(t *testing.T) {
	cases := []struct{ text, want string }{
		// iso date
		{"The log ends at 2022-04-16.", "iso date: 2022-04-16 = 2022-04-16"},
		{"It was signed 2021-11-02T10:00 at sea.", "iso date: 2021-11-02T10 = 2021-11-02"},
		{"Figures for 2019-03 were revised.", "iso date: 2019-03 = 2019-03-01/2019-03-31"},
		// slashed date
		{"Filed on 4/16/2021 in court.", "slashed date: 4/16/2021 = 2021-04-16"},
		{"Filed on 16/4/2021 in court.", "slashed date: 16/4/2021 = 2021-04-16"},
		{"Filed on 4/5/21 in court.", "slashed date: 4/5/21 = 2021-04-05 order"},
		// dotted date
		{"Filed on 16.4.2021 in court.", "dotted date: 16.4.2021 = 2021-04-16"},
		{"Filed with version 16.40.2021.", ""},
		// other calendars
		{"It was signed on Hamal 7, 1401.", "solar hijri: Hamal 7, 1401 = 2022-03-27"},
		{"Mr. Asad, 40, met Mehr and 1401 others.", ""},
		{"It was signed on 27 Ramadan 1443.", "islamic: 27 Ramadan 1443 = 2022-04-28"},
		{"He fasts in Ramadan.", ""},
		// week of
		{"The boiler burst in the week of 4 April.", "week of: the week of 4 April = 2022-04-04/2022-04-10 date"},
		{"It was the week of the storm.", ""},
		// new year
		{"It reopened in the new year.", "new year: the new year = 2022-01-01/2022-12-31 year"},
		// the weekend, earlier in, run of days
		{"Two firms left the talks over the weekend.", "the weekend: the weekend = 2022-04-23/2022-04-24 date"},
		{"The fair was held at the weekend.", "the weekend: the weekend = 2022-04-23/2022-04-24 date"},
		{"Officials will meet during the weekend.", "the weekend: the weekend = 2022-04-30/2022-05-01 date"},
		{"The baths are open at the weekend.", "the weekend: the weekend ="},
		{"He spent the weekend at sea.", ""},
		{"Ford beat predictions earlier in the week.", "earlier in: earlier in the week = 2022-04-25/2022-05-01 date"},
		{"Prices rose later in the month.", "earlier in: later in the month = 2022-04-01/2022-04-30 date"},
		{"It rained earlier in the year, on 3 March 1999, and snowed later in the year.",
			"earlier in: earlier in the year = 2022-01-01/2022-12-31 year | day and month: 3 March 1999 = 1999-03-03 | " +
				"earlier in: later in the year = 1999-01-01/1999-12-31 year"},
		{"It came earlier in the week of the storm.", ""},
		{"Shares fell for the sixth straight day.",
			"run of days: the sixth straight day = 2022-04-23/2022-04-28 date"},
		{"The crown rose after six straight days of losses.",
			"run of days: six straight days = 2022-04-22/2022-04-28 date"},
		{"It was the third day in a row without trains.",
			"run of days: the third day in a row = 2022-04-26/2022-04-28 date"},
		{"He was absent for three consecutive days.", ""},
		{"It was the third day of the fair.", ""},
		// any year
		{"The path is best walked from May to September.", "set: May to September"},
		{"The museum is open from April to October.", "set: April to October"},
		{"Salmon are caught between May and August.", "set: May and August"},
		{"The ferry runs from May to September.", "set: May to September"},
		{"The strike lasted from May to September.", "range: May to September = 2021-05-01/2021-09-30 year"},
		{"The road will be closed from May to July.", "range: May to July = 2022-05-01/2022-07-31 year"},
		{"The show is open from April to October 2009.", "range: April to October 2009 = 2009-04-01/2009-10-31 year"},
		{"The ferry is closed from 3 May to 9 June.", "range: 3 May to 9 June = 2022-05-03/2022-06-09 year"},
		// before last, offset
		{"He resigned the week before last.", "before last: the week before last = 2022-04-11/2022-04-17 date"},
		{"He resigned the week before last Christmas.",
			"offset: the week before last Christmas = 2021-12-13/2021-12-19 date"},
		{"He resigned two days before May 3, 2010.", "offset: two days before May 3, 2010 = 2010-05-01 date"},
		{"He resigned two days before May 2010.", "offset: two days before May 2010 ="},
		// month and day
		{"The bridge fell on April 16, 2019.", "month and day: April 16, 2019 = 2019-04-16"},
		{"The bridge fell on April 16.", "month and day: April 16 = 2022-04-16 year"},
		{"The bridge fell on Dec. 3.", "month and day: Dec. 3 = 2021-12-03 year"},
		{"The bridge fell on June 21st of 1998.", "month and day: June 21st of 1998 = 1998-06-21"},
		{"The bridge fell on Saturday, April 16.", "month and day: Saturday, April 16 = 2022-04-16 year"},
		{"The bridge fell on Friday, April 16.", "month and day: Friday, April 16 = 2021-04-16 year"},
		{"The bridge will open on May 5.", "month and day: May 5 = 2022-05-05 year"},
		{"The bridge opened on May 5.", "month and day: May 5 = 2021-05-05 year"},
		{"The bridge opened on April 16 last year.", "month and day: April 16 last year = 2021-04-16 year"},
		{"It opened on February 29.", "month and day: February 29 = 2020-02-29 year"},
		{"It opened on February 30.", ""},
		// day and month
		{"Er fell on 16 April 2019.", "day and month: 16 April 2019 = 2019-04-16"},
		{"He fell on the 16th of April.", "day and month: the 16th of April = 2022-04-16 year"},
		{"On the fourth of July, 1995, it rained.", "day and month: the fourth of July, 1995 = 1995-07-04"},
		{"On the twenty-first of March it rained.", "day and month: the twenty-first of March = 2022-03-21 year"},
		// month
		{"Prices rose in August.", "month: August = 2021-08-01/2021-08-31 year"},
		{"Prices rose in April.", "month: April = 2022-04-01/2022-04-30 year"},
		{"Prices rose in March 2020.", "month: March 2020 = 2020-03-01/2020-03-31"},
		{"Prices have risen since December.", "month: December = 2021-12-01/2021-12-31 year"},
		{"Prices rose in May of last year.", "month: May of last year = 2021-05-01/2021-05-31 year"},
		{"Prices rose last November.", "month: last November = 2021-11-01/2021-11-30 year"},
		{"The shop will open next September.", "month: next September = 2022-09-01/2022-09-30 year"},
		{"The shop will open in June.", "month: June = 2022-06-01/2022-06-30 year"},
		{"In 2016 June it rained.", "month: 2016 June = 2016-06-01/2016-06-30"},
		{"The plan may march on, and June Carter said so to April Jones.", ""},
		{"The March on Washington was large.", ""},
		{"She may go; they march in line.", ""},
		// year
		{"The fence was built in 1893.", "year: 1893 = 1893-01-01/1893-12-31"},
		{"The 2008 crisis hit banks.", "year: 2008 = 2008-01-01/2008-12-31"},
		{"The worst index since '82.", "year: '82 = 1982-01-01/1982-12-31 century"},
		{"It was the wettest year (1987) on record.", "year: 1987 = 1987-01-01/1987-12-31"},
		{"Flight 1549 landed with 2000 passengers and cost $2021.", ""},
		{"They marched 2000 km in 1200 BC from room 1990.", "era: 1200 BC = -1199-01-01/-1199-12-31"},
		{"At 1800 hours the 2000-strong crowd left.", ""},
		// decade
		{"It began in the 1990s.", "decade: the 1990s = 1990-01-01/1999-12-31"},
		{"It began in the '40s.", "decade: the '40s = 1940-01-01/1949-12-31 century"},
		{"It began in the seventies.", "decade: the seventies = 1970-01-01/1979-12-31 century"},
		{"It began in the mid-1980s.", "edge: the mid-1980s = 1980-01-01/1989-12-31"},
		{"She died in her 80s, and he is in his fifties.", ""},
		{"Temperatures in the 90s are common; the KC-30s and 737s fly.", ""},
		// century
		{"It was a village in the 19th century.", "century: the 19th century = 1800-01-01/1899-12-31"},
		{"It was a village in the second century BC.", "century: the second century BC = -0199-01-01/-0100-12-31"},
		// quarter and half
		{"Sales rose in Q2 2021.", "quarter: Q2 2021 = 2021-04-01/2021-06-30"},
		{"Sales rose in the third quarter of last year.",
			"quarter: the third quarter of last year = 2021-07-01/2021-09-30 year"},
		{"Its first-quarter results disappointed.", "quarter: first-quarter = 2022-01-01/2022-03-31 year"},
		{"Its second-quarter results disappointed.", "quarter: second-quarter = 2021-04-01/2021-06-30 year"},
		{"Sales rose in the first half of 2019.", "half: the first half of 2019 = 2019-01-01/2019-06-30"},
		{"It grew in the first half of the 10th century.",
			"half: the first half of the 10th century = 0900-01-01/0949-12-31"},
		{"It grew in the last quarter of the 19th century.", "quarter: the last quarter of the 19th century = " +
			"1875-01-01/1899-12-31"},
		{"It grew in the second half of the 1960s.", "half: the second half of the 1960s = 1965-01-01/1969-12-31"},
		// fiscal year
		{"Sales were flat in FY2018.", "fiscal year: FY2018 = 2018-01-01/2018-12-31"},
		{"Sales were flat in FY18.", "fiscal year: FY18 = 2018-01-01/2018-12-31 century"},
		{"Orders doubled in the second quarter of fiscal 2018.",
			"quarter: the second quarter of fiscal 2018 = 2018-01-01/2018-12-31"},
		{"Orders doubled in Q2 FY2018.", "quarter: Q2 FY2018 = 2018-01-01/2018-12-31"},
		{"Route FY7 and model FYX were sold.", ""},
		{"Sales rose in Q1 2021, more than in the same quarter of last year.",
			"quarter: Q1 2021 = 2021-01-01/2021-03-31 | that unit: the same quarter of last year = 2020-01-01/2020-03-31 date"},
		{"Sales rose in May 2021, as in the same month a year earlier.",
			"month: May 2021 = 2021-05-01/2021-05-31 | that unit: the same month a year earlier = 2020-05-01/2020-05-31 date"},
		{"They scored in the second half and took a quarter of the seats.", ""},
		// season
		{"They met in the summer of 1969.", "season: the summer of 1969 = 1969-06-01/1969-08-31"},
		{"They met last autumn.", "season: last autumn = 2021-09-01/2021-11-30 year"},
		{"They met in the winter of 2010.", "season: the winter of 2010 = 2010-12-01/2011-02-28"},
		{"They spring up and fall down in Winter Park.", ""},
		// feast
		{"It closed on Christmas Eve 2019.", "feast: Christmas Eve 2019 = 2019-12-24"},
		{"It closed on New Year's Day.", "feast: New Year's Day = 2022-01-01 year"},
		{"It closed on Easter Sunday 2021.", "feast: Easter Sunday 2021 = 2021-04-04"},
		{"It closed last Thanksgiving.", "feast: last Thanksgiving = 2021-11-25 year"},
		{"Security changed after the September 11 attacks.", "feast: September 11 = 2001-09-11"},
		{"Security changed after 9/11.", "feast: 9/11 = 2001-09-11"},
		{"A Christmas tree stood there.", ""},
		// today
		{"He resigned yesterday.", "today: yesterday = 2022-04-27 date"},
		{"He resigned the day before yesterday.", "today: the day before yesterday = 2022-04-26 date"},
		{"He resigned last night.", "today: last night = 2022-04-27 date"},
		{"He resigned earlier today.", "today: earlier today = 2022-04-28 date"},
		// this unit
		{"He resigned last year.", "this unit: last year = 2021-01-01/2021-12-31 year"},
		{"He resigned this month.", "this unit: this month = 2022-04-01/2022-04-30 date"},
		{"He resigned last week.", "this unit: last week = 2022-04-18/2022-04-24 date"},
		{"He will resign next week.", "this unit: next week = 2022-05-02/2022-05-08 date"},
		{"He resigned last weekend.", "this unit: last weekend = 2022-04-23/2022-04-24 date"},
		// that unit
		{"In 2015 rain fell, more than in the previous year.",
			"year: 2015 = 2015-01-01/2015-12-31 | that unit: the previous year = 2014-01-01/2014-12-31 year"},
		{"On May 3, 2010 it rained, and the following day too.",
			"month and day: May 3, 2010 = 2010-05-03 | that unit: the following day = 2010-05-04 date"},
		{"On May 3, 2010 it rained as it had the day before.",
			"month and day: May 3, 2010 = 2010-05-03 | that unit: the day before = 2010-05-02 date"},
		{"In March 2010 it rained; that year was wet.",
			"month: March 2010 = 2010-03-01/2010-03-31 | that unit: that year = 2010-01-01/2010-12-31 year"},
		{"It rained the day before the vote, and the following day.", "that unit: the following day ="},
		// window
		{"Attacks rose over the past two years.", "window: the past two years = 2020-04-28/2022-04-28 date"},
		{"Attacks will rise over the next three weeks.", "window: the next three weeks = 2022-04-28/2022-05-19 date"},
		{"Attacks rose over the past few years.", "vague: the past few years"},
		// ago
		{"It burned two days ago.", "ago: two days ago = 2022-04-26 date"},
		{"It burned three years ago.", "ago: three years ago = 2019-01-01/2019-12-31 year"},
		{"It burned about a week ago.", "ago: a week ago = 2022-04-18/2022-04-24 date"},
		{"It burned more than two years ago.", "vague: two years ago"},
		{"It opened on May 3, 2010 and burned two days later.",
			"month and day: May 3, 2010 = 2010-05-03 | ago: two days later = 2010-05-05 date"},
		{"It opened on May 3, 2010 and had burned a day earlier.",
			"month and day: May 3, 2010 = 2010-05-03 | ago: a day earlier = 2010-05-02 date"},
		{"The move comes a day after the vote.", "ago: a day after = 2022-04-27 date"},
		{"It burned half a century ago.", "vague: a century ago"},
		{"He left two years after the war.", "duration: two years"},
		// weekday
		{"He spoke on Thursday.", "weekday: Thursday = 2022-04-28 date"},
		{"He spoke on Friday.", "weekday: Friday = 2022-04-22 date"},
		{"He will speak on Friday.", "weekday: Friday = 2022-04-29 date"},
		{"He said the union would decide on Friday.", "weekday: Friday = 2022-04-29 date"},
		{"She told them that it would not open before Friday.", "weekday: Friday = 2022-04-29 date"},
		{"He said he would have come on Friday.", "weekday: Friday = 2022-04-22 date"},
		{"He would not speak on Friday.", "weekday: Friday = 2022-04-22 date"},
		{"The court is due to hear from her on Friday.", "weekday: Friday = 2022-04-29 date"},
		{"They were due to visit the mill on Friday.", "weekday: Friday = 2022-04-29 date"},
		{"It is due to open on Friday.", "weekday: Friday = 2022-04-29 date"},
		{"It closed due to cost on Friday.", "weekday: Friday = 2022-04-22 date"},
		{"The delay was due to a storm on Friday.", "weekday: Friday = 2022-04-22 date"},
		{"The delays were due to cuts to the staff on Friday.", "weekday: Friday = 2022-04-22 date"},
		{"He spoke last Thursday.", "weekday: last Thursday = 2022-04-21 date"},
		{"He spoke on Monday evening.", "weekday: Monday evening = 2022-04-25 date"},
		{"He spoke on Tuesday of last week.", "weekday: Tuesday of last week = 2022-04-19 date"},
		{"He spoke on Friday the 22nd.", "weekday: Friday the 22nd = 2022-04-22 date"},
		{"Talks broke off on Monday and resume Saturday.",
			"weekday: Monday = 2022-04-25 date | weekday: Saturday = 2022-04-30 date"},
		{"Set for May 3, 2010, the vote moved to the following Friday.",
			"month and day: May 3, 2010 = 2010-05-03 | weekday: following Friday = 2010-05-07 date"},
		{"On May 3, 2010 he recalled the previous Monday.",
			"month and day: May 3, 2010 = 2010-05-03 | weekday: previous Monday = 2010-04-26 date"},
		{"He read the Sunday Times on Black Friday.", ""},
		// nth
		{"They met on the third Wednesday of March.", "nth: the third Wednesday of March = 2022-03-16 year"},
		{"They met in the last week of March 2009.", "nth: the last week of March 2009 = 2009-03-23/2009-03-29"},
		{"They met in the first six months of 2009.", "nth: the first six months of 2009 = 2009-01-01/2009-06-30"},
		{"They met on the fifth Monday of March 2022.", "nth: the fifth Monday of March 2022 ="},
		// edge
		{"It has fallen since the start of this year.", "edge: the start of this year = 2022-01-01 year"},
		{"It fell at the beginning of the year.", "edge: the beginning of the year = 2022-01-01/2022-12-31 year"},
		{"It must end by the end of June 2023.", "edge: the end of June 2023 = 2023-06-30"},
		{"It fell in early 2009.", "edge: early 2009 = 2009-01-01/2009-12-31"},
		// range
		{"It ran from 2001 to 2005.", "range: 2001 to 2005 = 2001-01-01/2005-12-31"},
		{"It ran between May and July.", "range: May and July = 2021-05-01/2021-07-31 year"},
		{"It ran from November 2019 to March 2020.", "range: November 2019 to March 2020 = 2019-11-01/2020-03-31"},
		{"The war of 1914-18 and 1939–1945.",
			"range: 1914-18 = 1914-01-01/1918-12-31 | range: 1939–1945 = 1939-01-01/1945-12-31"},
		{"They met on April 3-5.", "day range: April 3-5 = 2022-04-03/2022-04-05 year"},
		{"They met from 3 to 5 April 2020.", "day range: 3 to 5 April 2020 = 2020-04-03/2020-04-05"},
		{
			"April 3 and 4, 2020 were cold, April 3 and 9, 2020 were not.",
			"day range: April 3 and 4, 2020 = 2020-04-03/2020-04-04 | month and day: April 3 = 2020-04-03 | " +
				"month and day: 9, 2020 = 2020-04-09",
		},
		{"They met from December 28 to January 3.", "range: December 28 to January 3 = 2021-12-28/2022-01-03 year"},
		{"It sank three winters ago.", "seasons apart: three winters ago = 2019-12-01/2020-02-29 year"},
		// without a date
		{"It begins at 16:00 UTC.", "time: 16:00 UTC"},
		{"It begins at 9 a.m. sharp.", "time: 9 a.m."},
		{"The 20-year war went on for three weeks.", "duration: 20-year | duration: three weeks"},
		{"They meet every Monday and on Fridays.", "set: every Monday | set: Fridays"},
		{"In recent years it grew; decades ago it did not.", "vague: recent years | vague: decades ago"},
		{"A 2,700-kilometer fence, 294 attacks, 56 percent and COVID-19.", ""},
	}
	reference := date(t, "2022-04-28")
	for _, c := range cases {
		if got := describe(Tag(c.text, Context{Reference: reference})); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
	var all strings.Builder
	for _, c := range cases {
		for _, m := range Tag(c.text, Context{Reference: reference}) {
			all.WriteString(m.Rule + "\n")
		}
	}
	for _, r := range rules {
		if !slices.Contains(strings.Split(all.String(), "\n"), r.name) {
			t.Errorf("the rule %q has no case", r.name)
		}
	}
}

func describe(mentions []Mention) string {
	var parts []string
	for _, m := range mentions {
		if m.Kind != KindDate {
			parts = append(parts, fmt.Sprintf("%s: %s", m.Kind, m.Phrase))
			continue
		}
		parts = append(
			parts,
			strings.TrimRight(fmt.Sprintf("%s: %s = %s %s", m.Rule, m.Phrase, m.Date, m.Inferred), " "),
		)
	}
	return strings.Join(parts, " | ")
}

// Nothing is invented where the publication date is not known.
func TestTagWithoutPublication(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The bridge fell on April 16.", "month and day: April 16 = XXXX-04-16"},
		{"Prices rose in August.", "month: August = XXXX-08-01/XXXX-08-31"},
		{"He resigned yesterday, on Tuesday, two years ago, last month and in the third quarter.",
			"today: yesterday = | weekday: Tuesday = | ago: two years ago = | this unit: last month = | quarter: the third " +
				"quarter ="},
		{"Attacks rose over the past two years.", "window: the past two years ="},
		{"In 2010 it closed, and on April 16 it fell.",
			"year: 2010 = 2010-01-01/2010-12-31 | month and day: April 16 = 2010-04-16 year"},
		{"It closed on April 16 and fell the following day.",
			"month and day: April 16 = XXXX-04-16 | that unit: the following day = XXXX-04-17 date"},
		{"It ran from April to June.", "range: April to June = XXXX-04-01/XXXX-06-30"},
		{"In the '60s and the 20s.", "decade: the '60s = 1960-01-01/1969-12-31 century | decade: the 20s ="},
		{"It opened in 1999.", "year: 1999 = 1999-01-01/1999-12-31"},
	} {
		if got := describe(Tag(c.text, Context{})); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}
