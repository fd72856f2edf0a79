package words

import (
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// Stem reduces a folded word to its English Snowball stem (https://snowballstem.org/algorithms/english/stemmer.html). Words of
// other scripts come back unchanged.
func Stem(word string) string {
	if len(word) < 3 || word[0] >= utf8.RuneSelf || word[0] < 'a' {
		return word
	}
	if s, ok := irregular[word]; ok {
		return s
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// irregular forms share the stem of the word they belong to; the Snowball rules see suffixes only.
var irregular = map[string]string{
	"men": "man", "women": "woman", "children": "child", "people": "peopl", "feet": "foot", "teeth": "tooth", "mice": "mous",
	"began": "begin", "begun": "begin", "became": "becom", "bought": "buy", "brought": "bring", "built": "build",
	"came": "come", "chose": "choos", "chosen": "choos", "drew": "draw", "drawn": "draw", "fell": "fall", "fallen": "fall",
	"felt": "feel", "fought": "fight", "found": "find", "gave": "give", "given": "give", "went": "go", "gone": "go",
	"grew": "grow", "grown": "grow", "held": "hold", "kept": "keep", "knew": "know", "known": "know", "laid": "lay",
	"led": "lead", "left": "leav", "lent": "lend", "lost": "lose", "made": "make", "meant": "mean", "met": "meet",
	"paid": "pay", "ran": "run", "rose": "rise", "risen": "rise", "said": "say", "saw": "see", "seen": "see", "sent": "send",
	"sold": "sell", "shot": "shoot", "spent": "spend", "spoke": "speak", "spoken": "speak", "stood": "stand",
	"stolen": "steal", "stole": "steal", "sought": "seek", "struck": "strike", "taught": "teach", "took": "take", "taken": "take",
	"thought": "think", "told": "tell", "understood": "understand", "withdrew": "withdraw", "withdrawn": "withdraw",
	"won": "win", "wrote": "write", "written": "write", "died": "die", "dying": "die", "threw": "throw", "thrown": "throw",
	"broke": "break", "broken": "break", "drove": "drive", "driven": "drive", "ate": "eat", "eaten": "eat", "flew": "fli",
	"flown": "fli", "forgot": "forget", "forgotten": "forget", "hid": "hide", "hidden": "hide", "swore": "swear", "sworn": "swear",
	"sang": "sing", "sung": "sing", "sank": "sink", "sunk": "sink", "slept": "sleep", "swept": "sweep", "wore": "wear", "worn": "wear",
	"american": "us.", "americans": "us.", "america": "us.", "usa": "us.", "british": "britain", "french": "franc", "german": "germani", "germans": "germani",
	"strengthen": "strong", "strengthened": "strong", "strengthens": "strong", "strengthening": "strong", "strength": "strong",
	"weaken": "weak", "weakened": "weak", "widen": "wide", "widened": "wide", "shorten": "short", "shortened": "short",
	"owner": "own", "owners": "own", "founder": "found", "founders": "found",
	"builder": "build", "builders": "build", "maker": "make", "makers": "make",
	"winner": "win", "winners": "win", "designer": "design", "designers": "design",
	"inventor": "invent", "inventors": "invent", "creator": "creat", "creators": "creat", "producer": "produc", "producers": "produc",
	"manager": "manag", "managers": "manag", "employer": "employ", "employers": "employ", "worker": "work", "workers": "work",
	"teacher": "teach", "teachers": "teach",
	"buyer": "buy", "buyers": "buy", "seller": "sell", "sellers": "sell", "ruler": "rule", "rulers": "rule",
	"composer": "compos", "composers": "compos", "painter": "paint", "painters": "paint",
	"spokesman": "speak", "spokeswoman": "speak", "spokesperson": "speak", "spokesmen": "speak",
	"stronger": "strong", "strongest": "strong", "weaker": "weak", "weakest": "weak", "larger": "larg", "largest": "larg", "bigger": "big",
	"biggest": "big", "higher": "high", "highest": "high", "lower": "low", "lowest": "low", "older": "old", "oldest": "old",
	"younger": "young", "youngest": "young", "longer": "long", "longest": "long", "shorter": "short", "shortest": "short",
	"faster": "fast", "fastest": "fast", "greater": "great", "greatest": "great", "smaller": "small", "smallest": "small",
	"closer": "close", "closest": "close", "richer": "rich", "richest": "rich", "poorer": "poor", "harder": "hard", "deeper": "deep",
	"death": "die", "deaths": "die", "dead": "die",
}
