package question

var frenchParts = map[string]string{
	"noun":  `(?:article|texte|document|fichier|page|rapport|billet|documents|articles|textes)`,
	"doc":   `(?:(?:cet|ce|cette|ces|le|la|les|l'|ton|tes|l) ?{noun}|l'article|l'auteur|ca|cela|ceci|c'|il)`,
	"in":    `(?: (?:dans|de|du|sur|a partir de|d'apres) ?(?:{doc}|{noun}|l'article)| la dedans| dedans| ici)?`,
	"give":  `(?:donne|donnez|donne-moi|montre|montrez|fais|faites|liste|listez|lister|cite|citez|nomme|nommez|trouve|affiche|enumere|peux tu|pouvez vous|pourrais tu|pourriez vous|je veux|je voudrais|as tu|avez vous|y a t il|il me faut)(?: (?:moi|me|nous|donner|montrer|faire|lister|s'il te plait))*`,
	"all":   `(?:toutes les|tous les|toute la|toutes|tous|les|le|la|un|une|des|l'ensemble des|quelques)?`,
	"folk":  `(?:personnes|gens|noms|personnages|experts|individus|intervenants)`,
	"quo":   `(?:citee?s?|interviewee?s?|la parole)`,
	"named": `(?:mentionnee?s?|nommee?s?|evoquee?s?|presentee?s?|presents?|impliquee?s?)`,
	"on":    `(?:sur|a propos de|a propos du|a propos des|au sujet de|au sujet du|au sujet des|concernant|de|du|des)`,
	"thing": `(?:\S+ ){0,7}?\S+`,
	"few":   `(?:\S+ ){0,4}?\S+`,
	"end":   `(?: (?:s'il te plait|s'il vous plait|stp|svp|merci))*`,
	"said":  `(?:dit|declare|affirme|raconte|explique|annonce|pense)`,
}

