package timeline

import (
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/article"
)

// Each kind of date that people reported to be misread by software of this sort, in variants of our own. A document of
// one paragraph a line, published on Thursday, 14 March 2024; a first line "# …" is a heading. want is what Events
// gives, without the dates that say nothing of the kind.
func TestKinds(t *testing.T) {
	for _, c := range []struct{ kind, text, want string }{
		// By the date named before.
		{"following", "The dam broke in July 1987. The following April it was rebuilt.", "1987-07 | 1988-04"},
		{"following", "He left on 3 March 2001 and came back the next March.", "2001-03-03 | 2002-03"},
		{"following", "The war began in 1936. The following spring the town fell, and that autumn it burned.",
			"1936 | 1937-03-01/1937-05-31 | 1937-09-01/1937-11-30"},
		{"preceding", "The vote was held in May 2012. The previous December the mayor had died.", "2011-12 | 2012-05"},
		{"preceding", "The mill burned in August 1966, after a flood the preceding winter.",
			"1965-12-01/1966-02-28 | 1966-08"},
		{"same", "The dam broke in July 1987. That December the mayor left.", "1987-07 | 1987-12"},
		{"same", "The dam broke in February 1987. That winter was hard.", "1986-12-01/1987-02-28 | 1987-02"},
		{"next without a date", "The council will meet next January.", "2025-01"},
		{"of the following year", "It opened in May 2003 and closed in March of the following year.", "2003-05 | 2004-03"},
		{"following", "The choir sang at Easter 2001 and again the following Easter.", "2001-04-15 | 2002-03-31"},
		{"following", "It burned on Christmas Eve 1930. The previous Christmas Eve had been quiet.",
			"1929-12-24 | 1930-12-24"},
		{"seasons", "In the winter of 1987 the ferry froze in. Two winters later it sank.",
			"1987-12-01/1988-02-29 | 1989-12-01/1990-02-28"},
		{"seasons", "The mill burned in June 1901. Three summers before, it had been sold.",
			"1898-06-01/1898-08-31 | 1901-06"},
		{"seasons", "The dam broke three summers ago.", "2021-06-01/2021-08-31"},
		{"seasons", "It opened in 1950. 12 winters later it fell.", "1950 | 1962-12-01/1963-02-28"},
		{"seasons", "Two winters later it sank.", ""},
		{"seasons", "It opened in 1950. Two winters passed.", "1950"},
		{"seasons", "It opened in 1950. Two winters before the war it fell.", "1950"},
		// Two days printed together can be counted from; what is too coarse cannot.
		{"nights", "The ship left on the night of 3-4 March 1912 and was found five weeks later.",
			"1912-03-03/1912-03-04 | 1912-04-08"},
		{"nights", "It burned on 3 and 4 March 1912. Two days before, it had rained.", "1912-03-01 | 1912-03-03/1912-03-04"},
		{"nights", "It ran from 3 to 20 March 1912. Two days later it rained.", "1912-03-03/1912-03-20"},
		{"coarse", "It closed on 3 May 2010. In 2011 it reopened, and five weeks later it burned.", "2010-05-03 | 2011"},
		{"coarse", "It closed on 3 May 2010. May 2010 was wet, and five weeks later it burned.",
			"2010-05 | 2010-05-03 | 2010-06-07"},
		{"week after", "The trial opens on Monday week.", "2024-03-25"},
		{"week after", "It must be paid by Friday week, he said.", "2024-03-22"},
		{"week after", "The show was on Monday week after week.", "2024-03-11"},
		// What somebody decides lies ahead.
		{"decided", "The council decided to run a boat from 1 June.", "2024-06-01"},
		{"decided", "The council agreed on Tuesday to close the pool from 3 April.", "2024-03-12 | 2024-04-03"},
		{"decided", "The county vowed to mend the wall by 20 September.", "2024-09-20"},
		{"decided", "The island voted late on Tuesday to stop the ferry from 1 May until the end of July.",
			"2024-03-12 | 2024-05-01 | 2024-07-31"},
		{"decided", "The board agreed unanimously at its meeting on Monday to empty the pool in June.",
			"2024-03-11 | 2024-06"},
		{"decided", "Members voted 14 to 3 to ban cars from 9 August.", "2024-08-09"},
		{"decided", "She vowed this week to leave in September.", "2024-03-11/2024-03-17 | 2024-09"},
		{"decided in the past", "They voted late on Tuesday, and the ship sank on the way to Oster in July.",
			"2023-07 | 2024-03-12"},
		{"decided in the past", "He promised the crews to whom it had happened in July a new boat.", "2023-07"},
		{"decided in the past", "The council agreed to the sale on Monday.", "2024-03-11"},
		{"decided in the past", "Members voted by 14 to 9 on Monday.", "2024-03-11"},
		{"decided in the past", "They agreed to Brenn and its plan in June.", "2023-06"},
		{"decided in the past", "The council decided on 1 June, and the boat stayed.", "2023-06-01"},
		{"decided in the past", "In June they agreed on a boat to Oster.", "2023-06"},
		// What is moved has the time that it is moved to.
		{"moved", "The council moved the start of the toll from May to November 2025.", "2025-11"},
		{"moved", "The vote was postponed from June to September.", "2024-09"},
		{"moved", "The fair was brought forward from 9 August 2024 to 2 July 2024.", "2024-07-02"},
		{"not moved", "The council moved the toll. It was due from May to November 2025.", "2025-05-01/2025-11-30"},
		{"postponed", "The vote was postponed to the meeting on 11 April.", "2024-04-11"},
		{"postponed", "The vote was adjourned until 2 May.", "2024-05-02"},
		{"postponed", "The bell was hung on 11 April.", "2023-04-11"},
		// What is to come is told in the present.
		{"timetable", "The museum reopens on Saturday.", "2024-03-16"},
		{"timetable", "The show runs until 5 May.", "2024-05-05"},
		{"timetable", "The school closes on Friday.", "2024-03-15"},
		{"timetable", "The yen closes below 90 Friday.", "2024-03-08"},
		// A week by one of its days; what comes again; the present age.
		{"week", "The boiler will be installed in the week of 1 April.", "2024-04-01/2024-04-07"},
		{"week", "She sailed in the week of 18 May 1987.", "1987-05-18/1987-05-24"},
		{"week", "She sailed in the week of rain.", ""},
		{"set", "The tower is open on the first Sunday of each month.", ""},
		{"set", "They meet the last Friday in every quarter.", ""},
		{"nowadays", "The chart of 1974 is still in use today.", "1974"},
		{"nowadays", "The wall of 1512 stands to today.", "1512"},
		{"nowadays", "The school is still closed; it opens today.", "2024-03-14"},
		// A place and a day alone begin a letter.
		{"letter", "Orsk, 14 March 1912\nYesterday the ice broke.", "1912-03-13"},
		{"letter", "Brenn, Tarn, 2 June 1912\nThe school closes on Saturday.", "1912-06-08"},
		{"letter", "In Orsk, 2 June 1912 was warm.", "1912-06-02"},
		// The century of the years beside it.
		{"century", "The railway came in 1871 and went in '98.", "1871 | 1898"},
		{"century", "The 1780s were wet, the '90s dry.", "1780s | 1790s"},
		{"century", "He was born in 1893. In the '20s he went to sea.", "1893 | 1920s"},
		{"century", "The worst flood since '82 hit the town.", "1982"},
		{"century", "She was born in 1988 and loved the music of the '60s.", "1960s | 1988"},
		{"century", "It stood from 1862 to '71.", "1862-01-01/1871-12-31"},
		// What a list shares.
		{"shared", "It snowed in January, February and April 1963.", "1963-01 | 1963-02 | 1963-04"},
		{"shared", "They met on 30 April and 2 May 1997.", "1997-04-30 | 1997-05-02"},
		{"shared", "They met on May 3, 7 and 12, 1997.", "1997-05-03 | 1997-05-07 | 1997-05-12"},
		{"shared", "Guilds ruled in the 15th and 16th centuries.", "1400s | 1500s"},
		{"shared", "It lasted from the 12th through the 14th century.", "1100-01-01/1399-12-31"},
		{"shared", "Sales fell in the summer and winter of 2008.", "2008-06-01/2008-08-31 | 2008-12-01/2009-02-28"},
		{"not shared", "On May 3, 12 people were killed.", "2023-05-03"},
		{"not shared", "A fire killed 3 on 9 May 1997.", "1997-05-09"},
		// The order of day and month.
		{"day first", "It was built on 23/09/1998.\nIt was sold on 05/10/2001.", "1998-09-23 | 2001-10-05 day first"},
		{"month first", "It was built on 09/23/1998.\nIt was sold on 05/10/2001.", "1998-09-23 | 2001-05-10 month first"},
		{"no order", "It was sold on 05/10/2001.", "2001-05-10 month first"},
		{"dashes", "It was built on 23-09-1998 and sold on 05-10-2001.", "1998-09-23 | 2001-10-05 day first"},
		{"points", "It was sold on 5.10.2001, says version 1.5.2.", "2001-10-05"},
		{"by language", "Das Haus wurde nach dem Brand verkauft, und zwar am 05/10/2001.", "2001-10-05 day first"},
		// Before Christ, small years, about.
		{"era", "The city fell in 146 BC and rose in A.D. 43.", "-0145 | 0043"},
		{"era", "The war lasted from 264 to 241 BCE.", "-0263-01-01/-0240-12-31"},
		{"era", "The temple is of the 5th century BC.", "-0499-01-01/-0400-12-31"},
		{"era", "The town was founded c. 850 and walled circa 1120.", "0850 about | 1120 about"},
		{"era", "In the year 871 the abbey burned.", "0871"},
		{"era", "The bell was cast around 1650; 312 men rang it.", "1650 about"},
		{"era", "The battery has 5000 mAh and AC power.", ""},
		// What a letter or a speech says.
		{"letter", `"We left last week," she wrote in a letter dated 14 July 1851.`, "1851-07-07/1851-07-13 | 1851-07-14"},
		{"letter", "In a speech of 1 September 1939 he said that the border had been crossed last night.",
			"1939-08-31 | 1939-09-01"},
		{"letter", `In 1962 the baker said, "I came here ten years ago."`, "1952 | 1962"},
		{"letter", `In 1962 the baker said that he came yesterday.`, "1962"},
		{"letter", `In a letter of 2 May 1850 he spoke of gold. "We found some yesterday," it goes on.`,
			"1850-05-01 | 1850-05-02"},
		{"not a letter", "Founded in 1962, the bakery said last week that it would close.",
			"1962 | 2024-03-04/2024-03-10"},
		{"diary", "# 12 June 1944\nThe bridge was blown up last night.", "1944-06-11"},
		{"diary", "12 June 1944: The bridge was blown up yesterday.", "1944-06-11 | 1944-06-12"},
		// A distance from a date.
		{"offset", "The fair closed three days after Christmas 2019.", "2019-12-28"},
		{"offset", "It was sold two months before June 1990.", "1990-04"},
		{"offset", "The day after 3 May 2010 it rained.", "2010-05-04"},
		{"offset", "It opened on the eve of 1 May 2009.", "2009-04-30"},
		{"offset", "More than two days before Easter 2022 it rained.", ""},
		{"offset", "He came back two years before the war.", ""},
		{"ago", "The shop opened a fortnight ago.", "2024-02-29"},
		{"ago", "It opened two weeks ago on Monday.", "2024-02-26"},
		{"before last", "It opened the week before last and closes the Friday after next.",
			"2024-02-26/2024-03-03 | 2024-03-22"},
		// Only a part of it is printed.
		{"mod", "It fell in early 2009, in mid-May 2010 and at the end of 2011.", "2009 early | 2010-05 mid | 2011 late"},
		{"mod", "It came about 1640 and left in the late 1650s.", "1640 about | 1650s late"},
		// Quarters seen from a past document; fiscal years.
		{"quarter", "Sales rose in the first and third quarters of 2019.",
			"2019-01-01/2019-03-31 | 2019-07-01/2019-09-30"},
		// Other calendars.
		{"solar", "It was signed on 1401 Hamal 7 and ended on 15 Asad 1402.", "2022-03-27 | 2023-08-06"},
		{"solar", "Born in Farvardin 1350, he is called Asad Mehr.", "1971-03-21/1971-04-20"},
		{"islamic", "It was signed on 10 Muharram 1444, in Rabi al-Awwal 1445 AH it ended.",
			"2022-08-08 about | 2023-09-16/2023-10-15"},
		// German, French and Spanish.
		{"de", "Am Montag, dem 3. Mai 2021 brannte die Mühle; am folgenden Tag war sie kalt.", "2021-05-03 | 2021-05-04"},
		{"de", "Die Stadt fiel im 17. und 18. Jahrhundert und um 312 v. Chr. wurde sie gegründet.",
			"-0311 | 1600s | 1700s"},
		{"de", "Sie wurde zwei Tage vor Ostern 2022 und am 3., 5. und 9. Mai 2017 geöffnet.",
			"2017-05-03 | 2017-05-05 | 2017-05-09 | 2022-04-15"},
		{"de", "Im Mai und Juni 2019 regnete es, im Jahr darauf nicht.", "2019-05 | 2019-06 | 2020"},
		{"fr", "Le moulin a brûlé le lundi 3 mai 2021 et le lendemain il était froid.", "2021-05-03 | 2021-05-04"},
		{"fr", "La ville a été fondée en 312 av. J.-C. et détruite du XVIIe au XIXe siècle.",
			"-0311 | 1600-01-01/1899-12-31"},
		{"fr", "La crue des années 1850 fut suivie de celle de mi-mars 1862 et de la fin des années 1870.",
			"1850s | 1862-03 mid | 1870s late"},
		{"fr", "Il y a environ dix ans, le pont était fermé.", "2014 about"},
		{"es", "El molino ardió el lunes 3 de mayo de 2021 y al día siguiente estaba frío.", "2021-05-03 | 2021-05-04"},
		{"es", "La ciudad fue fundada en el siglo III a. C. y destruida en los años noventa.",
			"-0299-01-01/-0200-12-31 | 1990s"},
		{"es", "El puente se abrió dos días antes de la Pascua de 2022 y se cerró a mediados de 2023.",
			"2022-04-15 | 2023 mid"},
		// Urdu, Pashto and Dari, with the calendars of their world.
		{"ur", "۷ حمل ۱۴۰۱ کو پل کھلا اور 10 محرم 1444 کو بند ہوا۔", "2022-03-27 | 2022-08-08 about"},
		{"ur", "پل 3 فروری 2021 کو کھلا اور دو سال بعد بند ہو گیا۔", "2021-02-03 | 2023"},
		{"ur", "پل 1990 کی دہائی میں بنا اور 2009 کے اوائل میں بند ہوا۔", "1990s | 2009 early"},
		{"ps", "پل د ۱۴۰۱ کال د وري په ۷مه پرانیستل شو.", "2022-03-27"},
		{"ps", "پل د ۲۰۲۱ کال د فبرورۍ په ۳مه پرانیستل شو او دوه ورځې وروسته وتړل شو.", "2021-02-03 | 2021-02-05"},
		{"ps", "پل د ۱۹۹۰ لسیزې په ترڅ کې جوړ شو.", "1990s"},
		{"fa", "پل در ۷ حمل ۱۴۰۱ باز شد و در سال ۱۴۰۲ بسته شد.", "2022-03-27 | 2023-03-21/2024-03-19"},
		{"fa", "پل در ۱۰ محرم ۱۴۴۴ قمری باز شد.", "2022-08-08 about"},
		{"fa", "پل در ۳ فبروری ۲۰۲۱ باز شد و دو روز پس از نوروز بسته شد.", "2021-02-03"},
		{"fa", "پل در دهه ۱۳۶۰ ساخته شد.", "1981-03-21/1991-03-20"},
	} {
		if got := kindOf(t, c.text); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.kind, c.text, got, c.want)
		}
	}
}

