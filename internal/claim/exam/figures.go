package exam

import (
	"strconv"
	"strings"
	"unicode"
)

// westernDigits writes the digits of Arabic, Persian and Urdu, and what groups them, as English does.
var westernDigits = func() *strings.Replacer {
	pairs := []string{"\u066b", ".", "\u066c", ","}
	for i := range 10 {
		pairs = append(pairs, string(rune('\u0660'+i)), strconv.Itoa(i), string(rune('\u06f0'+i)), strconv.Itoa(i))
	}
	return strings.NewReplacer(pairs...)
}()

// abbreviated tells whether a word is written in capitals, of a script that has them.
func abbreviated(word string) bool {
	return len(word) > 1 && strings.ToUpper(word) == word && strings.IndexFunc(word, unicode.IsUpper) == 0
}

// numberReadings are the numbers that a number may mean in a language that groups digits and begins decimals in its own
// way: 1.200 is twelve hundred or a little over one.
func numberReadings(number string) []string {
	at := strings.LastIndexAny(number, ".,")
	if at < 0 {
		return []string{decimal(number, '.')}
	}
	sep := number[at]
	grouped := strings.NewReplacer(",", "", ".", "").Replace(number)
	fraction := decimal(strings.ReplaceAll(number, string(','+'.'-sep), ""), sep)
	switch several := strings.Count(number, string(sep)) > 1; {
	case several:
		return []string{decimal(grouped, '.')}
	case len(number)-at-1 == len("000"):
		return []string{decimal(grouped, '.'), fraction}
	}
	return []string{fraction}
}

// decimal writes a number without groups in one way: "4.20" as "4.2". What is no number stays.
func decimal(number string, sep byte) string {
	whole, fraction, _ := strings.Cut(strings.Trim(number, "-"), string(sep))
	if fraction = strings.TrimRight(fraction, "0"); fraction == "" {
		return whole
	}
	return whole + "." + fraction
}
