package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/store"
)

const (
	othersMay   = 0o077          // of a mode: what the group and everybody else may
	leastSpace  = 200 << 20      // bytes that a day of use does not fill
	oldBackup   = 48 * time.Hour // a copy a day, and one that failed
	clockBehind = 24 * time.Hour // that a file may seem to be of the future
	leastFiles  = 256            // that may be open at once: connections, documents, the database
	born        = "2025-01-01"   // no Pilcrow is older
	data        = "data"         // the name of a line
	privateNote = "chmod go-rwx makes them private: they hold what people gave, and tokens"
)

// surroundings looks at what is around the program: the clock, .env, what it may open.
func (c *checkup) surroundings(now time.Time) {
	first, _ := time.Parse(time.DateOnly, born)
	switch {
	case now.Before(first):
		c.bad("clock", fmt.Sprintf("it says %s: set it, or what is kept for some days is kept for years",
			now.UTC().Format(time.DateTime)))
	default:
		c.good("clock", now.UTC().Format("2006-01-02 15:04 UTC"))
	}
	switch info, err := os.Stat(dotenvPath); {
	case errors.Is(err, fs.ErrNotExist):
		c.none("settings", "no .env here: from the environment alone")
	case err != nil:
		c.bad("settings", dotenvPath+": "+err.Error())
	case runtime.GOOS != "windows" && info.Mode().Perm()&othersMay != 0:
		c.warn("settings", fmt.Sprintf("%s is readable by others (mode %04o): chmod 600 %s", dotenvPath, info.Mode().Perm(),
			dotenvPath))
	default:
		c.good("settings", dotenvPath+" is read, and private")
	}
	switch files, known := mayOpen(); {
	case !known:
		c.none("open files", "this system has no limit to look at")
	case files < leastFiles:
		c.bad("open files", fmt.Sprintf("at most %d: raise the limit (ulimit -n) to %d or more", files, leastFiles))
	default:
		c.good("open files", fmt.Sprintf("at most %d", files))
	}
	if coreDumps() {
		c.warn("core dumps", "they are on (GOTRACEBACK=crash): one would hold tokens and questions")
	} else {
		c.good("core dumps", "off")
	}
}

// data looks at the folder of data and its database. Nothing is made.
func (c *checkup) data(ctx context.Context) {
	dir, config := absolute(c.app.config.data), c.app.config
	switch {
	case !config.dataSet:
		c.warn("folder", fmt.Sprintf("%s, as %s is not set: started from another place, it is another folder", dir, envData))
	case !filepath.IsAbs(config.data):
		c.warn("folder", fmt.Sprintf("%s=%s is relative: started from another place, it is another folder than %s", envData,
			config.data, dir))
	default:
		c.good("folder", dir)
	}
	c.space(dir)
	if config.database != "" {
		c.postgres(ctx)
		return
	}
	if store.Fresh(dir) {
		c.fresh(ctx, dir)
		return
	}
	c.modes(dir)
	c.locks(dir)
	s, err := store.Config{New: c.app.flags.New}.Open(dir)
	c.report(data, dir+" can be opened and written", err)
	if err != nil {
		return
	}
	defer s.Close()
	c.database(ctx, s)
	c.backups(dir)
}

// postgres looks at the database where it is not in the folder. Nothing is made.
func (c *checkup) postgres(ctx context.Context) {
	dir, config := c.app.config.data, c.app.storeConfig()
	fresh, err := config.Fresh(ctx, dir)
	if err == nil && fresh {
		c.none(data, config.Where(dir)+" has nothing yet; its tables are made when the bot serves")
		c.vectors(ctx)
		return
	}
	var s *store.Store
	if err == nil {
		s, err = config.Open(dir)
	}
	c.report(data, config.Where(dir)+" can be opened and written", err)
	if err != nil {
		return
	}
	defer s.Close()
	c.database(ctx, s)
	c.vectors(ctx)
	c.none("backups", "of "+envDatabase+" are made by bot backup, or PostgreSQL's own tools (pg_dump)")
}

// fresh is a folder without a database.
func (c *checkup) fresh(ctx context.Context, dir string) {
	config := c.app.config
	if config.discordToken != "" {
		ctx, cancel := context.WithTimeout(ctx, doctorTimeout)
		defer cancel()
		if n, err := c.api().registered(ctx); err == nil && n > 0 {
			c.bad(data, c.app.notFirst().Error())
			return
		}
	}
	parent := dir
	for parent != filepath.Dir(parent) {
		if _, err := os.Stat(parent); err == nil {
			break
		}
		parent = filepath.Dir(parent)
	}
	probe, err := os.CreateTemp(parent, ".pilcrow-")
	if err == nil {
		err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	}
	if err != nil {
		c.bad(data, fmt.Sprintf("there is no database, and none can be made: %v", err))
		return
	}
	c.none(data, dir+" has no database yet; it is made when the bot serves")
}

