package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
)

// applicationID marks our files for SQLite and for file(1): "Pilc".
const applicationID = 0x50696c63

// migrations are the steps of the schema, in the order of their names; step n leads from version n-1 to n. A step
// that was released is never edited: add a file.
//
//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrations embed.FS

// A step leads to a version of the schema.
type step struct {
	to  int // its number, with which the file's name begins
	sql string
}

// stepsOf returns the steps for an engine, in their order.
func stepsOf(engine string) (all []step, err error) {
	folder := "migrations/" + engine
	entries, err := fs.ReadDir(migrations, folder) // sorted by name
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		text, err := fs.ReadFile(migrations, folder+"/"+e.Name())
		if err != nil {
			return nil, err
		}
		number, _, _ := strings.Cut(e.Name(), "_")
		to, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		all = append(all, step{to, string(text)})
	}
	return all, nil
}

// steps returns the SQL of every step of SQLite's, the first at index 0.
func steps() (all []string, err error) {
	of, err := stepsOf("sqlite")
	for _, s := range of {
		all = append(all, s.sql)
	}
	return all, err
}

// postgresSteps are those of PostgreSQL: the first leads from nothing to the version at which that was added.
func postgresSteps() ([]step, error) { return stepsOf("postgres") }

// check reads the whole structure of the file, so that damage shows at the start and not in the middle of a question.
// Damage inside a vector is found by its checksum.
func check(ctx context.Context, db *sql.DB) error {
	var result string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&result); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if result != "ok" {
		return fmt.Errorf("%w (%s)", ErrDamaged, strings.Join(strings.Fields(result), " ")) // in one line
	}
	return nil
}

// migrate brings the schema to the newest version in one transaction: after a crash it is at the old or at the new one.
// It takes the lock for writing even when there is nothing to do, so that a file that cannot be written is found out
// now. A database that is not the one of the mark is left as it is, unless anew is set; made reports whether it was
// empty.
func (s *Store) migrate(ctx context.Context, m mark, anew bool) (made bool, err error) {
	steps, err := steps()
	if err != nil {
		return false, fmt.Errorf("read migrations: %w", err)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("migrate: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	var version, id, tables, seals int
	err = tx.QueryRowContext(ctx, `SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema),
		(SELECT count(*) FROM sqlite_schema WHERE name = 'seals') FROM pragma_user_version, pragma_application_id`).
		Scan(&version, &id, &tables, &seals)
	if err != nil {
		return false, fmt.Errorf("read schema version: %w", err)
	}
	fresh := id == 0 && version == 0 && tables == 0
	if id != applicationID && !fresh {
		return false, ErrForeign
	}
	if fresh && m.ID != "" && !anew {
		return false, fmt.Errorf("%w: there is nothing in the file", ErrMissing)
	}
	if version > len(steps) {
		return false, s.newer(version)
	}
	for n := version; n < len(steps); n++ {
		if _, err := tx.ExecContext(ctx, steps[n]); err != nil {
			return false, fmt.Errorf("migrate to version %d: %w", n+1, err)
		}
	}
	if seals == 0 {
		if err := sealAll(ctx, tx); err != nil {
			return false, fmt.Errorf("migrate: %w", err)
		}
	}
	found, err := m.identify(ctx, tx, anew)
	if err != nil {
		return false, err
	}
	marks := fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", len(steps), applicationID)
	if _, err := tx.ExecContext(ctx, marks); err != nil {
		return false, fmt.Errorf("migrate: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return false, fmt.Errorf("migrate: %w", gaveUp(ctx, err))
	}
	s.mark = found
	return fresh, nil
}

// newer says what to do about a database of a later program: to go back, there may be the copy that was made before.
func (s *Store) newer(version int) error {
	known := SchemaVersion()
	err := fmt.Errorf("%w: its schema is version %d, this program knows %d; run the newer one, or another folder",
		ErrNewer, version, known)
	all, listed := Generations(s.dir)
	if listed != nil {
		return err
	}
	for _, g := range all {
		for after := known + 1; after <= version; after++ {
			if strings.Contains(filepath.Base(g.Path), fmt.Sprintf("before-version-%d.", after)) {
				return fmt.Errorf("%w. To go back to this one, bring back what was copied before: bot restore --replace %s "+
					"(what was written since is lost)", err, g.Path)
			}
		}
	}
	return err
}

// copyBefore makes a copy of a database whose schema is to be brought up to date.
func (s *Store) copyBefore(ctx context.Context) error {
	var version, id int
	err := s.read.QueryRowContext(ctx, "SELECT user_version, application_id FROM pragma_user_version, "+
		"pragma_application_id").Scan(&version, &id)
	if err != nil || id != applicationID || version == 0 || version >= SchemaVersion() {
		return err // what is wrong is told by migrate
	}
	if err := copyInto(ctx, s.read, s.dir, fmt.Sprintf("before-version-%d", SchemaVersion())); err != nil {
		return fmt.Errorf("before its schema is brought from version %d to %d: %w", version, SchemaVersion(), err)
	}
	return nil
}
