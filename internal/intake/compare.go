package intake

import (
	"strings"

	"pilcrow/internal/article"
)

// Changes counts the paragraphs in which two documents differ.
type Changes struct{ Added, Removed, Changed int }

// Bounds of the work of a comparison; beyond them the counts are of texts, wherever they stand.
const (
	maxAligned = 4 << 20 // pairs of paragraphs: 2,000 by 2,000
	maxPaired  = 1 << 12 // pairs of paragraphs whose words are compared, within one stretch
	alike      = 0.5     // the share of words in common from which a paragraph counts as changed, not as another
)

// Compare aligns the paragraphs of two documents. What stands between two that are the same in both is paired, in its
// order, where it has half of its words in common: those are changed.
func Compare(before, after article.Document) Changes {
	a, b := texts(before), texts(after)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a)*len(b) > maxAligned {
		return counted(a, b)
	}
	var c Changes
	i, j := 0, 0
	for _, m := range longestCommon(len(a), len(b), func(i, j int) bool { return a[i] == b[j] }) {
		c.add(stretch(a[i:m[0]], b[j:m[1]]))
		i, j = m[0]+1, m[1]+1
	}
	c.add(stretch(a[i:], b[j:]))
	return c
}

func (c *Changes) add(o Changes) {
	c.Added, c.Removed, c.Changed = c.Added+o.Added, c.Removed+o.Removed, c.Changed+o.Changed
}

func texts(d article.Document) []string {
	out := make([]string, len(d.Passages))
	for i, p := range d.Passages {
		out[i] = p.Text
	}
	return out
}

// stretch compares paragraphs none of which is the same.
func stretch(a, b []string) Changes {
	changed := 0
	if len(a)*len(b) <= maxPaired {
		wordsOf := func(texts []string) []map[string]bool {
			out := make([]map[string]bool, len(texts))
			for i, t := range texts {
				out[i] = map[string]bool{}
				for w := range strings.FieldsSeq(strings.ToLower(t)) {
					out[i][w] = true
				}
			}
			return out
		}
		x, y := wordsOf(a), wordsOf(b)
		changed = len(longestCommon(len(a), len(b), func(i, j int) bool { return overlap(x[i], y[j]) >= alike }))
	}
	return Changes{Added: len(b) - changed, Removed: len(a) - changed, Changed: changed}
}

// overlap is the share of the words of the larger set that both have.
func overlap(a, b map[string]bool) float64 {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return float64(n) / float64(max(len(a), len(b), 1))
}

// longestCommon returns the pairs, in order, of a longest common subsequence.
func longestCommon(n, m int, same func(i, j int) bool) [][2]int {
	if n == 0 || m == 0 {
		return nil
	}
	width := m + 1
	length := make([]int32, (n+1)*width) // of what is common behind i and j
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if same(i, j) {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case same(i, j):
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// counted compares how often each text is there.
func counted(a, b []string) Changes {
	n := map[string]int{}
	for _, t := range a {
		n[t]--
	}
	for _, t := range b {
		n[t]++
	}
	var c Changes
	for _, k := range n {
		c.Added += max(0, k)
		c.Removed += max(0, -k)
	}
	return c
}