// modes looks at who may read and write what is kept.
func (c *checkup) modes(dir string) {
	if runtime.GOOS == "windows" {
		c.none("modes", "this system has none")
		return
	}
	var open []string
	for _, name := range []string{".", store.FileName, store.FileName + "-wal", store.MarkName, store.BackupsName} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().Perm()&othersMay != 0 {
			open = append(open, fmt.Sprintf("%s (mode %04o)", filepath.Join(dir, name), info.Mode().Perm()))
		}
	}
	if len(open) > 0 {
		c.warn("modes", "open to others: "+strings.Join(open, ", ")+"\n"+privateNote)
		return
	}
	c.good("modes", "the folder and its files are private")
}

func (c *checkup) space(dir string) {
	free, known := store.Free(dir)
	for parent := dir; !known && parent != filepath.Dir(parent); free, known = store.Free(parent) {
		parent = filepath.Dir(parent)
	}
	switch {
	case !known:
		c.none("space", "this system does not say how much the disk has left")
	case free < leastSpace:
		c.bad("space", fmt.Sprintf("the disk has %s left: make room for at least %s", size(int64(free)),
			size(leastSpace))) //nolint:gosec // less than that
	default:
		c.good("space", fmt.Sprintf("the disk has %s left", size(int64(min(free, 1<<62))))) //nolint:gosec // bounded
	}
}

// locks looks whether the folder keeps a second bot out, and whether one runs.
func (c *checkup) locks(dir string) {
	release, err := store.Serve(dir)
	switch {
	case errors.Is(err, store.ErrServed):
		c.good("locks", "a bot runs on this folder, and keeps a second one out")
		return
	case err != nil:
		c.bad("locks", err.Error())
		return
	}
	defer release() //nolint:errcheck // a file that is only read
	if second, err := store.Serve(dir); err == nil {
		_ = second()
		c.warn("locks", "the file system of "+dir+" has no locks: nothing keeps a second bot off this folder")
		return
	}
	c.good("locks", "no bot runs on this folder; a second one would be kept out")
}

// database looks at what is in it.
func (c *checkup) database(ctx context.Context, s *store.Store) {
	id, edits := s.Identity()
	c.good("identity", fmt.Sprintf("%.8s…, with %d changes of documents and settings", id, edits))
	lost := slices.IndexFunc(s.Troubles(), func(t store.Trouble) bool { return t.Kind == store.Lost })
	if lost >= 0 {
		c.bad("log", s.Troubles()[lost].Err.Error())
	} else {
		c.good("log", "nothing was missing when the database was opened")
	}
	began := time.Now()
	err := s.Check(ctx)
	c.report("integrity", fmt.Sprintf("every page and checksum was read in %s", time.Since(began).Round(time.Millisecond)),
		err)
	broken, err := s.Broken(ctx)
	if err == nil && len(broken) > 0 {
		err = fmt.Errorf("what the admins of %d servers chose does not match its checksum: they are not answered; bring a "+
			"backup back "+
			"(bot restore --replace latest)", len(broken))
	}
	c.report("restrictions", "what admins hid and tied is as they left it", err)
	c.good("schema", fmt.Sprintf("version %d, this program's", store.SchemaVersion()))
}

func (c *checkup) backups(dir string) {
	all, err := store.Generations(dir)
	all = slices.DeleteFunc(all, func(g store.Generation) bool { return g.Day == "" })
	switch {
	case err != nil:
		c.bad("backups", err.Error())
	case c.app.config.backups == 0:
		c.warn("backups", envBackups+"=0: none are made; bot backup FILE makes one")
	case len(all) == 0:
		c.none("backups", "no daily copy yet; the first is made when the bot serves")
	default:
		newest := all[len(all)-1]
		text := fmt.Sprintf("%d daily copies, the newest of %s (%s); bot restore --replace latest brings it back", len(all),
			newest.Day, size(newest.Size))
		switch age := time.Since(newest.Made); {
		case age > oldBackup:
			c.warn("backups", text+"\nit is "+age.Round(time.Hour).String()+" old: does the bot serve?")
		case age < -clockBehind:
			c.bad("backups", text+"\nit is of the future: is the clock right?")
		default:
			c.good("backups", text)
		}
	}
}
