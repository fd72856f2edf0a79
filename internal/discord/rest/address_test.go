package rest

import "testing"

func TestGatewayAddress(t *testing.T) {
	for url, ok := range map[string]bool{"wss://gateway.example": true, "ws://127.0.0.1:1": true,
		"ws://gateway.example": false,
		"http://127.0.0.1":     false} {
		if _, err := GatewayURL(url); (err == nil) != ok {
			t.Errorf("gateway %q: %v, want ok %t", url, err, ok)
		}
	}
}
