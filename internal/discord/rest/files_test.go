package rest

import (
	"net/url"
	"slices"
	"testing"
)

// Files come from Discord's own hosts, or from this machine where the bot is pointed at it.
func TestWhereFilesAre(t *testing.T) {
	ours, local := &Files{}, &Files{local: true}
	for address, want := range map[string][2]bool{ // for the real Discord, for one on this machine
		"https://cdn.discordapp.com/attachments/1/2/a.md?ex=1": {true, true},
		"https://media.discordapp.net/attachments/1/2/a.md":    {true, true},
		"http://cdn.discordapp.com/a.md":                       {false, false},
		"https://cdn.discordapp.com:444/a.md":                  {false, false},
		"https://x@cdn.discordapp.com/a.md":                    {false, false},
		"https://cdn.discordapp.com.example.org/a.md":          {false, false},
		"https://discord.com/a.md":                             {false, false},
		"http://127.0.0.1:8080/a.md":                           {false, true},
		"http://[::1]:8080/a.md":                               {false, true},
		"http://localhost/a.md":                                {false, true},
		"http://169.254.169.254/latest":                        {false, false},
		"http://127.0.0.1.example.org/":                        {false, false},
		"file:///etc/passwd":                                   {false, false},
		"":                                                     {false, false},
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]bool{ours.allows(u), local.allows(u)}; got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func FuzzWhereFilesAre(f *testing.F) {
	f.Add("https://cdn.discordapp.com/a")
	f.Add("https://user@media.discordapp.net/")
	f.Fuzz(func(t *testing.T, address string) {
		u, err := url.Parse(address)
		if err == nil && (&Files{}).allows(u) && (u.Scheme != "https" ||
			!slices.Contains([]string{"cdn.discordapp.com", "media.discordapp.net"}, u.Hostname())) {
			t.Errorf("%s may be read", address)
		}
	})
}
