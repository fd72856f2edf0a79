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
func StaticTable() Meaning { return Meaning{Kind: TableKind, Weight: 0.10, Yield: 1.5} }

// SentenceModel is for a model that reads whole sentences. Fitted with all-MiniLM-L6-v2.
func SentenceModel() Meaning { return Meaning{Kind: SentenceKind, Weight: 0.60, Yield: 1} }

// fittedWeights are those of a logistic regression: one for each of Evidence.Values, and the bias.
type fittedWeights struct {
	of   [EvidenceValues]float64
	bias float64
}

// evidenceWeights returns the weights for evidence with a meaning of that kind, as tools/fit printed them; with a
// table it was told to refuse 3.5 % of the development half. Those of sentence models are from before
// the last four were there, which count for nothing with them.
func evidenceWeights(kind MeaningKind) fittedWeights {
	switch kind {
	case SentenceKind:
		return fittedWeights{[EvidenceValues]float64{
			5.05, 0.46, -1.29, -0.78, 0.44, 0.44, -0.42, -0.11, 0.19, 0.41, -2.64, -0.62, -1.21, 0.21, -4, -3, -2.5, -0.34, 0.38,
			6.38,
		}, -4.50}
	case TableKind:
		return fittedWeights{[EvidenceValues]float64{
			2.09, 1.07, 0.48, -0.68, 1.03, 0.46, -0.13, -0.06, -0.30, 0.23, -2.70, -0.75, -0.66, -0.81, -4, -3, -2.38, -1.27,
			-0.39,
			1.87, 2.39, 0.45, 1.63, 3.50,
		}, -7.30}
	}
	return fittedWeights{[EvidenceValues]float64{
		3.27, 1.93, 1.36, -0.69, 0.93, 0.64, -0.14, -0.05, -0.28, 0.41, -2.53, -0.63, -0.47, -0.93, -4, -3, -2.38, -0.98,
		-1.21,
		0, 3.73, -0.01, 0, 0,
	}, -6.11}
}
