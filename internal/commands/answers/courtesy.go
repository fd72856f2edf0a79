package answers

import (
	"strings"
	"unicode"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// What people say to somebody who has helped, or before they ask, by the language in which it is said. It is no
// question: the documents are not asked, and the admins have nothing to add to them.
var (
	thanks = byLocale(map[string]string{
		"en": "thanks|thank you|thank you very much|thank you so much|thanks a lot|many thanks|ok thanks|okay " +
			"thanks|thx|ty",
		"de":    "danke|vielen dank|danke schön|dankeschön|danke dir|ok danke",
		"fr":    "merci|merci beaucoup|merci bien|ok merci",
		"es":    "gracias|muchas gracias|mil gracias|ok gracias",
		"ur":    "شکریہ|بہت شکریہ|آپ کا شکریہ",
		"ps":    "مننه|ډېره مننه",
		"fa-AF": "تشکر|ممنون|سپاس|تشکر از شما",
	})
	greetings = byLocale(map[string]string{
		"en":    "hi|hello|hey|hi there|hello there|good morning|good evening",
		"de":    "hallo|guten morgen|guten tag|guten abend|moin|servus",
		"fr":    "bonjour|salut|bonsoir",
		"es":    "hola|buenos días|buenas tardes",
		"ur":    "السلام علیکم|آداب",
		"ps":    "سلامونه",
		"fa-AF": "سلام|درود",
	})
)

// byLocale returns the locale of each phrase.
func byLocale(phrases map[string]string) map[string]string {
	out := map[string]string{}
	for locale, list := range phrases {
		for phrase := range strings.SplitSeq(list, "|") {
			out[phrase] = locale
		}
	}
	return out
}

// courtesy answers what is said to the bot and asks nothing. ok is false for everything else.
func courtesy(in commands.Input, text string) (r commands.Reply, ok bool) {
	said := strings.Join(strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsMark(c)
	}), " ")
	locale, thanked := thanks[said]
	if !thanked {
		if locale, ok = greetings[said]; !ok {
			return commands.Reply{}, false
		}
	}
	p := in.Lang
	if !p.Given() {
		p = lang.For(locale)
	}
	r.Nothing = true
	if thanked {
		r.Say(commands.Para, p.Text("You are welcome."))
	} else {
		r.Say(commands.Para, p.Text("Hello. Ask me about the documents: /help says what can be asked."))
	}
	return r, true
}
