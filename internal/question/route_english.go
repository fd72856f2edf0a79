package question

// englishParts are words that the rules below have in common. A document is "this" or "the article"; "the report" and
// "the letter" may be things that a document speaks of, and stand for it behind "this" only.
var englishParts = map[string]string{
	"noun":  `(?:article|document|text|page|file|pdf|post|doc)s?`,
	"doc":   `(?:this|it|the (?:report|manual|faq|letter|paper|news)|(?:the|this|that|your|my|these|those|all the|all these|all)(?: whole| entire| attached| loaded)? {noun}|(?:this|that)(?: whole)? (?:story|report|piece|paper|book|manual|faq|letter|essay|thing|one|news|site|chapter)|(?:the|this|that) (?:whole )?(?:story|piece))`,
	"indoc": `(?: (?:in|within|from|by|of|for) {doc}| here| in here| in there| there)?`,
	"ask":   `(?:please |just )?(?:can you |could you |will you |would you |you )?(?:please )?(?:i (?:need|want|would like) (?:you to )?)?`,
	"give":  `(?:give me|show me|show|get me|find me|find|make me|make|write me|write|provide|provide me with|do|send me|post|create|have|i need|i want|i would like|let me see|list|tell me)`,
	"some":  `(?:a |an |the |some |any |all |all the |every |each |me )?`,
	"short": `(?:short |brief |quick |small |little |concise |complete |full |general |rough |one sentence |very short |good )*`,
	"say":   `(?:say|said|says|tell|told|claim|claims|claimed|state|states|stated|think|comment|announce|announced|reply|respond|argue|argued|promise|promised|warn|warned|write)`,
	"about": `(?:about|on|regarding|concerning|of|to)`,
	"thing": `(?:\S+ ){0,7}?\S+`,
	"noun5": `(?:\S+ ){0,4}?\S+`,
}

