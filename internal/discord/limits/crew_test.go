package limits

import (
	"testing"
	"testing/synctest"
)

func TestCrew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := Crew{Limit: 2}
		release := make(chan struct{})
		for n := range 3 {
			if ok := c.Do(func() { <-release }); ok != (n < 2) {
				t.Errorf("%d: %t", n, ok)
			}
		}
		idle := c.Wait()
		synctest.Wait()
		select {
		case <-idle:
			t.Error("idle with work to do")
		default:
		}
		close(release)
		<-idle
		<-c.Wait()
	})
}
