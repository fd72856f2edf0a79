package claim

import (
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// The lists of this file are small, general and closed: function words and the vocabulary of saying, denying, counting
// and guessing (Quirk et al., A Comprehensive Grammar of the English Language, chapters 8 to 10 and 14), and synonyms
// and opposites that reference prose and news use for one another. None is of one subject.

func set(list string) map[string]bool { return lexicon.Set(list) }

// stems is set, of the words' stems.
func stems(list string) map[string]bool { return stemsOf(strings.Fields(list)) }

func stemsOf(list []string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range list {
		m[words.Stem(w)] = true
	}
	return m
}

// lightWords link or fill: a sentence with or without them says the same. Those that restrict are operators instead.
var lightWords = set(`
also however then thus therefore hence moreover meanwhile additionally furthermore besides instead indeed still yet
already even very quite really rather just simply actually so too own such both either one ones other another others
others' during between over under into until till through throughout within along across among amongst around near
per via upon toward towards despite regarding concerning including onto off out down away back again together here
now themselves itself himself herself myself ourselves yourself anywhere somewhere nowhere something anything someone somebody anyone anybody
each before after since amid without above below behind inside not no never none nobody nothing nor neither cannot
whether like unless cannot etc according become becomes became get gets got getting later earlier next following
subsequently afterwards afterward eventually finally previously formerly
`)

// genericWords name what nearly everything is: their absence from a passage says little.
var genericWords = stems(`
thing things way ways place location area part member case time fact kind type sort issue matter
include includes involve use used make makes take takes go goes do
call called name named known refer referred describe
person people man woman group someone
article paragraph passage text document
work play role serve become
feature contain consist
locate situate base
real full
`)

// commonStarts begin sentences with a capital and are no names.
var commonStarts = set(`
today yesterday tomorrow tonight local police government officials experts analysts critics residents witnesses
researchers scientists overall originally initially recently currently water music light energy oxygen history
education research only most many some all few several more less fewer half dozens hundreds thousands millions first
second third last next another every much any new old early late modern high low large small major great main
english french german italian spanish
born founded built located based filmed set known released
`)

// pronouns may stand for somebody who was named before.
var pronouns = set(`he she they it him them his her hers their theirs its this these those`)

// negators deny what follows them.
var negators = set(`not no never none nobody nothing nor neither cannot without hardly barely scarcely rarely seldom cant dont doesnt
didnt isnt wasnt arent werent wont`)

// denyingNouns deny whatever follows, by their meaning.
var denyingNouns = stems(`deny denial avoid lack absence`)

// denyingStems deny the verb that follows them, by their meaning.
var denyingStems = stems(`
fail refuse decline deny unlikely unable incapable unwilling reluctant lack avoid prevent reject dispute refute stop
cease halt forbid prohibit ban neglect unwillingness inability refusal failure denial absence
`)

// hedges say that what follows is not a fact, or not yet.
var hedges = set(`
may might could possibly perhaps maybe probably likely apparently allegedly reportedly supposedly presumably
seemingly suspected alleged purported potential potentially expected if whether unless
`)

var hedgeStems = stems(`
plan intend attempt try want propose threaten vow demand urge hope seek expect suspect allege suggest consider
promise aim request recommend advise encourage ask call wish prepare offer agree speculate believe estimate appear
seem
`)

// quantifiers by rank: a sentence may say less than the passage, not more.
var quantifiers = map[string]int{
	"all": 6, "every": 6, "each": 6, "entire": 6, "entirely": 6, "always": 6, "completely": 6, "fully": 6, "everyone": 6, "everybody": 6,
	"most": 5, "mostly": 5, "majority": 5, "usually": 5, "largely": 5, "mainly": 5, "primarily": 5,
	"many": 4, "often": 4, "much": 4, "frequently": 4, "half": 4, "widely": 4,
	"several": 3, "some": 2, "sometimes": 2, "partly": 2, "partially": 2, "occasionally": 2, "minority": 2,
	"few": 1, "little": 1,
}

// limiters restrict to what follows.
var limiters = set(`only solely exclusively merely`)

// sayingStems report speech, with or without quotation marks. Those of neutralStems say that something is said, and
// nothing else: by which of them does not matter.
var (
	sayingStems  = stemsOf(lexicon.ReportingLemmas(func(v lexicon.ReportingVerb) bool { return v.Clause }))
	neutralStems = stemsOf(append(lexicon.ReportingLemmas(func(v lexicon.ReportingVerb) bool { return v.States }), "according"))
)

// opposites cannot both be true of the same thing.
var opposites = pairs(`
increase decrease, rise fall, grow shrink, more less, more fewer, higher lower, high low, accept reject, support
oppose, allow forbid, allow ban, permit prohibit, before after, early late, earlier later, first last, north south,
east west, northern southern, eastern western, win lose, victory defeat, success failure, succeed fail, alive dead,
live die, begin end, start stop, start end, open close, enter leave, arrive depart, buy sell, male female, man
woman, men women, husband wife, father mother, son daughter, brother sister, boy girl, king queen, large small, big
small, old young, old new, rich poor, strong weak, public private, legal illegal, possible impossible, likely
unlikely, able unable, capable incapable, willing unwilling, true false, right left, right wrong, up down, above
below, over under, inside outside, internal external, major minor, majority minority, maximum minimum, most least,
best worst, better worse, positive negative, include exclude, agree disagree, love hate, friend enemy, ally enemy,
peace war, guilty innocent, convict acquit, attack defend, gain lose, strengthen weaken, improve worsen, expand
contract, import export, present absent, hot cold, warm cool, wet dry, long short, fast slow, heavy light, easy
difficult, easy hard, common rare, domestic foreign, urban rural, ancient modern, domestic international, hit miss,
remember forget, always never, everyone nobody, all none, confirm deny, admit deny, praise criticize, praise
condemn, hire fire, borrow lend, push pull, build destroy, create destroy, appear disappear, married unmarried,
married single, divorce marry, vacate occupy, upper lower, senior junior, employer employee, teacher student, seller
buyer, plaintiff defendant, predecessor successor, ancestor descendant, cause prevent, raise lower, hostile
friendly, friendly unfriendly, withdraw deploy, tense relaxed, formal informal, direct indirect, permanent
temporary, rural urban, single married, fiction nonfiction, film book, album single, film album, television film,
novel film, primary secondary, oldest youngest, largest smallest, highest lowest, longest shortest, larger smaller,
bigger smaller, older younger, stronger weaker, longer shorter, taller shorter, faster slower, richer poorer,
heavier lighter, deeper shallower, warmer colder, hotter colder, wider narrower, closer farther, safer riskier
`)

func pairs(list string) map[string][]string {
	m := make(map[string][]string)
	for pair := range strings.SplitSeq(list, ",") {
		f := strings.Fields(pair)
		a, b := words.Stem(f[0]), words.Stem(f[1])
		m[a] = append(m[a], b)
		m[b] = append(m[b], a)
	}
	return m
}

// canonical gives words that are used for one another one key. A group is on one line, its key first.
var canonical = groups(`
kill slay murder assassinate
attack strike raid assault bombing bombardment
begin start commence launch initiate inception
end finish conclude terminate
big large huge enormous
buy purchase acquire acquisition
show demonstrate display exhibit
help aid assist assistance
leader chief head
soldier troop
fighter militant insurgent rebel
country nation
movie film
car automobile
television tv
build construct erect
create establish found formation foundation
rule govern
author writer write pen
song track
job occupation profession
obtain receive get acquire
choose select pick
allow permit enable let
near nearby
border frontier boundary
weapon weaponry arms firearm
sanctuary haven
ask request
stop halt cease
reject rebuff
happen occur
important significant
difficult hard
kid child
doctor physician
student pupil
company firm corporation
war conflict
fight battle combat
injure wound
reach attain
say tell state
rise increase grow growth
fall decrease decline drop
answer reply respond
try attempt
need require
keep retain
give provide supply
leave depart exit
appear emerge
reappear reemerge
release publish issue
win victory
name title
anger angry infuriate furious enrage
tie relation relationship
strengthen embolden bolster
arrest detain capture
home house residence
town city
road street
sick ill
disease illness
error mistake
condemn condemnation denounce
accord agreement deal pact treaty contract
talk negotiation
ceasefire truce
expel evict
marry wed wife husband spouse
born birth
die pass
channel network
band group
professional pro
footballer soccer
`)

func groups(list string) map[string]string {
	m := make(map[string]string)
	for line := range strings.Lines(list) {
		f := strings.Fields(line)
		for _, w := range f {
			if s := words.Stem(w); m[s] == "" {
				m[s] = words.Stem(f[0])
			}
		}
	}
	return m
}

// demonyms that do not begin like their country's name, with its key. The others are told by their endings: see akin.
var demonyms = map[string]string{
	"french": "franc", "frenchman": "franc", "german": "germani", "british": "britain", "briton": "britain", "britons": "britain", "dutch": "netherland",
	"spanish": "spain", "spaniard": "spain", "swiss": "switzerland", "greek": "greec", "greeks": "greec", "turkish": "turkey", "danish": "denmark",
	"dane": "denmark", "swedish": "sweden", "polish": "poland", "pole": "poland", "poles": "poland", "irish": "ireland", "scottish": "scotland",
	"welsh": "wale", "finnish": "finland", "thai": "thailand", "filipino": "philippin", "norman": "normandi", "american": "us.", "americans": "us.",
	"america": "us.", "us": "us.", "usa": "us.", "us.": "us.", "uk": "britain", "uk.": "britain", "afghan": "afghanistan", "afghans": "afghanistan",
	"uzbek": "uzbekistan", "kazakh": "kazakhstan", "tajik": "tajikistan", "iraqi": "iraq", "chinese": "china", "icelandic": "iceland",
}