var englishRoutes = []routeRule{
	// What nobody wants answered from the documents.

	{name: "what the text says of it", route: NoRoute, example: "what does the article say about the fence?",
		match: `(?:what|anything) (?:does|do|did|has|have|can) (?:{doc}|they|one) (?:{say}|mention)(?: us| me)? {about} (?P<about>{thing})`},
	{name: "somebody's words", route: Quotations, example: "what did Ada Lovelace say about the engine?",
		match: `(?:and )?(?:what|whatever) (?:exactly )?(?:did|does|do|has|have|had) (?P<who>{noun5}?) (?:exactly |actually |really |literally )?(?:say|said|tell (?:us|reporters|the press|me|journalists|people|the (?:paper|newspaper|magazine|radio|agency|court|jury|council|committee|public))|told (?:us|reporters)|claim|claimed|comment|state|stated|announce|remark)(?: (?:{about} (?P<about>{thing})|exactly|word for word|in (?:his|her|their) own words))?{indoc}|(?:word for word|verbatim|literally|exactly) what (?:did|does|do|has|have|had) (?P<who2>{noun5}?) (?:say|said)(?: {about} (?P<about2>{thing}))?|how (?:did|does|do) (?P<who3>{noun5}?) put (?:it|this|that)|what (?:is|are|was|were) (?P<who4>{noun5}?) (?:quoted|cited) (?:with|as|as saying|saying)(?: {about} (?P<about3>{thing}))?|(?:{ask}{give} |repeat )(?:exactly )?what (?P<who5>{noun5}?) (?:said|says|has said)(?: {about} (?P<about4>{thing}))?(?: word for word)?|what (?:exact )?words (?:did|does|do|has|have) (?P<who7>{noun5}?) (?:use|used|say|choose)|what does {doc} quote (?P<who6>{noun5}?) as saying`},
	{name: "exact words", route: Quotations, example: "what were the minister's exact words?",
		match: `(?:what (?:is|are|was|were) |{ask}{give} |find |cite )?(?:the )?(?:exact|precise|original|literal|actual) (?:words|quote|quotes|wording|statement) (?:of|by|from) (?P<who>{noun5}?)(?: {about} (?P<about>{thing}))?|what (?:is|are|was|were) (?P<who2>{noun5}?) (?:(?:exact |precise |actual |literal |own )?words|words exactly)(?: {about} (?P<about2>{thing}))?|(?:{ask}{give} )?(?:the )?(?P<who3>\S+(?: \S+)?) (?:exact |own )?(?:words|quotes?|quotations?)(?: {about} (?P<about3>{thing}))?(?: please)?`},
	{name: "a quotation about", route: Quotations, example: "any quotes about the drone?",
		match: `{ask}(?:{give} |do you have |are there |is there |got |with )?{some}(?:good |direct |exact |literal )?(?:quotes?|quotations?|citations?|statements?)(?: (?:by|from|of) (?P<who>{noun5}?))?(?: (?:about|on|regarding|concerning) (?P<about>{thing}))?{indoc}`},
	{name: "quote somebody", route: Quotations, example: "quote Yousafzai on the Taliban",
		match: `{ask}(?:quote|cite) (?:me )?(?:what )?(?P<who>{noun5}?)(?: (?:said|says|has said|told us))?(?: (?:about|on|regarding|concerning) (?P<about>{thing}))?{indoc}`},

	{name: "anything about", route: Documents, example: "do you know anything about fences?",
		match: `(?:(?:do|does|did|have|has|is|are|can|got|would|could) ?(?:you|it|there|{doc}|your documents|the documents|they|we|any of the {noun}|any of your {noun})? ?(?:already )?(?:know|have|has|find|got|contain|say|mention|tell me|tell|heard|hear|read|cover|include)? ?)?(?:anything|something|any (?:information|documents?|articles?|texts?|news|details|data|facts|stories|material)|some information|a document|an article|documents|articles|information|a lot|much)(?: (?:here|there|in here|in there|in it|known|written|in your documents|in the documents|else))? (?:about|on|regarding|concerning|of|for|that mentions?|mentioning) (?P<about>{thing}?)(?: (?:in|among) (?:your|the|these|my|all) (?:documents|articles|texts|files|library))?`},
	{name: "what it knows about", route: Documents, example: "what do you know about the harbor?",
		match: `what (?:do you|does the bot|can you tell me|do we|can you find|do the documents|else do you|do you all|all do you) ?(?:know|say|have|find)? (?:about|on|regarding|of) (?P<about>{thing})|(?:do you |are you )?(?:know|familiar) (?:about|with) (?P<about2>{thing})|which (?:document|article|text|file)s? (?:is|are|talks?|speaks?|deals?|mentions?|says?|tells?|has|have|contains?)(?: (?:about|with|something about|of|anything about|information on))* (?P<about3>{thing})`},
	{name: "counting mentions", route: Counting, example: "how often is the border mentioned?",
		match: `(?:how many times|how often|count how (?:often|many times)) (?:is|are|was|were|does|do|has|have|did)? ?(?:(?:{doc}|they) (?:mention|name|say|use|refer to) (?P<about>{noun5})|(?:the (?:word|name|term|phrase) )?(?P<about2>{noun5}) (?:is |are |been |get |gets )?(?:mentioned|named|come up|comes up|appear|appears|used|occur|occurs|referred to|said)){indoc}`},
	{name: "what it stands for", route: Definition, example: "what does TTP stand for?",
		match: `what (?:does|do|did|is|are) (?:the )?(?:abbreviation |acronym |letters |initials |word |term |phrase |expression )?(?P<about>{noun5}?) (?:stand for|stands for|short for|mean|means|meant|an abbreviation (?:of|for)|refer to|abbreviated for)(?: (?:here|anyway|in {doc}|in this context|by that))?`},
	{name: "the meaning of", route: Definition, example: "meaning of GM",
		match: `(?:what is |{ask}{give} |explain )?(?:the |a )?(?:exact )?(?:meaning|definition|full form|full name|long form|abbreviation|acronym|sense) (?:of |for )?(?:the (?:word|term|abbreviation) )?(?P<about>{noun5})`},
	{name: "compare", route: Comparison, example: "compare the letter and the report",
		match: `{ask}(?:compare|contrast|distinguish(?: between)?) (?P<about>{thing}?) (?:and|with|to|vs|versus|against|from) (?P<other>{thing})|{ask}compare (?P<about2>(?:how |the |these |those |both )*{thing})`},
	{name: "difference", route: Comparison, example: "what is the difference between a plot and a half plot?",
		match: `(?:what (?:is|are|s) |{ask}{give} |explain |are there )?(?:the |any |a )?(?:main |key |big |biggest |exact )?(?:differences?|similarities|similarity|distinction|contrast|comparison) (?:between|of|in) (?P<about>{thing}?) (?:and|to|from|vs|versus) (?P<other>{thing})|what (?:is|are|s) (?:the )?(?:differences?|similarities) (?:between|of|in) (?P<about2>{thing})`},
	{name: "how they differ", route: Comparison, example: "how do the letter and the report differ?",
		match: `(?:how|in what way|where) (?:do|does|did|are|is) (?P<about>{thing}?) (?:and|compared to|different from|differ from|differs from|compare to|compare with|compared with) (?P<other>{thing}?)(?: (?:differ|compare|different|similar|disagree|alike))?|what do (?P<about2>{thing}?) and (?P<other2>{thing}?) have in common|what (?:distinguishes|separates|sets) (?P<about3>{thing}?) (?:apart from|from|and) (?P<other3>{thing})`},
	{name: "versus", route: Comparison, example: "lithium vs alkaline batteries",
		match: `(?P<about>{thing}?) (?:vs|versus|compared to|compared with) (?P<other>{thing})`},
}

