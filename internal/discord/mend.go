package discord

import (
	"context"

	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/rest"
)

// mendOthers ends what processes left open that died while this one runs, until ctx ends.
func (b *Bot) mendOthers(ctx context.Context) {
	if !b.fleet.Cluster() {
		return
	}
	for rest.Sleep(ctx, b.times.adopt) == nil {
		b.beginning.Lock()
		begun := b.identity.Load() != nil && len(b.leftOpen) == 0
		b.beginning.Unlock()
		if !begun {
			continue
		}
		b.mending.Do(func() { // if nothing is being ended: it would wait in vain
			if open := b.journal.Adopt(ctx); len(open) > 0 {
				b.mender.End(ctx, open)
			}
		})
	}
}

// neglected tells that a process took the question and died before Discord knew of it: nothing is there that could be
// ended.
func (b *Bot) neglected(ctx context.Context, q question) bool {
	at, ok := q.place.(*delivery.Interaction)
	if !ok || !q.retold {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, b.times.send)
	defer cancel()
	_, err := at.Original(ctx)
	return rest.HasCode(err, callback.Unacknowledged...)
}
