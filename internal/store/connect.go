package store

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"

	"modernc.org/sqlite"
)

// connect opens a file with connections that nobody watches; SQLite opens it at the first use. The file must be there.
func connect(path string, connections int) (*sql.DB, error) {
	return connectWith(path, connections, connectOptions(), nil)
}

// connect is like the function, with connections that the guard watches.
func (g *guard) connect(connections int) (*sql.DB, error) {
	return connectWith(g.path, connections, connectOptions(), g)
}

// connectPages describes a connection that may overwrite pages of the file; see clearTraces. It waits for others only a
// little.
func (g *guard) connectPages() (*sql.DB, error) {
	options := connectOptions()
	options.Set("_defensive", "false")
	options.Set("_busy_timeout", strconv.FormatInt(foldBusy.Milliseconds(), 10))
	return connectWith(g.path, 1, options, g)
}

func connectOptions() url.Values {
	return url.Values{
		"mode":          {"rw"}, // a file that was taken away is not made again
		"_busy_timeout": {strconv.FormatInt(busyTimeout.Milliseconds(), 10)},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"}, // NORMAL would lose acknowledged writes when the machine goes down
		"_txlock":       {"immediate"},
		"_foreign_keys": {"on"},
		"_defensive":    {"true"},
		"_dqs":          {"false"},
		"_error_rc":     {"true"},
		// What is deleted is overwritten: people may have their data deleted, and mean it.
		"_pragma": {fmt.Sprintf("journal_size_limit(%d)", maxWAL), "secure_delete(on)", "temp_store(memory)"},
	}
}

// connectWith makes the connections; a nil guard watches nothing.
func connectWith(path string, connections int, options url.Values, g *guard) (*sql.DB, error) {
	// As a URI, so that a question mark or a number sign in the folder's name stays part of it.
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	var connector driver.Connector
	connector, err := sqlite.NewConnector(name.String())
	if err != nil {
		return nil, err
	}
	if g != nil {
		connector = watchedConnector{connector, g}
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}
