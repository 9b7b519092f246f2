"""Opens archives (HWPX, DOCX) and their XML without trust: limits hold before unpacking."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from citypact.ontology.errors import CitypactError
from citypact.sources.documents.libraries import library
from citypact.sources.documents.limits import LIMITS, Limits

_SMALL = 1_000_000
"""Members up to this size may be packed as tightly as they like."""
_PIECE = 1 << 16


class Archive:
    """A zip archive whose members are within the limits.

    Raises CitypactError where it is no archive, is damaged or encrypted, or unpacks to more than
    the limits allow: by the sizes that it states, and by counting, since these may be wrong.
    """

    def __init__(self, data: bytes, file: str, limits: Limits = LIMITS) -> None:
        self.file, self.limits = file, limits
        self._room = limits.expanded
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.damaged() from error
        members = self._zip.infolist()
        if len(members) > limits.members:
            raise self._beyond()
        if sum(member.file_size for member in members) > limits.expanded:
            raise self._beyond()
        for member in members:
            if member.file_size > max(_SMALL, limits.ratio * member.compress_size):
                raise self._beyond()
        self.names = [member.filename for member in members]

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        pieces: list[bytes] = []
        try:
            with self._zip.open(name) as stream:
                while piece := stream.read(_PIECE):
                    pieces.append(piece)
                    self._room -= len(piece)
                    if self._room < 0:
                        raise self._beyond()
        except RuntimeError as error:  # zipfile says so of a password, and of nothing else
            raise CitypactError(
                "{file}: is encrypted\n    -> save it without a password", file=self.file
            ) from error
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
            raise self.damaged() from error
        return b"".join(pieces)

    def xml(self, name: str) -> Element:
        """The root element of a member. A document type or an entity is refused."""
        defused = library("defusedxml.ElementTree", "defusedxml", self.file)
        try:
            root: Element = defused.fromstring(self.read(name), forbid_dtd=True)
        except (
            defused.DTDForbidden,
            defused.EntitiesForbidden,
            defused.ExternalReferenceForbidden,
        ) as error:
            raise CitypactError(
                "{file}: {part} declares a document type or entities, which are not read\n"
                "    -> save it again in the program that it is from",
                file=self.file,
                part=name,
            ) from error
        except (ParseError, ValueError, LookupError) as error:
            raise self.damaged() from error
        if _is_deeper(root, self.limits.depth):
            raise self._beyond()
        return root

    def damaged(self) -> CitypactError:
        """What is said of a file that is not whole."""
        return CitypactError(
            "{file}: is damaged, or not of the format that its name tells\n"
            "    -> get it again, or save it again in the program that it is from",
            file=self.file,
        )

    def _beyond(self) -> CitypactError:
        return CitypactError(
            "{file}: unpacks to more than is read (size, number or depth of its parts)\n"
            "    -> save the text alone, without pictures, or raise the limits",
            file=self.file,
        )


def _is_deeper(root: Element, depth: int) -> bool:
    """Whether elements are nested more deeply than so many."""
    level = [root]
    for _ in range(depth):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


__all__ = ["Archive"]
