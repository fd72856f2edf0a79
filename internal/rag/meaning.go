package rag

// Meaning says what the vectors of an embedder are worth. The zero value leaves them out.
type Meaning struct {
	Kind MeaningKind
	// Weight is the share of the cosine in a passage's score, 0 to 1: see fused.score.
	Weight float64
	// Yield is how much more the cosine counts where words know nothing of the question: the share grows by it, times what
	// the best passage lacks of the question's weight.
	Yield float64
	// Unrelated is the cosine that texts have which have nothing to do with one another. Models differ widely in it. 0
	// means that the engine finds out with a few sentences of its own.
	Unrelated float64
	// Heads says that what is embedded of a passage begins with the title of its document and its heading.
	Heads bool
}

// Unmeasured stands for the cosine of unrelated texts where it could not be found out: cosines then say nothing of
// whether passages answer.
const Unmeasured = 1

// A MeaningKind is what kind of embedder vectors come from.
type MeaningKind int

// The kinds of embedder.
const (
	WordKind     MeaningKind = iota // hashed words, or none: the vectors say nothing that the words do not
	TableKind                       // a table of word vectors
	SentenceKind                    // a model that reads sentences

)

// WordsAlone leaves the vectors out: those of hashed words change no answer.
func WordsAlone() Meaning { return Meaning{} }

// StaticTable is for a table of word vectors. Fitted with the built-in one.
func StaticTable() Meaning { return Meaning{Kind: TableKind, Weight: 0.10, Yield: 1.5} }

// SentenceModel is for a model that reads whole sentences. Fitted with all-MiniLM-L6-v2.
func SentenceModel() Meaning { return Meaning{Kind: SentenceKind, Weight: 0.60, Yield: 1} }
