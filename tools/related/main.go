// Command related writes internal/lexicon/related-words.txt: which words of English may stand for one another when
// people ask in other words than a text has.
//
//	apt-get download wordnet-base && dpkg -x wordnet-base_*.deb wn
//	go run ./tools/related wn/usr/share/wordnet > internal/lexicon/related-words.txt
//
// It takes the pairs that WordNet relates by sense or by form, and keeps those whose vectors, in the table of
// internal/static, are near one another: WordNet has rare senses that nobody means, and the table has words that stand
// in the same texts and mean other things. Nothing of it is drawn by chance: the same files give the same list.
package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"

	"pilcrow/internal/rag"
	"pilcrow/internal/static"
	"pilcrow/internal/words"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "related:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("name the folder of WordNet's database, where data.noun is")
	}
	dir, err := os.OpenRoot(args[0])
	if err != nil {
		return err
	}
	defer dir.Close()
	net, err := readWordNet(dir)
	if err != nil {
		return err
	}
	near, err := cosines(ctx, net.pairs())
	if err != nil {
		return err
	}
	return write(out, near)
}

const header = `# Words that may stand for one another when people ask in other words than a text has: by sense (eat,
# feed), or by form (weigh, weight). As stems, each pair once, under the first. Loose: good for finding, not proving.
# Source: WordNet 3.0 (Debian's wordnet-base 3.0-37), chosen by tools/related
# License: WordNet's (https://wordnet.princeton.edu/license-and-commercial-use)
# Used by: internal/words

`

// mostRelated is how many words one word has at most: the nearest ones.
const mostRelated = 8

// write prints each pair of stems that are near, once.
func write(out io.Writer, near map[pair]float64) error {
	by := map[string]map[string]float64{}
	for p, c := range near {
		for _, q := range []pair{p, {p.b, p.a}} {
			if by[q.a] == nil {
				by[q.a] = map[string]float64{}
			}
			by[q.a][q.b] = max(by[q.a][q.b], c)
		}
	}
	kept := map[pair]bool{}
	for a, others := range by {
		ranked := slices.SortedFunc(maps.Keys(others), func(x, y string) int {
			return cmp.Or(cmp.Compare(others[y], others[x]), cmp.Compare(x, y))
		})
		for _, b := range ranked[:min(mostRelated, len(ranked))] {
			kept[order(a, b)] = true
		}
	}
	rows := map[string][]string{}
	for p := range kept {
		rows[p.a] = append(rows[p.a], p.b)
	}
	w := bufio.NewWriter(out)
	fmt.Fprint(w, header)
	for _, a := range slices.Sorted(maps.Keys(rows)) {
		slices.Sort(rows[a])
		fmt.Fprintln(w, a, strings.Join(rows[a], " "))
	}
	return w.Flush()
}

// A pair is two words or stems, the first one first in order.
type pair struct{ a, b string }

func order(a, b string) pair {
	if a > b {
		a, b = b, a
	}
	return pair{a, b}
}

// cosines returns the pairs of stems whose words are as near in the table as their relation demands, and how near.
func cosines(ctx context.Context, related map[pair]float64) (map[pair]float64, error) {
	table := static.New()
	vectors := map[string][]float32{}
	known := func(word string) (bool, error) {
		if vectors[word] != nil {
			return true, nil
		}
		if words.IsStop(word) || !table.Knows(word) {
			return false, nil
		}
		v, err := table.Embed(ctx, rag.Passage, []string{word})
		if err != nil {
			return false, err
		}
		vectors[word] = v[0]
		return true, nil
	}
	near := map[pair]float64{}
	for p, least := range related {
		for _, word := range []string{p.a, p.b} {
			if _, err := known(word); err != nil {
				return nil, err
			}
		}
		a, b := vectors[p.a], vectors[p.b]
		stems := order(words.Stem(p.a), words.Stem(p.b))
		if a == nil || b == nil || stems.a == stems.b {
			continue
		}
		c := 0.0
		for i := range a {
			c += float64(a[i]) * float64(b[i]) // both are of length 1
		}
		if c >= least {
			near[stems] = max(near[stems], c)
		}
	}
	return near, nil
}
