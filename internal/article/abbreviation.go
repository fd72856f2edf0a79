package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// A stopRule says when a full stop behind an abbreviation ends a sentence too.
type stopRule int

const (
	never      stopRule = iota + 1 // something always follows: "Mr."
	atOpener                       // before a word that opens sentences: "Inc. The"
	unlessNum                      // unless a number follows: "No. 5"
	unlessMark                     // unless a number, a letter or a Roman numeral follows: "Fig. A"
	unlessDay                      // unless a number or a month follows: "Sat. 5"
	atCapital                      // before any capital: "etc. Then"
)

// abbreviations holds the words that are printed with a full stop, in the case in which they are abbreviations: "Mass."
// may be a state, "mass." is none.
var abbreviations = rules(map[stopRule]string{
	never: `Mr Mrs Ms Mx Dr Prof Messrs Mme Mlle Mgr Drs Hr Frl Sra Srta vs cf viz Mt Ft
		Nr bzw sog inkl vgl evtl ggf Abs bspw`,
	atOpener: `Sen Sens Rep Reps Gov Govs Gen Gens Col Cols Maj Capt Cmdr Cdr Lt Sgt Cpl Pvt Adm Brig Rev Revd Hon Pres
		Supt Insp Det Atty Amb Fr Br Sr Jr St Ste Inc Ltd Co Cos Corp Bros Assn Assoc Univ Dept Dist Ave Blvd Rd Hwy
		Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa
		Tenn Tex Va Vt Wash Wis Wyo al approx ca Str Hrsg Cie dt ed eds Ed Eds`,
	unlessNum:  `No Nos no nos Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec est Est ext tel Tel circa pp para ff`,
	unlessMark: `Fig Figs fig figs Vol vol vols Ch ch chap Sec sec Art Eq Op op Pt Ver ver App Table`,
	unlessDay:  `Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun`,
	atCapital:  `etc usw ets`,
})

// dotted holds the abbreviations with inner full stops that nothing ends with.
var dotted = lexicon.Set(`e.g i.e p.ex z.b d.h u.a s.o s.u o.ä v.a i.d.r`)

// openers are words that begin a sentence far more often than they follow an abbreviation as a name.
var openers = lexicon.Set(`The A An He She It They We I You This That These Those There Then Here But And Or So Yet Nor In On At
	By For From With Without As If When While After Before Since Until Because Although Though However Its His Her
	Their Our My Your What Who Why How Where Which Whether Meanwhile Also Still Now Not No Some Many Most Both Each
	Every Another Other Such To Of Under Over During Despite Once Only Even Instead Later Earlier Is Are Was Were Will
	Do Does Did Has Have Had Can Could Would Should May Might Must Nobody Nothing Everyone All Any None Among Between
	Der Die Das Er Sie Es Wir Ein Eine Aber Und Le Les Il Elle Ils Elles Un Une Mais Et El Los Las Pero`)

// months are the names that follow a day: "am 3. Oktober". As printed.
var months = printed(lexicon.Months())

// printed gives calendar words the capital that they have in print.
func printed(list []lexicon.CalendarWord) map[string]bool {
	set := map[string]bool{}
	for _, w := range list {
		if w.Language == "en" || w.Language == "de" {
			set[titled(w.Word)] = true
		}
	}
	return set
}

