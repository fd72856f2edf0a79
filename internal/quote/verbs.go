package quote

import "strings"

// A cue is how strongly a verb says that somebody speaks.
type cue uint8

const (
	reports cue = iota + 1 // what follows or stands before is what was said: say, tell, add
	names                  // what follows is what something was called: call, describe, dub
	hints                  // speech or thought is meant, but not always: accuse, praise, promise, cite
)

// reportingVerbs are the verbs that report speech: the public factual and suasive verbs of Quirk, Greenbaum, Leech and Svartvik,
// A Comprehensive Grammar of the English Language (1985), §16.31–32; the verbs of communication of Levin, English Verb Classes
// and Alternations (1993), 37.1–37.8, as far as they take quoted speech; and what news prose adds to them.
// A colon gives irregular forms: lemma:past:participle.
const reportingVerbs = `
acknowledge add admit advise affirm agree allege announce answer argue ask assert assure attest avow
bark be-quoted bellow blog boast brag caution chant chime chuckle claim clarify comment complain concede conclude concur confess
confide confirm contend continue counsel counter croak cry declare deadpan demand deny detail disclose elaborate emphasize
emphasise enthuse estimate exclaim explain fume gripe growl grumble gush hint implore inform inquire insist interject interrupt
joke lament laugh lie maintain marvel mention moan mock mumble murmur muse mutter note object observe offer opine pledge plead
pontificate post predict proclaim pronounce protest query quip rant read:read reason recall recount reflect reiterate
rejoin relate remark remember remind reply report respond retort reveal roar say:said scoff scream shout shriek sigh sing:sang:sung
smile snap snarl sneer sob speak:spoke:spoken speculate spell state stress suggest summarize summarise swear:swore:sworn tease
tell:told testify thunder tout tweet underline underscore urge venture verify voice volunteer vow warn weigh whisper wonder
write:wrote:written yell find:found think:thought believe conclude forecast rule sum agree interpose blurt chide cable
email telegraph repeat promise begin:began:begun propose recommend`

// namingVerbs say what somebody called something.
const namingVerbs = `call describe dub label brand term characterize characterise denounce decry slam blast hail praise condemn
criticize criticise dismiss deride depict portray liken compare ridicule welcome refer lambaste lambast castigate applaud commend
laud deem regard view`

// hintingVerbs go with quoted words often enough to give them a speaker, and too rarely to make short ones a quotation.
const hintingVerbs = `accuse blame cite quote deplore express promise reject vow wish hope fear thank complain want see:saw:seen
feel:felt consider judge credit challenge defend call-for warn-of threaten guarantee invoke mean:meant teach:taught profess charge
address preach contrast urge admonish apologize apologise congratulate boast argue indicate show acclaim appeal order instruct
request resolve agree assess expect doubt invite hold:held raise list conclude issue make:made give:gave:given use advocate`

// verbForms maps every form of the verbs to what it is.
var verbForms = inflect(map[cue]string{reports: reportingVerbs, names: namingVerbs, hints: hintingVerbs})

// A verbForm is one form of a reporting verb.
type verbForm struct {
	lemma string
	cue   cue
	form  form
}

type form uint8

const (
	base       form = iota // say
	present                // says
	past                   // said: also the participle, if it has the same form
	participle             // spoken
	ing                    // saying
)

func inflect(lists map[cue]string) map[string]verbForm {
	forms := make(map[string]verbForm, 1500)
	for _, c := range []cue{hints, names, reports} { // the stronger reading overwrites
		for entry := range strings.FieldsSeq(lists[c]) {
			if strings.Contains(entry, "-") {
				continue
			}
			parts := strings.Split(entry, ":")
			lemma := parts[0]
			put := func(f form, s string) { forms[s] = verbForm{lemma, c, f} }
			put(base, lemma)
			put(present, thirdPerson(lemma))
			put(ing, ingForm(lemma))
			switch len(parts) {
			case 1:
				put(past, pastForm(lemma))
			case 2:
				put(past, parts[1])
			default:
				put(participle, parts[2])
				put(past, parts[1])
			}
		}
	}
	for _, f := range []struct{ past, lemma string }{ // other languages of the marks: French, German, Spanish
		{"dit déclaré affirmé expliqué ajouté répondu estimé souligné lancé indiqué précisé assuré confié raconté écrit", "dire"},
		{"sagt sagte meinte erklärte betonte schrieb fragte antwortete warnte forderte kritisierte rief ergänzte versicherte", "sagen"},
		{"dijo afirmó señaló explicó añadió aseguró declaró respondió indicó", "decir"},
	} {
		for w := range strings.FieldsSeq(f.past) {
			forms[w] = verbForm{f.lemma, reports, past}
		}
	}
	return forms
}

// doubled are verbs that double their last letter.
var doubled = set("admit quip blog brag chat sob sum plan submit commit tut refer tip beg begin")

func thirdPerson(v string) string {
	switch {
	case strings.HasSuffix(v, "y") && !strings.HasSuffix(v, "ay") && !strings.HasSuffix(v, "ey"):
		return strings.TrimSuffix(v, "y") + "ies"
	case strings.HasSuffix(v, "s"), strings.HasSuffix(v, "sh"), strings.HasSuffix(v, "ch"), strings.HasSuffix(v, "x"):
		return v + "es"
	}
	return v + "s"
}

func pastForm(v string) string {
	switch {
	case strings.HasSuffix(v, "e"):
		return v + "d"
	case strings.HasSuffix(v, "y") && !strings.HasSuffix(v, "ay") && !strings.HasSuffix(v, "ey"):
		return strings.TrimSuffix(v, "y") + "ied"
	case doubled[v]:
		return v + v[len(v)-1:] + "ed"
	}
	return v + "ed"
}

func ingForm(v string) string {
	switch {
	case strings.HasSuffix(v, "ie"):
		return strings.TrimSuffix(v, "ie") + "ying"
	case strings.HasSuffix(v, "e") && !strings.HasSuffix(v, "ee"):
		return strings.TrimSuffix(v, "e") + "ing"
	case doubled[v]:
		return v + v[len(v)-1:] + "ing"
	}
	return v + "ing"
}

// Words that may stand between a subject and its verb, or between a verb and its inverted subject.
var (
	auxiliaries = set(`has have had was is were are be been being will would could should may might must can did does do cannot 'd 've 's
		hasn't haven't didn't doesn't won't wouldn't couldn't a ont avait hat haben hatte ha han reportedly`)
	adverbs = set(`also later then again once now still earlier recently previously today yesterday tonight tomorrow never always often
		sometimes simply merely even just only already however though meanwhile instead too himself herself itself themselves once
		first twice ago soon afterward afterwards thus both all each not n't famously flatly so online onstage`)
	weekdays = set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
		october november december jan feb mar apr jun jul aug sep sept oct nov dec`)
	timeWords = set(`day days week weeks weekend month months year years morning afternoon evening night hours hour minutes minute noon
		midnight last next this that same day early late recent the a an few several two three in on at during before after by of from and`)
)

func isAdverb(w string) bool {
	return adverbs[w] || len(w) > 4 && strings.HasSuffix(w, "ly") && w != "reply" && w != "family" && w != "ally" && w != "italy"
}
