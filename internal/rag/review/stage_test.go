package review

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
)

// grow shows a draft letter by letter, and returns the stages.
func grow(t testing.TB, draft string) (shown []Stage) {
	t.Helper()
	passages, contexts := harbor(t)
	s := NewStages(func(st Stage) { shown = append(shown, st) }, rag.Request{Passages: passages}, contexts, true)
	s.Found(passages)
	for i := range draft {
		s.Partial(draft[:i])
	}
	s.Partial(draft)
	return shown
}

func texts(sentences []Sentence) []string {
	var out []string
	for _, s := range sentences {
		out = append(out, s.Text)
	}
	return out
}

func TestStages(t *testing.T) {
	const closed, market, cost = "The harbor was closed on May 3", "The market moved to the old station",
		"The repairs will cost 9 million euros"
	for _, c := range []struct {
		name, draft string
		want        []string // what the last stage shows
		stages      int
	}{
		{"one sentence is the answer itself", closed + " [1].", nil, 1},
		{"the last is checked with the whole", closed + " [1]. " + market + " in the end of May [4].", []string{closed + "."},
			2},
		{"markers behind the stop", closed + ". [1] " + market + ". (¶4) And 36 stalls have opened there since. [4]",
			[]string{closed + ".", market + "."}, 3},
		{"what is not so is never shown, nor what comes behind: it may change yet",
			cost + " [2]. " + market + " [4]. And 36 stalls have opened there since [4].", nil, 1},
		{"what cites nothing waits", closed + ". " + market + " [4]. And 36 stalls have opened there since [4].", nil, 1},
		{"a refusal in the end", closed + " [1]. " + prompt.NotCovered + " and nothing else can be said about it [1].", nil, 1},
		{"lines", "- " + closed + " [1]\n- " + market + " [4]\n- And 36 stalls have opened there since [4]",
			[]string{closed, market}, 3},
		{"said twice", strings.Repeat(closed+" [1]. ", 4), []string{closed + "."}, 2},
		{"a bracket that stays open", closed + " [1]. (" + market + " [4]. And 36 stalls have opened there since [4].", nil,
			1},
	} {
		t.Run(c.name, func(t *testing.T) {
			shown := grow(t, c.draft)
			if got := texts(shown[len(shown)-1].Sentences); !slices.Equal(got, c.want) || len(shown) != c.stages {
				t.Errorf("%d stages, the last %q; want %d, %q", len(shown), got, c.stages, c.want)
			}
			if len(shown[0].Sentences) != 0 || len(shown[0].Passages) != 4 {
				t.Errorf("the first stage is %+v", shown[0])
			}
			inAnswer(t, c.draft, shown)
		})
	}
}

// inAnswer wants each sentence of a stage in the stages behind it and in the answer, in the same order.
func inAnswer(t testing.TB, draft string, shown []Stage) {
	t.Helper()
	passages, contexts := harbor(t)
	var rest []string
	for _, p := range newReview(rag.Draft{Text: draft}, rag.Request{Passages: passages}, contexts).parts {
		rest = append(rest, p.text)
	}
	for _, st := range slices.Backward(shown) {
		now := texts(st.Sentences)
		if len(now) > len(rest) || !slices.Equal(now, rest[:len(now)]) {
			t.Fatalf("shown: %q; then: %q", now, rest)
		}
		rest = now
	}
}

// Whatever a model writes: what has ended stays as it is, to the last byte.
func FuzzEndedSentences(f *testing.F) {
	for _, seed := range []string{
		"The harbor was closed on May 3 [1]. The market moved [4], e.g. to the old station [4]. Mr. Holt said so [1].",
		"It opened at 5 p.m. [1] on the U.S. side [2]. “We will see,” Holt said [3]. \"Nobody?\" he asked [3]. Yes! [3]",
		"One (that is. Two [1]. Three) [2]. Four [3]! Five ... six [4]… Seven [1: \"closed. On May 3\"]. Eight nine ten.",
		"去年关闭了[1]。市场搬到了旧车站[4]。三十六个摊位。", "- a [1]\n- b [2]\n\n# c [3]\nd e f g [4]",
		`"Nobody knows?" [1] Mayor Ines van Holt said to them all, and left [1]. It was late by then, and dark [2].`,
		`"Nobody knows?" [1] Khan said to them all, and left [1]. It was late by then, and dark [2].`,
		"It stands in the U.S. [1] President Holt said so in May [2]. It is so, they say [2].",
		"ہاربر بند تھا [1]۔ بازار منتقل ہوا [4]۔ اور کیا ہوا؟",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, draft string) {
		draft = draft[:min(len(draft), 600)]
		if strings.Contains(draft, prompt.NotCovered) {
			return // what stands around it is one text no longer; the generator takes it out
		}
		whole := prompt.ParseDraft(draft)
		for i := range len(draft) + 1 {
			for k, d := range endedSentences(draft[:i]) {
				if k >= len(whole) || whole[k].Text != d.Text || !slices.Equal(whole[k].Cites, d.Cites) {
					t.Fatalf("%q: sentence %d is %+v; in the whole %+v", draft[:i], k, d, whole)
				}
			}
		}
	})
}

func BenchmarkStages(b *testing.B) {
	passages, contexts := harbor(b)
	draft := strings.Repeat("The harbor at Vell was closed on May 3 after a crane fell into the basin [1]. ", 10)
	for b.Loop() {
		s := NewStages(func(Stage) {}, rag.Request{Passages: passages}, contexts, true)
		for i := 0; i < len(draft); i += 4 { // a token
			s.Partial(draft[:i])
		}
	}
}
