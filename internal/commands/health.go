package commands

import (
	"time"

	"pilcrow/internal/convert"
	"pilcrow/internal/store"
)

// Health is what only the program as a whole knows of itself, as of the moment of asking. It is for those who manage
// a server: it holds no key, no address with a password, and nothing that a person asked.
type Health struct {
	Models []string // what answers, embeds and judges, a phrase each; none without a model

	TokensToday int // of all models, since midnight UTC; see package openai for what is counted
	TokenBudget int // for a day; 0 means no budget

	Deposited *Deposited // the vectors that are in the database; nil: all are in memory

	MemoryUsed, MemoryLimit int64 // bytes of the whole program; 0 where nobody knows

	LastReload     time.Time     // when the documents were last read, with success or not; zero: not yet
	LastReloadBy   string        // what asked for it: "start", "signal", "folder", "command"
	LastReloadTook time.Duration //
	// why the documents of before still answer, as file:line where it is a file; "" when it went well
	LastReloadError string

	// what else does not work as it should just now, a sentence each, with since when; none when all is well
	Degraded []string
	Store    []store.Trouble // what is wrong with the database
	Unsure   []Unsure        // files of the folder whose words may be wrong
	Queue    int             // questions that are being answered or wait for it
	Shards   []Shard         // of this process, in order; none outside of Discord
}

// Deposited is how the vectors of large editions are searched that are in the database.
type Deposited struct {
	Vectors int  `json:"vectors"`
	Indexed bool `json:"indexed"` // else they are compared one by one
	// Recall is which share of the ten nearest the index found of so many vectors that were looked for.
	Recall  float64 `json:"recall"`
	Samples int     `json:"samples"`
	Lost    int     `json:"lost"` // documents whose vectors are not there any more
}

// Unsure is a file whose conversion says that words of it may be wrong.
type Unsure struct {
	File string // below the folder of documents
	Note convert.Note
}

// A Shard is one of Count connections that the servers of a large bot are parted into.
type Shard struct {
	ID        int       `json:"shard"`
	Count     int       `json:"of"`
	Connected bool      `json:"connected"`
	Since     time.Time `json:"since,omitzero"` // zero: it never was
}
