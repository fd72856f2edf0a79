package review

import (
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag"
)

// TestReviewForeign holds sentences of every language of the program against a paragraph in English: with words of it
// as evidence they pass, without or with a figure of their own they do not.
func TestReviewForeign(t *testing.T) {
	bridge := article.Passage{Ref: article.Ref{Slug: "bridge", N: 1},
		Text: "The bridge at Velbach was closed for repairs in May 2021. About 1,200 people used it every day, the NGO said."}
	for _, c := range []struct {
		name, draft string
		shown       bool
	}{
		{"German", `Die Brücke wurde im Mai 2021 wegen Reparaturen gesperrt [1: "closed for repairs in May 2021"].`, true},
		{"French", `Le pont a été fermé pour des réparations en mai 2021 [1: "closed for repairs in May 2021"].`, true},
		{"Spanish", `El puente fue cerrado por reparaciones en mayo de 2021 [1: "closed for repairs in May 2021"].`, true},
		{"Urdu", `ویلباخ کا پل مئی 2021 میں مرمت کے لیے بند کیا گیا [1: "closed for repairs in May 2021"]۔`, true},
		{"Pashto", `د ویلباخ پل د 2021 کال په مې کې د ترمیم لپاره وتړل شو [1: "closed for repairs in May 2021"].`, true},
		{"Dari", `پل ویلباخ در می 2021 برای ترمیم بسته شد [1: "closed for repairs in May 2021"].`, true},
		{"Dari, its own digits", `پل در سال ۲۰۲۱ برای ترمیم بسته شد [1: "closed for repairs in May 2021"].`, true},
		{"Dari, grouped in its own way", `روزانه حدود ۱٬۲۰۰ نفر از آن می` + "\u200c" +
			`گذشتند [1: "About 1,200 people used it every day"].`, true},
		{"German, grouped in its own way", `Etwa 1.200 Menschen haben die Brücke jeden Tag und bei jedem Wetter benutzt ` +
			`[1: "About 1,200 people used it every day"].`, true},
		{"Dari, an abbreviation in Latin letters", `به گفته NGO هر روز از آن می` + "\u200c" +
			`گذشتند [1: "used it every day, the NGO said"].`, true},
		{"German, a tenth of it", `Etwa 120 Menschen haben die Brücke jeden Tag und bei jedem Wetter benutzt [1: "About ` +
			`1,200 people used it every day"].`, false},
		{"German, a thousandth of it", `Etwa 1,2 Menschen haben die Brücke jeden Tag und bei jedem Wetter benutzt [1: ` +
			`"About 1,200 people used it every day"].`, false},
		{"Dari, another year", `پل در سال ۲۰۱۹ برای ترمیم بسته شد [1: "closed for repairs in May 2021"].`, false},
		{"Urdu, another number", `روزانہ 900 لوگ اسے استعمال کرتے تھے [1: "About 1,200 people used it every day"]۔`, false},
		{"Dari, an abbreviation of its own", `به گفته WHO هر روز از آن می` + "\u200c" +
			`گذشتند [1: "used it every day, the NGO said"].`, false},
		{"Pashto, words that are not there", `پل د تل لپاره وتړل شو [1: "closed for ever"].`, false},
		{"Urdu, no words", `پل مرمت کے لیے بند کیا گیا [1]۔`, false},
		{"Dari, a quotation that nobody said", `مدیر گفت «ما هرگز نمی` + "\u200c" +
			`بندیم» [1: "closed for repairs in May 2021"].`, false},
	} {
		v := newReview(rag.Draft{Text: c.draft}, rag.Request{Passages: []article.Passage{bridge}},
			func(string) *premise.Context { return nil })
		if len(v.parts) != 1 || v.parts[0].passed() != c.shown {
			t.Errorf("%s: shown is not %t: %v", c.name, c.shown, v.parts[0].why)
		}
		if c.shown && len(v.parts[0].rests) != 1 {
			t.Errorf("%s: the evidence is %q", c.name, v.parts[0].rests)
		}
	}
}
