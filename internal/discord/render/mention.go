package render

import (
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/commands"
)

// MaxSnowflake is how many digits an id has at most: 64 bits.
const MaxSnowflake = 20

// mentions name the block's channels and roles as Discord shows them. Nobody is called: every message that we send goes
// without mentions. What is no id is left out, as it would be markup of somebody else's.
func mentions(block commands.Block) []word {
	var words []word
	add := func(open string, ids []string) {
		for _, id := range ids {
			if id != "" && len(id) <= MaxSnowflake && strings.Trim(id, "0123456789") == "" {
				words = append(words, word{segs: []seg{{text: open + id + ">"}}, sep: 1})
			}
		}
	}
	add("<#", block.Channels)
	add("<@&", block.Roles)
	return words
}

// momentEnd is where the moment ends that begins there; 0 for none.
func momentEnd(block commands.Block, at int) int {
	i := slices.IndexFunc(block.Moments, func(m commands.Moment) bool { return m.Start == at })
	if i < 0 {
		return 0
	}
	return block.Moments[i].End
}

// shownMoment is the moment that begins there as Discord's clients write it: how long ago it is, in their language,
// and the day and hour where the reader is when they point at it.
func shownMoment(block commands.Block, at int) seg {
	i := slices.IndexFunc(block.Moments, func(m commands.Moment) bool { return m.Start == at })
	return seg{text: "<t:" + strconv.FormatInt(block.Moments[i].At.Unix(), 10) + ":R>", raw: true}
}

// commandsNamed are commands as Discord shows them: pressed, they begin. ids are those under which Discord knows
// them, by the first word of the name; one that it does not know, or not yet, is written out.
func commandsNamed(block commands.Block, ids map[string]string) []word {
	var words []word
	for i, name := range block.Commands {
		first, _, _ := strings.Cut(name, " ")
		w := word{segs: []seg{{text: "/" + Escape(name)}}}
		if id := ids[first]; id != "" {
			w.segs = []seg{{text: "</" + name + ":" + id + ">", raw: true}}
		}
		w.sep = min(i, 1)
		words = append(words, w)
	}
	return words
}
