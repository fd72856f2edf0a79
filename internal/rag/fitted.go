package rag

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
func StaticTable() Meaning { return Meaning{Kind: TableKind, Weight: 0.10, Yield: 0.6} }

// SentenceModel is for a model that reads whole sentences. Fitted with all-MiniLM-L6-v2.
func SentenceModel() Meaning { return Meaning{Kind: SentenceKind, Weight: 0.60, Yield: 1} }

// fittedWeights are those of a logistic regression: one for each of Evidence.Values, and the bias.
type fittedWeights struct {
	of   [EvidenceValues]float64
	bias float64
}

// HandSet are the weights that are not fitted: they are for what is rare in the data. Nobody's words can be given who says nothing, nobody named
// who holds an office that no document speaks of, and no price told where there is no sum.
func HandSet() Evidence { return Evidence{Silent: -4, Office: -3, Untold: -2.5} }

// WordWeights are the weights of evidence without a meaning.
func WordWeights() [EvidenceValues]float64 { return evidenceWeights(WordKind).of }

// evidenceWeights returns the weights for evidence with a meaning of that kind.
func evidenceWeights(kind MeaningKind) fittedWeights {
	e, bias := HandSet(), -1.58
	switch kind {
	case SentenceKind:
		bias = -4.50
		e.Window, e.Held, e.Passage, e.Names, e.Missing, e.Density, e.Negated = 5.05, 0.46, -1.29, -0.78, 0.44, 0.44, -0.42
		e.Lacks, e.Of, e.Granted, e.Denied, e.Renamed, e.Undated, e.Few = -0.11, 0.19, 0.41, -2.64, -0.62, -1.21, 0.21
		e.Unknown, e.Absent, e.Near = -0.34, 0.38, 6.38
	case TableKind:
		bias = -2.0
		e.Window, e.Held, e.Passage, e.Names, e.Missing, e.Density, e.Negated = 1.97, 1.15, 0.99, -0.78, 0.92, 0.67, -0.32
		e.Lacks, e.Of, e.Granted, e.Denied, e.Renamed, e.Undated, e.Few = -0.20, -0.04, 0.27, -1.84, -0.47, -0.65, -0.40
		e.Unknown, e.Absent, e.Near = -0.95, -1.67, 1.0
	default:
		e.Window, e.Held, e.Passage, e.Names, e.Missing, e.Density, e.Negated = 1.97, 1.15, 0.99, -0.78, 0.92, 0.67, -0.32
		e.Lacks, e.Of, e.Granted, e.Denied, e.Renamed, e.Undated, e.Few = -0.20, -0.04, 0.27, -1.84, -0.47, -0.65, -0.40
		e.Unknown, e.Absent = -0.95, -1.67
	}
	return fittedWeights{of: e.Values(), bias: bias}
}
