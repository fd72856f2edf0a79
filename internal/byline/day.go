package byline

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// months holds the names of months, by their first letters, in the languages of the pages that are met.
var months = func() map[string]time.Month {
	all := map[string]time.Month{}
	for _, names := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec", "jan feb mar apr may jun jul aug sept oct nov dec",
		"januar februar märz april mai juni juli august september oktober november dezember",
		"januar februar mars april mai juni juli august september oktober november desember",
		"januari februari mars april maj juni juli augusti september oktober november december",
		"januari februari maart april mei juni juli augustus september oktober november december",
		"januar februar marts april maj juni juli august september oktober november december",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
	} {
		for i, name := range strings.Fields(names) {
			all[name] = time.Month(i + 1)
		}
	}
	return all
}()

var (
	dayMonthYear = regexp.MustCompile(
		`(?i)(?:^|[^\d.,/:-])(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|` +
			`of\s+)?(\p{L}{3,12})\.?,?\s+(?:de\s+)?((?:1[5-9]|20)\d\d)\b`,
	)
	monthDayYear = regexp.MustCompile(
		`(?i)(?:^|[^\p{L}])(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:1[5-9]|20)\d\d)\b`,
	)
	yearFirst = regexp.MustCompile(`(?:^|[^\d])((?:1[5-9]|20)\d\d)([-/.])(\d\d?)([-/.])(\d\d?)(?:[^\d]|$)`)
	dayFirst  = regexp.MustCompile(`(?:^|[^\d.])(\d\d?)([./-])(\d\d?)([./-])((?:19|20)\d\d)(?:[^\d]|$)`)
	cjkDay    = regexp.MustCompile(`((?:19|20)\d\d)年\s?(\d\d?)月\s?(\d\d?)日`)
)

// Day finds the first day in a text that is printed whole. rest is the text without it.
func Day(text string) (day time.Time, rest string) {
	at := len(text) + 1
	take := func(span []int, y, m, d string) {
		if span == nil || span[0] >= at {
			return
		}
		month, known := months[strings.ToLower(m)]
		if n, err := strconv.Atoi(m); err == nil {
			month, known = time.Month(n), n >= 1 && n <= 12
		}
		year, _ := strconv.Atoi(y)
		dd, _ := strconv.Atoi(d)
		t := time.Date(year, month, dd, 0, 0, 0, 0, time.UTC)
		if known && dd > 0 && t.Day() == dd && t.Month() == month {
			at, day, rest = span[0], t, text[:span[0]]+" "+text[span[1]:]
		}
	}
	group := func(m []int, i int) string { return text[m[2*i]:m[2*i+1]] }
	if m := dayMonthYear.FindStringSubmatchIndex(text); m != nil {
		take(m, group(m, 3), group(m, 2), group(m, 1))
	}
	if m := monthDayYear.FindStringSubmatchIndex(text); m != nil {
		take(m, group(m, 3), group(m, 1), group(m, 2))
	}
	if m := cjkDay.FindStringSubmatchIndex(text); m != nil {
		take(m, group(m, 1), group(m, 2), group(m, 3))
	}
	if m := yearFirst.FindStringSubmatchIndex(text); m != nil && group(m, 2) == group(m, 4) {
		take(m, group(m, 1), group(m, 3), group(m, 5))
	}
	if m := dayFirst.FindStringSubmatchIndex(text); m != nil && group(m, 2) == group(m, 4) {
		d, month := group(m, 1), group(m, 3)
		dn, _ := strconv.Atoi(d)
		mn, _ := strconv.Atoi(month)
		switch {
		case group(m, 2) == ".", dn > 12: // points mean that the day comes first; strokes alone tell nothing
			take(m, group(m, 5), month, d)
		case mn > 12:
			take(m, group(m, 5), d, month)
		}
	}
	return day, rest
}

var (
	publishedWord = regexp.MustCompile(
		`(?i)^\W*(?:first\s+)?(?:published|posted|date published|publication date|date of publication|released|issued|` +
			`publicado|publié|` +
			`veröffentlicht|publisert|publicerad|gepubliceerd|pubblicato|opublikowano|опубликовано|yayınlanma|date|datum|` +
			`fecha|data)(?:[^\p{L}]|$)`,
	)
	updated = regexp.MustCompile(
		`(?i)\b(updated|modified|edited|revised|aktualisiert|oppdatert|mis à jour|actualizado|expires|deadline|event)\b`,
	)
	// dateWords are those that may stand beside a day on a line of its own.
	dateWords = regexp.MustCompile(
		`(?i)\b(mon|tues|wednes|thurs|fri|satur|sun)(day)?\b|\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|` +
			`sonntag|mandag|tirsdag|onsdag|torsdag|` +
			`fredag|lørdag|søndag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|` +
			`sábado|domingo)\b|` +
			`\b\d\d?[:.]\d\d(:\d\d)?\b|\b([ap]\.?m|est|edt|gmt|utc|cet|bst|at|on|um|uhr|kl|by|the)\b`,
	)
)

// PublicationDay reads a line that is no more than the day of publication: "Published: Monday, 27 November 2017", or
// the day alone.
func PublicationDay(text string) (day time.Time, ok bool) {
	const longest = 100 // bytes
	text = strings.TrimSpace(text)
	if len(text) > longest {
		return time.Time{}, false
	}
	day, rest := Day(text)
	if day.IsZero() {
		return day, false
	}
	labeled := publishedWord.MatchString(rest)
	if updated.MatchString(rest) && !labeled {
		return time.Time{}, false
	}
	rest = dateWords.ReplaceAllString(publishedWord.ReplaceAllString(rest, ""), "")
	left := strings.FieldsFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if labeled {
		const most = 8 // words: who, where
		return day, len(left) <= most
	}
	return day, len(left) == 0
}
