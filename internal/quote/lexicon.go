package quote

import (
	_ "embed" // the lists of given names
	"strings"
)

// gender is what a pronoun or a name says of a person.
type gender uint8

const (
	unknown gender = iota
	male
	female
	neuter // an institution
)

// The given names are those of the Moby word lists (public domain), as the stdlib project publishes them (CC0), without the names that are
// in both lists or are common words or places, and with names that are frequent in world news added.
var (
	//go:embed male.txt
	maleNames string
	//go:embed female.txt
	femaleNames string

	givenNames = genders()
)

func genders() map[string]gender {
	m := make(map[string]gender, 9000)
	for n := range strings.FieldsSeq(maleNames) {
		m[n] = male
	}
	for n := range strings.FieldsSeq(femaleNames) {
		m[n] = female
	}
	return m
}

// pronouns are the pronouns that can speak, in the languages of the marks.
var pronouns = map[string]gender{
	"he": male, "she": female, "it": neuter, "they": plural, "er": male, "il": male, "elle": female, "sie": female, "él": male, "ella": female,
}

// plural is the number of they: several people, an institution, or one person whose gender is not said.
const plural gender = 4

// titles stand before a name and are no part of it.
var titles = map[string]gender{
	"mr": male, "mr.": male, "mrs": female, "mrs.": female, "ms": female, "ms.": female, "miss": female, "sir": male, "lord": male,
	"lady": female, "dame": female, "baroness": female, "king": male, "queen": female, "prince": male, "princess": female,
	"monsieur": male, "madame": female, "mme": female, "herr": male, "frau": female, "señor": male, "señora": female, "father": male,
	"brother": male, "sister": female, "congressman": male, "congresswoman": female, "councilman": male, "councilwoman": female,
	"alderman": male, "chairman": male, "chairwoman": female, "spokesman": male, "spokeswoman": female, "mullah": male,
	"maulana": male, "sheikh": male, "imam": male, "ayatollah": male, "pope": male, "emperor": male, "empress": female,
	"duke": male, "duchess": female, "senhor": male, "begum": female, "businessman": male, "businesswoman": female,
	"actor": male, "actress": female, "policeman": male, "policewoman": female, "rabbi": male, "bishop": male, "archbishop": male,
	"cardinal": male, "husband": male, "wife": female, "son": male, "daughter": female, "mother": female, "widow": female,
	"grandfather": male, "grandmother": female, "uncle": male, "aunt": female, "boyfriend": male, "girlfriend": female,
	"salesman": male, "fisherman": male, "frontman": male, "foreman": male, "fireman": male, "gentleman": male, "man": male, "woman": female,
	"boy": male, "girl": female, "monk": male, "nun": female, "father-in-law": male, "mother-in-law": female, "emir": male,
}

