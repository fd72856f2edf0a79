package words

import "strings"

// Synonyms returns the stems that everyday English uses for the same thing, the given one not among them; nil for none. They are loose: good
// for finding, not for proving.
func Synonyms(stem string) []string { return synonyms[stem] }

// Groups of near synonyms that news and those who ask about it choose freely between.
var synonyms = group(`
gun firearm weapon weaponry arms rifle
increase rise grow surge jump climb growth
decrease fall drop decline shrink reduce
angry mad furious infuriate outrage anger upset
attack strike raid assault bombing
die kill fatality casualty
fight clash battle combat skirmish
talk negotiation negotiate dialogue
ceasefire truce armistice
border frontier boundary
create establish found form launch
begin start commence onset
end finish conclude stop cease
buy purchase acquire
job work occupation profession position role career
country nation
money fund cash funding
leader head chief boss
big large huge great major
small little minor tiny
child kid minor
doctor physician
car automobile vehicle
expel oust evict deport banish
allow let permit
help aid assist support
show reveal demonstrate
want seek demand wish
build construct erect
get obtain receive gain
refuse reject decline
strong strengthen strength emboldened powerful
weak weaken feeble
power rule government regime
cop police officer
army military troops soldier forces
fighter militant insurgent rebel
fence barrier wall
house home residence
city town
important significant crucial key
quick fast rapid
old ancient elderly
rich wealthy
poor impoverished
teach instruct educate
study research investigate
law legislation act statute
writer author
deep depth
wide width breadth
tall height
heavy weigh weight
long length
hurt injure injury wound wounded
picture photo photograph image
film movie
bicycle bike
phone telephone
poisonous toxic
sick ill illness
loud noisy noise
chicken hen
movie film
near close
happy glad pleased
sad unhappy
easy simple
hard difficult tough
begin start
choose select pick elect
win defeat beat victory
lose loss
steal rob theft
ask question inquire
answer reply respond response
agree accept consent
disagree dispute oppose reject
need require
use utilize employ
make produce manufacture
sell market
leave depart exit withdraw
arrive come reach
live reside inhabit dwell
move relocate migrate
join unite unify merge
split divide separate
keep retain maintain
destroy demolish ruin wreck
protect defend guard shelter
hide conceal
hurt injure wound
sick ill
try attempt
worry concern fear
blame accuse
cause trigger prompt provoke
influence affect impact
ally partner friend
enemy foe rival hostile
worth value
cost price
ship boat vessel
airplane plane aircraft
street road
religion faith belief
king monarch
begin originate
famous renowned known
invent devise
discover find
name call
marry wed
`)

func group(list string) map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(list) {
		var stems []string
		for w := range strings.FieldsSeq(line) {
			stems = append(stems, Stem(w))
		}
		for _, s := range stems {
			for _, o := range stems {
				if o != s {
					m[s] = append(m[s], o)
				}
			}
		}
	}
	return m
}
