package words

import "pilcrow/internal/lexicon"

// IsStop reports whether a folded word carries no meaning of its own in a question: a function word, or one of the
// ways to type one in a chat.
func IsStop(word string) bool { return stopWords[word] }

// The function words of English by class (determiners, pronouns, prepositions, conjunctions, auxiliaries, wh-words and
// the adverbs that only link), followed by how chats spell some of them.
var stopWords = lexicon.List("stop-words")
