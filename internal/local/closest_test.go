package local

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag/ask"
)

// harbor is a text for what is asked in other words than it has.
const harbor = `# The lock at Breck

The canal company widened the lock in 2019. Work stopped after a collapse. On 3 May 2020 the north wall slid into the
chamber at noon. Three masons were treated for cuts.

In June a diver looked for the lost gate of the lock. But the gate that he found was of another lock.

The towpath is a 14-mile ribbon of gravel. The basin measures two hectares.

It was said that monks dug the canal. This was refuted in 1960 by a study of the maps. A railway to Breck was planned from
the coast. It was never built.

The council sent a letter to the owner of the tug Marla. However, the owner never answered it.
`

func askText(t *testing.T, text, question string) ask.Answer {
	t.Helper()
	a, err := engineOf(t, ask.Config{Embedder: NewEmbedder()}, text).Ask(t.Context(), ask.Query{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// engineOf is an engine of one document.
func engineOf(t *testing.T, config ask.Config, text string) *ask.Engine {
	t.Helper()
	d, err := article.Parse("breck.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	c, err := article.NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	config.Index, config.Extractor = chromemindex.New(), NewExtractor()
	e, err := ask.New(config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Replace(t.Context(), c, nil, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestAsked answers what the text says in other words: a measure by its unit, a day in the sentence behind the one that
// tells of it, a sentence that turns against the one before it with that one.
func TestAsked(t *testing.T) {
	for question, want := range map[string]string{
		"how long is the towpath":                     "The towpath is a 14-mile ribbon of gravel.",
		"how big is the basin":                        "The basin measures two hectares.",
		"when did the collapse happen":                "after a collapse. On 3 May 2020",
		"did the diver find the lost gate":            "In June a diver looked for the lost gate of the lock. But the gate",
		"did monks dig the canal":                     "monks dug the canal. This was refuted",
		"was a railway to Breck planned":              "planned from the coast. It was never built.",
		"did the owner answer the letter":             "sent a letter to the owner of the tug Marla. However, the owner",
		"was the gate that the diver found the right": "In June a diver looked for the lost gate of the lock. But the gate",
	} {
		if a := askText(t, harbor, question); a.Outcome != ask.Answered || !strings.Contains(a.Text, want) {
			t.Errorf("%q: %v %q, want %q", question, a.Outcome, a.Text, want)
		}
	}
}

// TestClosest shows the sentence that comes nearest where it is not sure that the text answers, and none where nothing
// in it is like what is asked.
func TestClosest(t *testing.T) {
	for question, want := range map[string]string{
		"who painted the gate green":            "a diver looked for the lost gate",
		"who taught the diver to swim":          "a diver looked for the lost gate",
		"what did the council pay for the wall": "The council sent a letter",
		"who won the chess game in Paris":       "",
		"what is the capital of Peru":           "",
	} {
		a := askText(t, harbor, question)
		if a.Outcome != ask.NotCovered || (want != "") != (len(a.Closest) > 0) || !strings.Contains(a.Text, want) {
			t.Errorf("%q: %v %.2f %q, want %q", question, a.Outcome, a.Confidence, a.Text, want)
		}
		for _, s := range a.Closest {
			if !strings.Contains(strings.Join(strings.Fields(harbor), " "), s.Text) || !strings.Contains(a.Text, s.Text) {
				t.Errorf("%q: %q is not shown as it stands in the text", question, s.Text)
			}
		}
	}
}

// TestCorrection says what a text says otherwise where it contradicts what was asked in a number or a day, and not
// where the question says "not" itself or its opposite stands there.
func TestCorrection(t *testing.T) {
	const text = `# The mill at Tarn

The mill at Tarn was sold for 40,000 crowns in 1931. The brewer Holm lost the lawsuit about the mill in May 1932.

The weir was never repaired by the county. The wheel of the mill has not turned since the war.
`
	const otherwise = "It says otherwise"
	for question, want := range map[string]bool{
		"who sold the mill at Tarn for 60,000 crowns in 1931":  true,
		"what part of the mill failed to turn since the war":   false,
		"who won the lawsuit about the mill in May 1932":       false,
		"which part of the weir lacked repair by the county":   false,
		"what was not repaired by the county":                  false,
		"why has the wheel of the mill not turned for a while": false,
	} {
		if a := askText(t, text, question); strings.Contains(a.Text, otherwise) != want {
			t.Errorf("%q: %v %.2f %q, want a correction: %v", question, a.Outcome, a.Confidence, a.Text, want)
		}
	}
}

// keeper is a text whose sentences point at one another.
const keeper = `# Nora Finch

Nora Finch (3 March 1871 – 9 May 1940) was a keeper of lighthouses.

Finch was born in Dell as the second of four children. Her chief, Captain Aron Pell, did not trust her. "Miss Finch sees
ships that are not there," he wrote.

The gray seal vanished from the cape in 1910 because of nets. It was seen again in 1934.

The brown crab (BC) was first caught in 1909. It comes with the herring boats and fouls the nets.

It was long believed that the tower stands on an old fort. Digging in 1951 refuted that. The tower was painted red.

In 1902 a storm hurt four soldiers at the tower.
`

// TestPointing shows what a sentence says of what is asked, and not what it says of something else.
func TestPointing(t *testing.T) {
	for _, tt := range []struct{ question, want, not string }{
		{"when was she born", "3 March 1871", "second of four"},
		{"when was Nora Finch born", "3 March 1871", ""},
		{"where was she born", "born in Dell", "3 March"},
		{"what did pell say about her", "sees ships", "did not trust"},
		{"What did Aron Pell say of the ships?", "sees ships", "did not trust"},
		{"who did not trust her", "Captain Aron Pell", ""},
		{"does the tower stand on an old fort", "Digging in 1951 refuted that.", ""},
		{"is the tower red", "painted red", "Digging"},
		{"how did the seals come back", "seal vanished", "fouls the nets"},
		{"what fouls the nets", "It comes with the herring boats", ""},
	} {
		if a := askText(t, keeper, tt.question); !strings.Contains(a.Text, tt.want) ||
			tt.not != "" && strings.Contains(a.Text, tt.not) {
			t.Errorf("%q: %v %.2f %q, want %q and not %q", tt.question, a.Outcome, a.Confidence, a.Text, tt.want, tt.not)
		}
	}
}

// TestPlainly shows a weak match that lacks what is asked for as the nearest that there is.
func TestPlainly(t *testing.T) {
	for question, plain := range map[string]bool{
		"how big was the storm":          false,
		"how many soldiers were hurt":    true,
		"how tall is the tower":          false,
		"when was the seal seen again":   true,
		"how long did the storm last":    false,
		"how heavy is the lamp":          false,
		"what is the weight of the lamp": false,
	} {
		if a := askText(t, keeper, question); (a.Outcome == ask.Answered) != plain || a.Outcome == ask.NotCovered && len(a.Nearest) == 0 {
			t.Errorf("%q: %v %.2f %q", question, a.Outcome, a.Confidence, a.Text)
		}
	}
}

const continued = `The lamp went out in the night of the flood because of a blocked pipe. It was lit again on the next day by two boys.

The mill stood still after the frost. This had never happened before. The miller sold bread.

The tower was sold in 1950. The mayor regretted the price. The roof leaked.

A bell hangs in the tower, and another one in the mill. Both are rung on Sundays. The bell of the mill is cracked. The bell of the tower is not.
`

// TestContinuing shows the next sentence where the best one lacks something of the question and that goes on about it,
// and no third one.
func TestContinuing(t *testing.T) {
	for _, tt := range []struct{ question, want, not string }{
		{"how did the lamp come back after the flood", "lit again", ""},
		{"was the mill often closed by frost", "never happened before", "bread"},
		{"why did the lamp go out", "blocked pipe", "lit again"},
		{"did the owners sell the tower cheaply", "sold in 1950", "regretted"},
	} {
		if a := askText(t, continued, tt.question); !strings.Contains(a.Text, tt.want) ||
			tt.not != "" && strings.Contains(a.Text, tt.not) {
			t.Errorf("%q: %v %.2f %q, want %q and not %q", tt.question, a.Outcome, a.Confidence, a.Text, tt.want, tt.not)
		}
	}
	for _, question := range []string{"what is known of the bell in the tower", "tell me about the bell of the mill",
		"where is a bell rung in the tower"} {
		if a := askText(t, continued, question); len(a.Sentences) > 2 {
			t.Errorf("%q: %d sentences: %q", question, len(a.Sentences), a.Text)
		}
	}
}

const kiln = `The kiln stands on three feet. Keep the kiln away from walls.

The kiln is fired twice. The first firing of the kiln takes eight hours.

When the display shows E5, the lid is open.

When the display shows E7, the element is broken. Call the dealer of the kiln.

E9 means that the fuse has blown. It lies behind the kiln.
`

// TestCodes shows what stands about the code that is asked for, however much the rest of the question stands elsewhere;
// of a code that stands nowhere nothing is known.
func TestCodes(t *testing.T) {
	for _, tt := range []struct{ question, want, not string }{
		{"what does kiln say at E7", "element is broken", "three feet"},
		{"kiln e9?", "fuse has blown", "three feet"},
		{"what is wrong when the kiln display shows E9", "fuse has blown", "E5"},
		{"how often is the kiln fired", "fired twice", "E7"},
	} {
		if a := askText(t, kiln, tt.question); !strings.Contains(a.Text, tt.want) || strings.Contains(a.Text, tt.not) {
			t.Errorf("%q: %v %.2f %q, want %q and not %q", tt.question, a.Outcome, a.Confidence, a.Text, tt.want, tt.not)
		}
	}
}
