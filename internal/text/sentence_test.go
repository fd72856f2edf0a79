package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// sentenceCases holds texts whose sentences are parted by " | ".
var sentenceCases = map[string][]string{
	"plain": {
		`It rained. | The river rose. | Nobody was hurt.`,
		`Who came? | Everybody! | The hall was full.`,
		`One sentence without an end`,
		`He counted to 10. | Then he left.`,
		`The bill is 3.5 million. | Version 1.2.3 is out.`,
		`Losses reached $4.2 billion. | $3 billion was insured.`,
		`The vote failed.   | 36 members were away.`,
		`She said no… | The room went quiet.`,
	},
	"abbreviations": {
		`The U.S.-led force left in 2021. | The U.S. President spoke.`,
		`They moved to the U.S. | The family stayed there.`,
		`They came from the U.S. in May. | He is a U.S. citizen.`,
		`Mr. Khan met Dr. Mir and Gen. Bajwa. | Mrs. Ali stayed home.`,
		`J. K. Rowling wrote it. | J.R.R. Tolkien did not.`,
		`George W. Bush won. | William H. Seward bought it.`,
		`See No. 5 on the list. | The answer was no. | He left.`,
		`The price (see Fig. 3) fell. | See Fig. A for more.`,
		`It began at 9 a.m. on Friday. | It began at 9 a.m. Friday and ended at 5 p.m. | Everybody went home.`,
		`Some fruit, e.g. Apples, keep well, i.e. They last. | Others do not.`,
		`Acme Inc. bought Apex Ltd. in March. | The sale closed at Apex Corp. | It took a year.`,
		`It was founded on Dec. 5, 1893. | It closed in Dec. | The building stands.`,
		`Read https://example.org/a.b?c=d. | It is short.`,
		`Write to a.person@example.org. | They answer.`,
		`Apples, pears, etc. were sold. | Apples, pears, etc. | Then came winter.`,
		`Smith et al. found it. | Smith et al. (2019) agree.`,
		`They chose plan B. | Police agreed.`,
		`Nobody is taller than I. | Peter tried.`,
		`It happened before World War I. | France had no army there.`,
		`Martin Luther King Jr. spoke. | St. Louis listened.`,
		`The case of Roe v. Wade was reopened. | Smith vs. Jones was not.`,
		`He lives in Boston, Mass. | He works there. | They went to Mass. | It was long.`,
		`1. Open the box. | 2. Close it.`,
		`The Ph.D. Student Union met. | She earned a Ph.D. | Then she taught.`,
		`It is on pp. 12 and p. 15. | See vol. II for more.`,
		`It opens Sat. 5 at noon. | It opened Sat. March 5, too. | It was open on Sat. | Rain fell.`,
		`He bought AB. | Ten were left. | He saw it on LI. | Fog came.`,
		`See App. B for it. | Read the App. | Few do. | Look at App. é for accents.`,
		`They slept in room 1234. | May was warm.`,
		`He read the EEG. | Nurses left.`,
		`It ended. `,
	},
	"quotations": {
		`"Is it?" he asked. | "It is."`,
		`"Stop!" Khan said. | Nobody stopped.`,
		`"Stop!" Mr. Khan said. | Nobody stopped.`,
		`"Why now?" the old man said. | "Why here?"`,
		`He said it was “a cruelty.” | He left.`,
		`"We lost. | We will try again," she said. | "It is not over."`,
		`“It fell. | It broke.” | Nobody cared.`,
		`'We won.' | She smiled.`,
		`"We hit a home run. " | The crowd rose.`,
		`„Er kam.“ | Sie ging. | »Ja.« | »Nein.«`,
		`« Oui. » | Il partit. | « Non ! » dit-elle. | « Si. »`,
		`¿Qué pasa? | ¡Nada! | Todo está bien.`,
		`It said "terrorists [were] there." | It demanded more.`,
		`"Is it open?" The guide said yes. | He left.`,
		`"Is it open?" | The guard on the old stone bridge said it was. | He left.`,
		`"Is it open?" Guides say so. | "Is it?" | Guides, asked twice, said so.`,
		`"Is it open?" | Everyone praised the guide. | "Is it?" | Everyone called it open.`,
		`"Is it open?" | Guides report it. | He left.`,
		`"It closed!" Capt. Holm of Arnby said. | "It closed!" Capt.-General Holm was told.`,
		`"Is it open?" | 5 guides left.`,
		`"Is it open?" Khan asked. | "It is."`,
		`"Is it open?"[3] Khan said. | He left.`,
		`"We lost. " | He left. | "We won. " | She stayed.`,
		`« Le prix est de 3.5» Puis il part.`,
	},
	"brackets": {
		`He left (it was late. It rained.) and slept. | She stayed.`,
		`He left. | (It was late.) | She stayed.`,
		`It is known.[3] | It is old.[12][13] | It is here.`,
		`It is known.[12345] It is old. | It is known.[3) It is old. | It is known.[3`,
		`He came (in the U.S. Army) to stay.`,
	},
	"ellipses": {
		`Well... | Then he left.`,
		`He was ... Khan said later ... a friend. | They met.`,
		`It was . . . odd. | It ended.... | Nobody knew.`,
		`I was…not sure. | I went.`,
	},
	"other scripts": {
		`今日は晴れ。 | 明日は雨！ | 本当？ | はい。`,
		`「行くの？」と彼は聞いた。 | 「うん。」`,
		`“你好。”他说。 | 天黑了。 | “你好。”她说。 | “3点了。”`,
		`价格是3。5元。 | 天黑了。`,
		`یہ پہلا جملہ ہے۔ | یہ دوسرا ہے۔ | کیا یہ تیسرا ہے؟ | جی۔`,
		`هل جاء؟ | نعم. | ذهب الرجل.`,
		`यह पहला है। | यह दूसरा है।`,
		`Он пришёл. | Она ушла. | А. С. Пушкин писал.`,
		`Am 5. Oktober kam er, am 6. Tag ging er. | Z. B. der Hund blieb, d. h. Er bellte. | Nr. 5 lebt.`,
		`M. Dupont est venu. | Mme. Roux est partie.`,
	},
	"lines": {
		"One line\ngoes on. | It ends.",
		"No full stop\n\n | Next paragraph",
		"First:\n | - one\n | - two",
	},
	"ordinals": {
		`Das Wasserwerk liegt am Fluss. | Im 19. Jahrhundert stand dort eine Mühle aus Holz.`,
		`Er feierte seinen 80. Geburtstag in der 2. Bundesliga. | Der 3. Weg war frei.`,
		`Sie ist 19. | Er ist 20 und wohnt im Haus.`,
		`I am 19. | Tomorrow I leave the house.`,
		`She wore number 10. | Goals were few.`,
		`First to 3.9, then to 4.0. | Upgrades from 2.x fail. | Shares rose by 4.5. | Prices fell.`,
		`It is 1.2.3. | Older ones go.`,
		`4.2. Restoring a copy takes an hour. | Then go on.`,
		`Der Markt ist am 3.4. Abends und am 5.4. Mittags offen. | Das ist alles.`,
	},
	"German": {
		`Es kostet 5 Mio. Euro und wird von Fr. Weber bezahlt. | Das ist viel.`,
		`Die Stadt wurde im 3. Jh. v. Chr. gegründet und ist alt. | Die Mauer steht noch.`,
		`Siehe Abb. 5 und Kap. III auf der Seite. | Das Bild ist von Prof. Dr. Holm.`,
		`Er kam u. a. Bücher zu kaufen, evtl. Hefte. | Das war es.`,
	},
	"Spanish": {
		`El Sr. López y la Dra. Ruiz fundaron la fábrica en 1921. | Vende a EE. UU. y Cuba.`,
		`Viajó a los EE. UU. | El viaje fue largo y caro para Ud. y D. Ernesto.`,
		`Véase la pág. 12 y el cap. IV del libro. | No hay más que decir, p. ej. Nada.`,
	},
	"French": {
		`M. Le Brun et Mme Roux sont venus avec MM. Petit et Blanc. | Le maire est parti.`,
		`C'est arrivé au Ier siècle av. J.-C. dans la ville. | Les murs sont là.`,
		`Voir p. 12 et le chap. IV du livre. | Il est long.`,
	},
	"Urdu, Pashto and Dari": {
		`وہ ایم۔ اے۔ پاس ہے۔ | اس نے پی۔ ٹی۔ آئی۔ چھوڑ دی۔`,
		`در سال ۱۳۹۹ ه. ش. مکتب ساخته شد. | چرا بسته شد؟ | هیچ کس ندانست.`,
		`دا لومړۍ جمله ده. | دا دویمه ده؟ | هو.`,
		`حضور ص۔ نے فرمایا۔ | لوگ چلے گئے۔`,
	},
	"hours": {
		`It begins at 9 a.m. Moscow time and ends at noon. | It begins at 9 a.m. | Moscow slept.`,
	},
	"names": {
		`Yahoo! Inc. was sold. | She uses Yahoo! | It is slow.`,
		`He sold it. | iPhone sales fell.`,
		`It is called Node.js. | It runs.`,
	},
}

