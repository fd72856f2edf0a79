package static

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// A preTokenizer is an entry of tokenizer.json that says how texts are cut; each type reads fields of its own.
type preTokenizer struct {
	kinded
	PreTokenizers  []json.RawMessage `json:"pretokenizers"`
	Replacement    string
	PrependScheme  string `json:"prepend_scheme"`
	AddPrefixSpace *bool  `json:"add_prefix_space"`
	Split          *bool
	Behavior       string
}

// scheme tells before which words a space is put: "always", "never" or "first".
func (p preTokenizer) scheme() (string, error) {
	switch {
	case p.PrependScheme == "" && p.AddPrefixSpace != nil && !*p.AddPrefixSpace:
		return "never", nil
	case p.PrependScheme == "":
		return "always", nil
	case p.PrependScheme == "always" || p.PrependScheme == "never" || p.PrependScheme == "first":
		return p.PrependScheme, nil
	}
	return "", unsupported("prepend_scheme", p.PrependScheme)
}

// addPreTokenizer adds a step that cuts texts into words.
func (t *tokenizer) addPreTokenizer(raw json.RawMessage) error {
	if none(raw) {
		return nil
	}
	var p preTokenizer
	if err := json.Unmarshal(raw, &p); err != nil {
		return fmt.Errorf("%w: tokenizer.json: the pre-tokenizer: %w", errModel, err)
	}
	each := func(f func(string) []string) {
		t.split = append(t.split, func(parts []string) []string {
			var out []string
			for _, part := range parts {
				out = append(out, f(part)...)
			}
			return out
		})
	}
	switch p.Type {
	case "Sequence":
		for _, part := range p.PreTokenizers {
			if err := t.addPreTokenizer(part); err != nil {
				return err
			}
		}
	case "BertPreTokenizer":
		each(strings.Fields)
		each(isolated(bertPunctuation))
	case "WhitespaceSplit":
		each(strings.Fields)
	case "Whitespace":
		each(wordsAndSigns)
	case "Punctuation":
		if p.Behavior != "" && p.Behavior != "Isolated" {
			return unsupported("behavior of punctuation", p.Behavior)
		}
		each(isolated(bertPunctuation))
	case "Metaspace":
		scheme, err := p.scheme()
		if err != nil {
			return err
		}
		t.split = append(t.split, metaspace(p.Replacement, scheme, p.Split == nil || *p.Split))
	default:
		return unsupported("pre-tokenizer", p.Type)
	}
	return nil
}

func bertPunctuation(r rune) bool {
	return r >= '!' && r <= '/' || r >= ':' && r <= '@' || r >= '[' && r <= '`' || r >= '{' && r <= '~' ||
		unicode.IsPunct(r)
}

// isolated cuts before and behind each character that the function knows.
func isolated(is func(rune) bool) func(string) []string {
	return func(s string) (parts []string) {
		start := 0
		for i, r := range s {
			if !is(r) {
				continue
			}
			end := i + len(string(r))
			if i > start {
				parts = append(parts, s[start:i])
			}
			parts = append(parts, s[i:end])
			start = end
		}
		if start < len(s) {
			parts = append(parts, s[start:])
		}
		return parts
	}
}

// wordsAndSigns cuts as the regular expression \w+|[^\w\s]+ with Unicode's classes.
func wordsAndSigns(s string) (parts []string) {
	class := func(r rune) int {
		switch {
		case unicode.IsSpace(r):
			return 0
		case unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic) ||
			r == '\u200C' || r == '\u200D':
			return 1
		}
		return 2
	}
	start, current := 0, 0
	for i, r := range s {
		c := class(r)
		if c == current {
			continue
		}
		if current != 0 {
			parts = append(parts, s[start:i])
		}
		start, current = i, c
	}
	if current != 0 {
		parts = append(parts, s[start:])
	}
	return parts
}

// metaspace makes spaces visible and cuts before each.
func metaspace(mark, scheme string, split bool) func([]string) []string {
	return func(parts []string) (out []string) {
		for i, part := range parts {
			part = strings.ReplaceAll(part, " ", mark)
			if (scheme == "always" || scheme == "first" && i == 0) && !strings.HasPrefix(part, mark) && part != "" {
				part = mark + part
			}
			for split && part != "" {
				at := strings.Index(part[1:], mark)
				if at < 0 {
					break
				}
				out = append(out, part[:at+1])
				part = part[at+1:]
			}
			if part != "" {
				out = append(out, part)
			}
		}
		return out
	}
}
