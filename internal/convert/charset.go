package convert

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// maxHead is how far a page is searched for what it says of its encoding, in bytes. Browsers look at 1,024 and then
// again while they parse; pages put scripts before it.
const maxHead = 64 << 10

var (
	charsetMeta  = regexp.MustCompile(`(?i)<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([a-z0-9_:-]+)`)
	charsetXML   = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-z0-9_:-]+)`)
	pageLanguage = regexp.MustCompile(`(?i)<(?:html|body)\b[^>]{0,500}?\blang\s*=\s*["']?\s*([a-z]{2})`)
)

// decodeHTML makes UTF-8 of a page. What is valid UTF-8 beyond ASCII is UTF-8, whatever it says; then the mark in
// front, the server and the page are believed, in this order; then the bytes and the language that the page names are
// looked at.
func decodeHTML(data []byte, declared string) (string, error) {
	plain := bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(plain) && bytes.ContainsFunc(plain, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return string(plain), nil
	}
	// https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
	head := data[:min(len(data), sniffed)]
	contentType := ""
	if name := declaredCharset(data, declared); name != "" {
		contentType = "text/html; charset=" + name
	}
	enc, _, certain := charset.DetermineEncoding(head, contentType)
	if !certain && contentType == "" {
		if guess := guessEncoding(data); guess != nil {
			enc = guess
		}
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", refuse("its characters cannot be read: it is in no encoding that is known")
	}
	return string(text), nil
}

// declaredCharset is what the server, or else the page says; "" for nothing that is known.
func declaredCharset(data []byte, server string) string {
	head := data[:min(len(data), maxHead)]
	names := []string{server}
	for _, pattern := range []*regexp.Regexp{charsetXML, charsetMeta} {
		if m := pattern.FindSubmatch(head); m != nil {
			names = append(names, string(m[1]))
		}
	}
	for _, name := range names {
		if e, canonical := charset.Lookup(name); e != nil && e != encoding.Replacement {
			if strings.HasPrefix(canonical, "utf-16") && name != server { // it could not have been read
				return "utf-8"
			}
			return name
		}
	}
	return ""
}

// languageCharset names the encoding of one byte a letter that pages in a language were in: the same standard's table
// of locales.
var languageCharset = map[string]string{
	"tr": "windows-1254", "az": "windows-1254", "ku": "windows-1254", "ar": "windows-1256", "fa": "windows-1256",
	"ur": "windows-1256", "ps": "windows-1256",
	"ru": "windows-1251", "uk": "windows-1251", "bg": "windows-1251", "sr": "windows-1251", "mk": "windows-1251",
	"be": "windows-1251", "he": "windows-1255",
	"el": "windows-1253", "pl": "windows-1250", "cs": "windows-1250", "sk": "windows-1250", "hu": "windows-1250",
	"sl": "windows-1250",
	"hr": "windows-1250", "ro": "windows-1250", "vi": "windows-1258", "th": "windows-874", "et": "windows-1257",
	"lt": "windows-1257",
	"lv": "windows-1257", "ja": "shift_jis", "ko": "euc-kr", "zh": "gb18030",
}

// guessEncoding looks at the bytes. chardet takes Arabic for Macintosh's Cyrillic and does not tell Turkish from
// Icelandic, so the language that the page names goes first, and frequent words of those two are looked for.
func guessEncoding(data []byte) encoding.Encoding {
	names := []string{}
	if m := pageLanguage.FindSubmatch(data[:min(len(data), maxHead)]); m != nil {
		names = append(names, languageCharset[strings.ToLower(string(m[1]))])
	}
	names = append(names, "windows-1256", "windows-1254")
	for _, name := range names {
		if e, _ := charset.Lookup(name); e != nil && plausible(e, name, data) {
			return e
		}
	}
	name := chardet.Detect(data).Encoding
	if name == "MacCyrillic" { // as good as unknown on the web; its small letters are those of windows-1251
		name = "windows-1251"
	}
	if e, _ := charset.Lookup(name); e != nil && e != encoding.Replacement {
		return e
	}
	return nil
}

// frequentWords tell a language that an encoding is for.
var frequentWords = map[string][]string{
	"windows-1256": {" في ", " من ", " على ", " إلى ", " که ", " از ", " به ", " این ", " کے ", " میں "},
	"windows-1254": {" bir ", " ve ", " için ", " olarak ", " ile ", " değil ", " çok ", " olduğu ", " şey "},
}

// plausible reports that bytes make sense in an encoding of one byte a letter: letters stand beside letters of the
// same script, and for the two that are tried on any page, frequent words are there.
func plausible(e encoding.Encoding, name string, data []byte) bool {
	const enough = 64 << 10
	text, err := e.NewDecoder().Bytes(data[:min(len(data), enough)])
	if err != nil {
		return false
	}
	high, odd := 0, 0
	last := ' '
	for _, r := range string(text) {
		if r >= utf8.RuneSelf {
			high++
			upperInside := unicode.IsUpper(r) && unicode.IsLower(last)
			if r == utf8.RuneError || unicode.IsControl(r) || unicode.IsSymbol(r) && unicode.IsLetter(last) ||
				upperInside {
				odd++
			}
		}
		last = r
	}
	if high == 0 || odd*8 > high {
		return false
	}
	words := frequentWords[name]
	if words == nil {
		return true
	}
	found := 0
	low := strings.ToLower(string(text))
	for _, w := range words {
		if strings.Contains(low, w) {
			found++
		}
	}
	if name == "windows-1254" {
		return found >= 2 && strings.ContainsAny(low, "ışğ")
	}
	return found > 0
}
