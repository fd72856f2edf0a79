package pdfium

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// A font tells letters that PDFium cannot: those of a Type 1 font that only its own program names.
type font struct {
	bold     bool
	nameless bool // as the bitmap fonts of TeX are
	names    [256]string
}

const maxFontBytes = 256 << 10 // the part of a font that is not enciphered is far shorter

func (r *reader) newFont(handle uint64) *font {
	f := &font{}
	n := uint32(r.call("FPDFFont_GetBaseFontName", handle, uint64(r.scratch), scratchBytes))
	name := ""
	if raw, ok := r.memory.Read(r.scratch, min(n, scratchBytes)); ok {
		name = string(bytes.TrimRight(raw, "\x00"))
		low := strings.ToLower(name)
		f.bold = strings.Contains(low, "bold") || strings.Contains(low, "black") || strings.Contains(low, "heavy") ||
			cmBold.MatchString(low)
	}
	f.nameless = name == ""
	r.call("FPDFFont_GetFontData", handle, 0, 0, uint64(r.scratch))
	if size := r.uint32At(0); size > 0 && size <= 32<<20 {
		at := r.alloc(size)
		r.call("FPDFFont_GetFontData", handle, uint64(at), uint64(size), uint64(r.scratch))
		if raw, ok := r.memory.Read(at, min(size, maxFontBytes)); ok {
			f.encoding(raw)
		}
		r.call("free", uint64(at))
	}
	if f.names == [256]string{} && r.Program != nil { // the font was broken, and another took its place
		f.encoding(r.Program(name))
	}
	return f
}

var (
	cmBold       = regexp.MustCompile(`^([a-z]{6}\+)?(cmbx|cmssbx|sfbx|ecbx)\d`)
	type1Letters = regexp.MustCompile(`dup\s+(\d{1,3})\s*/([A-Za-z0-9._]+)\s+put`)
)

// encoding reads the names of letters in a Type 1 font: Adobe Type 1 Font Format, 2.3.
func (f *font) encoding(program []byte) {
	if !bytes.HasPrefix(program, []byte("%!")) {
		return
	}
	plain, _, _ := bytes.Cut(program, []byte("eexec"))
	for _, m := range type1Letters.FindAllSubmatch(plain, -1) {
		if code, err := strconv.Atoi(string(m[1])); err == nil && code < len(f.names) {
			f.names[code] = string(m[2])
		}
	}
}

// letter is what a code stands for that PDFium found no letter for, "�" for unknown. coded says that only the code
// tells.
func (f *font) letter(code byte, wide bool) (text string, coded bool) {
	if wide || f == nil {
		return "�", false
	}
	name, _, _ := strings.Cut(f.names[code], ".")
	if s, ok := glyphNames[name]; ok {
		return s, false
	}
	if len(name) == 1 {
		return name, false
	}
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) == 4 {
		if r, err := strconv.ParseUint(hex, 16, 32); err == nil {
			return string(rune(r)), false
		}
	}
	if f.nameless {
		if s, ok := texCodes[code]; ok {
			return s, true
		}
		if code >= ' ' && code < 0x7f {
			return string(rune(code)), true
		}
	}
	return "�", false
}

// texCodes are what the bitmap fonts of TeX mean beyond ASCII, in its encodings T1 and OT1 where these do not
// contradict each other.
var texCodes = map[byte]string{
	0x0b: "ff", 0x0c: "fi", 0x0d: "fl", 0x0e: "ffi", 0x0f: "ffl", 0x1b: "ff", 0x1c: "fi", 0x1d: "fl", 0x1e: "ffi",
	0x1f: "ffl", 0x10: "“", 0x11: "”",
	0x15: "–", 0x16: "—", 0x27: "’", 0x60: "‘",
}

// glyphNames holds the names of the Adobe Glyph List that text fonts without a standard encoding use.
var glyphNames = map[string]string{
	"ff": "ff", "fi": "fi", "fl": "fl", "ffi": "ffi", "ffl": "ffl", "dotlessi": "ı", "dotlessj": "ȷ", "ae": "æ", "oe": "œ",
	"oslash": "ø", "AE": "Æ",
	"OE": "Œ", "Oslash": "Ø", "germandbls": "ß", "endash": "–", "emdash": "—", "hyphen": "-", "quoteleft": "‘",
	"quoteright": "’", "quotedblleft": "“",
	"quotedblright": "”", "quotedblbase": "„", "guillemotleft": "«", "guillemotright": "»", "exclamdown": "¡",
	"questiondown": "¿", "space": " ",
	"period": ".", "comma": ",", "colon": ":", "semicolon": ";", "exclam": "!", "question": "?", "quotesingle": "'",
	"quotedbl": "\"", "numbersign": "#",
	"dollar": "$", "percent": "%", "ampersand": "&", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+",
	"slash": "/", "equal": "=",
	"bracketleft": "[", "bracketright": "]", "at": "@", "less": "<", "greater": ">", "bar": "|", "backslash": "\\",
	"braceleft": "{", "braceright": "}",
	"underscore": "_", "asciitilde": "~", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
	"six": "6", "seven": "7",
	"eight": "8", "nine": "9", "minus": "−", "bullet": "•", "periodcentered": "·", "multiply": "×", "plusminus": "±",
	"lessequal": "≤", "greaterequal": "≥",
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon1": "ε", "lambda": "λ", "mu": "μ", "pi": "π",
	"sigma": "σ", "theta": "θ", "omega": "ω",
	"arrowright": "→", "infinity": "∞", "element": "∈", "degree": "°", "section": "§", "paragraph": "¶", "dagger": "†",
	"daggerdbl": "‡", "copyright": "©",
	"Euro": "€", "sterling": "£", "yen": "¥", "ellipsis": "…", "radical": "√", "summation": "∑", "integral": "∫",
}
