package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"pilcrow/internal/store/storetest"
)

// disk is a file system of its own of so many bytes.
func disk(t *testing.T, size string) (dir string) {
	t.Helper()
	mount := t.TempDir()
	if err := syscall.Mount("none", mount, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(mount, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return filepath.Join(mount, "data")
}

// A disk that is full is told of, nothing is said to be kept, and once there is room it goes on by itself.
func TestFullDisk(t *testing.T) {
	storetest.OfSQLite(t)
	w, told := watched(t, disk(t, "2m"))
	ballast := filepath.Join(w.dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 4<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk takes 4 MB: %v", err)
	}
	w.look(t.Context(), false)
	if !w.has(Full) || !strings.Contains(strings.Join(*told, "\n"), "no space left") {
		t.Errorf("before anything is written: %q", *told)
	}
	big := put("a", "tide", strings.Repeat("The tide turns. ", 20_000))
	if _, err := w.Apply(t.Context(), big); !errors.Is(err, ErrNotKept) {
		t.Errorf("a document: %v", err)
	}
	if documents, err := w.Documents(t.Context()); err != nil || len(documents) != 1 {
		t.Errorf("%v, %v", documents, err)
	}
	remove(t, ballast)
	w.look(t.Context(), false)
	if w.has(Full) {
		t.Errorf("with room again: %v", w.Troubles())
	}
	if _, err := w.Apply(t.Context(), big); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if err := w.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// A disk that becomes one to be read only, likewise.
func TestReadOnlyDisk(t *testing.T) {
	storetest.OfSQLite(t)
	w, told := watched(t, disk(t, "8m"))
	mount := filepath.Dir(w.dir)
	if err := syscall.Mount("none", mount, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); errors.Is(err,
		syscall.EBUSY) {
		// A file that is open for writing keeps the system from it; a file system below is what a fault of a disk looks like.
		if err := syscall.Mount(mount, mount, "", syscall.MS_BIND, ""); err != nil {
			t.Skipf("it cannot be made read-only: %v", err)
		}
		t.Cleanup(func() { _ = syscall.Unmount(mount, syscall.MNT_DETACH) })
		if err := syscall.Mount("none", mount, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, ""); err != nil {
			t.Skipf("it cannot be made read-only: %v", err)
		}
	} else if err != nil {
		t.Skipf("it cannot be made read-only: %v", err)
	}
	w.look(t.Context(), false)
	if !w.has(Unwritable) || !strings.Contains(strings.Join(*told, "\n"), "read-only file system") {
		t.Errorf("told %q", *told)
	}
	if _, err := Open(w.dir); !errors.Is(err, ErrNotWritable) {
		t.Errorf("a second time: %v", err)
	}
}
