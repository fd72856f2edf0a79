package question

import (
	"cmp"
	"regexp/syntax"
	"slices"
	"strings"
)

// required returns literals of which a text has at least one if the expression matches it; nil where there are none
// such.
func required(pattern string) []string {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil // regexp.MustCompile says so
	}
	all := literals(parsed.Simplify())
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	var out []string
	for _, l := range all {
		if !slices.ContainsFunc(out, func(o string) bool { return strings.Contains(l, o) }) {
			out = append(out, l)
		}
	}
	return out
}

// maxWordings bounds the texts that a piece of an expression is written out to.
const maxWordings = 24

// literals are those of which each match has one; of several sets the one whose shortest literal is longest, as it
// rules out most.
func literals(re *syntax.Regexp) []string {
	var best []string
	better := func(set []string) {
		if len(set) > 0 && shortest(set) > 0 && (best == nil || shortest(set) > shortest(best)) {
			best = set
		}
	}
	better(wordings(re))
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		better(literals(re.Sub[0]))
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			one := literals(sub)
			if one == nil {
				return best
			}
			all = append(all, one...)
		}
		better(all)
	case syntax.OpConcat:
		run := []string{""}
		for _, sub := range re.Sub {
			better(literals(sub))
			next := wordings(sub)
			if next == nil || len(run)*len(next) > maxWordings {
				run = []string{""}
				continue
			}
			run = crossed(run, next)
			better(run)
		}
	}
	return best
}

// wordings are all texts that an expression matches; nil where they are too many.
func wordings(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpEndText:
		return []string{""}
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCapture:
		return wordings(re.Sub[0])
	case syntax.OpQuest:
		if one := wordings(re.Sub[0]); one != nil {
			return append([]string{""}, one...)
		}
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			one := wordings(sub)
			if all = append(all, one...); one == nil || len(all) > maxWordings {
				return nil
			}
		}
		return all
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			one := wordings(sub)
			if one == nil || len(all)*len(one) > maxWordings {
				return nil
			}
			all = crossed(all, one)
		}
		return all
	}
	return nil
}

func crossed(a, b []string) []string {
	out := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return out
}

func shortest(literals []string) int {
	n := len(literals[0])
	for _, l := range literals {
		n = min(n, len(l))
	}
	return n
}
