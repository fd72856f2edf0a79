package question

var frenchParts = map[string]string{
	"noun":   `(?:article|texte|document|fichier|page|rapport|billet|documents|articles|textes)`,
	"doc":    `(?:(?:cet|ce|cette|ces|le|la|les|l'|ton|tes|l) ?{noun}|l'article|l'auteur|ca|cela|ceci|c'|il)`,
	"give":   `(?:donne|donnez|donne-moi|montre|montrez|fais|faites|liste|listez|lister|cite|citez|nomme|nommez|trouve|affiche|enumere|peux tu|pouvez vous|pourrais tu|pourriez vous|je veux|je voudrais|as tu|avez vous|y a t il|il me faut)(?: (?:moi|me|nous|donner|montrer|faire|lister|s'il te plait))*`,
	"all":    `(?:toutes les|tous les|toute la|toutes|tous|les|le|la|un|une|des|l'ensemble des|quelques)?`,
	"on":     `(?:sur|a propos de|a propos du|a propos des|au sujet de|au sujet du|au sujet des|concernant|de|du|des)`,
	"partie": `(?:le|la|l'|un|une|son|sa|leur) ?(?:resume|synthese|sommaire|conclusion|apercu)`,
	"thing":  `(?:\S+ ){0,7}?\S+`,
	"few":    `(?:\S+ ){0,4}?\S+`,
	"end":    `(?: (?:s'il te plait|s'il vous plait|stp|svp|merci))*`,
	"said":   `(?:dit|declare|affirme|raconte|explique|annonce|pense)`,
}

var frenchRoutes = []routeRule{

	{name: "ce que dit le texte", route: NoRoute, example: "que dit l'article sur la clôture ?",
		match: `(?:que dit|qu'est ce que dit) {doc} {on} (?P<about>{thing})`},
	{name: "ce que contient le résumé", route: NoRoute, example: "que contient le résumé ?",
		match: `(?:que|qu'est ce que) (?:contient|dit|comprend|comporte|doit contenir) {partie}|(?:que|qu'est ce que) {partie} (?:contient|dit|comprend)|(?:qu'y a t il|qu'est ce qu'il y a|qu'est ce qui est ecrit|que trouve t on) dans {partie}`},
	{name: "qui a dit quoi", route: Quotations, example: "qui a dit quoi ?",
		match: `qui (?:a |ont )?(?:{said}|declare|affirme) quoi(?: exactement)?`},
	{name: "qui l'a écrit", route: Metadata, field: ByAuthor, example: "c'est de qui ?",
		match: `(?:c'est|c est) (?:de|ecrit par) qui|de qui (?:est ce|c'est)`},
	{name: "ce que quelqu'un a dit", route: Quotations, example: "qu'a dit la maire ?",
		match: `(?:qu'a|qu'ont|que|quoi) (?:{said}|dit|disent|disait|declare) (?P<who>{few}?)(?: (?:exactement|{on} (?P<about>{thing})))?|qu'est ce que (?P<who2>{few}?) (?:a |ont )?(?:{said})(?: (?:exactement|{on} (?P<about2>{thing})))?`},
	{name: "citations", route: Quotations, example: "montre-moi toutes les citations",
		match: `(?:{give} )?{all} ?(?:citations?|propos exacts|paroles exactes)(?: (?:de|du|d') ?(?P<who>{few}?))?(?: (?:sur|a propos de|a propos du|au sujet de|concernant) (?P<about>{thing}))?{end}`},
	{name: "cite", route: Quotations, example: "citez Yousafzai",
		match: `(?:cite|citez|peux tu citer) (?P<who>{few}?)(?: (?:sur|a propos de|au sujet de) (?P<about>{thing}))?`},

	{name: "chronologie", route: Timeline, example: "donne-moi une chronologie",
		match: `(?:{give} )?{all} ?(?:chronologie|la chronologie|frise chronologique|frise|ligne du temps|calendrier des evenements|deroulement|ordre chronologique|suite des evenements)(?: (?:des (?:evenements|faits)|de tout|(?:de|du|des|sur) (?P<about>{thing}?)))?{end}`},

	{name: "quelque chose sur", route: Documents, example: "sais-tu quelque chose sur les clôtures ?",
		match: `(?:(?:sais|as|connais|avez|savez) (?:tu|vous)|y a t il|est ce que tu (?:sais|as)|tu (?:sais|as)|il y a) (?:quelque chose|des informations|des infos|un document|des documents|un article|des articles) (?:sur|a propos de|a propos des|a propos du|au sujet de|concernant) (?P<about>{thing})|(?:que (?:sais tu|savez vous)|qu'est ce que tu sais) (?:de|du|des|sur|a propos de|d') ?(?P<about2>{thing})`},
}
