package openai

const (
	// A draft that ends with so many times the same, over so many bytes, will not end by itself: small models write on
	// like that until their limit, which takes minutes on the machines that they run on.
	loopTimes = 4
	loopBytes = 240
	// Lists that number the same sentence take more of it: what differs in its figures alone may be an answer.
	figureTimes = 9
	// maxPeriod is the longest that is looked for, bytes: a paragraph.
	maxPeriod = 600
	// loopEvery is how many new bytes are worth another look.
	loopEvery = 64
)

// A looped notices that a text has begun to repeat itself.
type looped struct{ looked int }

// more is called with all of the text so far, and reports whether it ends with a loop. It costs some thousand
// comparisons for every loopEvery bytes.
func (l *looped) more(text string) bool {
	if len(text) < l.looked+loopEvery {
		return false
	}
	l.looked = len(text)
	return loops(text, loopTimes) || loops(withoutFigures(text[max(0, len(text)-figureTimes*maxPeriod):]), figureTimes)
}

// withoutFigures makes one character of each row of digits.
func withoutFigures(text string) string {
	out := make([]byte, 0, len(text))
	for i := range len(text) {
		digit := text[i] >= '0' && text[i] <= '9'
		switch {
		case !digit:
			out = append(out, text[i])
		case len(out) == 0 || out[len(out)-1] != '0':
			out = append(out, '0')
		}
	}
	return string(out)
}

// loops reports whether the text ends with so many times the same.
func loops(text string, times int) bool {
	for period := 1; period <= maxPeriod; period++ {
		span := max(times*period, loopBytes)
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
