package quantity

import (
	"testing"

	"pilcrow/internal/words"
)

// TestAt reads the quantity that a text begins with, and how many of its tokens that takes.
func TestAt(t *testing.T) {
	for text, want := range map[string]struct {
		q Quantity
		n int
	}{
		"1st mill":  {Quantity{Value: 1, Ordinal: true}, 1},
		"2nd mill":  {Quantity{Value: 2, Ordinal: true}, 1},
		"3rd mill":  {Quantity{Value: 3, Ordinal: true}, 1},
		"17th mill": {Quantity{Value: 17, Ordinal: true}, 1},
		"fifth man": {Quantity{Value: 5, Ordinal: true}, 1},
		"17xy mill": {Quantity{}, 0},

		"5 per cent of":         {Quantity{Value: 5, Unit: "percent"}, 3},
		"5 per man":             {Quantity{Value: 5}, 1},
		"5 by cent":             {Quantity{Value: 5}, 1},
		"5% of":                 {Quantity{Value: 5, Unit: "percent"}, 1},
		"5٪ of":                 {Quantity{Value: 5, Unit: "percent"}, 1},
		"1 percentage point":    {Quantity{Value: 1, Unit: PointUnit}, 3},
		"2 percentage points":   {Quantity{Value: 2, Unit: PointUnit}, 3},
		"2 percentage shares":   {Quantity{Value: 2, Unit: "percent"}, 2},
		"2 points":              {Quantity{Value: 2}, 1},
		"4 square kilometers":   {Quantity{Value: 4, Unit: "square kilometer"}, 3},
		"4 cubic meters":        {Quantity{Value: 4, Unit: "cubic meter"}, 3},
		"4 square men":          {Quantity{Value: 4}, 1},
		"4 kilometers":          {Quantity{Value: 4, Unit: "kilometer"}, 2},
		"4 km":                  {Quantity{Value: 4, Unit: "kilometer"}, 2},
		"four km":               {Quantity{Value: 4}, 1}, // an abbreviation needs digits before it
		"four kilometers":       {Quantity{Value: 4, Unit: "kilometer"}, 2},
		"4-kilometer road":      {Quantity{Value: 4, Unit: "kilometer"}, 2},
		"4\u2011kilometer road": {Quantity{Value: 4, Unit: "kilometer"}, 2},
		"4\u00a0km":             {Quantity{Value: 4, Unit: "kilometer"}, 2},
		"4, kilometers":         {Quantity{Value: 4}, 1},

		"dozens of ships":                       {Quantity{Value: 12, Vague: true}, 1},
		"a dozen ships":                         {Quantity{Value: 12}, 2},
		"a million crowns":                      {Quantity{Value: 1e6}, 2},
		"a mill":                                {Quantity{}, 0},
		"a bn crowns":                           {Quantity{}, 0},
		"5 million crowns":                      {Quantity{Value: 5e6}, 2},
		"5bn crowns":                            {Quantity{Value: 5e9}, 1},
		"5, million crowns":                     {Quantity{Value: 5}, 1},
		"half an hour":                          {Quantity{Value: 0.5, Unit: "hour"}, 3},
		"half a mile":                           {Quantity{Value: 0.5, Unit: "mile"}, 3},
		"half a loaf":                           {Quantity{}, 0},
		"half the mile":                         {Quantity{}, 0},
		"half a":                                {Quantity{}, 0},
		"one of them":                           {Quantity{}, 0},
		"one mile":                              {Quantity{Value: 1, Unit: "mile"}, 2},
		"twenty-five ships":                     {Quantity{Value: 25}, 2},
		"twenty, five":                          {Quantity{Value: 20}, 1},
		"two hundred and five":                  {Quantity{Value: 205}, 4},
		"two hundred and more":                  {Quantity{Value: 200}, 2},
		"two hundred and":                       {Quantity{Value: 200}, 2},
		"two hundred or five":                   {Quantity{Value: 200}, 2},
		"twenty and five":                       {Quantity{Value: 20}, 1},
		"and five":                              {Quantity{}, 0},
		"hundred ships":                         {Quantity{}, 0},
		"three thousand and two":                {Quantity{Value: 3000}, 2},
		"three thousand two hundred and twelve": {Quantity{Value: 3212}, 6},
		"two hundred thousand":                  {Quantity{Value: 200000}, 3},

		"2,700 ships":               {Quantity{Value: 2700}, 1},
		"2.5 tons":                  {Quantity{Value: 2.5, Unit: "ton"}, 2},
		"123456789012345678 ships":  {Quantity{Value: 123456789012345678}, 1},
		"1234567890123456789 ships": {Quantity{}, 0},
		"ships":                     {Quantity{}, 0},
	} {
		q, n := At(words.Tokenize(text), text)
		got := Quantity{}
		if q != nil {
			got = *q
		}
		if got != want.q || n != want.n {
			t.Errorf("%q: %+v of %d tokens, want %+v of %d", text, got, n, want.q, want.n)
		}
	}
	text := "costs € 40 at"
	if q, n := At(words.Tokenize(text)[1:], text); n != 1 || q.Unit != "euro" {
		t.Errorf("%q: %+v of %d tokens", text, q, n)
	}
}
