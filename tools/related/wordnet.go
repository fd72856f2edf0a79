package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A pointer is a relation of a synset, or of one of its words, to another one. Places of 0 stand for all words.
type pointer struct {
	symbol   string
	target   string
	from, to int
}

type synset struct {
	words    []string
	pointers []pointer
}

// A wordNet is the database as wndb(5WN) describes it.
type wordNet struct {
	synsets map[string]synset   // by part of speech and offset
	senses  map[string][]string // keys of synsets by part of speech, a space and the word; the most frequent first
}

var files = map[string]string{"n": "noun", "v": "verb", "a": "adj", "r": "adv"}

func readWordNet(dir *os.Root) (*wordNet, error) {
	net := &wordNet{synsets: map[string]synset{}, senses: map[string][]string{}}
	for part, name := range files {
		if err := lines(dir, "data."+name, func(f []string) error { return net.addSynset(part, f) }); err != nil {
			return nil, err
		}
	}
	for part, name := range files {
		if err := lines(dir, "index."+name, func(f []string) error { return net.addIndex(part, f) }); err != nil {
			return nil, err
		}
	}
	return net, nil
}

// lines calls do with the fields of each line that is not of the license.
func lines(dir *os.Root, name string, do func(fields []string) error) error {
	f, err := dir.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		if strings.HasPrefix(in.Text(), "  ") {
			continue
		}
		data, _, _ := strings.Cut(in.Text(), "|")
		if err := do(strings.Fields(data)); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return in.Err()
}

func number(fields []string, i, base int) (int, error) {
	if i >= len(fields) {
		return 0, fmt.Errorf("field %d is missing", i+1)
	}
	n, err := strconv.ParseInt(fields[i], base, 32)
	return int(n), err
}

// addSynset reads: offset, file, type, words (their number is hexadecimal), each with an id; pointers, each with
// symbol, offset, part of speech and places (two hexadecimal digits each).
func (net *wordNet) addSynset(part string, f []string) error {
	n, err := number(f, 3, 16)
	if err != nil {
		return err
	}
	var s synset
	at := 4
	for range n {
		if at >= len(f) {
			return fmt.Errorf("it has fewer words than the %d that it says", n)
		}
		word, _, _ := strings.Cut(f[at], "(") // "(a)" says where an adjective stands
		s.words = append(s.words, strings.ToLower(word))
		at += 2
	}
	n, err = number(f, at, 10)
	if err != nil {
		return err
	}
	at++
	for range n {
		if at+4 > len(f) || len(f[at+3]) != 4 {
			return fmt.Errorf("it has fewer pointers than the %d that it says", n)
		}
		from, err := strconv.ParseInt(f[at+3][:2], 16, 32)
		if err != nil {
			return err
		}
		to, err := strconv.ParseInt(f[at+3][2:], 16, 32)
		if err != nil {
			return err
		}
		s.pointers = append(s.pointers, pointer{f[at], f[at+2] + f[at+1], int(from), int(to)})
		at += 4
	}
	net.synsets[part+f[0]] = s
	return nil
}

// addIndex reads: word, part of speech, synsets, pointers and their symbols, senses, tagged senses, offsets by
// frequency.
func (net *wordNet) addIndex(part string, f []string) error {
	n, err := number(f, 2, 10)
	if err != nil {
		return err
	}
	if n > len(f) {
		return fmt.Errorf("it has fewer synsets than the %d that it says", n)
	}
	for _, offset := range f[len(f)-n:] {
		key := part + offset
		net.senses[part+" "+f[0]] = append(net.senses[part+" "+f[0]], key)
	}
	return nil
}

// The least cosine of two words, by how they are related. Of pairs that WordNet does not relate, 1 in 100 is at .35.
const (
	leastByForm  = 0.20 // weigh, weight: nothing but a slip of the database is against it
	leastBySense = 0.30 // eat, feed
	leastBroader = 0.40 // luggage, bag: what is said of one need not be so of the other
)

// The senses of a word that are looked at: of its first ones, in the order of how frequent they are.
const (
	frequentSenses = 4
	broaderSenses  = 2
)

var byPointer = map[string]struct {
	least  float64
	senses int
}{
	"+":  {leastByForm, 1 << 10},         // derivationally related form
	"=":  {leastByForm, 1 << 10},         // attribute: heavy, weight
	`\`:  {leastByForm, 1 << 10},         // pertains to, is derived from
	"<":  {leastByForm, 1 << 10},         // participle of
	">":  {leastBySense, frequentSenses}, // cause: kill, die
	"$":  {leastBySense, frequentSenses}, // group of verbs
	"&":  {leastBySense, frequentSenses}, // similar to
	"@":  {leastBroader, broaderSenses},  // hypernym
	"~":  {leastBroader, broaderSenses},  // hyponym
	"*":  {leastBroader, broaderSenses},  // entailment: snore, sleep
	"^":  {leastBroader, broaderSenses},  // see also
	"#m": {2, 0},                         // member, substance and part, and what has them: another thing
}

// rank is the place of a synset among the senses of a word, from 0.
func (net *wordNet) rank(word, key string) int {
	return slices.Index(net.senses[key[:1]+" "+word], key)
}

// pairs returns the pairs of single words that are related, with the least cosine that each needs.
func (net *wordNet) pairs() map[pair]float64 {
	least := map[pair]float64{}
	add := func(a, b string, c float64) {
		if a == b || !single(a) || !single(b) {
			return
		}
		p := order(a, b)
		if old, ok := least[p]; !ok || c < old {
			least[p] = c
		}
	}
	for key, s := range net.synsets {
		for i, a := range s.words {
			for _, b := range s.words[:i] {
				if net.within(a, key, frequentSenses) && net.within(b, key, frequentSenses) {
					add(a, b, leastBySense)
				}
			}
		}
		for _, p := range s.pointers {
			net.follow(key, p, add)
		}
	}
	return least
}

// follow adds the pairs of words that a pointer of a synset relates.
func (net *wordNet) follow(key string, p pointer, add func(a, b string, least float64)) {
	by, ok := byPointer[p.symbol]
	if !ok {
		return
	}
	target := strings.Replace(p.target, "s", "a", 1) // satellites stand in the file of adjectives
	for i, a := range net.synsets[key].words {
		if p.from != 0 && p.from != i+1 || !net.within(a, key, by.senses) {
			continue
		}
		for k, b := range net.synsets[target].words {
			if (p.to == 0 || p.to == k+1) && net.within(b, target, by.senses) {
				add(a, b, by.least)
			}
		}
	}
}

// within reports whether a synset is among the first senses of a word, so many of them.
func (net *wordNet) within(word, key string, senses int) bool {
	r := net.rank(word, key)
	return r >= 0 && r < senses
}

// single reports whether it is one word of plain letters, long enough to mean something.
func single(word string) bool {
	return len(word) > 2 && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == ""
}
