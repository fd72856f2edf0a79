package render

import (
	"strings"
	"unicode/utf8"

	"pilcrow/internal/commands"
)

// maxCode bounds one fenced block, in characters: half a message, so that what stands before it may stay in the same.
const maxCode = 1000

// codeLines lays code out as Discord's blocks of code, in which nothing is markup but the fence. Longer code is parted
// at the ends of lines.
func codeLines(block commands.Block, previous commands.BlockKind) []line {
	var out []line
	for text := codeText(block.Text); text != ""; {
		part := text
		if utf8.RuneCountInString(part) > maxCode {
			part = string([]rune(part)[:maxCode])
			if at := strings.LastIndexByte(part, '\n'); at > 0 {
				part = part[:at]
			}
		}
		text = strings.TrimPrefix(text[len(part):], "\n")
		fenced := "```" + codeLanguage(block.Language) + "\n" + part + "\n```"
		out = append(out, line{words: []word{{segs: []seg{{text: fenced}}}},
			gap: len(out) == 0 && apart(previous, block.Kind)})
	}
	return out
}

// codeText is code without what could end its fence or must not reach a screen. Its lines and tabs stay.
func codeText(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, l := range lines {
		cells := strings.Split(l, "\t")
		for k, c := range cells {
			cells[k] = Clean(c)
		}
		lines[i] = strings.ReplaceAll(strings.Join(cells, "\t"), "```", "``\u200b`")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// codeLanguage is a language as Discord's highlighter knows it: letters, digits and a few marks.
func codeLanguage(language string) string {
	return strings.Map(func(r rune) rune {
		if isLetter(r) || r >= '0' && r <= '9' || strings.ContainsRune("+#-_", r) {
			return r
		}
		return -1
	}, language)
}
