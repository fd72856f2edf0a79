package question

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// Cues are words by what they do in a question that is put to a bot: "gist" and "rundown" ask for a summary, "article"
// and "pdf" are what the bot has, "please" and "the" do nothing. Each language has a file of them, and the rules of
// acts.go speak of kinds of cues alone, so that they are the same in all languages.

//go:embed cues/*.txt
var cueFiles embed.FS

// A cueSet is a set of kinds of cues.
type cueSet [2]uint64

func (c cueSet) or(other cueSet) cueSet { return cueSet{c[0] | other[0], c[1] | other[1]} }

// has tells whether the sets share a kind.
func (c cueSet) has(other cueSet) bool { return c[0]&other[0]|c[1]&other[1] != 0 }

func (c cueSet) none() bool { return c == cueSet{} }

// cueNames are the kinds that a file may have, in the order of their bits.
var cueNames = strings.Fields(`
	sure whether doing need future feature passive first then role thanks light doc this it here you i what who when
	where why how long many often sum key point about by from say happen going explain know understand
	short person quote mention speak in interview timeline event order each unfold step date author
	write publish behind recent source link original title called name unit reading docs have list load
	library anything ask question answer topic help use work do can bot made start lost language greet
	count mean compare said he beside bywhom whose outlet allowed`)

func cuesOf(names string) (set cueSet) {
	for _, name := range strings.FieldsFunc(names, func(r rune) bool { return r == ' ' || r == '|' }) {
		i := slices.Index(cueNames, name)
		if i < 0 {
			panic(fmt.Sprintf("question: no kind of cues %q", name))
		}
		set[i/64] |= 1 << (i % 64)
	}
	return set
}

// minStem is how many bytes of an entry that ends in a star must stand before it.
const minStem = 4

// A vocabulary is the cues of one language.
type vocabulary struct {
	locale  string
	entries map[string]cueSet // folded words with single spaces; a word that stands for any number is "#"
	numbers map[string]bool   // small numbers as words
	own     map[string]bool   // words that are one slip away from a cue, and no slips: "consent" is no "content"
	stems   map[string]cueSet // what a word may begin with
	longest map[string]int    // how many words an entry has at most that begins with a word, if it has several
	meant   map[byte][]string // the single words that slips are mended to, by their first byte
}

// locales are the languages whose cues are known, in the order in which they are tried.
var locales = []string{"en", "de", "fr", "es", "ur", "ps", "fa-AF"}

// vocabularyOf are the vocabularies, each read when a question first needs it.
var vocabularyOf = func() map[string]func() *vocabulary {
	out := map[string]func() *vocabulary{}
	for _, locale := range locales {
		out[locale] = sync.OnceValue(func() *vocabulary { return readVocabulary(locale) })
	}
	return out
}()

// readVocabulary reads a file of lines "kind kind: entry, entry".
func readVocabulary(locale string) *vocabulary {
	data, err := cueFiles.ReadFile("cues/" + locale + ".txt")
	if err != nil {
		panic(err)
	}
	v := &vocabulary{locale: locale, entries: map[string]cueSet{}, numbers: map[string]bool{},
		own:   map[string]bool{},
		stems: map[string]cueSet{}, longest: map[string]int{}, meant: map[byte][]string{}}
	for line := range strings.Lines(string(data)) {
		names, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(names, "#") {
			continue
		}
		for entry := range strings.SplitSeq(rest, ",") {
			if entry = strings.Join(strings.Fields(entry), " "); entry != "" {
				v.add(names, entry)
			}
		}
	}
	if locale == "en" {
		v.assume("stop-words", "light") // what means nothing by itself
		v.assume("light-words", "light")
		v.assume("human-plurals", "role")
	}
	for entry, set := range v.entries {
		if first, rest, several := strings.Cut(entry, " "); several {
			v.longest[first] = max(v.longest[first], strings.Count(rest, " ")+2)
		} else if utf8.RuneCountInString(entry) >= minMended && set != cuesOf("light") && set != cuesOf("role") {
			v.meant[entry[0]] = append(v.meant[entry[0]], entry)
		}
	}
	return v
}

// assume says what the words of a list do of which the file does not say it.
func (v *vocabulary) assume(list, kinds string) {
	for _, word := range lexicon.Words(list) {
		if v.entries[word].none() {
			v.entries[word] = cuesOf(kinds)
		}
	}
}

// apart writes what is elided as a word of its own: "l'article", "geht's".
func apart(folded string) string { return strings.ReplaceAll(folded, "'", " ") }

