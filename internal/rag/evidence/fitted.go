package evidence

import "pilcrow/internal/rag"

// fittedWeights are those of a logistic regression: one for each of Features.Values, and the bias.
type fittedWeights struct {
	of   [Count]float64
	bias float64
}

// evidenceWeights returns the weights for evidence with a meaning of that kind, of one document or of several, as
// tools/fit printed them; those with a table by -embedder table -every 3 evidence. Those of sentence models and of
// words alone are from before the last values were there, and one document was told from several: what is new counts
// for nothing with them.
func evidenceWeights(kind rag.MeaningKind, alone bool) fittedWeights {
	switch kind {
	case rag.SentenceKind:
		return fittedWeights{[Count]float64{
			5.05, 0.46, -1.29, -0.78, 0.44, 0.44, -0.42, -0.11, 0.19, 0.41, -2.64, -0.62, -1.21, 0.21, -4, -3, -2.5, -0.34, 0.38,
			6.38,
		}, -4.50}
	case rag.TableKind:
		if alone {
			return fittedWeights{[Count]float64{
				1.46, 0.82, -0.36, -1.05, 0.80, 0.14, -0.47, -0.11, -0.11, 0.58, -2.03, -0.50, -1.18, 0.16,
				-3.73, -3.00, -2.25, -0.84, -1.02, 2.23, 0.88, 0.64, 1.55, 3.27, 0, 0,
			}, -5.07}
		}
		return fittedWeights{[Count]float64{
			1.65, 0.81, 0.99, -0.57, 0.90, 0.42, -0.02, -0.03, -0.27, 0.34, -0.97, -0.49, -0.90, -0.27,
			-3.90, -3.00, -2.42, -1.18, -1.07, 1.52, 3.29, 3.06, 1.48, 2.97, 2.50, 0.76,
		}, -9.27}
	}
	return fittedWeights{[Count]float64{
		3.27, 1.93, 1.36, -0.69, 0.93, 0.64, -0.14, -0.05, -0.28, 0.41, -2.53, -0.63, -0.47, -0.93, -4, -3, -2.38, -0.98,
		-1.21,
		0, 3.73, -0.01, 0, 0,
	}, -6.11}
}

// topicWeight is that of Features.Topic, by tools/fit -embedder table topic. The others were fitted before it, on texts
// without headings.
const topicWeight = 1.59