func TestSentences(t *testing.T) {
	for name, cases := range sentenceCases {
		for _, c := range cases {
			want := strings.Split(c, " | ")
			text := strings.ReplaceAll(c, " | ", " ")
			if strings.ContainsAny(c, "。") {
				text = strings.ReplaceAll(c, " | ", "")
			}
			var got []string
			for _, s := range Sentences(text) {
				got = append(got, s.Of(text))
			}
			for i := range want {
				want[i] = strings.TrimSpace(want[i])
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, " | "), strings.Join(want, " | "))
			}
		}
	}
}

// checkCover fails unless the spans are trimmed, in order and cover every byte that is not space.
func checkCover(t *testing.T, text string, spans []Span) {
	t.Helper()
	at := 0
	for _, s := range spans {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("span %v after %d in %d bytes", s, at, len(text))
		}
		if gap := text[at:s.Start]; strings.TrimSpace(gap) != "" {
			t.Fatalf("%q is in no span", gap)
		}
		if cut := s.Of(text); strings.TrimFunc(cut, unicode.IsSpace) != cut {
			t.Fatalf("%q is not trimmed", cut)
		}
		at = s.End
	}
	if strings.TrimSpace(text[at:]) != "" {
		t.Fatalf("%q is in no span", text[at:])
	}
}

