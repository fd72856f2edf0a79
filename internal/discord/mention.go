package discord

import (
	"strings"

	"pilcrow/internal/commands"
)

// maxSnowflake is how many digits an id has at most: 64 bits.
const maxSnowflake = 20

// mentions name the block's channels and roles as Discord shows them. Nobody is called: every message that we send goes
// without mentions. What is no id is left out, as it would be markup of somebody else's.
func mentions(block commands.Block) []word {
	var words []word
	add := func(open string, ids []string) {
		for _, id := range ids {
			if id != "" && len(id) <= maxSnowflake && strings.Trim(id, "0123456789") == "" {
				words = append(words, word{segs: []seg{{text: open + id + ">"}}, sep: 1})
			}
		}
	}
	add("<#", block.Channels)
	add("<@&", block.Roles)
	return words
}
