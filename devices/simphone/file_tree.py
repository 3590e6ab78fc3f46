"""The phone's files by their paths, as the folder tree that the shell sees."""

import posixpath
from collections.abc import MutableMapping
from fnmatch import fnmatchcase

_SAME = {"/storage/emulated/0": "/sdcard", "/storage/self/primary": "/sdcard", "/mnt/sdcard": "/sdcard"}
_FOLDERS = (
    "/data/local/tmp",
    "/sdcard/Android/data",
    "/sdcard/DCIM",
    "/sdcard/Download",
    "/sdcard/Pictures",
    "/system/bin",
    "/system/fonts",
)
_WRITABLE = ("/sdcard/", "/data/local/tmp/")


def canonical(path: str) -> str:
    """`path` from the root, without `.`, `..` and the several names of the shared storage."""
    path = posixpath.normpath("/" + path.lstrip("/"))
    for alias, real in _SAME.items():
        if path == alias or path.startswith(alias + "/"):
            return real + path[len(alias) :]
    return path


class FileTree:
    """A view on `held`, whose keys are canonical paths. Folders exist where a file is below them."""

    def __init__(self, held: MutableMapping[str, bytes]) -> None:
        self._held = held

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises `FileNotFoundError` or `IsADirectoryError`."""
        path = canonical(path)
        if path in self._held:
            return self._held[path]
        raise (IsADirectoryError if self.folder(path) else FileNotFoundError)(path)

    def write(self, path: str, data: bytes) -> None:
        """Make the file hold `data`. Raises `PermissionError`, `IsADirectoryError`."""
        path = canonical(path)
        if self.folder(path):
            raise IsADirectoryError(path)
        if not path.startswith(_WRITABLE):
            raise PermissionError(path)
        self._held[path] = data

    def remove(self, path: str) -> None:
        """Remove the file. Raises `FileNotFoundError`, `PermissionError`, `IsADirectoryError`."""
        path = canonical(path)
        self.read(path)
        if not path.startswith(_WRITABLE):
            raise PermissionError(path)
        del self._held[path]

    def exists(self, path: str) -> bool:
        """Whether `path` is a file."""
        return canonical(path) in self._held

    def folder(self, path: str) -> bool:
        """Whether `path` is a folder."""
        inside = canonical(path).rstrip("/") + "/"
        return any((known + "/").startswith(inside) for known in (*_FOLDERS, *self._held) if known + "/" != inside) or (
            canonical(path) in _FOLDERS
        )

    def names(self, path: str) -> list[str]:
        """The names in the folder, sorted."""
        inside = canonical(path).rstrip("/") + "/"
        known = (*_FOLDERS, *self._held)
        return sorted({one[len(inside) :].split("/")[0] for one in known if one.startswith(inside)} - {""})

    def matching(self, pattern: str) -> list[str]:
        """The paths that a shell in `/` makes of `pattern`, whose special characters are `*`, `?` and `[`."""
        paths = [""] if pattern.startswith("/") else ["."]
        for part in pattern.strip("/").split("/"):
            paths = [
                f"{parent}/{name}"
                for parent in paths
                for name in self.names(parent or "/")
                if fnmatchcase(name, part) and (part.startswith(".") or not name.startswith("."))
            ]
        return [path.removeprefix("./") for path in paths]


def error_text(error: OSError) -> str:
    """The message of a program of the phone for a file that it cannot open."""
    match error:
        case FileNotFoundError():
            return "No such file or directory"
        case IsADirectoryError():
            return "Is a directory"
        case _:
            return "Permission denied"
