package discord

import (
	"time"

	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/gateway"
)

// times are how long things take. Only tests change them.
type times struct {
	gateway  *gateway.Times
	delivery *delivery.Times
	queue    time.Duration // a question may wait for its turn
	run      time.Duration // a command may run, whatever its own limit says
	overstay time.Duration // a command that does not end when it should is left alone after
	send     time.Duration // an answer may be delivered
	adopt    time.Duration // between two looks for questions of processes that died
	hurry    time.Duration // of the grace, what is kept for telling people that their answer will not come
	grace    time.Duration // from the end of Run's context to the end of Run
}

var defaultTimes = times{
	queue:    2 * time.Minute,
	run:      5 * time.Minute,
	overstay: 2 * time.Second,
	send:     2 * time.Minute,
	adopt:    5 * time.Second,
	hurry:    5 * time.Second,
	grace:    20 * time.Second,
}