// kindOf prints the dates of a text in their order.
func kindOf(t *testing.T, text string) string {
	t.Helper()
	d := article.Document{Slug: "k", Published: date(t, "2024-03-14")}
	heading := ""
	for line := range strings.SplitSeq(text, "\n") {
		if rest, ok := strings.CutPrefix(line, "# "); ok {
			heading = rest
			continue
		}
		d.Passages = append(d.Passages, article.Passage{
			Ref: article.Ref{Slug: "k", N: len(d.Passages) + 1}, Heading: heading, Text: line})
	}
	var parts []string
	for _, e := range Events(nil, d) {
		parts = append(parts, briefly(e.Date))
	}
	return strings.Join(parts, " | ")
}

// briefly prints a date by its precision, and what restricts it.
func briefly(d Date) string {
	start, end := d.ISO()
	text := start + "/" + end
	switch century := fmt.Sprintf("%04d-12-31", d.Start.Year()+99); {
	case d.Precision == Day:
		text = start
	case d.Precision == Month:
		text = start[:len(start)-len("-01")]
	case d.Precision == Year:
		text = start[:len(start)-len("-01-01")]
	case d.Precision == Decade, end == century:
		text = start[:len(start)-len("-01-01")] + "s"
	}
	if d.Mod != "" {
		text += " " + string(d.Mod)
	}
	if d.Inferred == InferredOrder {
		if d.DayFirst {
			return text + " day first"
		}
		return text + " month first"
	}
	return text
}
