package question

var spanishParts = map[string]string{
	"noun":  `(?:articulo|texto|documento|archivo|pagina|informe|noticia|documentos|articulos|textos)`,
	"doc":   `(?:(?:este|esta|el|la|los|tu|tus|ese|del|al|estos) ?{noun}|esto|eso|todo esto|todo)`,
	"give":  `(?:da|dame|danos|deme|muestra|muestrame|ensename|haz|hazme|lista|listame|enumera|nombra|busca|encuentra|dime|puedes|podrias|puede|quiero|necesito|tienes|hay|me das|me puedes|escribe)(?: (?:me|nos|dar|mostrar|hacer|listar|por favor|un poco de))*`,
	"all":   `(?:a )?(?:todas las|todos los|toda la|todo el|todas|todos|las|los|la|el|un|una|unas|algun|alguna|algunas)?`,
	"on":    `(?:sobre|acerca de|acerca del|respecto a|respecto al|de|del)`,
	"parte": `(?:el|la|un|una|su) (?:resumen|sintesis|sinopsis|conclusion)`,
	"thing": `(?:\S+ ){0,7}?\S+`,
	"few":   `(?:\S+ ){0,4}?\S+`,
	"end":   `(?: (?:por favor|porfa|porfavor|gracias))*`,
}

var spanishRoutes = []routeRule{

	{name: "lo que dice el texto", route: NoRoute, example: "¿qué dice el artículo sobre la valla?",
		match: `que dice {doc} {on} (?P<about>{thing})`},
	{name: "lo que contiene el resumen", route: NoRoute, example: "¿qué contiene el resumen?",
		match: `que (?:contiene|dice|incluye|abarca|debe contener) {parte}|que (?:hay|pone|aparece|figura|esta|viene|va) en {parte}`},
	{name: "quién dijo qué", route: Quotations, example: "¿quién dijo qué?",
		match: `quien(?:es)? (?:dijo|dice|dijeron|dicen|ha dicho|han dicho|declaro|afirmo) que(?: exactamente)?`},
	{name: "lo que dijo alguien", route: Quotations, example: "¿qué dijo la alcaldesa?",
		match: `que (?:dijo|dice|dijeron|dicen|declaro|afirmo|afirma|comento|ha dicho|han dicho|ha declarado|opina|conto) (?P<who>{few}?)(?: (?:exactamente|{on} (?P<about>{thing})))?`},
	{name: "citas", route: Quotations, example: "muéstrame todas las citas",
		match: `(?:{give} )?{all} ?(?:citas?|palabras exactas|cita textual|citas textuales)(?: (?:de|del) (?P<who>{few}?))?(?: (?:sobre|acerca de|acerca del) (?P<about>{thing}))?{end}`},
	{name: "cita", route: Quotations, example: "cita a Yousafzai",
		match: `(?:cita|cite|citar|puedes citar) (?:a )?(?P<who>{few}?)(?: (?:sobre|acerca de) (?P<about>{thing}))?`},

	{name: "cronología", route: Timeline, example: "dame una cronología",
		match: `(?:{give} )?{all} ?(?:cronologia|linea de tiempo|linea del tiempo|linea temporal|orden cronologico|secuencia de (?:los )?(?:hechos|eventos)|lista cronologica)(?: (?:de (?:los )?(?:hechos|eventos|acontecimientos)|(?:de|del|sobre) (?P<about>{thing}?)))?{end}`},

	{name: "algo sobre", route: Documents, example: "¿sabes algo sobre vallas?",
		match: `(?:sabes|tienes|hay|conoces|sabe|tiene|tienen) (?:algo|informacion|algun documento|documentos|algun articulo|articulos|alguna informacion) (?:sobre|acerca de|de|del|respecto a) (?P<about>{thing})|que sabes (?:de|del|sobre|acerca de) (?P<about2>{thing})`},
}