var frenchRoutes = []routeRule{
	{name: "salut", route: SmallTalk, example: "bonjour", match: `(?:bonjour|salut|bonsoir|coucou|hello|bonne (?:nuit|journee|soiree)|au revoir|a (?:bientot|plus|demain|plus tard)|adieu)(?: (?:a tous|tout le monde|le bot|toi|pilcrow))*`},
	{name: "merci", route: SmallTalk, example: "merci beaucoup", match: `(?:super |genial |ok |parfait |bien |d'accord )*merci(?: (?:beaucoup|bien|a toi|infiniment|a vous|le bot))*`},
	{name: "ca va", route: SmallTalk, example: "comment vas-tu ?", match: `(?:comment (?:vas tu|allez vous|ca va|tu vas)|ca va(?: bien)?|quoi de neuf|super|genial|ok|d'accord|parfait|cool|bon bot|bravo|desole|pardon|tres bien|bien joue)`},
	{name: "aide", route: Help, example: "aide-moi", match: `(?:aide|aidez|au secours|a l'aide|mode d'emploi|commandes|j'ai besoin d'aide|(?:peux tu|pouvez vous) m'aider)(?: (?:moi|nous|s'il te plait))*`},
	{name: "ce que ça sait faire", route: Help, example: "que peux-tu faire ?", match: `(?:que|qu'est ce que) (?:peux tu|tu peux|pouvez vous|vous pouvez|sais tu|tu sais|puis je|je peux)(?: (?:faire|demander|te demander))*|comment (?:ca marche|ca fonctionne|tu fonctionnes|fonctionnes tu|t'utiliser|vous utiliser|l'utiliser|utiliser (?:le bot|ce bot)|je peux t'utiliser|puis je t'utiliser)|qui (?:es tu|etes vous|tu es)|(?:es tu|etes vous|tu es) (?:un |une )?(?:bot|robot|humain|ia|machine|vrai)|(?:quelles|quels)(?: sont les| sont tes)? commandes(?: (?:existent|y a t il|as tu|connais tu|disponibles))?`},

	{name: "résumé", route: Summary, example: "donne-moi un bref résumé du document", match: `(?:{give} )?{all} ?(?:bref |court |petit |rapide )?(?:resume|synthese|apercu|tldr|tl dr|sommaire|essentiel|l'essentiel)(?: (?:de|du|sur) ?(?:{doc}|{noun}|l'article))?{end}|(?:(?:peux tu|pouvez vous|pourrais tu|tu peux) )?(?:me )?(?:resume|resumez|resumer|synthetise|synthetiser)(?: moi)?(?: {doc})?{end}`},
	{name: "de quoi ça parle", route: Summary, example: "de quoi parle cet article ?", match: `(?:en bref |en resume )?(?:de quoi (?:ca parle|ca traite|s'agit il|est il question|il s'agit|(?:parle|traite)(?: t il)? ?{doc}|{doc} parle)|que (?:dit|raconte|contient) {doc}|c'est (?:quoi|sur quoi) (?:le sujet|l'idee|{doc})|quel est (?:le sujet|le theme|le contenu)(?: (?:de|du) ?(?:{doc}|{noun}))?|qu'est ce que {doc} (?:dit|raconte)){in}`},
	{name: "points principaux", route: Summary, example: "quels sont les points principaux ?", match: `(?:quels sont |quelles sont |{give} )?(?:les )?(?:points|idees|faits|messages|informations|elements) (?:principaux|principales|essentiels|essentielles|cles|importants|importantes|cle){in}`},

	{name: "qui est cité", route: People, who: "quoted", example: "qui est cité dans l'article ?", match: `(?:qui|quelles {folk}|quels {folk}) (?:est|sont|a ete|prend|prennent|parle|s'exprime)(?: {quo})?{in}(?: {quo})?{in}|(?:{give} )?(?:(?:la )?liste (?:de |des )?)?{all} ?(?:ceux|celles|{folk})(?: (?:qui (?:sont|est)))? {quo}{in}|qui {doc} cite t il`},
	{name: "qui est mentionné", route: People, example: "qui est mentionné ?", match: `(?:qui|quelles {folk}|quels {folk}) (?:est|sont|apparait|apparaissent|figure|figurent)(?: {named})?{in}(?: {named})?{in}|(?:qui sont les {folk}{in})|(?:{give} )?(?:(?:la )?liste (?:de |des )?)?{all} ?{folk}(?: {named})?{in}{end}`},

	{name: "ce que dit le texte", route: NoRoute, example: "que dit l'article sur la clôture ?", match: `(?:que dit|qu'est ce que dit) {doc} {on} (?P<about>{thing})`},
	{name: "ce que quelqu'un a dit", route: Quotations, example: "qu'a dit la maire ?", match: `(?:qu'a|qu'ont|que|quoi) (?:{said}|dit|disent|disait|declare) (?P<who>{few}?)(?: (?:exactement|{on} (?P<about>{thing})))?|qu'est ce que (?P<who2>{few}?) (?:a |ont )?(?:{said})(?: (?:exactement|{on} (?P<about2>{thing})))?`},
	{name: "citations", route: Quotations, example: "montre-moi toutes les citations", match: `(?:{give} )?{all} ?(?:citations?|propos exacts|paroles exactes)(?: (?:de|du|d') ?(?P<who>{few}?))?(?: (?:sur|a propos de|a propos du|au sujet de|concernant) (?P<about>{thing}))?{end}`},
	{name: "cite", route: Quotations, example: "citez Yousafzai", match: `(?:cite|citez|peux tu citer) (?P<who>{few}?)(?: (?:sur|a propos de|au sujet de) (?P<about>{thing}))?`},

	{name: "chronologie", route: Timeline, example: "donne-moi une chronologie", match: `(?:{give} )?{all} ?(?:chronologie|la chronologie|frise chronologique|frise|ligne du temps|calendrier des evenements|deroulement|ordre chronologique|suite des evenements)(?: (?:des (?:evenements|faits)|de tout|(?:de|du|des|sur) (?P<about>{thing}?)))?{end}`},
	{name: "quoi quand", route: Timeline, example: "que s'est-il passé quand ?", match: `(?:que s'est il passe quand|quand (?:s'est|est ce que s'est) passe quoi|quoi (?:s'est passe )?quand|dans quel ordre(?: \S+){1,6}|(?:{give} )?{all} ?(?:dates|evenements)(?: (?:dans l'ordre|mentionnes|mentionnees|importantes|cles))*{in}|quelles (?:dates|sont les dates)(?: \S+){0,4}){in}`},

	{name: "auteur", route: Metadata, field: ByAuthor, example: "qui a écrit ça ?", match: `qui (?:a ecrit|a redige|a publie|ecrit)(?: {doc})?|(?:qui est |quel est )?(?:l'auteur|auteur|le journaliste|l'autrice|le nom de l'auteur)(?: (?:de|du) ?(?:{doc}|{noun}|l'article))?|par qui (?:{doc} )?(?:a ete ecrit|est ecrit|a t il ete ecrit|fut ecrit)(?: {doc})?|{doc} est de qui|de qui est {doc}`},
	{name: "date de publication", route: Metadata, field: ByDate, example: "quand l'article a-t-il été publié ?", match: `(?:quand|quel jour|en quelle annee) (?:{doc} )?(?:a t il ete|a ete|est|fut|a t elle ete|est ce que {doc} a ete|a t on)(?: (?:publie|ecrit|paru|sorti|redige|poste))(?: {doc})?|(?:quelle est )?(?:la )?date (?:de (?:publication|parution|sortie)|du {noun}|de l'article)|de quand (?:date|est) {doc}`},
	{name: "source", route: Metadata, field: BySource, example: "d'où vient cet article ?", match: `(?:quelle est |quelles sont )?(?:la |les |ta |tes )?sources?(?: (?:de|du) ?(?:{doc}|{noun}|l'article))?|d'ou (?:vient|provient|est tire|sort)(?: t il)? ?{doc}|dans quel (?:journal|magazine|site)(?: \S+){0,5}`},
	{name: "adresse", route: Metadata, field: ByAddress, example: "donne-moi le lien", match: `(?:{give} )?(?:quel est |quelle est )?(?:le |l'|un )?(?:lien|url|adresse|adresse web)(?: (?:de|du|vers) ?(?:{doc}|{noun}|l'article))?`},
	{name: "titre", route: Metadata, field: ByTitle, example: "quel est le titre ?", match: `(?:quel est |c'est quoi )?(?:le )?titre(?: (?:de|du) ?(?:{doc}|{noun}|l'article))?|comment s'appelle {doc}`},
	{name: "longueur", route: Metadata, field: ByLength, example: "quelle est la longueur du texte ?", match: `(?:quelle est |quelle )?(?:la )?longueur(?: (?:de|du|fait) ?(?:{doc}|{noun}|l'article))|combien de (?:mots|paragraphes|pages|lignes|caracteres)(?: \S+){0,4}|{doc} est long comment`},

	{name: "quelque chose sur", route: Documents, example: "sais-tu quelque chose sur les clôtures ?", match: `(?:(?:sais|as|connais|avez|savez) (?:tu|vous)|y a t il|est ce que tu (?:sais|as)|tu (?:sais|as)|il y a) (?:quelque chose|des informations|des infos|un document|des documents|un article|des articles) (?:sur|a propos de|a propos des|a propos du|au sujet de|concernant) (?P<about>{thing})|(?:que (?:sais tu|savez vous)|qu'est ce que tu sais) (?:de|du|des|sur|a propos de|d') ?(?P<about2>{thing})`},
	{name: "quels documents", route: Documents, example: "quels documents as-tu ?", match: `(?:quels|quelles|combien de) (?:documents|articles|textes|fichiers|sources|sujets) (?:as tu|avez vous|connais tu|y a t il|sont (?:disponibles|charges)|possedes tu|tu as|peux tu \S+)|(?:{give} )?(?:la |une )?(?:liste (?:de |des |de tous les )?)?{all} ?(?:tes |mes )?(?:documents|articles|textes|fichiers)(?: (?:disponibles|que tu as|que tu connais))?{end}|(?:sur quoi|que|de quoi|qu'est ce que) (?:puis je|je peux|peut on) (?:te |vous )?(?:poser des questions|demander|interroger|poser une question)(?: sur quoi)?`},
}
