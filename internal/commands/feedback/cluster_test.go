package feedback

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// paraphrases reads questions and the number of the group of each.
func paraphrases(t *testing.T) (questions []string, group []int) {
	t.Helper()
	data, err := os.ReadFile("testdata/paraphrases.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		switch line = strings.TrimSpace(line); {
		case line == "-":
			n++
		case line != "" && !strings.HasPrefix(line, "#"):
			questions, group = append(questions, line), append(group, n)
		}
	}
	return questions, group
}

// Least shares of pairs: of those put together, how many belong together, and of those that belong together, how many
// are put together.
const (
	leastPrecision = 0.95
	leastRecall    = 0.80
)

func TestClusterMeasured(t *testing.T) {
	questions, want := paraphrases(t)
	got := make([]int, len(questions))
	for n, group := range cluster(questions) {
		for _, i := range group {
			got[i] = n
		}
	}
	right, together, belong := 0, 0, 0
	for i := range questions {
		for j := range i {
			same, should := got[i] == got[j], want[i] == want[j]
			if same {
				together++
			}
			if should {
				belong++
			}
			if same && should {
				right++
			}
			if same != should {
				t.Logf("together %v, want %v: %q and %q", same, should, questions[j], questions[i])
			}
		}
	}
	precision, recall := float64(right)/float64(together), float64(right)/float64(belong)
	t.Logf("%d questions, %d pairs belong together; precision %.3f, recall %.3f", len(questions), belong, precision,
		recall)
	if precision < leastPrecision || recall < leastRecall {
		t.Errorf("want at least %.2f and %.2f", leastPrecision, leastRecall)
	}
}

// The same questions in another order make the same groups.
func TestClusterIsFreeOfOrder(t *testing.T) {
	questions, _ := paraphrases(t)
	written := func(questions []string) string {
		var groups []string
		for _, g := range cluster(questions) {
			var texts []string
			for _, i := range g {
				texts = append(texts, questions[i])
			}
			groups = append(groups, strings.Join(texts, " / "))
		}
		return strings.Join(groups, "\n")
	}
	want := written(questions)
	random := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		random.Shuffle(len(questions), func(i, j int) { questions[i], questions[j] = questions[j], questions[i] })
		if got := written(questions); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	}
}

func TestClusterOddities(t *testing.T) {
	for _, questions := range [][]string{nil, {""}, {"", "", "?"}, {"why?", "why?"}, {"ماذا", "什么时候", "???"}} {
		seen := 0
		for _, g := range cluster(questions) {
			seen += len(g)
		}
		if seen != len(questions) {
			t.Errorf("%q: %d in groups", questions, seen)
		}
	}
	many := make([]string, maxCompared)
	for i := range many {
		many[i] = fmt.Sprintf("Why is the ferry number %d of line %d late?", i, i%7)
	}
	began := time.Now()
	if groups := cluster(many); len(slices.Concat(groups...)) != len(many) {
		t.Error("some are lost")
	}
	t.Logf("%d questions that are much alike: %v", len(many), time.Since(began))
}