// A cue is a run of words of a question and what they do; none is what the question is about.
type cue struct {
	set         cueSet
	parts       []cueSet // what the words of an entry of several do alone; nil where one of them is in no entry
	first, last int      // words
}

// does is all that a cue may do.
func (c cue) does() cueSet {
	set := c.set
	for _, p := range c.parts {
		set = set.or(p)
	}
	return set
}

// within tells whether the cue does what is allowed: as a whole, or each of its words.
func (c cue) within(allowed cueSet) bool {
	return c.set.has(allowed) ||
		len(c.parts) > 0 && !slices.ContainsFunc(c.parts, func(p cueSet) bool { return !p.has(allowed) })
}

// add makes an entry one of the kinds.
func (v *vocabulary) add(names, entry string) {
	folded := apart(words.Fold(strings.TrimSuffix(entry, "*")))
	switch stem := strings.HasSuffix(entry, "*"); {
	case stem && (strings.Contains(folded, " ") || len(folded) < minStem):
		panic(fmt.Sprintf("question: %s: %q: a star stands behind one word of %d bytes or more", v.locale, entry,
			minStem))
	case names == "number":
		v.numbers[folded] = true
	case names == "word":
		v.own[folded] = true
	case stem:
		v.stems[folded] = v.stems[folded].or(cuesOf(names))
	default:
		v.entries[folded] = v.entries[folded].or(cuesOf(names))
	}
}

// cues cuts the words into runs: the longest entry that begins at a word, or else a word that is in none.
func (v *vocabulary) cues(all []string) []cue {
	out := make([]cue, 0, len(all))
	for i := 0; i < len(all); {
		c := cue{first: i, last: i}
		longest := max(1, v.longest[all[i]])
		if v.isNumber(all[i]) {
			longest = max(longest, v.longest["#"])
		}
		for n := min(longest, len(all)-i); n > 0; n-- {
			if set := v.look(all[i : i+n]); !set.none() {
				c.set, c.last, c.parts = set, i+n-1, v.parts(all[i:i+n])
				break
			}
		}
		if c.set.none() {
			c.set = v.mended(all[i])
		}
		out = append(out, c)
		i = c.last + 1
	}
	return out
}

func (v *vocabulary) parts(run []string) (out []cueSet) {
	if len(run) == 1 || v.entries[strings.Join(run, " ")] == cuesOf("light") {
		return nil // "can anyone tell me" speaks of nobody
	}
	for i := range run {
		set := v.look(run[i : i+1])
		if set.none() {
			return nil
		}
		out = append(out, set)
	}
	return out
}

func (v *vocabulary) look(run []string) cueSet {
	key := run[0]
	if len(run) > 1 {
		key = strings.Join(run, " ")
	}
	set := v.entries[key]
	if len(run) == 1 {
		for n := len(key); n >= minStem; n-- {
			set = set.or(v.stems[key[:n]])
		}
		return set
	}
	if set.none() {
		for i, w := range run {
			if v.isNumber(w) {
				set = set.or(v.entries[strings.Join(slices.Concat(run[:i], []string{"#"}, run[i+1:]), " ")])
			}
		}
	}
	return set
}

func (v *vocabulary) isNumber(word string) bool {
	return v.numbers[word] || len(word) <= 2 && word >= "0" && word <= "99"
}

// minMended is how many letters a word needs for one slip of the keys to be taken as such.
const minMended = 5

// mended is what a word does that is one slip away from a cue: a letter too much, too few, or two that changed places;
// in long words a wrong one, too. Slips seldom touch the first letter.
func (v *vocabulary) mended(word string) (set cueSet) {
	if utf8.RuneCountInString(word) < minMended || v.own[word] {
		return set
	}
	for _, w := range v.meant[word[0]] {
		if slip(word, w) {
			set = set.or(v.entries[w])
		}
	}
	return set
}

// minSwapped is how many letters a word needs to be known with a wrong one among them: "quota" is no "quote".
const minSwapped = 7

func slip(typed, meant string) bool {
	if d := len(typed) - len(meant); d > utf8.UTFMax || d < -utf8.UTFMax {
		return false
	}
	a, b := []rune(typed), []rune(meant)
	if d := len(a) - len(b); d > 1 || d < -1 {
		return false
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	x, y := a[i:], b[i:]
	switch {
	case len(a) > len(b):
		return slices.Equal(x[1:], y)
	case len(a) < len(b):
		return slices.Equal(x, y[1:])
	case len(x) == 0:
		return true
	case len(x) > 1 && x[0] == y[1] && x[1] == y[0] && slices.Equal(x[2:], y[2:]):
		return true
	}
	return len(a) >= minSwapped && slices.Equal(x[1:], y[1:])
}
