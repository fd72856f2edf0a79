package reading

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/quote"
	"pilcrow/internal/words"
)

// A voice is somebody whose quotations can be asked for.
type voice struct {
	name             string
	named            bool     // a name, not a description such as "a resident"
	also             []string // other names
	roles            []string
	quoted, reported bool
	refs             []article.Ref // where the documents name them; nil for a voice without a name
}

// voices are everyone in the documents: those who are quoted in the order in which they speak, then those whose speech
// is only reported, then those who are only named.
func voices(quotations []said, reports []reported, people []quote.Person) []voice {
	var out []voice
	at := make(map[string]int)
	get := func(name string, named bool) *voice {
		i, known := at[name]
		if !known {
			i, at[name] = len(out), len(out)
			out = append(out, voice{name: name, named: named})
		}
		return &out[i]
	}
	for _, q := range quotations {
		if q.Speaker != "" {
			v := get(q.Speaker, q.Named)
			v.quoted = true
			if q.Role != "" && !slices.Contains(v.roles, q.Role) {
				v.roles = append(v.roles, q.Role)
			}
		}
	}
	for _, r := range reports {
		if r.Speaker != "" {
			get(r.Speaker, r.Named).reported = true
		}
	}
	for _, p := range people {
		v := get(p.Name, true)
		v.also = append(v.also, p.Aliases...)
		v.refs = append(v.refs, p.Refs...)
		if p.Role != "" && !slices.Contains(v.roles, p.Role) {
			v.roles = append(v.roles, p.Role)
		}
	}
	return out
}

// matchVoices returns the names that somebody may mean who typed this: those that it spells in full, else those that
// have its words, else those whose words begin so, else the one that it is nearest to. A role will do where no name
// does.
func matchVoices(typed string, all []voice) []string {
	asked := nameWords(typed)
	if len(asked) == 0 {
		return nil
	}
	for _, labelsOf := range []func(voice) []string{
		func(v voice) []string { return append([]string{v.name}, v.also...) },
		func(v voice) []string { return v.roles },
	} {
		labels, owner := labelsOfAll(all, labelsOf)
		near := quote.MatchSpeaker(typed, labels)
		for _, spelled := range []func(asked, label []string) bool{slices.Equal[[]string], hasWords, beginsWords} {
			so := Filter(near, func(label string) bool { return spelled(asked, nameWords(label)) })
			if names := ownersOf(so, owner); len(names) > 0 {
				return names
			}
		}
		if len(near) > 0 {
			return []string{owner[near[0]]}
		}
	}
	return nil
}

// labelsOfAll are the labels of all, each once, and to whom each belongs: to the first who has it.
func labelsOfAll(all []voice, labelsOf func(voice) []string) (labels []string, owner map[string]string) {
	owner = make(map[string]string)
	for _, v := range all {
		for _, label := range labelsOf(v) {
			if _, taken := owner[label]; !taken {
				owner[label] = v.name
				labels = append(labels, label)
			}
		}
	}
	return labels, owner
}

// ownersOf are those to whom labels belong, each once, in order.
func ownersOf(labels []string, owner map[string]string) (names []string) {
	for _, label := range labels {
		if name := owner[label]; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func hasWords(asked, label []string) bool {
	return !slices.ContainsFunc(asked, func(w string) bool { return !slices.Contains(label, w) })
}

func beginsWords(asked, label []string) bool {
	return !slices.ContainsFunc(asked, func(w string) bool {
		return !slices.ContainsFunc(label, func(l string) bool { return strings.HasPrefix(l, w) })
	})
}

func nameWords(s string) []string {
	var out []string
	for _, t := range words.Tokenize(s) {
		out = append(out, strings.ReplaceAll(t.Text, ".", ""))
	}
	return out
}

// maxNamesShown bounds the names that a sentence lists.
const maxNamesShown = 10

// listNames writes names with "and" or "or" before the last: "A, B and C". More than maxNamesShown are counted.
func listNames(p lang.Printer, names []string, all bool) string {
	if more := len(names) - maxNamesShown; more > 0 {
		return p.Text("%s and %d more", strings.Join(names[:maxNamesShown], ", "), more)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	if all {
		return p.Text("%s and %s", strings.Join(names[:last], ", "), names[last])
	}
	return p.Text("%s or %s", strings.Join(names[:last], ", "), names[last])
}
