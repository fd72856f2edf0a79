// Package lexicon holds the words that the language packages share, as data: one list in one file, with what it is
// for, where it is from, its license and who reads it. What is known of a word stands in one place, so that a verb or
// an abbreviation that is added there is known everywhere.
//
// Everything here is pure and safe for use by several goroutines. Words are in lower case unless their list says
// otherwise.
package lexicon

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed *.txt
var files embed.FS

// Rows returns the lines of a list in order, each cut at white space. A name without a list is a mistake in the
// program: it panics.
func Rows(name string) [][]string {
	data, err := files.ReadFile(name + ".txt")
	if err != nil {
		panic(fmt.Sprintf("lexicon: no list %q", name))
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0] != "#" {
			rows = append(rows, fields)
		}
	}
	return rows
}

// Words returns the words of a list in order.
func Words(name string) []string {
	var all []string
	for _, row := range Rows(name) {
		all = append(all, row...)
	}
	return all
}

// Heads returns the first words of the lines of a list.
func Heads(name string) map[string]bool {
	set := map[string]bool{}
	for _, row := range Rows(name) {
		set[row[0]] = true
	}
	return set
}

// Marked returns the first words of the lines of a list that have the mark behind them.
func Marked(name, mark string) map[string]bool {
	set := map[string]bool{}
	for _, row := range Rows(name) {
		if slices.Contains(row[1:], mark) {
			set[row[0]] = true
		}
	}
	return set
}

// List returns the words of a list as a set, which must not be written to.
func List(name string) map[string]bool { return SetOf(Words(name)) }

// Set makes a set of words that stand in one string: for what a single rule asks and nobody else would.
func Set(words string) map[string]bool { return SetOf(strings.Fields(words)) }

// SetOf makes a set of words.
func SetOf(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// Union makes a set of what is in any of the sets.
func Union(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, set := range sets {
		for w := range set {
			all[w] = true
		}
	}
	return all
}
