package words

import "strings"

// IsStop reports whether a folded word carries no meaning of its own in a question: a function word, or one of the
// ways to type one in a chat.
func IsStop(word string) bool { return stopWords[word] }

// The function words of English by class (determiners, pronouns, prepositions, conjunctions, auxiliaries, wh-words and the adverbs that
// only link), followed by how chats spell some of them.
var stopWords = set(`
a an the this that these those each every either neither some any such no not nor
i me my mine myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
it its itself they them their theirs themselves one ones us
of in on at by for with about against between into through during before after above below to from up down out off over under
upon within without among toward towards onto across per via as than like since until till
and or but if while because so though although whether both then else however also too
am is are was were be been being isn't aren't wasn't weren't do does did doing done don't doesn't didn't
have has had having haven't hasn't hadn't can could may might must shall should will would can't cannot couldn't won't wouldn't
shouldn't i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll
who whom whose which what when where why how who's what's where's when's how's why's there here there's
again once just only very more most other own same ever
abt btw btwn n r u ur pls plz whos whats wheres whens hows whys didnt doesnt dont isnt wasnt wont cant hes shes theyre im ive
gonna wanna gotta lol lmao tbh idk ok okay hey hi hello please thanks thx s t d ll re ve m
`)

func set(list string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