func FuzzSentences(f *testing.F) {
	for _, cases := range sentenceCases {
		for _, c := range cases {
			f.Add(c)
		}
	}
	f.Add("\xff. \xfe\" . . .[1 ([{«")
	f.Fuzz(func(t *testing.T, text string) { checkCover(t, text, Sentences(text)) })
}

func FuzzPieces(f *testing.F) {
	for _, cases := range sentenceCases {
		for _, c := range cases {
			f.Add(c, 20)
		}
	}
	f.Add("日本語日本語日本語", 4)
	f.Fuzz(func(t *testing.T, text string, maxBytes int) {
		pieces := Pieces(text, maxBytes)
		checkCover(t, text, pieces)
		for _, p := range pieces {
			if maxBytes > 0 && p.End-p.Start > max(maxBytes, 4) {
				t.Fatalf("%d bytes, want at most %d", p.End-p.Start, maxBytes)
			}
		}
	})
}

func TestPieces(t *testing.T) {
	text := "One is here. Two is here too. Threeisaverylongword four."
	for _, c := range []struct {
		max  int
		want []string
	}{
		{0, []string{text}},
		{1000, []string{text}},
		{30, []string{"One is here. Two is here too.", "Threeisaverylongword four."}},
		{20, []string{"One is here.", "Two is here too.", "Threeisaverylongword", "four."}},
		{12, []string{"One is here.", "Two is here", "too.", "Threeisavery", "longword", "four."}},
	} {
		var got []string
		for _, p := range Pieces(text, c.max) {
			got = append(got, p.Of(text))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("at most %d bytes: got %q, want %q", c.max, got, c.want)
		}
	}
	if got := Pieces(" \n"+text, 30); got[0].Of(" \n"+text) != "One is here. Two is here too." {
		t.Errorf("space before: got %v", got)
	}
	if got := Pieces("  \n ", 0); got != nil {
		t.Errorf("space alone: got %v, want nothing", got)
	}
}

// A quarter of a megabyte of whatever is worst takes linear time: milliseconds. With quadratic time this test would
// take hours.
func TestSentencesLong(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	const size = 1 << 18
	for _, unit := range []string{".", ". ", "(", "()", "(.", "\"", ".\" ", "[1]", "a.", "A. ", ". . ", "\n\n", " ", "x",
		".[", "…", "? he ", "。", "\xff."} {
		text := strings.Repeat(unit, size/len(unit))
		checkCover(t, text, Sentences(text))
	}
}

func BenchmarkSentences(b *testing.B) {
	text := strings.Repeat("Mr. Khan came on April 16. \"It is over,\" he said, and left the U.S. Army there. ", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Sentences(text)
	}
}
