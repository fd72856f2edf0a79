package discord

import "pilcrow/internal/discord/gateway"

// Shards is how each shard of this process does, in order; none until it is known how many there are.
func (b *Bot) Shards() []gateway.ShardState { return b.fleet.Shards() }

// Connected tells whether all shards of this process are connected to Discord's gateway.
func (b *Bot) Connected() bool {
	list := b.fleet.Shards()
	for _, s := range list {
		if !s.Connected {
			return false
		}
	}
	return list != nil // one that has none stands by
}

// Serves tells whether this process gets the events of a server; it is not known while Discord has not said how many
// shards there are.
func (b *Bot) Serves(server string) bool { return b.fleet.Serves(server) }

// Servers are the ids of the servers that have the bot and are of this process's shards; known is false until Discord
// has said which.
func (b *Bot) Servers() (ids []string, known bool) { return b.fleet.Servers() }
