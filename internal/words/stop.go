package words

import "pilcrow/internal/lexicon"

// IsStop reports whether a folded word carries no meaning of its own in a question: a function word, or one of the
// ways to type one in a chat.
func IsStop(word string) bool { return stopWords[word] }

// The function words of English by class (determiners, pronouns, prepositions, conjunctions, auxiliaries, wh-words and the adverbs that
// only link), followed by how chats spell some of them.
var stopWords = lexicon.Set(`
a an the this that these those
i me my you your he him his she her it its we us our they them their
of in on at by for with about from to up as than
and or but if while because so though
am is are was were be been being do does did have has had can could may might must shall should will would
isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't
i'm you're we're they're i've you've we've they've i'd you'd i'll you'll he's she's it's
who whom whose which what when where why how who's what's where's when's how's there there's
abt btw btwn vs versus n r u ur pls plz whos whats wheres whens hows whys didnt doesnt dont isnt wasnt wont cant hes shes theyre im ive
gonna wanna gotta lol lmao tbh idk ok okay hey hi hello please thanks thx s t d ll re ve
`)
