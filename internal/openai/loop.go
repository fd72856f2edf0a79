package openai

const (
	// A draft that ends with so many times the same, over so many bytes, will not end by itself: small models write on like that until
	// their limit, which takes minutes on the machines that they run on.
	loopTimes = 4
	loopBytes = 240
	// maxPeriod is the longest that is looked for, bytes: a paragraph.
	maxPeriod = 600
	// loopEvery is how many new bytes are worth another look.
	loopEvery = 64
)

// A looped notices that a text has begun to repeat itself.
type looped struct{ looked int }

// more is called with all of the text so far, and reports whether it ends with a loop. It costs some thousand comparisons for every
// loopEvery bytes.
func (l *looped) more(text string) bool {
	if len(text) < l.looked+loopEvery {
		return false
	}
	l.looked = len(text)
	for period := 1; period <= maxPeriod; period++ {
		span := max(loopTimes*period, loopBytes)
		if span > len(text) {
			return false
		}
		tail := text[len(text)-span:]
		if tail[period:] == tail[:span-period] {
			return true
		}
	}
	return false
}
