package main

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// unlikely is how rarely a sample may fail by chance alone.
const unlikely = 0.01

// report writes what survived and a table, and fails where too few were killed.
func report(out io.Writer, packages []*pkg, floor float64, sampled bool) error {
	var text, table strings.Builder
	var short []string
	var all, dead int
	fmt.Fprintf(&table, "%-24s %7s %7s %7s %7s %9s\n", "package", "mutants", "tried", "killed", "unseen", "% killed")
	for _, p := range packages {
		count := map[outcome]int{}
		for _, m := range p.mutants {
			count[m.outcome]++
			if m.outcome == survived || m.outcome == unseen {
				fmt.Fprintf(&text, "%s/%s (%s)\n", p.ImportPath, m, map[outcome]string{
					survived: "survived", unseen: "no test reaches it"}[m.outcome])
			}
		}
		tried := len(p.mutants) - count[untried]
		percent := 100 * float64(count[killed]) / float64(max(1, tried))
		fmt.Fprintf(&table, "%-24s %7d %7d %7d %7d %8.1f%%\n",
			p.ImportPath, len(p.mutants), tried, count[killed], count[unseen], percent)
		if !sampled && percent < floor {
			short = append(short, p.ImportPath)
		}
		all, dead = all+tried, dead+count[killed]
	}
	if _, err := fmt.Fprint(out, text.String(), table.String()); err != nil {
		return err
	}
	switch {
	case sampled && atMost(dead, all, floor/100) < unlikely:
		return fmt.Errorf("%d of %d killed: too few for %.0f percent", dead, all, floor)
	case len(short) > 0:
		return fmt.Errorf("under %.0f percent: %s", floor, strings.Join(short, ", "))
	}
	return nil
}

// atMost is the probability that at most k of n are killed when each is with probability p.
func atMost(k, n int, p float64) float64 {
	if p <= 0 || k >= n {
		return 1
	}
	choose := func(n, k int) float64 {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		return a - b - c
	}
	if p >= 1 {
		return 0
	}
	sum := 0.0
	for i := range k + 1 {
		sum += math.Exp(choose(n, i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}