// roleNouns say what a person is. Plurals count as well.
var roleNouns = merge(`academic accountant activist actor actress adjutant administrator admiral adviser advisor advocate agent aide ambassador analyst
anchor anthropologist apostle archaeologist archbishop archeologist architect artist assistant astronaut astronomer athlete attorney
auditor aunt author baker banker barrister bassist biologist bishop blogger boss boxer boy brigadier broadcaster broker brother builder
businessman businesswoman butcher buyer campaigner candidate captain cardinal caretaker ceo cfo chair chairman chairperson chairwoman
champion chancellor chaplain chef chemist chief choreographer citizen cleric clerk coach coach cofounder co-founder colleague colonel columnist comedian commandant
commander commentator commissioner commissary composer conductor congressman congresswoman conservationist constable consultant coordinator
co-author coroner correspondent councillor councilor councilman councilwoman counsel counselor countess cousin creator critic curator
customer dancer daughter dealer dean defender defendant delegate demonstrator dentist deputy designer detective developer diplomat director
dissident doctor dramatist driver drummer duchess duke economist editor educator emperor engineer entrepreneur envoy epidemiologist
executive expert explorer farmer father fellow fighter film-maker filmmaker firefighter fireman fisherman forecaster forward founder friend
frontman gardener general geologist girl goalkeeper governor grandfather grandmother graduate guard guide guitarist head headmaster
headteacher historian host hunter husband imam inspector instructor insider interpreter inventor investigator investor jeweler journalist judge
juror justice keeper king landlord lawmaker lawyer leader lecturer legislator librarian lieutenant linguist lobbyist magistrate major
man manager marshal mathematician mayor mechanic medic member merchant meteorologist midfielder midwife militant miner minister missionary
moderator monk mother mp msp mufti musician narrator negotiator neighbor neighbour neurologist neuroscientist nephew niece novelist nun nurse observer
officer official ombudsman operator organiser organizer owner painter panelist parent partner passenger passer-by pastor patient patriarch pediatrician
philosopher photographer physicist physician pilot player playwright poet policeman policewoman politician pope premier president priest
prime-minister prince princess principal producer professor programmer prosecutor protester protestor provost psychiatrist psychologist
publicist publisher pundit queen rabbi ranger rapper realtor receptionist rector refugee registrar relative reporter representative
researcher resident reviewer runner sailor salesman scholar scientist screenwriter secretary secretary-general seller senator sergeant sheriff shopkeeper
showrunner singer sister skipper sociologist soldier solicitor son songwriter specialist spokesman spokesperson spokeswoman star stateswoman statesman
strategist striker student superintendent supervisor supporter surgeon surveyor survivor tactician teacher technician teenager therapist tourist
trader trainer translator treasurer trustee tutor undersecretary user veteran veterinarian viceroy vice-president vice-chairman victim viewer
villager visitor volunteer voter warden widow wife winner witness woman worker writer youngster lawmaker insider
person people police rebel critic bystander onlooker dad mom mum sibling twin co-creator co-owner co-host co-star co-founder frontwoman
emir sultan tsar czar cfo coo cto cio vp pm fm bassist keyboardist vocalist webmaster sage astrophysicist virologist oncologist cardiologist`)

// bodyNouns say what an institution is.
var bodyNouns = merge(`academy administration agency airline airlines airport alliance army assembly association authority automaker bank board brigade
broadcaster bureau business cabinet center centre chamber charity church club coalition college commission committee company confederation
conference congress consortium consulate corporation corps council county court department directorate embassy federation firm fleet force forces foundation
front fund government group guild hospital house inspectorate institute institution jury kingdom laboratory league legislature library
magazine manufacturer maker ministry mission movement museum navy network newspaper office opposition organisation organization panel parliament
parliaments party police pentagon platform post presidency programme prosecution regime regiment republic retailer school senate
service services society state station store studio studios supplier syndicate team times treasury tribunal trust union university
university watchdog website white-house workshop label band clinic factory festival guerrillas militia military command insurgency judiciary kremlin
vatican taliban reuters interpol nato unesco unicef opec daily gazette herald journal tribune guardian ltd inc inc. corp corp. co co. plc ag gmbh llc llp holdings
industries systems technologies partners capital securities motors records pictures entertainment press media international enterprises
associates investments insurance pharmaceuticals energy electric airways telecom railways exchange`)

// inNames are words that show an institution only inside a name: "times" alone is no newspaper.
var inNames = set(`times daily gazette herald journal tribune guardian post house houses front force services service state states society party parties
	system systems capital holdings energy electric exchange press media international motors motor records pictures entertainment
	partners technologies industries securities label band platform show program programme movement mission office offices station
	corps store stores team teams trust court-room league studio charity church workshop factory clinic festival hospital school schools
	website websites business businesses magazine magazines fund funds center centre centers centres museum museums laboratory railways airways`)

// companies are the descriptions that any company answers to.
var companies = set(`company firm automaker carmaker manufacturer maker airline bank group agency organization organisation retailer broadcaster
	corporation network newspaper publisher developer watchdog charity union club team`)

// documents speak for whoever issued them.
var documentNouns = merge(`statement report letter memo email e-mail filing release announcement message post tweet communique communiqué
declaration note document affidavit complaint lawsuit indictment ruling judgment verdict resolution study survey article editorial
book essay speech address interview notice warning text paper poll website review decision order opinion blog testimony transcript act amendment treaty directive constitution clause charter code
	regulation convention bill protocol petition manifesto diary column press-release paragraph`)

