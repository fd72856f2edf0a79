package static

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A tokenizer reads the tokenizer.json of Hugging Face's tokenizers (https://huggingface.co/docs/tokenizers), in what
// models of Model2Vec's layout use of it: it makes the text plain, cuts it into words, and these into the pieces that
// have a row. Anything else is refused by name, never passed over: another cut would give other vectors.
type tokenizer struct {
	normalize []func(string) string
	split     []func([]string) []string
	pieces    func(ids []int, word string) []int // appends the word's pieces
	size      int                                // one more than the highest id
}

type kinded struct {
	Type string
}

func readTokenizer(data []byte) (*tokenizer, error) {
	var file struct {
		Normalizer   json.RawMessage
		PreTokenizer json.RawMessage `json:"pre_tokenizer"`
		Model        json.RawMessage
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("%w: tokenizer.json: %w", errModel, err)
	}
	t := &tokenizer{}
	if err := t.addNormalizer(file.Normalizer); err != nil {
		return nil, err
	}
	if err := t.addPreTokenizer(file.PreTokenizer); err != nil {
		return nil, err
	}
	var model kinded
	if err := json.Unmarshal(file.Model, &model); err != nil {
		return nil, fmt.Errorf("%w: tokenizer.json has no model", errModel)
	}
	var err error
	switch model.Type {
	case "WordPiece", "":
		err = t.useWordPiece(file.Model)
	case "Unigram":
		err = t.useUnigram(file.Model)
	default:
		err = unsupported("model", model.Type)
	}
	return t, err
}

func unsupported(what, kind string) error {
	return fmt.Errorf("%w: tokenizer.json has a %s %q, which Pilcrow does not know", errModel, what, kind)
}

// ids returns the pieces of the text that have a row, in their order.
func (t *tokenizer) ids(text string) []int {
	text = strings.ToValidUTF8(text, "\uFFFD")
	for _, f := range t.normalize {
		text = f(text)
	}
	parts := []string{text}
	for _, f := range t.split {
		parts = f(parts)
	}
	var ids []int
	for _, word := range parts {
		ids = t.pieces(ids, word)
	}
	return ids
}

func none(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// A normalizer is an entry of tokenizer.json that says how texts are made plain; each type reads fields of its own.
type normalizer struct {
	kinded
	Normalizers        []json.RawMessage
	CleanText          bool  `json:"clean_text"`
	HandleChineseChars bool  `json:"handle_chinese_chars"`
	StripAccents       *bool `json:"strip_accents"`
	Lowercase          bool
	Pattern            pattern
	Content            string
	Prepend            string
	StripLeft          bool   `json:"strip_left"`
	StripRight         bool   `json:"strip_right"`
	Charsmap           string `json:"precompiled_charsmap"`
}

// bert adds the steps of BERT's normalizer.
func (n normalizer) bert(add func(func(string) string)) {
	if n.CleanText {
		add(cleaned)
	}
	if n.HandleChineseChars {
		add(spacedIdeographs)
	}
	if n.StripAccents != nil && *n.StripAccents || n.StripAccents == nil && n.Lowercase {
		add(func(s string) string { return withoutAccents(norm.NFD.String(s)) })
	}
	if n.Lowercase {
		add(lowercase)
	}
}

func (n normalizer) strip(s string) string {
	if n.StripLeft {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
	}
	if n.StripRight {
		s = strings.TrimRightFunc(s, unicode.IsSpace)
	}
	return s
}

// addNormalizer adds a step that makes texts plain.
func (t *tokenizer) addNormalizer(raw json.RawMessage) error {
	if none(raw) {
		return nil
	}
	var n normalizer
	if err := json.Unmarshal(raw, &n); err != nil {
		return fmt.Errorf("%w: tokenizer.json: the normalizer: %w", errModel, err)
	}
	add := func(f func(string) string) { t.normalize = append(t.normalize, f) }
	switch n.Type {
	case "Sequence":
		for _, part := range n.Normalizers {
			if err := t.addNormalizer(part); err != nil {
				return err
			}
		}
	case "BertNormalizer":
		n.bert(add)
	case "Lowercase":
		add(lowercase)
	case "StripAccents":
		add(withoutAccents)
	case "NFC", "NFD", "NFKC", "NFKD":
		form := map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}[n.Type]
		add(form.String)
	case "Strip":
		add(n.strip)
	case "Replace":
		find, err := n.Pattern.compile()
		if err != nil {
			return err
		}
		add(func(s string) string { return find.ReplaceAllLiteralString(s, n.Content) })
	case "Prepend":
		add(func(s string) string {
			if s == "" {
				return s
			}
			return n.Prepend + s
		})
	case "Precompiled":
		m, err := readCharsmap(n.Charsmap)
		if err != nil {
			return err
		}
		add(m.apply)
	default:
		return unsupported("normalizer", n.Type)
	}
	return nil
}

// A pattern is a literal or a regular expression.
type pattern struct {
	String *string
	Regex  *string
}

func (p pattern) compile() (*regexp.Regexp, error) {
	switch {
	case p.String != nil:
		return regexp.MustCompile(regexp.QuoteMeta(*p.String)), nil
	case p.Regex != nil:
		find, err := regexp.Compile(*p.Regex)
		if err != nil {
			return nil, unsupported("regular expression", *p.Regex)
		}
		return find, nil
	}
	return nil, unsupported("pattern", "")
}

// cleaned drops control characters and makes every white space a plain one.
func cleaned(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || unicode.IsSpace(r):
			return ' '
		case r == 0 || r == '\uFFFD' || unicode.Is(unicode.C, r):
			return -1
		}
		return r
	}, s)
}

// spacedIdeographs sets each ideograph apart. The ranges are those of BERT's own tokenizer
// (https://github.com/google-research/bert/blob/master/tokenization.py).
func spacedIdeographs(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x2A6DF ||
			r >= 0x2A700 && r <= 0x2CEAF ||
			r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F {
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func withoutAccents(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
}

// lowercase is Rust's: the one letter whose small form is two characters gets both.
func lowercase(s string) string { return strings.ToLower(strings.ReplaceAll(s, "İ", "i\u0307")) }
