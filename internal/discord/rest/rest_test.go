package rest

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

// What Discord allows to the bot in a second is parted among the processes that have shards, as they come and go.
func TestRequestsAreShared(t *testing.T) {
	among := 1
	c := New("", "token", nil, func() int { return among })
	for _, test := range []struct{ among, burst int }{
		{1, requestsBurst}, {2, requestsBurst / 2}, {40, 1}, {1, requestsBurst},
	} {
		among = test.among
		c.share()
		if want := rate.Limit(requestsSecond) / rate.Limit(among); c.rate.Limit() != want || c.rate.Burst() != test.burst {
			t.Errorf("one of %d: %v a second, %d at once; want %v, %d", among, c.rate.Limit(), c.rate.Burst(), want, test.burst)
		}
	}
}

// Answers that Discord counts as of invalid requests are few enough for all processes of one address, however many of
// them are refused; what is of others, or well, does not count.
func TestInvalidRequests(t *testing.T) { synctest.Test(t, testInvalidRequests) }

func testInvalidRequests(t *testing.T) {
	c := New("", "token", nil, func() int { return 4 })
	c.share()
	answer := func(status int, scope string) {
		c.invalid(&http.Response{StatusCode: status, Header: http.Header{"X-Ratelimit-Scope": {scope}}})
	}
	for range 2 * maxInvalid {
		answer(http.StatusOK, "")
		answer(http.StatusNotFound, "")
		answer(http.StatusTooManyRequests, "shared")
	}
	began, refused := time.Now(), 0
	for time.Since(began) < invalidTime {
		for _, status := range []int{http.StatusForbidden, http.StatusUnauthorized, http.StatusTooManyRequests} {
			if time.Sleep(time.Until(c.banned)); time.Since(began) < invalidTime {
				answer(status, "user")
				refused++
			}
		}
	}
	if most := 2 * maxInvalid / 4; refused < most*9/10 || refused > most+1 {
		t.Errorf("%d requests are refused in %v, want at most %d", refused, invalidTime, most)
	}
}