// countries are states and other places whose name stands for their government; with the capitals that do.
var countries = set(`afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium bolivia botswana
brazil britain bulgaria burma burundi cambodia cameroon canada chad chile china colombia congo croatia cuba cyprus denmark ecuador egypt
eritrea estonia ethiopia finland france gabon gambia georgia germany ghana greece guatemala guinea haiti honduras hungary iceland india
indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya
lithuania luxembourg macedonia malawi malaysia mali malta mauritania mauritius mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal
netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda
scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand
togo tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe england
islamabad kabul kyiv moscow beijing washington tehran baghdad berlin paris london madrid rome brussels ankara delhi tokyo seoul pyongyang
cairo riyadh doha damascus jerusalem warsaw vienna budapest prague athens ottawa canberra jakarta hanoi manila bangkok
africa asia europe america u.s. us usa uk eu un u.n. u.k. california texas florida arizona virginia ohio michigan kansas alabama alaska colorado illinois`)

// governing bodies are named without their country where the text has just named it.
var governing = set("ministry government parliament military army cabinet presidency embassy court police navy")

// particles may stand inside a name in lower case.
var particles = set("de da di do dos das du del della der den des van von vom zu zur ten ter la le el al ul ur bin ibn ben bint abu y e af av")

// unnamed are capitalized words that are no names, although nothing in the document shows it.
var unnamed = set(`the a an this that these those he she it they we i you his her its their our my your who what when where why how which whose there
here and but or nor so yet if as at by for from in into of on onto to with without after before since until while although though because
however meanwhile moreover furthermore nevertheless nonetheless instead despite according asked citing speaking earlier later last next today
yesterday tomorrow now then thus once also still even only just both many most some several few all other others another each every any no none
not one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands millions more less much such same
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
mr mrs ms dr yes no well okay ok oh unlike like during among amid between about above across against along around behind below beneath
beside beyond down near off out over through throughout toward towards under up upon via within per plus minus versus regarding concerning
following including given whether either neither nobody everyone everybody someone somebody anyone nothing everything something
again almost already always never often perhaps maybe indeed finally recently currently previously originally
under-secretary tehrik god christmas easter english french german spanish internet section chapter figure table part page see also read`)

// quasi are words that hold the quoted words at arm's length or give them as a name.
var (
	quasiBefore = set(`so-called titled entitled headlined nicknamed dubbed called named known christened subtitled labelled labeled self-styled
		self-described billed renamed termed title word words term terms phrase phrases slogan motto nickname moniker hashtag expression name album song single film
		movie novel book play poem hit track series episode show game video ballad sitcom documentary musical article essay story column
		chapter section codename codenamed code-named translated meaning means chant spelled pronounced alias label file folder band category
		concept notion doctrine theory option`)
	workVerbs = set("sang sings sing performed performs perform recorded covered released directed wrote written starring played watched published")
)

// merge makes a set that holds the plural of each noun as well.
func merge(list string) map[string]bool {
	m := set(list)
	for n := range strings.FieldsSeq(list) {
		switch {
		case strings.HasSuffix(n, "man") && n != "human":
			m[strings.TrimSuffix(n, "man")+"men"] = true
		case strings.HasSuffix(n, "y") && !strings.HasSuffix(n, "ey") && !strings.HasSuffix(n, "ay") && !strings.HasSuffix(n, "oy"):
			m[strings.TrimSuffix(n, "y")+"ies"] = true
		case strings.HasSuffix(n, "s"), strings.HasSuffix(n, "ch"), strings.HasSuffix(n, "x"):
			m[n+"es"] = true
		default:
			m[n+"s"] = true
		}
	}
	return m
}

// singular cuts the plural of a role.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "men"):
		return strings.TrimSuffix(w, "men") + "man"
	case strings.HasSuffix(w, "ies"):
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// isPluralRole reports whether the word means several people: "experts".
func isPluralRole(w string) bool {
	s := singular(w)
	return w == "people" || w == "police" || s != w && roleNouns[s]
}
