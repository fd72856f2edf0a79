package store

import (
	"strconv"
	"strings"
)

// pgTexts is a list of texts as PostgreSQL reads it.
func pgTexts(texts []string) string {
	escaped := make([]string, len(texts))
	for i, text := range texts {
		escaped[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
	}
	return "{" + strings.Join(escaped, ",") + "}"
}

// pgArray is a list of numbers as PostgreSQL reads it.
func pgArray[N int | int32 | int64](numbers []N) string {
	out := []byte{'{'}
	for i, n := range numbers {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(n), 10)
	}
	return string(append(out, '}'))
}
