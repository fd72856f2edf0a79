package question

var spanishParts = map[string]string{
	"noun":  `(?:articulo|texto|documento|archivo|pagina|informe|noticia|documentos|articulos|textos)`,
	"doc":   `(?:(?:este|esta|el|la|los|tu|tus|ese|del|al|estos) ?{noun}|esto|eso|todo esto|todo)`,
	"in":    `(?: (?:en|de|del|sobre|segun|por) ?(?:{doc}|{noun})| aqui| ahi| en el)?`,
	"give":  `(?:da|dame|danos|deme|muestra|muestrame|ensename|haz|hazme|lista|listame|enumera|nombra|busca|encuentra|dime|puedes|podrias|puede|quiero|necesito|tienes|hay|me das|me puedes|escribe)(?: (?:me|nos|dar|mostrar|hacer|listar|por favor|un poco de))*`,
	"all":   `(?:a )?(?:todas las|todos los|toda la|todo el|todas|todos|las|los|la|el|un|una|unas|algun|alguna|algunas)?`,
	"folk":  `(?:personas|gente|nombres|personajes|expertos|individuos|protagonistas)`,
	"quo":   `(?:citad[oa]s?|entrevistad[oa]s?)`,
	"named": `(?:mencionad[oa]s?|nombrad[oa]s?|menciona|mencionan|nombra|nombran|aparece|aparecen|implicad[oa]s?)`,
	"on":    `(?:sobre|acerca de|acerca del|respecto a|respecto al|de|del)`,
	"thing": `(?:\S+ ){0,7}?\S+`,
	"few":   `(?:\S+ ){0,4}?\S+`,
	"end":   `(?: (?:por favor|porfa|porfavor|gracias))*`,
}

