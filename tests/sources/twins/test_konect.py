"""KONECT's files: the plain one, the archive, and archives that mean ill."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citypact.ontology.errors import CitypactError
from citypact.sources.twins.konect import read_konect
from citypact.sources.twins.model import TwinLink
from tests.soak import times

NETWORK = "% sym unweighted\n% 4 3 3\n1 2\n1\t10\n2 1 1\n3 3\n"


def archive(path: Path, *members: tuple[str, bytes | None]) -> Path:
    """A tar.bz2; a member without bytes is a link to /etc/passwd."""
    with tarfile.open(path, "w:bz2") as file:
        for name, data in members:
            info = tarfile.TarInfo(name)
            if data is None:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            else:
                info.size = len(data)
            file.addfile(info, io.BytesIO(data or b""))
    return path


def test_the_plain_file(tmp_path: Path) -> None:
    path = tmp_path / "out.twin"
    path.write_text(NETWORK, encoding="utf-8")
    twins = read_konect(path)
    assert twins.links == [TwinLink("1", "10"), TwinLink("1", "2")]
    assert list(twins.cities) == ["1", "2", "3", "10"]
    assert (twins.loops, twins.duplicates, twins.is_directed) == (1, 1, False)
    path.write_text(NETWORK.replace("sym", "asym"), encoding="utf-8")
    assert TwinLink("2", "1") in read_konect(path).links


def test_names_stand_on_the_lines_of_their_nodes(tmp_path: Path) -> None:
    path, names = tmp_path / "out.twin", tmp_path / "ent.twin"
    path.write_text(NETWORK, encoding="utf-8")
    names.write_text("Seoul\n도쿄\n", encoding="utf-8")
    twins = read_konect(path, names)
    assert {c.id: c.name for c in twins.cities.values()} == {
        "1": "Seoul", "2": "도쿄", "3": "", "10": "",
    }  # fmt: skip


def test_the_archive_is_read_and_never_unpacked(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "download.tsv.twin.tar.bz2",
        ("twin/README.twin", b"x"),
        ("twin/out.link", None),
        ("../../out.twin", NETWORK.encode()),
    )
    assert len(read_konect(path).links) == 2
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "out.x:1: is not a KONECT network"),
        (b"1 2\n", "out.x:1: is not a KONECT network"),
        (b"% bip unweighted\n1 2\n", "out.x:1: 'bip' is not a network with one kind"),
        (b"% sym unweighted\n", "out.x: has no edges"),
        (b"% sym unweighted\n1 2\n1 x\n", "out.x:3: '1 x' is not an edge"),
        (b"% sym unweighted\n0 2\n", "out.x:2: '0 2' is not an edge"),
        (b"% sym unweighted\n1\n", "out.x:2: '1' is not an edge"),
        ("% sym\n１ ２\n".encode(), "out.x:2: '１ ２' is not an edge"),
        (b"% sym\n" + b"9" * 5000 + b" 1\n", "out.x:2: "),
        (b"% sym\n1 2\0\n", "out.x:2: contains a NUL"),
        (b"% sym\n\xff\xfe 2\n", "out.x:2: is not UTF-8"),
    ],
)
def test_what_is_no_network(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "out.x"
    path.write_bytes(data)
    with pytest.raises(CitypactError) as caught:
        read_konect(path)
    assert str(caught.value).startswith(message)
    assert "\n    -> " in str(caught.value)


def test_archives_without_a_network(tmp_path: Path) -> None:
    with pytest.raises(CitypactError, match=r"has no file `out.…`"):
        read_konect(archive(tmp_path / "a.tar.bz2", ("readme", b"x"), ("out.x", None)))
    whole = archive(tmp_path / "b.tar.bz2", ("out.x", NETWORK.encode() * 5000)).read_bytes()
    (tmp_path / "c.tar.bz2").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CitypactError, match="is a damaged archive"):
        read_konect(tmp_path / "c.tar.bz2")
    for name, beginning in (
        ("d.bz2", b"BZh9"),
        ("g.tar.bz2", b""),
        ("e.gz", b"\x1f\x8b"),
        ("f.xz", b"\xfd7zXZ"),
    ):
        (tmp_path / name).write_bytes(beginning + b"x" * 500)
        with pytest.raises(CitypactError, match="is a damaged archive") as caught:
            read_konect(tmp_path / name)
        assert str(caught.value).splitlines()[1:] == ["    -> download it again"]


def test_a_member_of_negative_size_does_not_hold_us(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.size = -1024
    path = tmp_path / "evil.tar"
    path.write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(2048))
    with pytest.raises(CitypactError, match="->"):
        read_konect(path)


def test_an_archive_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from citypact.sources.twins import konect

    monkeypatch.setattr(konect, "MAXIMUM_BYTES", 1_000_000)
    swollen = b"\n" * 2_000_000
    for members in ([("out.x", swollen)], [("big", swollen), ("out.x", NETWORK.encode())]):
        path = archive(tmp_path / "bomb.tar.bz2", *members)
        assert path.stat().st_size < 10_000
        with pytest.raises(CitypactError, match="is larger than 1000000 bytes"):
            read_konect(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(150))
@given(st.one_of(st.binary(), st.text(alphabet="% sym01 \n\t").map(str.encode)))
def test_any_bytes_are_a_network_or_a_fault_that_can_be_cured(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "out.x"
    path.write_bytes(b"% sym\n" + data)
    try:
        assert read_konect(path).cities
    except CitypactError as error:
        assert "->" in str(error)