// lastRoutes come behind those of all languages: "was" begins a question in two of them.
var lastRoutes = []routeRule{
	{name: "a summary of a thing", route: Summary, example: "give me a summary of the strike",
		match: `{ask}(?:{give} )?{some}{short}(?:summary|overview|synopsis|recap|rundown|gist) (?:of|on) (?P<about>{thing})`},
	{name: "summarize a thing", route: Summary, example: "summarize the harbor report",
		match: `{ask}(?:summari[sz]e|sum up|recap) (?P<about>{thing})`},
	{name: "mentions of", route: Counting, example: "how many mentions of the fence are there?",
		match: `how many (?:mentions|references|occurrences) of (?P<about>{noun5}?)(?: (?:are there|is there|do you find))?{indoc}`},
	{name: "define", route: Definition, example: "describe what a raft is",
		match: `{ask}(?:define|explain(?: to me)?|describe) (?:me )?(?:what |the (?:word|term|expression|concept of) |who )?(?P<about>{noun5}?)(?: (?:is|are|means|stands for|was))?(?: please)?|{ask}(?:tell me )?what (?P<about3>{noun5}?) (?:is|are|means|stands for)|(?P<about2>{noun5}?) (?:meaning|definition)`},
	{name: "what is meant by", route: Definition, example: "what do you mean by zone A?",
		match: `what (?:is|do you|do they|does (?:it|the article|the text)|are) (?:meant|mean|understood|understand) (?:by|with|under) (?P<about>{noun5})`},
	{name: "what is it", route: Definition, example: "what is a resident permit?",
		match: `(?:who or what|what exactly|what the hell|what) (?:is|are|was|were) (?P<about>{noun5})`},
	{name: "which is more", route: Comparison, example: "which is bigger, lake Orrin or lake Sund?",
		match: `(?:which|what|who)(?: one| of them| of the two)? (?:is|are|was|were|has|have|costs?|lasts?) (?:the )?(?:\S+er|more \S+|less \S+|better|worse|more|less) (?:than )?(?P<about>{thing}?) or (?P<other>{thing})|(?P<about2>{noun5}?) or (?P<other2>{noun5}?) (?:which|what|who)(?: one| of them| of the two)? (?:is|are|was|were|has|have|costs?|lasts?|takes?|needs?|weighs?|comes?) (?:the )?(?:\S+er|more(?: \S+)?|less(?: \S+)?|better|worse|first|cheaper)`},
	{name: "which does more", route: Comparison, example: "who earns more, nurses or teachers",
		match: `(?:which|what|who)(?: one| of them| of the two)? (?:is |are |was |were )?(?:\S+ )?(?:the )?(?:\S+er|more(?: \S+)?|less(?: \S+)?|better|worse|most|least|first) (?P<about>{noun5}?) or (?P<other>{noun5})|(?:is|was|would) it (?:\S+er|more \S+|less \S+) (?:to )?(?P<about2>{noun5}?) or (?:to )?(?P<other2>{noun5})`},
	{name: "one or the other", route: Comparison, example: "tea or coffee?", match: `(?P<about>(?:\S+ )?\S+) (?:or|oder|ou|o) (?P<other>(?:\S+ )?\S+)`},
	{name: "is it more than", route: Comparison, example: "is lithium better than alkaline?",
		match: `(?:is|are|was|were|does|do) (?P<about>{noun5}?) (?:really )?(?:\S+er|more \S+|less \S+|better|worse) than (?P<other>{noun5})`},
	{name: "yes or no", route: YesNo, example: "can i bring a dog?",
		match: `(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|am)(?: not)? (?P<about>(?:\S+ ){0,25}\S+)`},
}
