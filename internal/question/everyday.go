package question

import (
	"regexp"
	"strings"
)

// spelledOut are short forms as people type them and what they stand for, in lower case with plain apostrophes. Only
// forms that are no words of their own, or none that a document would have.
var spelledOut = pairs(`
what's=what is|whats=what is|who's=who is|whos=who is|where's=where is|wheres=where is|when's=when is|whens=when is|why's=why is|
how's=how is|hows=how is|that's=that is|thats=that is|there's=there is|theres=there is|i'm=i am|im=i am|you're=you are|we're=we are|
they're=they are|i've=i have|who're=who are|what're=what are|i'd=i would|i'll=i will|it'll=it will|
can't=can not|cant=can not|cannot=can not|won't=will not|wont=will not|don't=do not|dont=do not|doesn't=does not|doesnt=does not|
didn't=did not|didnt=did not|isn't=is not|isnt=is not|aren't=are not|arent=are not|wasn't=was not|wasnt=was not|weren't=were not|
werent=were not|haven't=have not|havent=have not|hasn't=has not|hasnt=has not|hadn't=had not|hadnt=had not|couldn't=could not|
couldnt=could not|wouldn't=would not|wouldnt=would not|shouldn't=should not|shouldnt=should not|mustn't=must not|
ppl=people|pics=pictures|pic=picture|w/o=without|w/=with|u=you|ur=your|r=are|n=and|gonna=going to|wanna=want to|gotta=have to|
cuz=because|bc=because|govt=government|wat=what|wut=what|wht=what|smth=something|abt=about|diff=difference|yrs=years|hrs=hours|mins=minutes|
lemme=let me|gimme=give me|deets=details|rn=now|pls=please|plz=please|thx=thanks|tho=though|sry=sorry|dept=department|apt=apartment|kinda=rather|
docs=documents|doc=document|info=information|approx=approximately|tmrw=tomorrow|2day=today|b4=before|bday=birthday`)

func pairs(list string) map[string]string {
	m := map[string]string{}
	for p := range strings.SplitSeq(strings.ReplaceAll(list, "\n", ""), "|") {
		short, long, _ := strings.Cut(p, "=")
		m[strings.TrimSpace(short)] = long
	}
	return m
}

// chunk matches what may be a short form: a run without spaces, without the punctuation around it.
var chunk = regexp.MustCompile(`[\p{L}\p{N}]+(?:['’][\p{L}]+)*(?:/[oO]?\b|/)?`)

// Everyday spells out what people shorten when they type: "whats", "can't", "ppl", "w/o". What it does not know it
// leaves as it is, capitals and all. Single letters stand for words in lower case only, and not where the text around
// them lists letters.
func Everyday(text string) string {
	plainMarks := strings.NewReplacer("’", "'", "ʼ", "'")
	text = strings.ReplaceAll(text, " & ", " and ")
	return chunk.ReplaceAllStringFunc(text, func(s string) string {
		key := plainMarks.Replace(s)
		if len(key) == 1 && strings.ToLower(key) != key {
			return s
		}
		low := strings.ToLower(key)
		long, ok := spelledOut[low]
		switch {
		case !ok:
			return s
		case len(low) <= 3 && key != low && key == strings.ToUpper(key): // "UR" and "IM" may be names
			return s
		case key[0] != low[0]:
			return strings.ToUpper(long[:1]) + long[1:]
		}
		return long
	})
}

// Plain is the text as its words are read: short forms spelled out, and the document's usual word in the place of ways
// of asking that have more words than a document would use.
func Plain(text string) string { return plain(Everyday(text)) }
