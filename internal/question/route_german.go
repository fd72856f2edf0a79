package question

var germanParts = map[string]string{
	"noun":  `(?:artikel|text|texte|dokument|beitrag|bericht|schreiben|seite|datei|meldung|artikels|textes|dokuments|dokumentes|beitrags|berichts)`,
	"doc":   `(?:(?:das|dies|dieser|diesem|diesen|dieses|der|dem|den|des|dein|deinem)(?: (?:ganze|ganzen|gesamte|gesamten))?(?: {noun})?|hier|ihm|darin|es|er)`,
	"give":  `(?:gib|gebt|geben sie|zeig|zeige|zeigen sie|nenn|nenne|nennen sie|liste|liste mal|erstelle|erstell|mach|mache|such|suche|schreib|ich brauche|ich mochte|ich will|hast du|haben sie|gibt es|kannst du|konnen sie)(?: (?:mir|uns|bitte|mal|auch))*`,
	"all":   `(?:alle|die|samtliche|eine|ein|einen|das|den|der|irgendein|irgendeine|jeden|alle die|meine|deine|eure)?`,
	"on":    `(?:uber|zu|zum|zur|von|vom|wegen|zum thema|bezuglich|betreffend)`,
	"teil":  `(?:(?:der|die|das|den|dem|einer|eine|ihre|ihrer) )?(?:zusammenfassung(?:en)?|kurzfassung|ubersicht|uberblick|inhaltsangabe|fazit)`,
	"thing": `(?:\S+ ){0,7}?\S+`,
	"few":   `(?:\S+ ){0,4}?\S+`,
	"end":   `(?: (?:bitte|mal|kurz|auf|zusammen|an|schnell|denn|genau|eigentlich))*`,
}

var germanRoutes = []routeRule{

	{name: "was der Text sagt", route: NoRoute, example: "was sagt der Artikel über den Zaun?",
		match: `was (?:sagt|steht|schreibt|erzahlt|weiss) (?:(?:in|im) )?(?:{doc}|{noun})(?: {noun})? {on} (?P<about>{thing})`},
	{name: "was in der Zusammenfassung steht", route: NoRoute, example: "was steht in der Zusammenfassung?",
		match: `was (?:steht|stand|ist|gehort|kommt|muss) (?:alles )?(?:in|im) {teil}(?: (?:drin|rein|stehen))?|was (?:enthalt|sagt|beinhaltet|umfasst) {teil}`},
	{name: "wer was sagt", route: Quotations, example: "wer hat was gesagt?",
		match: `wer (?:hat (?:hier |denn |alles |genau )?was (?:gesagt|erklart|behauptet|geaussert)|(?:sagt|sagte|behauptet|behauptete|meint|meinte) (?:hier |denn |genau )?was)`},
	{name: "was jemand sagt", route: Quotations, example: "was hat die Bürgermeisterin gesagt?",
		match: `was (?:genau )?(?:hat|haben) (?P<who>{few}?)(?: (?:genau|dazu))?(?: {on} (?P<about>{thing}?))? (?:gesagt|erklart|behauptet|gemeint|geaussert|mitgeteilt)|was (?:genau )?(?:sagte|sagt|sagen|sagten|meint|meinte|erklarte|behauptet|behauptete) (?P<who2>{few}?)(?: (?:genau|dazu|wortlich))?(?: {on} (?P<about2>{thing}))?`},
	{name: "zitiere", route: Quotations, example: "zitiere Mujahid",
		match: `(?:zitier|zitiere|zitieren sie)(?: (?:bitte|mir))* (?P<who>{few}?)(?: {on} (?P<about>{thing}))?`},
	{name: "zitate", route: Quotations, example: "gib mir ein Zitat zum Streik",
		match: `(?:{give} )?{all} ?(?:wortliche[ns]? |direkte[ns]? )?(?:zitate?|aussagen?|zitaten|wortlaut)(?: (?:von|vom) (?P<who>{few}?))?(?: (?:uber|zu|zum|zur|zum thema) (?P<about>{thing}))?{end}`},

	{name: "zeitleiste", route: Timeline, example: "gib mir eine Chronologie",
		match: `(?:{give} )?{all} ?(?:zeitleiste|zeitstrahl|zeittafel|chronologie|zeitlicher ablauf|zeitlichen ablauf|zeitablauf|chronologische (?:liste|ubersicht)|ablauf der ereignisse|reihenfolge der ereignisse)(?: (?:der ereignisse|des geschehens|(?:von|uber|zu|zum|zur) (?P<about>{thing}?)))?{end}`},

	{name: "etwas über", route: Documents, example: "weißt du etwas über Zäune?",
		match: `(?:weisst|weiss|weißt|kennst|hast|habt|haben|gibt|steht) (?:du|ihr|sie|es|darin|irgendwo)? ?(?:hier |dort )?(?:etwas|was|irgendetwas|irgendwas|informationen|infos|dokumente|texte|artikel|einen artikel) (?:uber|zu|zum|zur|zum thema|von) (?P<about>{thing})|was (?:weisst|weißt) du (?:uber|von|zu|zum|zur) (?P<about2>{thing})`},
}
