package articletest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing/fstest"
)

// A Component is one of the invented program that Folder documents.
type Component struct {
	Name, Does, Unit string
	Port, Limit      int // Limit counts Units
	Keep, Retry      int // days that it keeps things; seconds between attempts
	Code             int // of its error
	Image            string
}

// components are what the program is made of. The figures come from the seed.
var components = []Component{
	{Name: "relay", Does: "passes messages between sites", Unit: "messages"},
	{Name: "vault", Does: "keeps passwords and keys", Unit: "secrets"},
	{Name: "gatekeeper", Does: "signs people in", Unit: "sessions"},
	{Name: "ledger", Does: "counts what each team uses", Unit: "entries"},
	{Name: "courier", Does: "sends letters by electronic mail", Unit: "letters"},
	{Name: "lantern", Does: "draws dashboards", Unit: "panels"},
	{Name: "harbor", Does: "stores files", Unit: "files"},
	{Name: "compass", Does: "searches texts", Unit: "queries"},
	{Name: "anvil", Does: "builds container images", Unit: "builds"},
	{Name: "beacon", Does: "raises alarms", Unit: "alarms"},
	{Name: "mason", Does: "makes web pages from templates", Unit: "pages"},
	{Name: "orchard", Does: "runs jobs on a schedule", Unit: "jobs"},
	{Name: "ferry", Does: "copies data between regions", Unit: "copies"},
	{Name: "loom", Does: "joins tables of several sources", Unit: "tables"},
	{Name: "quarry", Does: "collects log lines", Unit: "lines"},
	{Name: "mill", Does: "resizes pictures", Unit: "pictures"},
	{Name: "weir", Does: "holds back traffic that comes too fast", Unit: "requests"},
	{Name: "kiln", Does: "caches answers", Unit: "answers"},
	{Name: "sluice", Does: "streams events to subscribers", Unit: "events"},
	{Name: "belfry", Does: "keeps clocks in step", Unit: "clocks"},
}

// Folder makes the documentation of an invented program: 126 pages in the dialects of Docusaurus, MkDocs, GitHub, Hugo,
// Obsidian and Mintlify, six of each component under the same names. The same seed always makes the same pages.
func Folder(seed uint64) (fstest.MapFS, map[string]Component) {
	random := rand.New(rand.NewPCG(seed, 0))
	folder, byName := fstest.MapFS{}, map[string]Component{}
	write := func(path, text string) { folder[path] = &fstest.MapFile{Data: []byte(text)} }
	var api, changes strings.Builder
	for i, c := range components {
		c.Port, c.Limit = 4000+100*i+random.IntN(90), 50*(2+random.IntN(80))+i
		c.Keep, c.Retry, c.Code = 3+random.IntN(80), 5+random.IntN(90), 100+10*i+random.IntN(9)
		c.Image = fmt.Sprintf("%s-%d.%d", c.Name, 1+random.IntN(5), random.IntN(20))
		byName[c.Name] = c
		for page, text := range c.pages() {
			write(c.Name+"/"+page, text)
		}
		fmt.Fprintf(&api, "- [`%s.start`](%[1]s) %[1]s.stop %[1]s.port %[1]s.limit\n- `%[1]s.configure(port, limit)`\n",
			c.Name)
		fmt.Fprintf(&changes, "## 2.%d.0\n\n- %s: port and limit can be configured, errors are retried, backup keeps "+
			"snapshots.\n- fixes in %s\n\n", i, c.Name, c.Name)
	}
	write("index.md", "---\nhide: [navigation]\n---\n# Tarn {#top}\n\nTarn is a set of twenty small servers that work "+
		"together.\n\n[TOC]\n")
	write("README.md", "# About this folder\n\nThe pages are kept by the people who write Tarn.\n")
	write("CHANGELOG.md", "# Changelog\n\n"+changes.String())
	write("LICENSE.md", "# License\n\nPermission is granted to anybody who has a copy of Tarn to use, change and share "+
		"it, with this notice. No limit, no warranty.\n")
	write("reference/api.md", "# API index\n\n"+api.String())
	write("reference/glossary.md", "# Glossary\n\nSite\n: A place where one set of servers runs.\n\nSnapshot\n: A copy "+
		"of all that a server holds at one moment.\n")
	return folder, byName
}

// pages are a component's pages, by their names.
func (c Component) pages() map[string]string {
	title := strings.ToUpper(c.Name[:1]) + c.Name[1:]
	return map[string]string{
		"index.md": fmt.Sprintf(`---
title: %s
authors:
  - name: The Tarn team
date: 2025-03-0%d 10:00:00 +0200
---

The %s %s. It is one of the servers of [[index|Tarn]]. %%%%say more%%%%

> [!TIP]
> Start it last, after all those that it talks to.
`, title, 1+c.Code%9, c.Name, c.Does),
		"install.mdx": fmt.Sprintf(`---
sidebar_label: Install
sidebar_position: 1
---
import Tabs from '@theme/Tabs';
import TabItem from '@theme/TabItem';

# Install the %[1]s

<Tabs>
<TabItem value="linux" label="Linux">

Add the package and start the service:

`+"```sh\ntarn add %[2]s\nsystemctl start tarn-%[1]s\n```"+`

</TabItem>
<TabItem value="docker" label="Docker">

Pull the image:

`+"```sh\ndocker pull registry.tarn.example/%[2]s\n```"+`

</TabItem>
</Tabs>

:::note[Open the port]
The %[1]s listens on port %[3]d. {/* IPv6 comes later */}
:::
`, c.Name, c.Image, c.Port),
		"configuration.md": fmt.Sprintf(`# Configuration of the %[1]s { #configuration }

The file is `+"`/etc/tarn/%[1]s.toml`"+`. These are the settings:

| Setting | Default | Meaning |
|---|---|---|
| keep_days | %[2]d | How long old %[4]s stay before they are deleted |
| retry_seconds | %[3]d | The pause before a failed attempt is made again |

!!! warning "Restart needed"
    A change takes effect only when the %[1]s is started again.

--8<-- "footer.md"
`, c.Name, c.Keep, c.Retry, c.Unit),
		"limits.md": fmt.Sprintf(`# Limits

## How much it takes

<Info>
One %[1]s takes at most **%[2]d** %[3]s an hour.
</Info>

## When it is too much

What comes above is turned away with status 429, and the sender may try again after a minute.
`, c.Name, c.Limit, c.Unit),
		"troubleshooting.md": fmt.Sprintf(`+++
title = "Trouble with the %[1]s"
date = 2025-01-02T10:00:00+01:00
+++

{{%% tab name="Linux" %%}}
Look into the journal first:

`+"```sh\njournalctl -u tarn-%[1]s --since today\n```"+`
{{%% /tab %%}}

### It says E%[2]d

The disk of the %[1]s is full. Delete old snapshots, then start it again.

### It does not start

{{< note >}}
Another program holds its port. Find out which with `+"`ss -ltnp`"+`.
{{< /note >}}
`, c.Name, c.Code),
		"backup.md": fmt.Sprintf(`---
aliases: [%[1]s backup]
author: "[[Ann Berg]]"
---
# Back up the %[1]s

Make a snapshot like this:

1. Stop the %[1]s.
2. Copy the folder /var/lib/tarn/%[1]s to another machine.
3. Start the %[1]s again.

A snapshot of the %[1]s can be restored on any machine of the same version. ^restore
`, c.Name),
	}
}
