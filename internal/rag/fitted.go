package rag

// What tools/fit measured on its development split, by the kind of embedder.

// WordsAlone leaves the vectors out: those of hashed words are the words again, and change no answer.
func WordsAlone() Meaning { return Meaning{} }

// StaticTable is for a table of word vectors.
func StaticTable() Meaning { return Meaning{Weight: 0.35} }

// SentenceModel is for a model that reads whole sentences.
func SentenceModel() Meaning { return Meaning{Weight: 0.5} }
