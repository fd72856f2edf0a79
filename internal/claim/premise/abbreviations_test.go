package premise

import (
	"fmt"
	"testing"

	"pilcrow/internal/words"
)

// TestAbbreviations reads which names a text introduces for one another.
func TestAbbreviations(t *testing.T) {
	for text, want := range map[string]string{
		"The Harbor Board (HB) met.":       "[[Harbor Board HB]]",
		"The Port of Verrin (PV) closed.":  "[[Port of Verrin PV]]", // function words are skipped
		"The Port of Verrin (POV) closed.": "[]",
		"The Old Harbor Board (HB) met.":   "[[Harbor Board HB]]",
		"The Harbor New Board (HB) met.":   "[]", // a name stands between
		"A harbor board (HB) met.":         "[[harbor board HB]]",
		"The Harbor Board (H) met.":        "[]",
		"The Harbor Board (Hb) met.":       "[]",
		"The Harbor Board (HB met.":        "[]",
		"The Harbor Board HB) met.":        "[]",
		"The Harbor Board [HB] met.":       "[]",
		"The Harbor Board (HB":             "[]",
		"HB) met at the Harbor Board.":     "[]",
		"The Board (HB) met.":              "[]",
		"An Old Bell Crew Dance Every Fall Good Hope Iron Jib Kit (OBCDEFGHIJK) met.": "[]",
		"The Guild, also known as the Old Crew, met.":                                 "[[The Guild Old Crew]]",
		"The Iron Guild, known as the Crew, met.":                                     "[]", // not also
		"The guild, also known as the Old Crew, met.":                                 "[]",
		"The Guild, also known as the old crew, met.":                                 "[]",
		"The Guild, also known for the Old Crew, met.":                                "[]",
		"The Guild, also famous as the Old Crew, met.":                                "[]",
		"The Guild, better known as Old Crew of Arn, met.":                            "[[The Guild Old Crew]]",
		"Iron Guild, formerly known as Old Crew, met.":                                "[[Iron Guild Old Crew]]",
		"Iron, Guild, formerly known as Old, Crew, met.":                              "[[Guild Old]]",
		"also known as the Old Crew":                                                  "[]",
		"The Guild is also known":                                                     "[]",
		"The Guild is also known as":                                                  "[]",
		"The Guild, also known as the":                                                "[]",
	} {
		if got := fmt.Sprint(abbreviations(text, words.Tokenize(text))); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
