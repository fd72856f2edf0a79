package feedback

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"pilcrow/internal/question"
	"pilcrow/internal/words"
)

const (
	// alikeAtLeast is the cosine from which two questions count as the same one, asked in other words. Measured on
	// testdata/paraphrases.txt: see TestClusterMeasured.
	alikeAtLeast = 0.45
	// otherKind is what is left of the likeness of two questions that want another kind of answer: "When was the mill
	// built?" and "Who built the mill?" are two questions. It is not nothing, as "how old is it?" wants what "when was it
	// built?" does.
	otherKind   = 0.6
	maxCompared = 2_000 // questions that are compared with each other: as many as a server keeps
	// of questions that hang together: more than that stay one group, for parting them takes their number cubed
	maxJoined = 200
)

// cluster puts questions that ask for the same together. Each group lists the places of its questions; groups and what
// is in them stand in the order of the texts, so that the same questions in another order make the same groups. It is
// pure.
//
// Two questions are alike by the cosine of their words' stems, weighed by how few of the questions have them; synonyms
// count as one word. A question joins those that it is alike to on average, not a chain of neighbors: groups are
// joined, the most alike first, while the average between them is enough (average linkage, Sokal and Michener 1958).
func cluster(questions []string) [][]int {
	order := make([]int, min(len(questions), maxCompared))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(questions[a], questions[b]) })
	asked := make([]asking, len(order))
	for i, at := range order {
		asked[i] = readAsking(questions[at])
	}
	weigh(asked)
	near := likenesses(asked)
	var groups [][]int
	for _, part := range connected(near) {
		groups = append(groups, joined(part, near)...)
	}
	slices.SortFunc(groups, slices.Compare[[]int])
	for _, g := range groups {
		for i := range g {
			g[i] = order[g[i]]
		}
	}
	return groups
}

// An asking is what a question is compared by.
type asking struct {
	weight  map[string]float64 // of its words, by stem; of length 1 after weigh
	words   []string           // those stems, in order
	numbers []string           // of them, those with a digit
	kind    question.Kind
}

func readAsking(text string) asking {
	q := question.Parse(text)
	a := asking{weight: map[string]float64{}, kind: q.Kind}
	if a.kind == question.YesOrNo {
		a.kind = question.Anything
	}
	for _, s := range q.Stems {
		for _, synonym := range words.Synonyms(s) { // one name for all of a group
			s = min(s, synonym)
		}
		a.weight[s] = 1
	}
	a.words = slices.Sorted(maps.Keys(a.weight))
	for _, w := range a.words {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			a.numbers = append(a.numbers, w)
		}
	}
	return a
}

// weigh weighs each word by how few of the questions have it, and brings each question to length 1.
func weigh(asked []asking) {
	in := map[string]int{}
	for _, a := range asked {
		for _, w := range a.words {
			in[w]++
		}
	}
	for _, a := range asked {
		length := 0.0
		for _, w := range a.words {
			a.weight[w] = math.Log(1 + float64(len(asked)+1)/float64(in[w]))
			length += a.weight[w] * a.weight[w]
		}
		for _, w := range a.words {
			a.weight[w] /= math.Sqrt(length)
		}
	}
}

// likeness is how like two questions are, by their places: [i][j] for j < i. Of as many questions as are compared it
// takes 16 MB.
type likeness [][]float64

func (l likeness) of(i, j int) float64 { return l[max(i, j)][min(i, j)] }

func likenesses(asked []asking) likeness {
	with := map[string][]int{}
	near := make(likeness, len(asked))
	for i, a := range asked {
		near[i] = make([]float64, i)
		for _, w := range a.words {
			for _, j := range with[w] {
				near[i][j] += a.weight[w] * asked[j].weight[w]
			}
			with[w] = append(with[w], i)
		}
		for j, c := range near[i] {
			if c > 0 {
				near[i][j] = c * a.agrees(asked[j])
			}
		}
	}
	return near
}

// agrees tells how far two questions can be the same one at all.
func (a asking) agrees(b asking) float64 {
	switch {
	case len(a.numbers) > 0 && len(b.numbers) > 0 && !slices.Equal(a.numbers, b.numbers):
		return 0
	case a.kind != b.kind && a.kind != question.Anything && b.kind != question.Anything:
		return otherKind
	}
	return 1
}

// connected parts the questions so that none is alike to one of another part.
func connected(near likeness) [][]int {
	var parts [][]int
	seen := make([]bool, len(near))
	for i := range near {
		if seen[i] {
			continue
		}
		seen[i] = true
		part := []int{i}
		for at := 0; at < len(part); at++ {
			for j := range near {
				if !seen[j] && near.of(part[at], j) >= alikeAtLeast {
					seen[j], part = true, append(part, j)
				}
			}
		}
		slices.Sort(part)
		parts = append(parts, part)
	}
	return parts
}

// joined joins the questions of a part, the most alike first, while the average between two groups is enough.
func joined(part []int, near likeness) [][]int {
	if len(part) > maxJoined {
		return [][]int{part}
	}
	groups := make([][]int, len(part))
	for i, q := range part {
		groups[i] = []int{q}
	}
	for {
		best, first, second := alikeAtLeast-1e-9, -1, -1
		for b := range groups {
			for a := range groups[:b] {
				if c := average(groups[a], groups[b], near); c > best+1e-9 { // sums in another order differ in the last bits
					best, first, second = c, a, b
				}
			}
		}
		if first < 0 {
			return groups
		}
		groups[first] = append(groups[first], groups[second]...)
		slices.Sort(groups[first])
		groups = slices.Delete(groups, second, second+1)
	}
}

func average(a, b []int, near likeness) float64 {
	sum := 0.0
	for _, i := range a {
		for _, j := range b {
			sum += near.of(i, j)
		}
	}
	return sum / float64(len(a)*len(b))
}
