package question

import (
	"regexp"

	"pilcrow/internal/words"
)

// clock matches a time of day: "at a quarter to eight", "from 7 to 10", "5 p.m.", "18:30", "until noon".
var clock = regexp.MustCompile(`(?i)\b(?:noon|midnight|half past|quarter (?:past|to)|o'clock|sunrise|sunset|dawn|` +
	`dusk)\b|` +
	`\b\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.m\.|[ap]m\b)|\b\d{1,2}:\d\d\b|` +
	`\b(?:at|from|until|till|between|before|after|by) (?:about )?` + hour + `(?: (?:to|until|till|and) ` + hour + `)?` +
	`(?: (?:in|on|every|each|sharp|and at|and from)\b|[,.;]|$)`) // "from 3 to 12 years" is no time of day

const hour = `(?:\d{1,2}(?:[.:]\d\d)?|` + hours + `)`

const hours = `one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve`

// wait matches how long it takes until something is so, or how long it stays so: "after three weeks", "within a month",
// "for half a year". It says when, of what has not happened yet.
var wait = regexp.MustCompile(`(?i)\b(?:within|after|in|for|until|every|least|most|takes?|lasts?|another) ` +
	`(?:about |the first |the )?` +
	`(?:\d+|an?|half an?|` + hours + `|several|a few|[a-z]+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty) ` +
	`(?:more |working |business )?(?:` + timeUnits + `)\b`)

// happened matches "when" of what has happened: a date says it, and not how long it took.
var happened = regexp.MustCompile(`(?i)\bwhen(?:'s|s)? (?:did|was|were|had|has|have)\b|` +
	`\b(?:year|date|day|decade|century|month)\b`)

// timed reports whether a text says when by a time of day or, of what has not happened yet, by how long that takes.
func (q Question) timed(text string) bool {
	return clock.MatchString(text) || wait.MatchString(text) && !happened.MatchString(q.Text)
}

// unit matches a word that makes a quantity of a number before it.
var unit = regexp.MustCompile(`(?i)^(?:` + moneyUnits + `|` + lengthUnits + `|` + timeUnits + `|` + weightUnits + `|` +
	volumeUnits + `)$`)

// quantified reports whether the first of the tokens is the number of a quantity: "8 min", "a 20 euro note", "my 12
// year old". It tells of the asker's case and is no name, which what answers has to have.
func quantified(tokens []words.Token) bool {
	return len(tokens) > 1 && !isYear(tokens[0].Text) && unit.MatchString(tokens[1].Text)
}

func isYear(text string) bool { return len(text) == 4 && text >= "1000" && text < "2100" }