// clocks are words that follow "a.m." within a sentence.
var clocks = lexicon.Set(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun Eastern Central
	Pacific Mountain Greenwich Moscow Kabul Islamabad Tehran Beijing London EST EDT ET CST CDT CT MST MDT MT PST PDT PT
	GMT UTC CET CEST BST IST PKT`)

// ordinals are German words before a number whose full stop makes it an ordinal: "am 5. Tag".
var ordinals = lexicon.Set(`am vom zum zur im bis ab seit dem der den des die das beim jeder jeden`)

// lettered are words before a letter that is no initial: "plan B", "vitamin C", "World War I".
var lettered = lexicon.Set(`plan vitamin hepatitis group category class type grade section appendix point option team annex war
	part act am and than do`)

// abbreviates says whether the single full stop at dot belongs to an abbreviation within its sentence. body is what
// follows, from its first letter or digit.
func (s *splitter) abbreviates(dot int, body string) bool {
	word := lastWord(s.text[max(s.start, dot-maxWord):dot])
	if word == "" {
		return false
	}
	follows, _ := utf8.DecodeRuneInString(body)
	number := unicode.IsDigit(follows)
	before := s.text[s.start : dot-len(word)]
	switch {
	case strings.Trim(word, "0123456789") == "":
		const maxOrdinal, maxItem = 2, 3 // digits
		return len(word) <= maxOrdinal && (months[firstWord(body)] || ordinals[wordBefore(before)]) ||
			len(word) <= maxItem && before == ""
	case strings.Contains(word, "."):
		return s.initials(word, before, body)
	case utf8.RuneCountInString(word) == 1:
		return letter(word, before, body)
	}
	rule, ok := abbreviations[word]
	if !ok && strings.ToUpper(word) == word {
		rule = abbreviations[word[:1]+strings.ToLower(word[1:])]
	}
	switch rule {
	case never:
		return true
	case atOpener:
		return !starts(body)
	case unlessNum:
		return number
	case unlessMark:
		return number || numeral(firstWord(body))
	case unlessDay:
		return number || months[firstWord(body)]
	}
	return false // no abbreviation, or one before a capital
}

// initials decides about "U.S.", "a.m." and "J.K.": letters with a full stop each.
func (s *splitter) initials(word, before, body string) bool {
	for part := range strings.SplitSeq(word, ".") {
		if utf8.RuneCountInString(part) > 2 { // an address or a file name; "Ph.D." has two
			return false
		}
	}
	switch low := strings.ToLower(word); low {
	case "a.m", "p.m":
		return clocks[firstWord(body)] || months[firstWord(body)]
	case "b.c", "a.d", "b.c.e", "c.e":
		return false
	default:
		return dotted[low] || !starts(body)
	}
}

// letter decides about a single letter with a full stop.
func letter(word, before, body string) bool {
	follows, _ := utf8.DecodeRuneInString(body)
	r, _ := utf8.DecodeRuneInString(word)
	switch last := wordBefore(before); {
	case len(last) == 2 && last[1] == '.' && unicode.IsLower(rune(last[0])): // the second half of "z. B.", "d. h."
		return true
	case unicode.IsUpper(r):
		return !lettered[strings.ToLower(last)] && !starts(body)
	case !unicode.IsLower(r): // a script without capitals
		return false
	case unicode.IsDigit(follows): // p. 5, c. 1893
		return true
	case word == "v": // Roe v. Wade
		return true
	}
	next := firstWord(body) // z. B., d. h.
	return utf8.RuneCountInString(next) == 1 && strings.HasPrefix(body[len(next):], ".")
}

// starts says whether the text begins with a word that opens sentences. A letter with a full stop is an initial.
func starts(body string) bool {
	word := firstWord(body)
	return openers[word] && !strings.HasPrefix(body[len(word):], ".")
}

// attributed says whether the text goes on like "Khan said", "the minister told".
func attributed(body string) bool {
	const maxSpeaker = 5 // words
	for range maxSpeaker {
		word := firstWord(body)
		if word == "" {
			return false
		}
		if v, ok := lexicon.Reporting(word); ok && v.Cue == lexicon.Reports && (v.Form != lexicon.Base || v.Lemma == "say") {
			return true
		}
		body = body[len(word):]
		if abbreviations[word] != 0 {
			body = strings.TrimPrefix(body, ".")
		}
		if !strings.HasPrefix(body, " ") && !strings.HasPrefix(body, "-") {
			return false
		}
		body = body[1:]
	}
	return false
}

// reported says whether the text goes on as reported speech in Japanese or Chinese.
func reported(body string) bool {
	for _, p := range []string{"と", "って", "他说", "她说", "他問", "他问", "她问", "他說", "她說", "我说", "我說"} {
		if strings.HasPrefix(body, p) {
			return true
		}
	}
	return false
}

// firstWord cuts the letters at the front of the text, at most maxWord bytes of it.
func firstWord(text string) string {
	text = text[:min(len(text), maxWord)]
	for i, r := range text {
		if !unicode.IsLetter(r) {
			return text[:i]
		}
	}
	return text
}

// lastWord cuts the letters, digits and inner full stops at the end of the text.
func lastWord(text string) string {
	i := strings.LastIndexFunc(text, func(r rune) bool { return r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if i < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return text[i+size:]
}

func wordBefore(text string) string {
	text = text[max(0, len(text)-maxWord):]
	return lastWord(strings.TrimRightFunc(text, unicode.IsSpace))
}

func numeral(word string) bool {
	return len(word) == 1 && unicode.IsUpper(rune(word[0])) || word != "" && strings.Trim(word, "IVXLC") == ""
}

func rules(lists map[stopRule]string) map[string]stopRule {
	all := map[string]stopRule{}
	for rule, list := range lists {
		for w := range strings.FieldsSeq(list) {
			all[w] = rule
		}
	}
	return all
}