var spanishRoutes = []routeRule{
	{name: "saludo", route: SmallTalk, example: "hola", match: `(?:hola|buenas|buenos dias|buenas (?:tardes|noches)|adios|hasta (?:luego|manana|pronto)|chao|chau|nos vemos)(?: (?:a todos|bot|amigo|pilcrow|que tal))*`},
	{name: "gracias", route: SmallTalk, example: "muchas gracias", match: `(?:genial |ok |vale |perfecto |bien )*(?:muchas |mil )?gracias(?: (?:a ti|por todo|bot|por la ayuda))*`},
	{name: "que tal", route: SmallTalk, example: "¿cómo estás?", match: `(?:como (?:estas|esta|te va|va)|que tal(?: estas)?|genial|ok|vale|perfecto|muy bien|bien hecho|buen bot|de acuerdo|lo siento|perdon|guay)`},
	{name: "ayuda", route: Help, example: "ayúdame", match: `(?:ayuda|ayudame|ayudeme|instrucciones|comandos|necesito ayuda|(?:puedes|me puedes) ayudar(?:me)?|socorro)(?: por favor)?`},
	{name: "lo que sabe hacer", route: Help, example: "¿qué puedes hacer?", match: `que (?:puedes|sabes|puede|puedo|se puede) hacer(?: (?:aqui|contigo))?|como (?:funciona(?:s)?(?: esto| el bot)?|te uso|se usa(?: esto)?|te puedo usar|puedo usarte|uso (?:esto|el bot))|quien eres|que eres|eres (?:un |una )?(?:bot|robot|humano|persona|ia|maquina)|(?:que|cuales) (?:son los |son tus )?comandos(?: (?:hay|tienes|existen))?`},

	{name: "resumen", route: Summary, example: "hazme un resumen", match: `(?:{give} )?{all} ?(?:breve |corto |pequeno |rapido )?(?:resumen|sintesis|tldr|tl dr|vista general|lo esencial)(?: (?:breve|corto|rapido))?(?: (?:de|del|sobre) ?(?:{doc}|{noun}))?{end}|(?:(?:puedes|podrias|me puedes) )?(?:resume|resumir|resumeme|resumirme|resumelo|resumirlo|sintetiza)(?: {doc})?{end}`},
	{name: "de qué trata", route: Summary, example: "¿de qué trata el artículo?", match: `(?:en (?:pocas palabras|resumen|breve) )?(?:de que (?:trata|va|habla|se trata)(?: {doc})?|sobre que (?:trata|es|va) ?(?:{doc})?|que (?:dice|cuenta|contiene) {doc}|cual es (?:el tema|el asunto|el contenido)(?: (?:de|del) ?(?:{doc}|{noun}))?)`},
	{name: "puntos principales", route: Summary, example: "¿cuáles son los puntos principales?", match: `(?:cuales son |{give} )?(?:los |las )?(?:puntos|ideas|hechos|mensajes|datos|temas) (?:principales|clave|mas importantes|importantes|centrales|esenciales){in}`},

	{name: "quién es citado", route: People, who: "quoted", example: "¿quién es citado?", match: `(?:quien|quienes|a quien|a quienes|que {folk}) (?:es|son|se|hablan?|fue|ha sido)(?: (?:{quo}|cita|citan|habla|hablan))?{in}(?: {quo})?|(?:{give} )?(?:lista (?:de )?)?{all} ?(?:{folk} )?(?:los |las )?{quo}{in}{end}`},
	{name: "quién aparece", route: People, example: "¿quién aparece en el artículo?", match: `(?:quien|quienes|a quien|que {folk}) (?:es|son|se|esta|estan|aparece|aparecen|figura|sale|salen|hay)(?: {named})?{in}(?: {named})?{in}|quienes son las {folk}{in}|(?:{give} )?(?:lista (?:de |a )?)?{all} ?{folk}(?: (?:que )?{named})?{in}{end}`},

	{name: "lo que dice el texto", route: NoRoute, example: "¿qué dice el artículo sobre la valla?", match: `que dice {doc} {on} (?P<about>{thing})`},
	{name: "lo que dijo alguien", route: Quotations, example: "¿qué dijo la alcaldesa?", match: `que (?:dijo|dice|dijeron|dicen|declaro|afirmo|afirma|comento|ha dicho|han dicho|ha declarado|opina|conto) (?P<who>{few}?)(?: (?:exactamente|{on} (?P<about>{thing})))?`},
	{name: "citas", route: Quotations, example: "muéstrame todas las citas", match: `(?:{give} )?{all} ?(?:citas?|palabras exactas|cita textual|citas textuales)(?: (?:de|del) (?P<who>{few}?))?(?: (?:sobre|acerca de|acerca del) (?P<about>{thing}))?{end}`},
	{name: "cita", route: Quotations, example: "cita a Yousafzai", match: `(?:cita|cite|citar|puedes citar) (?:a )?(?P<who>{few}?)(?: (?:sobre|acerca de) (?P<about>{thing}))?`},

	{name: "cronología", route: Timeline, example: "dame una cronología", match: `(?:{give} )?{all} ?(?:cronologia|linea de tiempo|linea del tiempo|linea temporal|orden cronologico|secuencia de (?:los )?(?:hechos|eventos)|lista cronologica)(?: (?:de (?:los )?(?:hechos|eventos|acontecimientos)|(?:de|del|sobre) (?P<about>{thing}?)))?{end}`},
	{name: "qué cuándo", route: Timeline, example: "¿qué pasó cuándo?", match: `(?:que (?:paso|ocurrio|sucedio) (?:y )?cuando|cuando (?:paso|ocurrio|sucedio) (?:que|cada cosa)|en que orden(?: \S+){1,6}|(?:{give} )?{all} ?(?:fechas|eventos|hechos|acontecimientos)(?: (?:en orden|por orden|mencionadas|importantes|clave|en orden cronologico))*{in}|que (?:fechas|eventos) (?:hay|se mencionan|aparecen)){in}`},

	{name: "autor", route: Metadata, field: ByAuthor, example: "¿quién escribió esto?", match: `(?:quien|quienes) (?:escribio|ha escrito|redacto|publico|escribe)(?: {doc})?|(?:quien es |cual es )?(?:el |la )?(?:autor|autora|periodista|nombre del autor)(?: (?:de|del) ?(?:{doc}|{noun}))?|por quien (?:fue|esta) escrito(?: {doc})?|de quien es {doc}`},
	{name: "fecha de publicación", route: Metadata, field: ByDate, example: "¿cuándo se publicó el artículo?", match: `(?:cuando|que dia|en que ano) (?:se (?:publico|escribio)|fue (?:publicado|escrito|publicada|escrita)|salio|aparecio)(?: {doc})?|(?:cual es )?(?:la )?fecha(?: de (?:publicacion|salida)| del {noun})|de cuando es {doc}`},
	{name: "fuente", route: Metadata, field: BySource, example: "¿cuál es la fuente?", match: `(?:cual es |cuales son )?(?:la |las |tu |tus )?fuentes?(?: (?:de|del) ?(?:{doc}|{noun}))?|de donde (?:viene|es|sale|proviene) {doc}|en que (?:periodico|revista|sitio|diario)(?: \S+){0,5}`},
	{name: "dirección", route: Metadata, field: ByAddress, example: "dame el enlace", match: `(?:{give} )?(?:cual es )?(?:el |la |un )?(?:enlace|url|link|direccion(?: web)?)(?: (?:de|del|al) ?(?:{doc}|{noun}))?`},
	{name: "título", route: Metadata, field: ByTitle, example: "¿cuál es el título?", match: `(?:cual es )?(?:el )?titulo(?: (?:de|del) ?(?:{doc}|{noun}))?|como se (?:llama|titula) {doc}`},
	{name: "longitud", route: Metadata, field: ByLength, example: "¿qué longitud tiene el texto?", match: `(?:que |cual es la )?(?:longitud|extension)(?: (?:tiene|de|del) ?(?:{doc}|{noun}))|(?:cuantas|cuantos) (?:palabras|parrafos|paginas|lineas)(?: \S+){0,4}|(?:que tan largo|como de largo|cuan largo) es {doc}`},

	{name: "algo sobre", route: Documents, example: "¿sabes algo sobre vallas?", match: `(?:sabes|tienes|hay|conoces|sabe|tiene|tienen) (?:algo|informacion|algun documento|documentos|algun articulo|articulos|alguna informacion) (?:sobre|acerca de|de|del|respecto a) (?P<about>{thing})|que sabes (?:de|del|sobre|acerca de) (?P<about2>{thing})`},
	{name: "qué documentos", route: Documents, example: "¿qué documentos tienes?", match: `(?:que|cuales|cuantos|cuales son los) (?:documentos|articulos|textos|archivos|fuentes|temas) (?:tienes|hay|conoces|tiene|estan (?:disponibles|cargados)|puedes \S+)|(?:{give} )?(?:la |una )?(?:lista (?:de )?)?{all} ?(?:tus |mis )?(?:documentos|articulos|textos|archivos)(?: (?:disponibles|que tienes))?{end}|(?:sobre que|que|de que) (?:puedo|se puede) (?:preguntarte|preguntar|preguntarle)`},
}
