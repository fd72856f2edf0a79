package article

import (
	"strings"
	"testing"
)

// promoCases are files of plain text ("txt") and Markdown ("md"). keep is what must be left of the last paragraphs,
// parted by " | "; every file begins with a paragraph that names what the seams are weighed with.
var promoCases = []struct {
	name, ext, text, keep string
	promos                int
}{
	// Glued to the front of a paragraph.
	{"quotation mark", "txt", `SEE ALSO: Farmers Lose Hope After The Flood's Victory"It will take years," she said.`,
		`"It will take years," she said.`, 1},
	{"curly mark", "txt", `READ MORE: Farmers Lose Hope After The Flood“It will take years,” she said.`,
		`“It will take years,” she said.`, 1},
	{"capital", "txt", `SEE ALSO: Villagers Confront A Growing FloodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"opener", "txt", `RELATED: Villagers Confront A Growing FloodThe government counted 30 broken dams.`,
		`The government counted 30 broken dams.`, 1},
	{"one-letter word", "txt", `RELATED: Villagers Confront A Growing FloodA dam broke last night.`,
		`A dam broke last night.`, 1},
	{"acronym follows", "txt", `SEE ALSO: Villagers Confront A Growing FloodEU officials counted 30 broken dams.`,
		`EU officials counted 30 broken dams.`, 1},
	{"dotted acronym follows", "txt", `SEE ALSO: Villagers Confront A Growing FloodU.S. officials counted 30 broken dams.`,
		`U.S. officials counted 30 broken dams.`, 1},
	{"acronym before", "txt", `SEE ALSO: Villagers Seek Help From The EUBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"all capitals", "txt", `WATCH: VILLAGERS CONFRONT FLOODBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"YouTube", "txt", `SEE ALSO: How YouTube Spread Rumors Of A FloodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"McDonald", "txt", `SEE ALSO: Mayor McDonald Confronts Growing FloodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"iPhone", "txt", `SEE ALSO: New iPhone App Warns Of A FloodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"PayPal", "txt", `SEE ALSO: Donors Leave PayPal After The FloodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"DeSantis", "txt", `SEE ALSO: Why DeSantis Fears The FloodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"unknown brand", "txt", `SEE ALSO: Makers Of ZapTube Deny The FloodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"brand at the end", "txt", `SEE ALSO: Rumors Of A Flood Spread On YouTubeBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"brand in the paragraph", "txt", `SEE ALSO: Villagers Confront A Growing FloodBulgaria asked YouTube for help.`,
		`Bulgaria asked YouTube for help.`, 1},
	{"apostrophe", "txt", `SEE ALSO: Mayor O'Brien's Fight With A FloodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"quoted headline", "txt", `SEE ALSO: Villagers Fear 'The Worst Flood'Bulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"quoted headline, curly", "txt", `SEE ALSO: Villagers Fear ‘The Worst Flood’Bulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"quoted headline, double", "txt", `SEE ALSO: Villagers Fear "The Worst Flood"Bulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"question", "txt", `READ MORE: Who Broke The Dam?Bulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"number at the end", "txt", `READ MORE: The Great Flood Of 2019Bulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"small headline", "txt", `Read more: Villagers seek help after the floodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"two in a row", "txt", `SEE ALSO: Villagers Confront A FloodREAD MORE: Who Broke The DamBulgaria counted 30 dams.`,
		`Bulgaria counted 30 dams.`, 2},
	{"no space behind the colon", "txt", `SEE ALSO:Villagers Confront A FloodBulgaria counted 30 dams.`,
		`Bulgaria counted 30 dams.`, 1},
	{"marks in front", "txt", `►► READ ALSO: Villagers Confront A FloodBulgaria counted 30 dams.`,
		`Bulgaria counted 30 dams.`, 1},

	{"note", "txt", `WATCH: Villagers Confront A Flood[This was corrected.] Bulgaria counted 30 dams.`,
		`[This was corrected.] Bulgaria counted 30 dams.`, 1},
	{"model number", "txt", `SEE ALSO: The Villagers' Old F-16sBulgaria counted 30 dams.`, `Bulgaria counted 30 dams.`, 1},
	{"number follows", "txt", `SEE ALSO: Villagers Confront A Flood36 people were hurt.`, `36 people were hurt.`, 1},
	{"quotation behind a space", "txt", `SEE ALSO: Villagers Confront A Flood "It will take years," she said.`,
		`"It will take years," she said.`, 1},

	// In the middle and at the end.
	{"end", "txt", `Bulgaria counted 30 dams. SEE ALSO: Villagers Confront A Flood`, `Bulgaria counted 30 dams.`, 1},
	{"end, glued", "txt", `Bulgaria counted 30 dams.SEE ALSO: Villagers Confront A Flood`, `Bulgaria counted 30 dams.`, 1},
	{"end, small label", "txt", `Bulgaria counted 30 dams. Read more: Villagers Confront A Flood`,
		`Bulgaria counted 30 dams.`, 1},
	{"end, brackets", "txt", `Bulgaria counted 30 dams. (Read more: Villagers Confront A Flood)`,
		`Bulgaria counted 30 dams.`, 1},
	{"middle", "txt", `Bulgaria counted 30 dams. SEE ALSO: Villagers Confront A FloodThe rest held.`,
		`Bulgaria counted 30 dams. The rest held.`, 1},
	{"middle, brackets", "txt", `Bulgaria counted 30 dams. [READ MORE: Villagers Confront A Flood] The rest held.`,
		`Bulgaria counted 30 dams. The rest held.`, 1},
	{"middle, mark", "txt", `He called it "a crime."SEE ALSO: Villagers Confront A Flood"We lost all," he said.`,
		`He called it "a crime." "We lost all," he said.`, 1},

	// On a line of their own.
	{"line", "txt", "SEE ALSO: Villagers Confront A Flood\n\nThe rest held.", `The rest held.`, 1},
	{"line, small", "txt", "Read also: Villagers confront a flood\n\nThe rest held.", `The rest held.`, 1},
	{"line, bar", "txt", "ALSO READ | Villagers confront a flood\n\nThe rest held.", `The rest held.`, 1},
	{"line, no mark", "txt", "READ MORE Villagers Confront A Flood\n\nThe rest held.", `The rest held.`, 1},
	{"line, watch", "txt", "Watch: Villagers Confront A Flood\n\nThe rest held.", `The rest held.`, 1},
	{"line, listen", "txt", "LISTEN: The Dam, Episode 3\n\nThe rest held.", `The rest held.`, 1},
	{"line, more on", "txt", "MORE ON THIS STORY: Villagers confront a flood\n\nThe rest held.", `The rest held.`, 1},
	{"line, more on a topic", "txt", "More on Bulgaria: Villagers confront a flood\n\nThe rest held.", `The rest held.`,
		1},
	{"line, question without title case", "txt", "Related: Who broke the dam?\n\nThe rest held.", `The rest held.`, 1},
	{"line, read", "txt", "Read: Villagers confront a flood\n\nThe rest held.", `The rest held.`, 1},
	{"line, question", "txt", "RELATED: Who broke the dam?\n\nThe rest held.", `The rest held.`, 1},
	{"label and headline on two lines", "txt", "SEE ALSO:\n\nVillagers Confront A Flood\n\nThe rest held.",
		`The rest held.`, 1},
	{"label alone", "txt", "Related articles\n\nThe rest held.", `The rest held.`, 1},
	{"advertisement", "txt", "ADVERTISEMENT\n\nThe rest held.", `The rest held.`, 1},
	{"line above the paragraph", "txt", "SEE ALSO: Villagers Confront A Flood\nThe rest held,\nthey said.",
		`The rest held, they said.`, 1},
	{"bullet", "txt", "- READ MORE: Villagers Confront A Flood\n- The rest held.", `The rest held.`, 1},

	// Markdown.
	{"bold", "md", "**SEE ALSO: Villagers Confront A Flood**\n\nThe rest held.", `The rest held.`, 1},
	{"bold label, link", "md", "**SEE ALSO:** [Villagers confront a flood](https://example.org)\n\nThe rest held.",
		`The rest held.`, 1},
	{"bold glued", "md", "**SEE ALSO: Villagers confront a flood**Everywhere else they held.",
		`Everywhere else they held.`, 1},
	{"link glued", "md", "SEE ALSO: [Villagers confront a flood](https://example.org)Everywhere else they held.",
		`Everywhere else they held.`, 1},
	{"link around it all", "md", "[READ MORE: Villagers confront a flood](https://example.org)Everywhere else they held.",
		`Everywhere else they held.`, 1},
	{"link with a space behind", "md", "Read more: [Villagers confront a flood](https://example.org) Everywhere else " +
		"they held.", `Everywhere else they held.`, 1},
	{"two links", "md", "Related: [One](https://example.org) and [Two](https://example.org).\n\nThe rest held.",
		`The rest held.`, 1},
	{"quotation", "md", "> READ MORE: [One more](https://example.org)\n\nThe rest held.", `The rest held.`, 1},
	{"list of links", "md", "**Related stories**\n\n- [One](https://example.org)\n- [Two](https://example.org)\n\nThe " +
		"rest held.", `The rest held.`, 1},
	{"heading and links", "md", "## Read more\n\n- [One](https://example.org)\n- [Two](https://example.org)\n\nThe " +
		"rest held.", `The rest held.`, 1},
	{"plain in Markdown", "md", `SEE ALSO: Villagers Confront A Growing FloodBulgaria counted 30 broken dams.`,
		`Bulgaria counted 30 broken dams.`, 1},
	{"end, link", "md", "The rest held. READ MORE: [Villagers confront a flood](https://example.org)", `The rest held.`,
		1},

	// Prose that must stay.
	{"prose: watch", "txt", `Watch: the clock stopped.`, `Watch: the clock stopped.`, 0},
	{"prose: Watch, capital", "txt", `Watch: The clock stopped.`, `Watch: The clock stopped.`, 0},
	{"prose: listen", "txt", `Listen: he never said that he would come. Nobody did.`,
		`Listen: he never said that he would come. Nobody did.`, 0},
	{"prose: a speaker", "txt", `Listen: He would not say it twice`, `Listen: He would not say it twice`, 0},
	{"prose: a question", "txt", `Listen: Who is at the door?`, `Listen: Who is at the door?`, 0},
	{"prose: more", "txt", `More: the ministry wants 30 dams. It has four.`,
		`More: the ministry wants 30 dams. It has four.`, 0},
	{"prose: a book", "txt", `See also: Smith, R. (2009). The Dam.`, `See also: Smith, R. (2009). The Dam.`, 0},
	{"prose: quoted title", "txt", `Watch: "The Dam" is the film that the ministry does not like.`,
		`Watch: "The Dam" is the film that the ministry does not like.`, 0},
	{"prose: see also", "txt", `See also the report of the ministry, which counts 30 dams.`,
		`See also the report of the ministry, which counts 30 dams.`, 0},
	{"prose: related", "txt", `Related to this is the question of the dam.`, `Related to this is the question of the dam.`,
		0},
	{"prose: related, colon", "txt", `Related: the dam was old.`, `Related: the dam was old.`, 0},
	{"prose: read more", "txt", `Read more books, she told them.`, `Read more books, she told them.`, 0},
	{"prose: more on", "txt", `More on this: the ministry will report tomorrow.`,
		`More on this: the ministry will report tomorrow.`, 0},
	{"prose: in a sentence", "txt", `The sign said SEE ALSO: nothing.`, `The sign said SEE ALSO: nothing.`, 0},
	{"prose: a watch", "txt", `He bought a YouTube watch. Watch: the hands stopped at McDonald.`,
		`He bought a YouTube watch. Watch: the hands stopped at McDonald.`, 0},
	{"prose: capitals", "txt", `WATCH: the river is rising. LISTEN: the sirens wail.`,
		`WATCH: the river is rising. LISTEN: the sirens wail.`, 0},
	{"prose: brand", "txt", `SEE ALSO: the YouTube channel of the ministry has more.`,
		`SEE ALSO: the YouTube channel of the ministry has more.`, 0},
	{"prose: link", "md", "See also: [the report](https://example.org) is out of date.",
		`See also: the report is out of date.`, 0},
	{"prose: a link to read", "md", "Read [the report](https://example.org).", `Read the report.`, 0},
	{"prose: more from", "txt", `More from Kabul tomorrow`, `More from Kabul tomorrow`, 0},
	{"prose: bold", "md", "**Watch** the river: it rises.", `Watch the river: it rises.`, 0},
	{"prose: video", "txt", `Video: the ministry's own recording shows the dam. It is short.`,
		`Video: the ministry's own recording shows the dam. It is short.`, 0},
	{"prose: recommended", "txt", `Recommended by the ministry were three dams.`,
		`Recommended by the ministry were three dams.`, 0},
}

const promoFirst = "Bulgaria is a country with many dams, and a flood came in spring."

func TestPromos(t *testing.T) {
	for _, c := range promoCases {
		d, err := Parse("a."+c.ext, []byte(promoFirst+"\n\n"+c.text+"\n\nIt ended there."))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, p := range d.Passages[1 : len(d.Passages)-1] {
			got = append(got, p.Text)
		}
		if s := strings.Join(got, " | "); s != c.keep || d.Promos != c.promos {
			t.Errorf("%s: %d promos, want %d\n got %s\nwant %s", c.name, d.Promos, c.promos, s, c.keep)
		}
	}
}

// Without a blank line between any two lines each line is a paragraph, and an insert may be one.
func TestPromosByLine(t *testing.T) {
	d, err := Parse("a.txt", []byte(promoFirst+"\nSEE ALSO: Villagers Confront A Flood\nWatch: the river rises.\nREAD "+
		"MORE\nIt ended.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Passages) != 3 || d.Promos != 2 || d.Passages[1].Text != "Watch: the river rises." {
		t.Errorf("%d promos, %+v", d.Promos, d.Passages)
	}
}
