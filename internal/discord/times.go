package discord

import (
	"time"

	"pilcrow/internal/discord/gateway"
)

// times are how long things take. Only tests change them.
type times struct {
	gateway  *gateway.Times
	ack      time.Duration // an interaction must be acknowledged within
	instant  time.Duration // an answer that is there by then is the first response to an interaction
	queue    time.Duration // a question may wait for its turn
	run      time.Duration // a command may run, whatever its own limit says
	overstay time.Duration // a command that does not end when it should is left alone after
	send     time.Duration // an answer may be delivered
	typing   time.Duration // between two typing indicators
	first    time.Duration // a message is answered without stages within
	stage    time.Duration // between two stages of an answer
	spare    time.Duration // before a stage is tried again that had to make way
	show     time.Duration // one stage may be on its way
	linger   time.Duration // an answer waits for a stage on its way
	settle   time.Duration // after an answer, before it is shown again because a stage was given up
	adopt    time.Duration // between two looks for questions of processes that died
	hurry    time.Duration // of the grace, what is kept for telling people that their answer will not come
	grace    time.Duration // from the end of Run's context to the end of Run
}

var defaultTimes = times{
	ack:      2800 * time.Millisecond,
	instant:  300 * time.Millisecond,
	queue:    2 * time.Minute,
	run:      5 * time.Minute,
	overstay: 2 * time.Second,
	send:     2 * time.Minute,
	typing:   8 * time.Second, // Discord shows it for ten
	first:    time.Second,
	stage:    time.Second,
	spare:    200 * time.Millisecond,
	show:     5 * time.Second,
	linger:   time.Second,
	settle:   3 * time.Second,
	adopt:    5 * time.Second,
	hurry:    5 * time.Second,
	grace:    20 * time.Second,
}
